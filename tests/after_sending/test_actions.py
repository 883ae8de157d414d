"""After sending: what is added never touches what was sent, and nobody at the door misses it."""

import json
import os
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from mash_triage.after_sending.actions import (
    add_words,
    amend_answer,
    answer_withdrawal,
    ask_to_withdraw,
    record_additions_read,
    record_written_confirmation,
)
from mash_triage.after_sending.amended import additions_to, facts_said
from mash_triage.after_sending.models import ContactAddition
from mash_triage.after_sending.queries import additions_of, after_sending, news_of_children
from mash_triage.audit.events import AuditEvent
from mash_triage.contacts.actions import sha256_of_json
from mash_triage.contacts.models import Contact, ContactChild
from mash_triage.contacts.reference import new_reference
from mash_triage.decisions.actions import record_decision
from mash_triage.errors import Changed, NotAllowed, NotFound, NotReady
from mash_triage.outbox.models import OutboxMessage
from mash_triage.screening.facts import facts_of
from mash_triage.screening.words import reading_of
from mash_triage.worklists.board import board
from tests import stories
from tests.cast import CAST
from tests.stories import HOUR, MONDAY_NINE

LATER = MONDAY_NINE + 5 * HOUR
AGE, BORN = "children[0].age", {"kind": "born", "date_of_birth": "2017-09-03"}
DANGER = "She has been missing since last night and nobody knows where."


def told(by, at=LATER):
    return {"token": uuid4(), "by": by, "at": at}


def a_call(session, beth, **changes):
    """A teacher's call that Beth took down."""
    call = {"channel": "telephone", "received_at": MONDAY_NINE.isoformat(), **changes}
    return stories.a_receipt(session, sent_by=beth, **call)


@pytest.fixture
def child(session, amara):
    return stories.a_child(session, sent_by=amara)


@pytest.fixture
def reference(child):
    return child.contact.reference


# ---------------------------------------------------------------- the referrer


def test_a_changed_answer_leaves_what_was_sent_as_it_was(session, amara, child, reference):
    before = deepcopy(child.contact.submission)
    amend_answer(session, reference, AGE, BORN, "I mixed up the months", seen=0, **told(amara))
    session.expire_all()
    contact = session.get_one(Contact, child.contact_id)
    assert contact.submission == before
    assert sha256_of_json(contact.submission) == contact.submission_sha256
    assert facts_said(session, contact)["children"][0]["age"]["date_of_birth"] == "2017-09-03"
    (seen,) = additions_of(session, reference, by=amara)
    assert (seen.was["date_of_birth"], seen.now["date_of_birth"]) == ("2017-03-09", "2017-09-03")
    assert (seen.words, seen.by_name) == ("I mixed up the months", "Amara Osei")


def test_a_double_click_is_one_addition(session, amara, child, reference):
    once = told(amara)
    for _click in range(3):
        add_words(session, reference, "He is back.", **once)
    assert len(additions_to(session, child.contact_id)) == 1


def test_two_at_once_are_both_kept(database, amara):
    with database.work() as session:
        reference = stories.a_child(session, sent_by=amara).contact.reference

    def add(words):
        with database.work() as session:
            add_words(session, reference, words, **told(amara))

    with ThreadPoolExecutor(4) as people:
        list(people.map(add, ("a", "b", "c", "d")))
    with database.look() as session:
        kept = additions_of(session, reference, by=amara)
    assert [each.number for each in kept] == [1, 2, 3, 4]
    assert {each.words for each in kept} == {"a", "b", "c", "d"}


def test_an_answer_changed_meanwhile_is_not_changed_again_unread(session, amara, child, reference):
    amend_answer(session, reference, AGE, BORN, "a slip", seen=0, **told(amara))
    other = {**BORN, "date_of_birth": "2016-01-01"}
    with pytest.raises(Changed, match="Read what it says now"):
        amend_answer(session, reference, AGE, other, "another slip", seen=0, **told(amara))
    amend_answer(session, reference, AGE, other, "another slip", seen=1, **told(amara))


@pytest.mark.parametrize(
    ("path", "now", "words"),
    [
        ("children[0].sex", "X", "Choose one of the answers"),
        ("children[0].age", {"kind": "born", "date_of_birth": "2027-01-01"}, "in the future"),
        ("children[0].given_names", " ", "Answer this question"),
        ("concern.worry", "x" * 20_001, "Shorten this"),
        ("children[0].sex", "F", "what it says already"),
        ("channel", "letter", "cannot be changed by itself"),
        ("shape_version", 7, "cannot be changed by itself"),
        ("children[0].sex.__class__", "F", "cannot be changed by itself"),
    ],
)
def test_an_answer_that_cannot_be_is_refused(session, amara, reference, path, now, words):
    with pytest.raises(NotReady, match=words):
        amend_answer(session, reference, path, now, "because", seen=0, **told(amara))


