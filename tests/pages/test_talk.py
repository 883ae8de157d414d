"""Talk on the pages: who sees what, what is kept, and that a note is never a message."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from mash_triage.access.drafts import draft_of, keep_draft
from mash_triage.access.sessions import IDLE
from mash_triage.contacts.drafts import drafts_of
from mash_triage.contacts.models import Contact, ContactChild
from mash_triage.contacts.status import Status
from mash_triage.errors import NotFound
from mash_triage.talk.actions import ask_and_wait, open_consultation, send_message, write_note
from mash_triage.talk.threads import thread_of_contact
from mash_triage.web import arrival
from mash_triage.web.talk.consulting import A_NEW_ONE
from tests import stories
from tests.stories import HOUR, MONDAY_NINE

TEN = MONDAY_NINE + HOUR
LATER = TEN + timedelta(minutes=5)
HOSTILE = "<script>alert(1)</script> **bold** :smile: $x$"


@pytest.fixture
def mia(service_database, amara, beth):
    """Mia, taken up by Beth: her id, her contact's id and its reference."""
    with service_database.work() as session:
        child = stories.a_child_taken_up(session, sent_by=amara, screened_by=beth)
        contact = session.get_one(Contact, child.contact_id)
        return child.id, contact.id, contact.reference


def said(service_database, mia, by):
    with service_database.look() as session:
        return thread_of_contact(session, mia[1], by=by)


def wrote(service_database, mia, words, *, by, at=TEN, **more):
    with service_database.work() as session:
        return send_message(session, mia[1], words, token=uuid4(), by=by, at=at, **more)


def keep_words(service_database, subject, form, words, *, by, **more):
    """What the field had saved by itself: AppTest cannot type into it."""
    with service_database.work() as session:
        answers = {"words": words, **more}
        keep_draft(session, form, str(subject), answers, by=by, at=TEN)


def click(app, label):
    [button] = [each for each in app.button if each.label == label]
    return button.click().run()


def test_a_worker_writes_and_the_referrer_answers(
    open_page_as, service_database, drawn, mia, amara, beth
):
    keep_words(service_database, mia[0], "message", "Who collects Mia?", by=beth)
    page = open_page_as(beth, "child", child=str(mia[0]), at=TEN)
    page = click(page, "Send as a question and wait for the answer")
    assert "Your question is sent; the child waits." in drawn(page)
    assert "<strong>Waiting for the referrer</strong> since today 10:00" in drawn(page)
    with service_database.look() as session:
        assert session.get_one(ContactChild, mia[0]).status == Status.AWAITING_REFERRER
        assert draft_of(session, "message", str(mia[0]), by=beth, at=TEN) == {}

    keep_words(service_database, mia[1], "message", "Her aunt.", by=amara)
    page = open_page_as(amara, "receipt", contact=mia[2], at=LATER)
    assert "We asked you something" in drawn(page)
    page = click(page, "Send message")
    assert "Say whether your message answers our question." in drawn(page)
    [radio] = [each for each in page.radio if "answer our question" in each.label]
    assert radio.value is None
    radio.set_value(radio.options and next(iter(_ids(service_database, mia, beth)))).run()
    page = click(page, "Send message")
    assert "Your message is sent." in drawn(page)
    with service_database.look() as session:
        assert session.get_one(ContactChild, mia[0]).status == Status.SCREENING
    html = drawn(open_page_as(beth, "child", child=str(mia[0]), at=LATER))
    assert "1 new message from the referrer" in html
    assert "Read by Amara Osei today 10:05" in html
    assert "Waiting for the referrer</strong> since" not in html


def _ids(service_database, mia, by):
    return [str(each.id) for each in said(service_database, mia, by).open_questions()]


def test_the_front_door_says_itself_that_it_has_read(
    open_page_as, service_database, drawn, mia, amara, beth
):
    wrote(service_database, mia, "He is back.", by=amara)
    page = open_page_as(beth, "child", child=str(mia[0]), at=LATER)
    assert not said(service_database, mia, beth).messages[0].read
    click(page, "I have read this message")
    assert said(service_database, mia, beth).messages[0].read[0].by_name == beth.name
    html = drawn(open_page_as(amara, "receipt", contact=mia[2], at=LATER))
    assert "Read by the front door today 10:05" in html
    assert "Read by Beth" not in html


def test_hostile_words_are_shown_as_words(open_page_as, service_database, drawn, mia, amara, beth):
    wrote(service_database, mia, HOSTILE, by=amara)
    with service_database.work() as session:
        ask_and_wait(session, mia[0], HOSTILE, token=uuid4(), by=beth, at=TEN)
        write_note(session, mia[0], HOSTILE, token=uuid4(), by=beth, at=TEN)
    for page in (
        open_page_as(beth, "child", child=str(mia[0]), at=LATER),
        open_page_as(amara, "receipt", contact=mia[2], at=LATER),
    ):
        assert not page.exception
        assert "&lt;script&gt;alert(1)&lt;/script&gt; **bold** :smile: $x$" in drawn(page)
        assert "<script>" not in drawn(page)


