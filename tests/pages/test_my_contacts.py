"""My contacts: where each child stands in plain words, the outcome, and the drafts on top."""

from html import escape

import pytest

from mash_triage.contacts.reference import show_reference
from mash_triage.contacts.status import SENDER_WORDS, ForSender, Status
from mash_triage.web.form.status import status_words
from tests import stories
from tests.cast import email_of
from tests.stories import HOUR, MONDAY_NINE


def test_the_empty_list_says_what_to_do(open_page_as, drawn, amara):
    app = open_page_as(amara, "my_contacts")
    assert "You have not sent a contact yet" in drawn(app)
    assert [button.label for button in app.button if "new contact" in button.label]


def test_the_outcome_and_what_the_referrer_is_told_are_there(
    open_page_as, service_database, drawn, amara, beth, carol
):
    with service_database.work() as session:
        stories.a_decided_child(session, sent_by=amara, screened_by=beth, decided_by=carol)
    html = drawn(open_page_as(amara, "my_contacts", at=MONDAY_NINE + 4 * HOUR))
    assert "<strong>Early help</strong>, decided today 12:00" in html
    assert "receipt?contact=" in html


def test_nobody_sees_what_another_agency_sent(open_page_as, service_database, drawn, amara, dev):
    with service_database.work() as session:
        stories.a_receipt(session, sent_by=amara)
    assert "Thornbury" in drawn(open_page_as(amara, "my_contacts"))
    assert "Thornbury" not in drawn(open_page_as(dev, "my_contacts"))


@pytest.mark.parametrize(
    ("given", "family"),
    [
        ("Siân-Mae", "O'Leary"),
        ("Sukarno", {"missing": "not_known"}),
        ("محمد", "الأحمد"),
        ("Zoë 🌻", "D’Arcy"),
        ("<i>Bob</i>", "$x$ **Drop** :smile:"),
    ],
)
def test_any_name_is_shown_as_it_was_typed(
    open_page_as, service_database, drawn, amara, given, family
):
    with service_database.work() as session:
        stories.a_receipt(session, {"given_names": given, "family_name": family}, sent_by=amara)
    html = drawn(open_page_as(amara, "my_contacts"))
    for name in (given, family):
        assert not isinstance(name, str) or escape(name) in html
    assert "<i>Bob" not in html


def test_every_stage_has_plain_words():
    told = {status_words(status) for status in Status if status is not Status.DRAFT}
    assert told == set(SENDER_WORDS.values())
    assert status_words(Status.ACKNOWLEDGED) == SENDER_WORDS[ForSender.RECEIVED]
    assert status_words(Status.AWAITING_REFERRER) == SENDER_WORDS[ForSender.NEEDS_SENDER]
    assert status_words(Status.MANAGER_REVIEW) == SENDER_WORDS[ForSender.WITH_MANAGER]
    assert status_words(Status.DECIDED) == SENDER_WORDS[ForSender.DECIDED]


def named(fields, label):
    [found] = [each for each in fields if each.label == label]
    return found


def test_she_confirms_a_call_in_writing_and_finds_it_again(
    open_page_as, service_database, drawn, amara, beth
):
    with service_database.work() as session:
        call = {"channel": "telephone", "referrer": {"email": email_of(amara)}}
        told = {"received_at": MONDAY_NINE, **call}
        reference = stories.a_receipt(session, sent_by=beth, **told).reference
    app = open_page_as(amara, "my_contacts", at=MONDAY_NINE + HOUR)
    named(app.text_input, "Reference of the call").set_value("ABCD EFGH JK")
    app.button(key="confirm_the_call").click().run()
    assert "No call of yours with this reference" in drawn(app)
    named(app.text_input, "Reference of the call").set_value(reference)
    named(app.text_area, "What did you tell us?").set_value("<i>Mia</i> was hungry.").run()

    again = open_page_as(amara, "my_contacts", at=MONDAY_NINE + HOUR)
    again.button(key="confirm_the_call").click().run()
    html = drawn(again)
    assert "Thank you. The front door has your confirmation." in html
    assert show_reference(reference) in html
    assert "&lt;i&gt;Mia&lt;/i&gt; was hungry." in html
    assert "Thornbury" not in html