def test_long_after_sending_only_the_changed_answer_is_judged(session, amara):
    due = {"age": {"kind": "unborn", "expected_date": "2026-02-01"}, "given_names": "Baby"}
    reference = stories.a_child(session, due, sent_by=amara).contact.reference
    a_year_on = told(amara, LATER + timedelta(days=400))
    amend_answer(session, reference, "referrer.email", "a@hill.example", "new", seen=0, **a_year_on)


@pytest.mark.parametrize("path", ["children[1].sex", "children[99].sex", "household[7].name"])
def test_of_a_row_that_is_not_there_nothing_is_changed(session, amara, reference, path):
    with pytest.raises(NotFound):
        amend_answer(session, reference, path, "M", "because", seen=0, **told(amara))


def test_hostile_words_are_kept_as_typed(session, amara, reference):
    words = "<script>alert(1)</script>\x00 **now** ]] \u202e'; drop table contact --"
    add_words(session, reference, words, **told(amara))
    (kept,) = additions_of(session, reference, by=amara)
    assert kept.words.startswith("<script>alert(1)</script>[a character")
    assert kept.words.endswith("drop table contact --")


def test_nobody_else_adds_and_the_answer_for_none_is_the_same(session, child, reference, dev, beth):
    said = set()
    for asked in (reference, new_reference(), "rubbish", "", f"{reference[:4]}'--"):
        with pytest.raises(NotFound) as refusal:
            add_words(session, asked, "x", **told(dev))
        said.add(refusal.value.words)
    assert len(said) == 1
    with pytest.raises(NotAllowed, match="Only whoever sent"):
        add_words(session, reference, "x", **told(beth))


def test_guessed_references_find_nothing(session, amara, dev):
    for _contact in range(5):
        stories.a_receipt(session, sent_by=amara)
    said = set()
    for _guess in range(10_000 if os.environ.get("MASH_SOAK") else 500):
        try:
            said.add(additions_of(session, new_reference(), by=dev))
        except NotFound as refusal:
            said.add(refusal.words)
    assert said == {NotFound().words}


def test_a_colleague_at_the_door_adds_to_a_call_that_another_took(session, beth, carol, amara):
    reference = a_call(session, beth).reference
    add_words(session, reference, "She rang again: the child is at home.", **told(carol))
    with pytest.raises(NotFound):
        add_words(session, reference, "x", **told(amara))


# ---------------------------------------------------------------- the front door


def test_what_is_new_stands_on_the_board_until_its_worker_has_read_it(
    session, amara, beth, carol, child, reference
):
    stories.take_up_and_know(session, child, by=beth, at=MONDAY_NINE + HOUR)
    add_words(session, reference, "Her aunt rang.", **told(amara))
    assert news_of_children(session, by=carol)[child.id].unread == 1
    assert after_sending(session, child.id, by=beth).new_to(beth.user_id)
    record_additions_read(session, child.id, 1, by=beth, at=LATER)
    assert news_of_children(session, by=carol) == {}
    assert not after_sending(session, child.id, by=beth).new_to(beth.user_id)
    add_words(session, reference, "And again.", **told(amara))
    (row,) = board(session, by=carol, at=LATER).open
    assert (row.news.unread, row.news.latest) == (1, 2)


def test_danger_added_later_is_treated_as_danger(session, amara, beth, child, reference):
    stories.take_up_and_know(session, child, by=beth, at=MONDAY_NINE + HOUR)
    assert not reading_of(session, child, by=beth).immediate_danger
    add_words(session, reference, DANGER, **told(amara))
    assert reading_of(session, child, by=beth).immediate_danger
    assert board(session, by=beth, at=LATER).open[0].words_of_danger
    amend_answer(
        session, reference, "danger.in_danger_now", "yes", "it got worse", seen=0, **told(amara)
    )
    assert board(session, by=beth, at=LATER).open[0].news.says_danger
    assert facts_of(session, child, by=beth).in_danger_now == "yes"


def test_danger_ticked_beside_added_words_counts_as_said(session, amara, beth, child, reference):
    add_words(session, reference, "Come now.", danger_now=True, **told(amara))
    assert facts_of(session, child, by=beth).in_danger_now == "yes"
    assert board(session, by=beth, at=LATER).open[0].news.says_danger


