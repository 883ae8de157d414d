"""The night hands over, and somebody of the day reads it by an hour after opening."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from mash_triage.access.actions import add_user
from mash_triage.access.actor import Actor
from mash_triage.access.queries import actor_for
from mash_triage.access.roles import Role
from mash_triage.clocks.models import PromiseRecord
from mash_triage.clocks.working_days import BankHolidays
from mash_triage.errors import Changed, NotAllowed, NotReady
from mash_triage.handover.actions import hand_over_to_day, mark_handover_read
from mash_triage.handover.queries import handovers_of, unread_handovers
from mash_triage.handover.rules import read_by
from mash_triage.thresholds.queries import edition_in_force, edition_of
from mash_triage.worklists.board import board
from tests import stories
from tests.cast import AGENCIES, MONDAY_NINE, id_of

SATURDAY_NIGHT = datetime(2026, 1, 17, 23, 30, tzinfo=UTC)
MONDAY_TEN = datetime(2026, 1, 19, 10, 0, tzinfo=UTC)
TOLD = {
    "done": "Police and I saw Mia at her aunt's; she stays there until Monday.",
    "outstanding": "Section 47 strategy discussion on Monday morning.",
    "who_knows": "Police, the aunt and the mother.",
}


@pytest.fixture
def night(session):
    """Nadia, who works at night."""
    user = add_user(
        session,
        "nadia@rivermead.example",
        "Nadia Frost",
        role=Role.OUT_OF_HOURS,
        agency_id=id_of(list(AGENCIES)[-1]),
        qualified=True,
        by=Actor.job("the tests"),
        at=MONDAY_NINE,
    )
    return actor_for(user)


def test_what_the_night_hands_over_is_due_an_hour_after_the_next_opening(
    session, amara, night, beth
):
    child = stories.a_child(session, sent_by=amara, at=SATURDAY_NIGHT - timedelta(hours=1))
    given = hand_over_to_day(session, child.id, **TOLD, by=night, at=SATURDAY_NIGHT)
    row = board(session, by=beth, at=SATURDAY_NIGHT).open[0]
    assert row.handover_due_at == MONDAY_TEN
    unread = unread_handovers(session, by=beth)
    assert [(each.id, each.done, each.given_by_name) for each in unread] == [
        (given, TOLD["done"], night.name)
    ]

    read_at = MONDAY_TEN - timedelta(minutes=30)
    mark_handover_read(session, given, by=beth, at=read_at)
    assert unread_handovers(session, by=beth) == []
    assert board(session, by=beth, at=read_at).open[0].handover_due_at is None
    assert handovers_of(session, child.id, by=beth)[0].read_by_name == beth.name
    promise = session.scalars(select(PromiseRecord).where(PromiseRecord.about == given)).one()
    assert (promise.due_at, promise.ended, promise.ended_at) == (MONDAY_TEN, "kept", read_at)


def test_the_night_does_not_read_its_own_handover_and_nobody_reads_it_twice(
    session, amara, night, beth, carol
):
    child = stories.a_child(session, sent_by=amara)
    given = hand_over_to_day(session, child.id, **TOLD, by=night, at=SATURDAY_NIGHT)
    of_beth = hand_over_to_day(session, child.id, **TOLD, by=beth, at=SATURDAY_NIGHT)
    for handover, reader in ((given, night), (of_beth, beth), (of_beth, night)):
        with pytest.raises(NotAllowed, match="Somebody of the day"):
            mark_handover_read(session, handover, by=reader, at=MONDAY_TEN)
    mark_handover_read(session, given, by=carol, at=MONDAY_TEN)
    with pytest.raises(Changed):
        mark_handover_read(session, given, by=beth, at=MONDAY_TEN)


def test_of_a_child_decided_in_the_night_the_day_still_reads_what_was_handed_over(
    session, amara, night, beth, carol
):
    child = stories.a_decided_child(session, sent_by=amara, screened_by=beth, decided_by=carol)
    hand_over_to_day(session, child.id, **TOLD, by=night, at=SATURDAY_NIGHT)
    seen = board(session, by=beth, at=MONDAY_TEN)
    assert seen.open == ()
    assert [row.id for row in seen.handed_over] == [child.id]


def test_what_is_handed_over_is_kept_whole_or_refused(session, amara, night):
    child = stories.a_child(session, sent_by=amara)
    long = {**TOLD, "outstanding": "x" * 5_001}
    with pytest.raises(NotReady, match="too long"):
        hand_over_to_day(session, child.id, **long, by=night, at=SATURDAY_NIGHT)


@pytest.mark.parametrize("part", list(TOLD))
def test_nothing_is_left_unsaid(session, amara, night, part):
    child = stories.a_child(session, sent_by=amara)
    with pytest.raises(NotReady):
        hand_over_to_day(session, child.id, **{**TOLD, part: " "}, by=night, at=SATURDAY_NIGHT)


def test_by_when_it_is_read_is_what_the_edition_promises(session):
    edition = edition_of(session, edition_in_force(session, "default", MONDAY_NINE.date()).id)
    assert read_by(SATURDAY_NIGHT, edition, BankHolidays()) == MONDAY_TEN
    promises = tuple(
        each.model_copy(update={"hours_after_opening": 3}) if each.code == "handover_read" else each
        for each in edition.promise
    )
    slower = edition.model_copy(update={"promise": promises})
    assert read_by(SATURDAY_NIGHT, slower, BankHolidays()) == MONDAY_TEN + 2 * stories.HOUR


def test_what_was_handed_over_of_a_closed_record_is_told_to_its_readers_alone(
    session, amara, night, beth, carol, dan
):
    child = stories.a_child_taken_up(session, sent_by=amara, screened_by=beth)
    hand_over_to_day(session, child.id, **TOLD, by=night, at=SATURDAY_NIGHT)
    assert len(unread_handovers(session, by=beth)) == 1
    stories.restrict(session, child, readers=[carol, dan], by=dan, at=SATURDAY_NIGHT)
    assert unread_handovers(session, by=beth) == []
    assert len(unread_handovers(session, by=carol)) == 1
