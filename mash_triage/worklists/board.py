"""The live board and the decision queue: children by stage, least time left first."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, and_, or_, select
from sqlalchemy.orm import Session, aliased

from mash_triage.access.actor import Actor
from mash_triage.access.models import Agency, UserAccount
from mash_triage.access.roles import Permission
from mash_triage.clocks.models import Clock
from mash_triage.clocks.rules import ClockKind, within_24_hours
from mash_triage.clocks.working_days import is_working_day
from mash_triage.contacts.actions import bank_holidays
from mash_triage.contacts.models import Contact, ContactChild
from mash_triage.contacts.queries import is_visible_to, reported_name
from mash_triage.contacts.status import (
    UNDECIDED,
    WAITING_FOR_MANAGER,
    WAITING_FOR_SCREENING,
    Status,
)
from mash_triage.decisions.models import DailyReview
from mash_triage.settings import settings
from mash_triage.thresholds.levels import ClockTimes
from mash_triage.thresholds.queries import edition_in_force, edition_of

SOON = timedelta(hours=4)


class Figure(StrEnum):
    """The figures at the head of the board; each opens its list."""

    PAST = "past"
    SOON = "soon"
    SCREENING = "screening"
    MANAGER = "manager"
    DECIDED = "decided"


@dataclass(frozen=True)
class BoardRow:
    """One child on a contact, as a line of the board."""

    id: UUID
    reference: str
    name: str
    age: str
    agency_name: str
    source_code: str
    status: Status
    status_since: datetime
    rag: str | None
    worker: str | None
    worker_id: UUID | None
    received_at: datetime
    due_24_hours: datetime
    due_working_day: datetime | None
    next_due_at: datetime | None
    decided_at: datetime | None
    lacks_review: bool
    in_danger_now: str

    def is_past(self, at: datetime) -> bool:
        """Has any of this child's clocks run out?"""
        return self.next_due_at is not None and at > self.next_due_at

    def is_due_soon(self, at: datetime) -> bool:
        """Will the next clock run out within four hours?"""
        return (
            self.next_due_at is not None and not self.is_past(at) and self.next_due_at <= at + SOON
        )

    def belongs_to(self, figure: Figure, at: datetime) -> bool:
        """Is this child counted in that figure?"""
        match figure:
            case Figure.PAST:
                return self.is_past(at)
            case Figure.SOON:
                return self.is_due_soon(at)
            case Figure.SCREENING:
                return self.status in WAITING_FOR_SCREENING
            case Figure.MANAGER:
                return self.status in WAITING_FOR_MANAGER
            case Figure.DECIDED:
                return self.decided_at is not None


@dataclass(frozen=True)
class Board:
    """Every child at the front door now, least time left first, and those decided today."""

    at: datetime
    open: tuple[BoardRow, ...]
    decided_today: tuple[BoardRow, ...]
    figures: dict[Figure, int] = field(default_factory=dict)
    times: ClockTimes | None = None

    def rows(self, figure: Figure | None) -> tuple[BoardRow, ...]:
        """The list behind a figure; all open children without one."""
        if figure is None:
            return self.open
        if figure is Figure.DECIDED:
            return self.decided_today
        return tuple(row for row in self.open if row.belongs_to(figure, self.at))