def test_that_somebody_is_in_danger_is_never_taken_back_by_an_answer(session, amara, beth):
    child = stories.a_child(session, sent_by=amara, danger={"in_danger_now": "yes"})
    amend_answer(
        session,
        child.contact.reference,
        "danger.in_danger_now",
        "no",
        "he has left",
        seen=0,
        **told(amara),
    )
    assert facts_of(session, child, by=beth).in_danger_now == "yes"
    assert board(session, by=beth, at=LATER).open[0].in_danger_now == "yes"


def test_a_changed_birth_date_counts_and_changes_no_match(session, amara, beth, child, reference):
    stories.take_up_and_know(session, child, by=beth, at=MONDAY_NINE + HOUR)
    person, before = child.person_id, facts_of(session, child, by=beth).age_days
    amend_answer(session, reference, AGE, BORN, "a slip", seen=0, **told(amara))
    assert child.person_id == person
    assert facts_of(session, child, by=beth).age_days == before - 178


def test_a_decision_drawn_before_the_addition_is_refused(session, amara, beth, carol):
    child = stories.a_child_awaiting_decision(session, sent_by=amara, screened_by=beth)
    drawn = child.version
    add_words(session, child.contact.reference, "There was a knife.", **told(amara))
    with pytest.raises(Changed, match="Read what is new"):
        record_decision(
            session, child.id, stories.a_decision(), seen=drawn, by=carol, at=LATER + HOUR
        )
    session.expire_all()
    seen = session.get_one(ContactChild, child.id).version
    record_decision(session, child.id, stories.a_decision(), seen=seen, by=carol, at=LATER + HOUR)


def test_after_the_decision_it_is_new_information(session, amara, beth, carol):
    child = stories.a_decided_child(session, sent_by=amara, screened_by=beth, decided_by=carol)
    add_words(session, child.contact.reference, DANGER, **told(amara, LATER + timedelta(days=9)))
    seen = board(session, by=beth, at=LATER + timedelta(days=10))
    assert [row.id for row in seen.new_after_decision] == [child.id]
    assert seen.new_after_decision[0].words_of_danger
    assert seen.open == seen.decided_today == ()
    with pytest.raises(NotReady, match="what was done"):
        record_additions_read(session, child.id, 1, by=beth, at=LATER)
    record_additions_read(session, child.id, 1, "New contact K7.", by=beth, at=LATER)
    assert board(session, by=beth, at=LATER + timedelta(days=10)).new_after_decision == ()


def test_asking_to_withdraw_ends_nothing(session, amara, beth, carol, child, reference):
    due = child.next_due_at
    ask_to_withdraw(session, reference, "family_asked", "The mother is upset.", **told(amara))
    session.expire_all()
    child = session.get_one(ContactChild, child.id)
    assert (child.status, child.next_due_at) == ("acknowledged", due)
    assert news_of_children(session, by=beth)[child.id].wants_to_withdraw
    answer_withdrawal(
        session, child.id, stands=True, reason="The hunger is not explained.", by=beth, at=LATER
    )
    record_additions_read(session, child.id, 1, by=carol, at=LATER)
    assert news_of_children(session, by=beth) == {}
    assert child.status == "acknowledged"
    assert after_sending(session, child.id, by=beth).answers[0].stands
    with pytest.raises(Changed):
        answer_withdrawal(session, child.id, stands=False, reason="x", by=carol, at=LATER)


def test_a_withdrawal_needs_a_reason_and_its_answer_a_qualification(
    session, amara, beth, child, reference
):
    for reason, words in (("bored", "x"), ("other", " ")):
        with pytest.raises(NotReady):
            ask_to_withdraw(session, reference, reason, words, **told(amara))
    ask_to_withdraw(session, reference, "sent_twice", "x", **told(amara))
    unqualified = stories.a_manager(session, "Uma Quist", qualified=False)
    with pytest.raises(NotAllowed, match="qualified"):
        answer_withdrawal(session, child.id, stands=True, reason="x", by=unqualified, at=LATER)
    with pytest.raises(NotReady):
        answer_withdrawal(session, child.id, stands=None, reason="x", by=beth, at=LATER)


# ---------------------------------------------------------------- a call confirmed in writing


def test_a_professionals_call_is_to_be_confirmed_within_a_working_day(session, beth, carol):
    receipt = a_call(session, beth)
    (child,) = stories.children_of(session, receipt)
    asked = after_sending(session, child.id, by=beth).confirmation
    assert asked.due_at == MONDAY_NINE + 24 * HOUR
    record_written_confirmation(session, child.id, "letter", by=carol, at=LATER)
    came = after_sending(session, child.id, by=beth).confirmation
    assert (came.came_as, came.by_name) == ("letter", "Carol Adeyemi")
    with pytest.raises(Changed):
        record_written_confirmation(session, child.id, "email", by=beth, at=LATER)


