"""The contact was sent from another window: a second press shows the one receipt, and words that
were not in what was sent are given back, with its reference. They are never said to be received.
"""

import pytest

from mash_triage.chat.kept import begin_talk, talk_of
from mash_triage.contacts.actions import send_draft
from mash_triage.contacts.reference import show_reference
from mash_triage.settings import settings
from tests import stories
from tests.cast import AMARA
from tests.stories import MONDAY_NINE

LATE = "Her aunt rang: <b>Mia</b> is not at home."


@pytest.fixture
def draft(new_draft):
    return new_draft(AMARA, **stories.answers())


@pytest.fixture
def send_elsewhere(service_database, draft):
    """Send it as another window does; gives the reference."""

    def send() -> str:
        with service_database.work() as session:
            return send_draft(session, draft, by=AMARA, at=MONDAY_NINE).reference

    return send


def press(app, label):
    return next(each for each in app.button if each.label == label).click().run()


def field(app, label):
    return next(each for each in app.text_input if each.label.startswith(label))


def at_the_receipt(html, reference):
    return "Contact received" in html and show_reference(reference) in html


def given_back(app, html, reference, words):
    said = html.split('class="mash-refused"')[1].split("</p>")[0]
    assert f"sent already, as {show_reference(reference)}" in said
    assert "not in it" in said
    assert f"/add_to_contact?contact={reference}" in html
    assert "We have received" not in html
    return words in [each.value for each in app.text]


def test_send_pressed_in_both_windows_is_one_receipt(at_step, draft, send_elsewhere, drawn):
    app = at_step(AMARA, draft, "check")
    reference = send_elsewhere()
    assert at_the_receipt(drawn(press(app, "Send")), reference)


@pytest.mark.parametrize("button", [None, "Save and continue"])
def test_words_typed_in_the_other_window_are_given_back(
    at_step, draft, send_elsewhere, drawn, answers_of, button
):
    app = at_step(AMARA, draft, "children")
    reference = send_elsewhere()
    before = answers_of(AMARA, draft)
    field(app, "Where is the child now").set_value(LATE)
    app = press(app, button) if button else app.run()
    assert given_back(app, drawn(app), reference, LATE)
    assert answers_of(AMARA, draft) == before


def test_a_long_answer_is_given_back_too(at_step, draft, send_elsewhere, drawn):
    app = at_step(AMARA, draft, "concern")
    reference = send_elsewhere()
    worry = next(each.key for each in app.get("bidi_component") if each.key.endswith("worry"))
    app.session_state[worry] = {"value": LATE}
    app.run()
    assert given_back(app, drawn(app), reference, LATE)


def test_nothing_typed_leads_to_the_receipt(at_step, draft, send_elsewhere, drawn):
    app = at_step(AMARA, draft, "children")
    reference = send_elsewhere()
    assert at_the_receipt(drawn(press(app, "Save and continue")), reference)
    assert at_the_receipt(drawn(at_step(AMARA, draft, "children")), reference)


def test_words_said_in_the_chat_are_given_back(
    monkeypatch, service_database, open_page_as, draft, send_elsewhere, drawn
):
    monkeypatch.setenv("MASH_GUIDED_CHAT", "true")
    settings.cache_clear()
    with service_database.work() as session:
        begin_talk(session, draft, by=AMARA, at=MONDAY_NINE)
    app = open_page_as(AMARA, "chat", draft=str(draft))
    reference = send_elsewhere()
    app.chat_input[0].set_value(LATE).run()
    assert given_back(app, drawn(app), reference, LATE)
    with service_database.look() as session:
        assert talk_of(session, draft, by=AMARA).talk.turns == ()