def board(session: Session, *, by: Actor, at: datetime) -> Board:
    """The live board: children, not forms, in two statements and the edition's opening hours."""
    by.require(Permission.SEE_FRONT_DOOR)
    times = _times_now(session, at)
    midnight = at.astimezone(times.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    wanted = or_(
        ContactChild.status.in_(UNDECIDED),
        and_(ContactChild.decided_at.is_not(None), ContactChild.decided_at >= midnight),
    )
    rows = [_board_row(row, times, at) for row in _board_rows(session, wanted, times, by=by, at=at)]
    still_open = tuple(row for row in rows if row.decided_at is None)
    decided = tuple(
        sorted(
            (row for row in rows if row.decided_at is not None),
            key=lambda row: row.decided_at or at,
            reverse=True,
        )
    )
    figures = {
        figure: len(decided)
        if figure is Figure.DECIDED
        else sum(row.belongs_to(figure, at) for row in still_open)
        for figure in Figure
    }
    return Board(at=at, open=still_open, decided_today=decided, figures=figures, times=times)


def _times_now(session: Session, at: datetime) -> ClockTimes:
    record = edition_in_force(session, settings().edition, at.date())
    return edition_of(session, record.id).clocks


def _board_rows(
    session: Session, wanted: ColumnElement[bool], times: ClockTimes, *, by: Actor, at: datetime
) -> Iterable[Row[Any]]:
    worker = aliased(UserAccount)
    working_day = aliased(Clock)
    today = at.astimezone(times.zone).date()
    return session.execute(
        select(
            ContactChild,
            Contact.reference,
            Contact.source_code,
            Contact.in_danger_now,
            Agency.name.label("agency_name"),
            worker.name.label("worker_name"),
            working_day.due_at.label("due_working_day"),
            DailyReview.id.label("review_id"),
        )
        .join(Contact, Contact.id == ContactChild.contact_id)
        .join(Agency, Agency.id == Contact.agency_id)
        .outerjoin(worker, worker.id == ContactChild.taken_up_by)
        .outerjoin(
            working_day,
            and_(
                working_day.contact_child_id == ContactChild.id,
                working_day.kind == ClockKind.ONE_WORKING_DAY,
            ),
        )
        .outerjoin(
            DailyReview,
            and_(DailyReview.contact_child_id == ContactChild.id, DailyReview.on_day == today),
        )
        .where(wanted, is_visible_to(by))
        .order_by(ContactChild.next_due_at, ContactChild.received_at)
    )


def _board_row(row: Row[Any], times: ClockTimes, at: datetime) -> BoardRow:
    child: ContactChild = row.ContactChild
    due = within_24_hours(child.received_at)
    needs_review = (
        child.decided_at is None
        and at > due
        and is_working_day(
            at.astimezone(times.zone).date(), week=times.weekdays, holidays=bank_holidays()
        )
    )
    return BoardRow(
        id=child.id,
        reference=row.reference,
        name=reported_name(
            child.reported_given_names, child.reported_family_name, unborn=child.reported_unborn
        ),
        age=age_in_words(child),
        agency_name=row.agency_name,
        source_code=row.source_code,
        status=Status(child.status),
        status_since=child.status_since,
        rag=child.rag,
        worker=row.worker_name,
        worker_id=child.taken_up_by,
        received_at=child.received_at,
        due_24_hours=due,
        due_working_day=row.due_working_day,
        next_due_at=child.next_due_at,
        decided_at=child.decided_at,
        lacks_review=needs_review and row.review_id is None,
        in_danger_now=row.in_danger_now,
    )


def age_in_words(child: ContactChild) -> str:
    """A child's age on the day of the contact, short: `7`, `5 months`, `unborn`, `about 9`."""
    if child.reported_unborn:
        return "unborn"
    if child.reported_dob is None:
        return (
            "not known" if child.reported_age_years is None else f"about {child.reported_age_years}"
        )
    return age_on(child.reported_dob, child.received_at)


def age_on(dob: date, moment: datetime) -> str:
    """Completed years, or months under two years, of somebody born on `dob`."""
    day = moment.date()
    months = (day.year - dob.year) * 12 + day.month - dob.month - (day.day < dob.day)
    if months < 0:
        return "not born yet"
    return f"{months} months" if months < 24 else str(months // 12)


def waiting_for_decision(session: Session, *, by: Actor, at: datetime) -> list[BoardRow]:
    """The decision queue: children waiting for a manager, least time left first."""
    by.require(Permission.SEE_DECISION_QUEUE)
    times = _times_now(session, at)
    rows = _board_rows(session, ContactChild.status.in_(WAITING_FOR_MANAGER), times, by=by, at=at)
    return [_board_row(row, times, at) for row in rows]


LAST_DAYS = timedelta(days=30)


def decided_late(
    session: Session, kind: ClockKind, *, by: Actor, at: datetime, limit: int = 500
) -> list[BoardRow]:
    """The children of the last 30 days who missed a clock, newest first: the list behind it."""
    by.require(Permission.SEE_FRONT_DOOR)
    times = _times_now(session, at)
    missed = (
        select(Clock.contact_child_id)
        .where(
            Clock.kind == kind,
            or_(
                Clock.stopped_at > Clock.due_at,
                and_(Clock.stopped_at.is_(None), Clock.due_at < at),
            ),
        )
        .scalar_subquery()
    )
    wanted = and_(ContactChild.received_at >= at - LAST_DAYS, ContactChild.id.in_(missed))
    rows = [_board_row(row, times, at) for row in _board_rows(session, wanted, times, by=by, at=at)]
    return sorted(rows, key=lambda row: row.received_at, reverse=True)[:limit]