@pytest.mark.parametrize(
    "changes",
    [
        {"referrer": {"kind": "neighbour"}},
        {"referrer": {"kind": "anonymous"}},
        {"channel": "letter"},
        {"channel": "walk_in"},
    ],
    ids=str,
)
def test_nobody_else_is_asked_to_write(session, beth, changes):
    (child,) = stories.children_of(session, a_call(session, beth, **changes))
    assert after_sending(session, child.id, by=beth).confirmation is None
    with pytest.raises(NotReady):
        record_written_confirmation(session, child.id, "letter", by=beth, at=LATER)


def mails(session):
    rows = session.scalars(select(OutboxMessage).order_by(OutboxMessage.posted_at))
    return [(row.kind, row.to_user or row.to_address, row.reference) for row in rows]


def test_who_called_is_asked_by_mail_where_she_gave_an_address_at_work(session, messages_out, beth):
    messages_out()
    receipt = a_call(session, beth, referrer={"email": "amara@hill.example"})
    a_call(session, beth, referrer={"email": "a b@c"})
    a_call(session, beth, referrer={"email": "a@home.example", "kind": "neighbour"})
    assert mails(session) == [("confirmation_asked", "amara@hill.example", receipt.reference)]


def test_the_answer_to_a_withdrawal_is_news_for_the_sender(session, messages_out, amara, beth):
    messages_out()
    child = stories.a_child(session, sent_by=amara)
    reference = child.contact.reference
    ask_to_withdraw(session, reference, "other", "x", **told(amara))
    answer_withdrawal(session, child.id, stands=True, reason="x", by=beth, at=LATER)
    assert mails(session)[-1] == ("news", amara.user_id, reference)


# ---------------------------------------------------------------- restricted, and the trail


def test_of_a_restricted_child_nothing_that_was_added_is_told(session, amara, beth, carol, dan):
    receipt = stories.a_receipt(
        session, {"given_names": "Zoe"}, {"given_names": "Mia"}, sent_by=amara
    )
    zoe, mia = stories.children_of(session, receipt)
    stories.know(session, zoe, by=carol, at=LATER)
    stories.restrict(session, zoe, readers=(carol, dan), by=carol, at=LATER)
    reference = receipt.reference
    add_words(session, reference, "Zoe hides at 3 Secret Row. " + DANGER, **told(amara))
    path = "children[0].where_now"
    amend_answer(session, reference, path, "Zoe's aunt", "Zoe moved", seen=0, **told(amara))
    for seen in (
        after_sending(session, mia.id, by=beth),
        additions_of(session, reference, by=beth),
    ):
        assert not [word for word in ("Zoe", "Secret", "where_now") if word in repr(seen)]
    (row,) = board(session, by=beth, at=LATER).open
    assert (row.news.unread, row.words_of_danger) == (2, False)
    with pytest.raises(NotAllowed, match="closed to you"):
        record_additions_read(session, mia.id, 2, by=beth, at=LATER)
    assert "Secret Row" in repr(additions_of(session, reference, by=amara))
    record_additions_read(session, mia.id, 2, by=carol, at=LATER)
    assert mia.id not in news_of_children(session, by=beth)


def test_each_deed_leaves_its_line_without_a_word_of_it(session, amara, beth, child, reference):
    add_words(session, reference, "SECRET", **told(amara))
    amend_answer(session, reference, "concern.worry", "SECRET", "SECRET", seen=0, **told(amara))
    ask_to_withdraw(session, reference, "other", "SECRET", **told(amara))
    record_additions_read(session, child.id, 3, "SECRET", by=beth, at=LATER)
    answer_withdrawal(session, child.id, stands=True, reason="SECRET", by=beth, at=LATER)
    lines = session.scalars(select(AuditEvent).order_by(AuditEvent.seq.desc()).limit(5)).all()
    assert [line.kind for line in reversed(lines)] == [
        "contact:added_to",
        "contact:amended",
        "withdrawal:asked",
        "additions:read",
        "withdrawal:answered",
    ]
    assert "SECRET" not in json.dumps([line.detail for line in lines])


def test_the_cast_has_nothing_added_by_itself(session):
    assert session.scalars(select(ContactAddition)).first() is None
    assert all(news_of_children(session, by=by) == {} for by in CAST[1:4])
