"""The guided chat's page: a few turns, danger first, a fact put right, the form and back."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from mash_triage.chat.kept import talk_of
from mash_triage.contacts.drafts import drafts_of, save_answers
from mash_triage.contacts.models import Contact
from mash_triage.settings import settings
from tests.stories import MONDAY_NINE


@pytest.fixture
def offered(monkeypatch, service_database):
    """An authority that offers the chat."""
    monkeypatch.setenv("MASH_GUIDED_CHAT", "true")
    settings.cache_clear()


def press(app, key):
    return app.button(key=key).click().run()


def say(app, words):
    return app.chat_input[0].set_value(words).run()


def test_a_child_is_told_of_in_a_chat_and_the_draft_is_gone_on_with_in_the_form(
    offered, open_page_as, service_database, drawn, amara
):
    app = press(open_page_as(amara, "chat"), "start-chat")
    app = say(app, "no, nobody is in danger")
    app = say(app, "about <b>Kayden</b> Marsh, he is 6, of 12 Mill Lane")
    assert "<b>Kayden" not in drawn(app)
    assert "12 Mill Lane" in drawn(app)
    with service_database.look() as session:
        (draft,) = drafts_of(session, by=amara)
    assert draft.step == "chat"
    assert draft.answers["children"][0]["home"]["address_line"] == "12 Mill Lane"

    app = press(open_page_as(amara, "submit_contact"), f"open-{draft.id}")
    assert app.chat_input
    app = open_page_as(amara, "submit_contact", draft=str(draft.id), step="children")
    assert any(each.value == "12 Mill Lane" for each in app.text_input)
    app = press(app, "to-chat")
    assert app.chat_input


def test_back_from_the_form_the_chat_knows_what_was_written_there(
    offered, open_page_as, service_database, drawn, amara
):
    app = press(open_page_as(amara, "chat"), "start-chat")
    app = say(say(app, "no"), "about Kayden Marsh")
    app = say(app, "he has come to school hungry for three weeks")
    with service_database.look() as session:
        (draft,) = drafts_of(session, by=amara)
    with service_database.work() as session:
        changes = {
            "children[0].age": {"kind": "age", "age_years": "6"},
            "household": [{"name": "Dana Marsh", "relationship": "Mother"}],
        }
        save_answers(session, draft.id, changes, step="children", by=amara, at=MONDAY_NINE)
    app = open_page_as(amara, "chat", draft=str(draft.id))
    assert "I have what you wrote in the form." in drawn(app)
    assert "Dana Marsh" in drawn(app)
    assert "From the form" in drawn(app)
    app = say(app, "I saw it myself")
    with service_database.look() as session:
        (kept,) = drafts_of(session, by=amara)
    assert [each["name"] for each in kept.answers["household"]] == ["Dana Marsh"]
    assert kept.answers["children"][0]["age"]["age_years"] == "6"


def test_what_was_told_in_the_chat_is_checked_and_sent_like_any_other_contact(
    offered, open_page_as, service_database, drawn, amara
):
    app = press(open_page_as(amara, "chat"), "start-chat")
    for words in (
        "no, nobody is",
        "about Kayden Marsh, he is 6, he lives at 12 Mill Lane",
        "he has come to school hungry for three weeks",
        "I saw it myself",
        "don't know",
        "thats everything",
    ):
        app = say(app, words)
    app = press(app, "to-check")
    html = drawn(app)
    assert "12 Mill Lane" in html
    assert "Choose the main worry" in html
    assert "Say where the child is now" not in html  # it was said to be not known
    with service_database.look() as session:
        (draft,) = drafts_of(session, by=amara)
    rest = {
        "concern.main": "neglect",
        "concern.working_well": {"missing": "not_known"},
        "concern.child_voice": "not_seen",
        "children[0].family_name": "Marsh",
    }
    with service_database.work() as session:
        save_answers(session, draft.id, rest, step="check", by=amara, at=MONDAY_NINE)
    page = open_page_as(amara, "submit_contact", draft=str(draft.id), step="check")
    page = press(page, "send")
    assert "Contact received" in drawn(page)
    with service_database.look() as session:
        (contact,) = session.scalars(select(Contact)).all()
        assert contact.submission["concern"]["worry"].startswith("he has come to school hungry")
        assert contact.submission["danger"]["in_danger_now"] == "no"
        assert contact.submission["children"][0]["where_now"] == {"missing": "not_known"}


def test_danger_brings_the_numbers_first(offered, open_page_as, drawn, amara):
    app = press(open_page_as(amara, "chat"), "start-chat")
    assert "Call 999 now" not in drawn(app)
    app = say(app, "he is outside her door with a knife")
    assert "Call 999 now" in drawn(app)


def test_a_fact_is_put_right_on_the_card(offered, open_page_as, service_database, amara):
    app = say(press(open_page_as(amara, "chat"), "start-chat"), "about Kayden Marsh")
    key = next(each.key for each in app.button if (each.help or "").endswith("given names"))
    app = press(app, key)
    app.text_area[0].set_value("Kaiden")
    next(each for each in app.button if each.label == "Save").click().run()
    with service_database.look() as session:
        (draft,) = drafts_of(session, by=amara)
    assert draft.answers["children"][0]["given_names"] == "Kaiden"


def test_where_it_is_not_offered_the_form_is_the_way(open_page_as, drawn, amara):
    app = open_page_as(amara, "chat")
    assert "takes contacts by the form" in drawn(app)
    assert not app.chat_input


def test_she_comes_back_after_each_turn_and_the_talk_goes_on_where_it_stopped(
    offered, open_page_as, service_database, drawn, amara, dev
):
    turns = (
        "no, nobody is in danger now",
        "about Kayden Marsh, he is 6, of 12 Mill Lane",
        "he has come to school hungry for three weeks",
        "I saw it myself",
        "his mother is Tanya Marsh, she lives with him",
        "yes, I told her on Monday and she agrees",
        "his aunt picks him up and is good with him",
    )
    at, draft_id = MONDAY_NINE, None
    press(open_page_as(amara, "chat", at=at), "start-chat")
    with service_database.look() as session:
        draft_id = drafts_of(session, by=amara)[0].id
    for number, words in enumerate(turns):
        at += (timedelta(seconds=10), timedelta(minutes=5), timedelta(days=1))[number % 3]
        app = open_page_as(amara, "chat", at=at, draft=str(draft_id))
        assert all(each in drawn(app) for each in turns[:number])
        asked = len(app.chat_message)
        app = say(app, words)
        assert len(app.chat_message) == asked + 2
        with service_database.look() as session:
            kept = talk_of(session, draft_id, by=amara).talk
        assert kept.turns == turns[: number + 1]
    assert "12 Mill Lane" in drawn(open_page_as(amara, "chat", at=at, draft=str(draft_id)))
    other = drawn(open_page_as(dev, "chat", at=at, draft=str(draft_id)))
    assert "We could not find that" in other
    assert "Kayden" not in other
