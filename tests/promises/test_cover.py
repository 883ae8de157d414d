"""A colleague is away: what is due reaches whoever covers, and never only an empty desk."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from mash_triage.access.actions import add_user
from mash_triage.access.models import UserAccount
from mash_triage.access.queries import actor_for
from mash_triage.access.roles import Role
from mash_triage.allocation.actions import record_absence, record_conflict
from mash_triage.outbox.models import OutboxMessage
from mash_triage.promises.actions import raise_due
from mash_triage.promises.queries import Wanted, running_promises
from mash_triage.talk.actions import send_message
from mash_triage.worklists.covered import covered_children
from tests import stories
from tests.cast import ADA, AMARA, BETH, CAROL, DAN, MONDAY_NINE
from tests.stories import HOUR, a_child

NEARLY, PAST = MONDAY_NINE + 20 * HOUR, MONDAY_NINE + 25 * HOUR


def of_beth(session):
    child = a_child(session, sent_by=AMARA)
    stories.take_up_and_know(session, child, by=BETH, at=MONDAY_NINE)
    return child


def is_away(session, who, cover=None, *, days=3):
    day = MONDAY_NINE.date()
    told = {"cover_id": cover.user_id if cover else None, "by": CAROL, "at": MONDAY_NINE}
    record_absence(session, who.user_id, day, day + timedelta(days=days), **told)


def told(session):
    session.flush()
    rows = select(OutboxMessage).where(OutboxMessage.kind.like("promise%"))
    return {mail.to_user for mail in session.scalars(rows)}


@pytest.fixture
def eve(session):
    user = add_user(
        session,
        "eve@rivermead.example",
        "Eve Marlow",
        role=Role.SOCIAL_WORKER,
        agency_id=BETH.agency_id,
        qualified=True,
        by=ADA,
        at=MONDAY_NINE,
    )
    return actor_for(user)


def test_a_warning_for_a_worker_who_is_away_reaches_her_cover_too(session, messages_out, eve):
    of_beth(session)
    is_away(session, BETH, eve)
    raise_due(session, at=NEARLY)
    assert told(session) == {BETH.user_id, eve.user_id}


def test_of_a_worker_whose_account_was_closed_the_managers_hear(session, messages_out):
    of_beth(session)
    account = session.get_one(UserAccount, BETH.user_id)
    account.deactivated_by, account.deactivated_at = ADA.name, MONDAY_NINE
    session.flush()
    raise_due(session, at=NEARLY)
    assert told(session) == {CAROL.user_id, DAN.user_id}


def test_a_cover_who_is_away_herself_is_covered_in_turn(session, messages_out, eve):
    of_beth(session)
    is_away(session, BETH, eve)
    is_away(session, eve, DAN)
    is_away(session, DAN, BETH)
    raise_due(session, at=NEARLY)
    assert told(session) >= {BETH.user_id, eve.user_id, DAN.user_id, CAROL.user_id}


def test_where_nobody_covers_the_managers_are_told_at_once(session, messages_out):
    of_beth(session)
    is_away(session, BETH)
    raise_due(session, at=NEARLY)
    assert told(session) == {BETH.user_id, CAROL.user_id, DAN.user_id}


def test_of_a_manager_who_is_away_the_cover_hears_of_a_breach(session, messages_out, eve):
    of_beth(session)
    is_away(session, DAN, eve)
    raise_due(session, at=PAST)
    assert told(session) == {BETH.user_id, CAROL.user_id, DAN.user_id, eve.user_id}


def test_who_is_back_is_covered_no_longer(session, messages_out, eve):
    of_beth(session)
    is_away(session, BETH, eve, days=0)
    raise_due(session, at=NEARLY)  # on Tuesday
    assert told(session) == {BETH.user_id}


def test_a_cover_to_whom_the_child_is_closed_hears_nothing_and_a_manager_does(
    session, messages_out, eve
):
    child = of_beth(session)
    stories.restrict(session, child, readers=[BETH, CAROL, DAN], by=DAN, at=MONDAY_NINE)
    is_away(session, BETH, eve)
    raise_due(session, at=NEARLY)
    assert told(session) == {BETH.user_id, CAROL.user_id, DAN.user_id}
    assert covered_children(session, by=eve, at=MONDAY_NINE) == []


def test_a_cover_who_knows_the_family_does_not_count_as_one(session, messages_out, eve):
    child = of_beth(session)
    record_conflict(session, child.id, eve.user_id, by=CAROL, at=MONDAY_NINE)
    is_away(session, BETH, eve)
    raise_due(session, at=NEARLY)
    assert told(session) == {BETH.user_id, CAROL.user_id, DAN.user_id}


def test_a_worker_who_knows_the_family_is_not_told_and_the_managers_are(session, messages_out, eve):
    child = of_beth(session)
    record_conflict(session, child.id, BETH.user_id, by=BETH, at=MONDAY_NINE)
    raise_due(session, at=NEARLY)
    assert told(session) == {CAROL.user_id, DAN.user_id}


def test_where_every_manager_knows_the_family_somebody_is_told_all_the_same(session, messages_out):
    child = of_beth(session)
    for one in (BETH, CAROL, DAN):
        record_conflict(session, child.id, one.user_id, by=CAROL, at=MONDAY_NINE)
    raise_due(session, at=NEARLY)
    assert told(session) == {CAROL.user_id, DAN.user_id}


def test_the_referrer_s_message_is_told_to_the_cover_too(session, messages_out, eve):
    child = of_beth(session)
    is_away(session, BETH, eve)
    said = {"token": uuid4(), "by": AMARA, "at": MONDAY_NINE + HOUR}
    send_message(session, child.contact_id, "He is at his aunt's.", **said)
    session.flush()
    rows = select(OutboxMessage).where(OutboxMessage.kind == "new_message")
    assert {mail.to_user for mail in session.scalars(rows)} == {BETH.user_id, eve.user_id}


def test_of_a_message_about_a_closed_child_the_cover_hears_nothing(session, messages_out, eve):
    child = of_beth(session)
    stories.restrict(session, child, readers=[BETH, CAROL, DAN], by=DAN, at=MONDAY_NINE)
    is_away(session, BETH, eve)
    said = {"token": uuid4(), "by": AMARA, "at": MONDAY_NINE + HOUR}
    send_message(session, child.contact_id, "He is at his aunt's.", **said)
    session.flush()
    rows = select(OutboxMessage).where(OutboxMessage.kind == "new_message")
    assert {mail.to_user for mail in session.scalars(rows)} == {BETH.user_id}


def test_whoever_covers_sees_the_children_and_their_promises_among_her_own(session, eve):
    child = of_beth(session)
    at = MONDAY_NINE + HOUR
    mine = Wanted(mine=True)
    assert running_promises(session, mine, by=eve, at=at).shown == ()
    is_away(session, BETH, eve)
    assert {e.contact_child_id for e in running_promises(session, mine, by=eve, at=at).shown} == {
        child.id
    }
    (seen,) = covered_children(session, by=eve, at=at)
    assert (seen.id, seen.worker) == (child.id, BETH.name)
    assert covered_children(session, by=DAN, at=at) == []