def test_notes_and_messages_are_parts_and_buttons_of_their_own(
    open_page_as, service_database, drawn, mia, amara, beth
):
    keep_words(service_database, mia[0], "internal note", "I doubt the father.", by=beth)
    page = click(open_page_as(beth, "child", child=str(mia[0]), at=TEN), "Keep as internal note")
    html = drawn(page)
    assert "I doubt the father." in html.split('class="mash-notes"')[1].split("</ol>")[0]
    assert said(service_database, mia, beth).messages == ()
    for path, query in (("receipt", {"contact": mia[2]}), ("my_contacts", {})):
        assert "I doubt" not in drawn(open_page_as(amara, path, at=LATER, **query))


def test_words_of_danger_show_999_before_they_are_sent(
    open_page_as, service_database, drawn, mia, amara
):
    calm = drawn(open_page_as(amara, "receipt", contact=mia[2], at=TEN))
    assert "Call 999 now" not in calm
    words = "He is outside her door now with a knife and she is screaming."
    keep_words(service_database, mia[1], "message", words, by=amara)
    assert "Call 999 now" in drawn(open_page_as(amara, "receipt", contact=mia[2], at=LATER))


def test_of_somebody_elses_contact_nothing_is_drawn(
    open_page_as, service_database, drawn, mia, amara, dev
):
    wrote(service_database, mia, "Private words.", by=amara)
    html = drawn(open_page_as(dev, "receipt", contact=mia[2], at=LATER))
    assert "Private words" not in html
    assert not re.search("Messages with the front door", html)


def test_what_arrives_when_the_sign_in_is_over_is_in_her_draft(
    open_page_as, service_database, drawn, monkeypatch, mia, amara
):
    earlier = wrote(service_database, mia, "She is 7.", by=amara)
    keep_words(service_database, mia[1], "message", "She is 8, and", by=amara)
    page = open_page_as(amara, "receipt", contact=mia[2], at=TEN)
    monkeypatch.setattr(arrival, "now", lambda: TEN + IDLE + timedelta(minutes=1))
    page.selectbox[0].set_value(str(earlier)).run()
    assert "You are signed out" in drawn(page)
    assert "She is 7." not in drawn(page)
    with service_database.look() as session:
        draft = draft_of(session, "message", str(mia[1]), by=amara, at=TEN)
    assert draft == {"words": "She is 8, and", "corrects": str(earlier)}


def test_what_waits_is_told_where_people_begin(
    open_page_as, service_database, drawn, mia, amara, beth
):
    assert "nothing waits" in drawn(open_page_as(beth, "board", at=TEN))
    wrote(service_database, mia, "He is back.", by=amara)
    html = drawn(open_page_as(beth, "board", at=LATER))
    assert "1 message not read</a>, the oldest for 5 min" in html
    assert "New message</span>" in html
    assert "1 message, not read for 5 min" in drawn(open_page_as(beth, "messages", at=LATER))
    with service_database.work() as session:
        ask_and_wait(session, mia[0], "Who?", token=uuid4(), by=beth, at=LATER)
    assert "Read and answer our question" in drawn(open_page_as(amara, "my_contacts", at=LATER))


def test_who_answers_has_read_what_stood_before_her_and_no_more(
    open_page_as, service_database, mia, amara, beth
):
    wrote(service_database, mia, "He is back.", by=amara)
    keep_words(service_database, mia[0], "message", "Thank you.", by=beth)
    page = open_page_as(beth, "child", child=str(mia[0]), at=LATER)
    wrote(service_database, mia, "And he has a key.", by=amara, at=LATER)
    click(page, "Send to the referrer")
    read = {each.words: bool(each.read) for each in said(service_database, mia, beth).messages}
    assert read == {"He is back.": True, "And he has a key.": False, "Thank you.": False}


def test_a_consultation_from_the_first_word_to_a_contact(
    open_page_as, service_database, drawn, amara, beth
):
    keep_words(service_database, A_NEW_ONE, "consultation", "A boy has stopped eating.", by=amara)
    page = open_page_as(amara, "talk_it_through", at=TEN)
    assert "Please leave out names" in drawn(page)
    page = click(page, "Send")
    consultation = page.query_params["consultation"]
    keep_words(service_database, consultation, "advice", "Ask him gently.", by=beth)
    page = open_page_as(beth, "messages", consultation=consultation, at=LATER)
    assert "Waiting for 5 min." in drawn(page)
    page = click(page, "Record the advice")
    assert "Advice was given." in drawn(page)
    page = open_page_as(amara, "talk_it_through", consultation=consultation, at=LATER)
    assert "Ask him gently." in drawn(page)
    page = click(page, "Make this a contact")
    with service_database.look() as session:
        [draft] = drafts_of(session, by=amara)
    assert draft.answers["concern"]["worry"].startswith("A boy has stopped eating.")


def test_anothers_consultation_is_as_if_there_were_none(
    open_page_as, service_database, drawn, amara, dev
):
    with service_database.work() as session:
        hers = open_consultation(session, "A boy.", token=uuid4(), by=amara, at=TEN)
    told = {
        drawn(open_page_as(dev, "talk_it_through", consultation=str(named), at=LATER))
        .split('role="alert">')[1]
        .split("<")[0]
        for named in (hers, uuid4(), "rubbish")
    }
    assert told == {NotFound().words}
