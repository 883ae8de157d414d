"""Who hears that something was written: the agency's system by a notice, the worker by a mail."""

from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from mash_triage.access.actor import Actor
from mash_triage.access.models import UserAccount
from mash_triage.access.queries import actor_for
from mash_triage.access.roles import Role
from mash_triage.agency_systems.actions import add_api_key
from mash_triage.outbox.actions import add_endpoint
from mash_triage.outbox.models import OutboxMessage
from mash_triage.outbox.parcels import notice_for
from mash_triage.screening.actions import take_up
from mash_triage.talk.actions import ask_and_wait, send_message
from tests import cast, stories
from tests.cast import ADA, AMARA, BETH, CAROL, DAN, MONDAY_NINE
from tests.stories import HOUR

TEN = MONDAY_NINE + HOUR
URL = "https://records.hillschool.example/mash"
WORDS = "Is Mia's father, Piotr, at home?"


@pytest.fixture(autouse=True)
def _messages_go_out(messages_out):
    """Mail and notices are set up."""


@pytest.fixture
def system(session) -> Actor:
    """The records system of Hill School, which wants notices."""
    add_api_key(session, AMARA.agency_id, "Records", by=ADA, at=MONDAY_NINE)
    add_endpoint(session, AMARA.agency_id, URL, by=ADA, at=MONDAY_NINE)
    add_endpoint(session, cast.DEV.agency_id, "https://clinic.example/", by=ADA, at=MONDAY_NINE)
    session.flush()
    account = select(UserAccount).where(UserAccount.role == Role.API_CLIENT)
    return actor_for(session.scalars(account).one())


def say(session, child, words=WORDS, *, by, token=None, **more) -> UUID:
    told = {"token": token or uuid4(), "by": by, "at": TEN, **more}
    return send_message(session, child.contact_id, words, **told)


def posted(session, channel) -> list[OutboxMessage]:
    """What waits to go out that way, in the order in which it was posted."""
    session.flush()
    rows = select(OutboxMessage).where(OutboxMessage.channel == channel)
    return sorted(session.scalars(rows), key=lambda each: (each.posted_at, each.kind, each.link))


def mails_to_workers(session) -> list[OutboxMessage]:
    return [each for each in posted(session, "mail") if each.link.startswith("/child")]


# ---------------------------------------------------------------- the agency's system


def test_a_system_is_told_of_a_question_and_of_a_message_and_not_of_what_they_say(session, system):
    child = stories.a_child_taken_up(session, sent_by=system, screened_by=BETH)
    before = {each.id for each in posted(session, "webhook")}
    ask_and_wait(session, child.id, WORDS, token=uuid4(), by=BETH, at=TEN + HOUR)
    say(session, child, "Thank you. Mia is safe.", by=BETH, at=TEN + 2 * HOUR)
    told = [each for each in posted(session, "webhook") if each.id not in before]
    reference = child.contact.reference
    assert [(each.kind, each.reference, each.status) for each in told] == [
        ("contact.question_asked", reference, ""),
        ("contact.status_changed", reference, "needs_sender"),
        ("contact.new_message", reference, ""),
    ]
    bodies = b"".join(notice_for(session, each, TEN).body for each in told)
    assert not [words for words in (b"Mia", b"Piotr", b"Thornbury", b"safe") if words in bodies]
    assert posted(session, "mail") == []


def test_a_message_sent_twice_is_one_notice(session, system):
    child, token = stories.a_child(session, sent_by=system), uuid4()
    for _ in range(2):
        say(session, child, by=BETH, token=token)
    assert [each.kind for each in posted(session, "webhook")] == ["contact.new_message"]


def test_a_person_who_sent_the_contact_gets_a_mail_and_her_agencys_system_nothing(session, system):
    child = stories.a_child(session, sent_by=AMARA)
    say(session, child, by=BETH)
    assert posted(session, "webhook") == []
    assert [each.to_user for each in posted(session, "mail") if each.kind == "new_message"] == [
        AMARA.user_id
    ]


# ---------------------------------------------------------------- the worker


def test_the_worker_hears_that_the_referrer_answered_and_where_to_read_it(session):
    child = stories.a_child_taken_up(session, sent_by=AMARA, screened_by=BETH)
    question = ask_and_wait(session, child.id, WORDS, token=uuid4(), by=BETH, at=TEN)
    assert mails_to_workers(session) == []
    say(session, child, "No, Piotr works away.", by=AMARA, answers=question)
    [mail] = mails_to_workers(session)
    assert (mail.to_user, mail.link) == (BETH.user_id, f"/child?child={child.id}")
    assert (mail.kind, mail.reference) == ("new_message", child.contact.reference)


def test_an_answer_sent_twice_is_one_mail(session):
    child = stories.a_child_taken_up(session, sent_by=AMARA, screened_by=BETH)
    token = uuid4()
    for _ in range(2):
        say(session, child, by=AMARA, token=token)
    assert len(mails_to_workers(session)) == 1


def test_while_nobody_has_the_contact_nobody_is_written_to(session):
    say(session, stories.a_child(session, sent_by=AMARA), by=AMARA)
    assert mails_to_workers(session) == []


def test_of_two_children_each_worker_hears_once(session):
    receipt = stories.a_receipt(
        session, {}, {"given_names": "Leo"}, {"given_names": "Zed"}, sent_by=AMARA
    )
    mia, leo, zed = stories.children_of(session, receipt)
    for child, worker in ((mia, BETH), (leo, BETH), (zed, CAROL)):
        take_up(session, child.id, by=worker, at=TEN)
    say(session, mia, by=AMARA)
    told = mails_to_workers(session)
    assert sorted(each.to_user for each in told) == sorted([BETH.user_id, CAROL.user_id])
    assert {each.link for each in told} <= {f"/child?child={each.id}" for each in (mia, leo, zed)}


def test_no_worker_is_called_to_words_that_are_closed_to_her(session):
    receipt = stories.a_receipt(session, {}, {"given_names": "Orla"}, sent_by=AMARA)
    mia, orla = stories.children_of(session, receipt)
    stories.take_up_and_know(session, mia, by=BETH, at=TEN)
    stories.take_up_and_know(session, orla, by=CAROL, at=TEN)
    stories.restrict(session, orla, readers=[CAROL, DAN], by=CAROL, at=TEN)
    say(session, mia, "Orla told me something.", by=AMARA)
    assert [each.to_user for each in mails_to_workers(session)] == [CAROL.user_id]
