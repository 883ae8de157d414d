"""Several people in the same moment: nothing doubled, nothing lost, no answer past a decision."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest

from mash_triage.contacts.status import Status
from mash_triage.decisions.actions import record_decision
from mash_triage.errors import Changed
from mash_triage.talk.actions import (
    ask_and_wait,
    mark_read,
    open_consultation,
    send_message,
)
from mash_triage.talk.consultations import my_consultations
from mash_triage.talk.threads import thread_of_contact
from tests import stories
from tests.stories import HOUR, MONDAY_NINE

TEN = MONDAY_NINE + HOUR


def at_once(database, *deeds):
    """Do these deeds at one moment, each in a transaction of its own; what each gave or refused."""
    ready = Barrier(len(deeds), timeout=30)

    def do(deed):
        ready.wait()
        try:
            with database.work() as session:
                return deed(session)
        except Changed as refusal:
            return refusal

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(do, deeds))


@pytest.fixture
def child(database, amara, beth):
    with database.work() as session:
        return stories.a_child_taken_up(session, sent_by=amara, screened_by=beth)


def test_eight_clicks_at_once_are_one_message_and_one_consultation(database, child, amara):
    token = uuid4()
    told = {"token": token, "by": amara, "at": TEN}

    def write(session):
        return send_message(session, child.contact_id, "He is back.", **told)

    def begin(session):
        return open_consultation(session, "May I ask?", **{**told, "token": child.id})

    assert len(set(at_once(database, *[write] * 8))) == 1
    assert len(set(at_once(database, *[begin] * 4))) == 1
    with database.look() as session:
        assert len(thread_of_contact(session, child.contact_id, by=amara).messages) == 1
        assert len(my_consultations(session, by=amara)) == 1


def test_two_people_who_write_at_once_are_both_heard(database, child, amara, beth):
    def writes(by, words):
        return lambda s: send_message(s, child.contact_id, words, token=uuid4(), by=by, at=TEN)

    said = {f"{by.name} {n}" for n in range(3) for by in (amara, beth)}
    at_once(database, *(writes(amara if "Amara" in words else beth, words) for words in said))
    with database.look() as session:
        thread = thread_of_contact(session, child.contact_id, by=beth)
    assert {each.words for each in thread.messages} == said


def test_two_windows_that_read_at_once_note_it_once(database, child, amara, beth):
    with database.work() as session:
        told = {"token": uuid4(), "by": amara, "at": TEN}
        message = send_message(session, child.contact_id, "He is back.", **told)
    at_once(database, *[lambda s: mark_read(s, [message], by=beth, at=TEN)] * 4)
    with database.look() as session:
        thread = thread_of_contact(session, child.contact_id, by=beth)
    assert len(thread.messages[0].read) == 1


def test_an_answer_and_the_decision_in_one_moment_never_pass_each_other(
    database, child, amara, beth, carol
):
    """Either the decision is refused because there is something new, or the answer says that it
    came after it.
    """
    with database.work() as session:
        told = {"token": uuid4(), "by": beth, "at": TEN}
        question = ask_and_wait(session, child.id, "Where is he?", **told)
        stories.screen(session, child, by=beth, at=TEN)
        stories.send(session, child, by=beth, at=TEN)
    with database.look() as session:
        seen = thread_of_contact(session, child.contact_id, by=carol)
        version = session.get_one(type(child), child.id).version
    assert len(seen.messages) == 1

    def answer(session):
        told = {"token": uuid4(), "answers": question, "by": amara, "at": TEN + HOUR}
        return send_message(session, child.contact_id, "Outside.", **told)

    def decide(session):
        told = {"seen": version, "by": carol, "at": TEN + HOUR}
        record_decision(session, child.id, stories.a_decision(), **told)

    message, decision = at_once(database, answer, decide)
    with database.look() as session:
        thread = thread_of_contact(session, child.contact_id, by=beth)
    came = thread.message(message).came_after(child.id)
    assert came is (Status.MANAGER_REVIEW if isinstance(decision, Changed) else Status.DECIDED)
    assert thread.open_questions() == ()
