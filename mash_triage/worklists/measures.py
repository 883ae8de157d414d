"""How many children were decided in time: both clocks, side by side, and who was not."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, true
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.clocks.models import Clock
from mash_triage.clocks.rules import ClockKind
from mash_triage.clocks.working_days import london_day
from mash_triage.contacts.models import Contact, ContactChild
from mash_triage.contacts.queries import is_visible_to
from mash_triage.small_counts import is_small
from mash_triage.worklists.rows import BoardRow, any_of, read_rows, times_in_force

LAST_DAYS = timedelta(days=30)
WEEKS = 12

DECISION_CLOCKS = (ClockKind.WITHIN_24_HOURS, ClockKind.ONE_WORKING_DAY)


@dataclass(frozen=True)
class Share:
    """So many of those counted were decided in time by one clock.

    An undecided child counts once that clock has run out, and then as failed.
    """

    counted: int = 0
    in_time: int = 0

    @property
    def late(self) -> int:
        """Those who were not decided in time."""
        return self.counted - self.in_time

    @property
    def percent(self) -> float | None:
        """Percent in time; none when nobody was counted."""
        return 100 * self.in_time / self.counted if self.counted else None

    @property
    def is_small(self) -> bool:
        """Would showing it tell of one to five children: in time, late, or in all?"""
        counts = (self.counted, self.in_time, self.late)
        return any(map(is_small, counts))


@dataclass(frozen=True)
class InTime:
    """Both clocks for the same children, from a first day on."""

    since: date
    within_24_hours: Share
    one_working_day: Share


def decided_in_time(session: Session, *, by: Actor, at: datetime) -> InTime:
    """The children received in the last 30 days, by both clocks."""
    since = at - LAST_DAYS
    return _by_period(session, {london_day(since): since}, by=by, at=at)[0]


def weeks_in_time(session: Session, *, by: Actor, at: datetime) -> list[InTime]:
    """The same by the week in which children were received, Monday first: twelve whole weeks and
    the one now running, oldest first. A week without children is in the list.
    """
    zone = times_in_force(session, at=at).zone
    today = london_day(at)
    this_monday = today - timedelta(days=today.weekday())
    mondays = [this_monday - timedelta(weeks=number) for number in range(WEEKS, -1, -1)]
    starts = {day: datetime(day.year, day.month, day.day, tzinfo=zone) for day in mondays}
    return _by_period(session, starts, by=by, at=at)


def _by_period(
    session: Session, starts: dict[date, datetime], *, by: Actor, at: datetime
) -> list[InTime]:
    """Both clocks for those received from each start up to the next, counted by the database.

    A clock counts once it has stopped or run out.
    """
    by.require(Permission.SEE_MEASURES)
    received_at, first = ContactChild.received_at, next(iter(starts.values()))
    periods = [(received_at >= start, day) for day, start in reversed(starts.items())]
    period = case(*((later, day.isoformat()) for later, day in periods)).label("period")
    is_met = case((Clock.stopped_at <= Clock.due_at, 1), else_=0)
    rows = session.execute(
        select(period, Clock.kind, func.count(), func.sum(is_met))
        .join(ContactChild, ContactChild.id == Clock.contact_child_id)
        .join(Contact, Contact.id == ContactChild.contact_id)
        .where(
            is_visible_to(by) if by.can(Permission.SEE_FRONT_DOOR) else true(),
            received_at >= first,
            Clock.kind.in_(DECISION_CLOCKS),
            or_(Clock.stopped_at.is_not(None), Clock.due_at < at),
        )
        .group_by("period", Clock.kind)
    )
    found = {(day, kind): Share(counted, in_time) for day, kind, counted, in_time in rows}
    return [
        InTime(day, *(found.get((day.isoformat(), kind), Share()) for kind in DECISION_CLOCKS))
        for day in starts
    ]


def decided_late(
    session: Session, kind: ClockKind, *, by: Actor, at: datetime, limit: int = 500
) -> list[BoardRow]:
    """The children of the last 30 days who missed a clock, newest first: the list behind it."""
    by.require(Permission.SEE_FRONT_DOOR)
    times = times_in_force(session, at=at)
    wanted = and_(
        ContactChild.received_at >= at - LAST_DAYS, ContactChild.id.in_(_who_missed(kind, at))
    )
    rows = read_rows(session, any_of(wanted), times, by=by, at=at)
    return sorted(rows, key=lambda row: row.received_at, reverse=True)[:limit]


def _who_missed(kind: ClockKind, at: datetime) -> Select[UUID]:
    return select(Clock.contact_child_id).where(Clock.kind == kind, _is_missed(at))


def _is_missed(at: datetime) -> ColumnElement[bool]:
    return or_(Clock.stopped_at > Clock.due_at, and_(Clock.stopped_at.is_(None), Clock.due_at < at))
