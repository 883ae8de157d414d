"""The levels of need change while a child is on its way: what was promised for it stays."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from mash_triage.access.actor import Actor
from mash_triage.clocks.actions import correct_moment, happened
from mash_triage.clocks.models import Clock, PromiseRecord
from mash_triage.clocks.moments import Moment
from mash_triage.clocks.rules import ClockKind
from mash_triage.clocks.working_days import BankHolidays
from mash_triage.promises.actions import recount
from mash_triage.screening.actions import set_rag
from mash_triage.thresholds.levels import sha256_of
from mash_triage.thresholds.models import EditionRecord
from mash_triage.thresholds.routes import Rag
from tests import stories
from tests.cast import AMARA, BETH, MONDAY_NINE
from tests.stories import HOUR

DAY = timedelta(days=1)
TUESDAY = MONDAY_NINE + DAY
JOB = Actor.job("the tests")


@pytest.fixture
def children(session):
    """One whose contact came before the new edition began, and one whose came after."""
    before = stories.a_child_taken_up(session, sent_by=AMARA, screened_by=BETH)
    shipped = session.scalars(select(EditionRecord).where(EditionRecord.code == "default")).one()
    newer = shipped.toml.replace(
        'stops = ["seen"]\nlapses = ["child_closed"]\nwithin_hours = 24',
        'stops = ["seen"]\nlapses = ["child_closed"]\nwithin_hours = 6',
    )
    newer = newer.replace("red_within_hours = 4", "red_within_hours = 2")
    newer = newer.replace("effective_from = 2025-04-01", "effective_from = 2026-01-13")
    assert "within_hours = 6" in newer
    assert "red_within_hours = 2" in newer
    session.add(
        EditionRecord(
            code="default", sha256=sha256_of(newer), toml=newer, effective_from=date(2026, 1, 13),
            status="in_force", loaded_by="x", loaded_at=MONDAY_NINE,
        )
    )  # fmt: skip
    session.flush()
    people = {"sent_by": AMARA, "screened_by": BETH}
    after = stories.a_child_taken_up(session, {"given_names": "Kit"}, **people, at=TUESDAY)
    return before, after


def to_be_seen(session, child):
    of_it = (PromiseRecord.contact_child_id == child.id, PromiseRecord.code == "seen_at_risk")
    session.flush()
    return session.scalars(select(PromiseRecord).where(*of_it)).one()


def test_each_child_is_seen_within_the_time_of_the_edition_it_came_under(session, children):
    at = TUESDAY + 2 * HOUR
    due = []
    for child in children:
        happened(session, child.id, Moment.S47_DECIDED, took_place_at=at, by=BETH, at=at)
        due.append(to_be_seen(session, child).due_at)
    assert due == [at + 24 * HOUR, at + 6 * HOUR]
    true_time = at - HOUR
    for child in children:
        correct_moment(
            session, child.id, Moment.S47_DECIDED, took_place_at=true_time, by=BETH, at=at
        )
    recount(session, BankHolidays(), by=JOB, at=at)
    due = [to_be_seen(session, child).due_at for child in children]
    assert due == [true_time + 24 * HOUR, true_time + 6 * HOUR]


def test_a_rating_adds_the_clock_of_the_edition_the_child_came_under(session, children):
    at = TUESDAY + 2 * HOUR
    for child in children:
        set_rag(session, child.id, Rag.RED, "As seen.", by=BETH, at=at)
    session.flush()
    red = {
        row.contact_child_id: row.due_at
        for row in session.scalars(select(Clock).where(Clock.kind == ClockKind.RED_4_HOURS))
    }
    assert [red[child.id] for child in children] == [at + 4 * HOUR, at + 2 * HOUR]
