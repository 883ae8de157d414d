"""Strategy discussions as lines of a list: of one child, and those that are not over."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.models import UserAccount
from mash_triage.access.roles import Permission
from mash_triage.clocks.working_days import last_months, london_day
from mash_triage.contacts.models import Contact, ContactChild
from mash_triage.contacts.queries import fetch_child
from mash_triage.strategy.codes import Part, Sector
from mash_triage.strategy.models import (
    StrategyChild,
    StrategyDiscussion,
    StrategyNotNeeded,
    StrategyPerson,
    StrategyTask,
)
from mash_triage.strategy.pictures import (
    Attendance,
    DiscussionLine,
    MonthOfDiscussions,
    NotNeededPicture,
)
from mash_triage.strategy.queries import attending_of, child_name, is_open_to
from mash_triage.strategy.quorum import MUST_ATTEND, is_quorate

MOST_SHOWN = 200
MONTHS = 12  # before the one now running


def discussions_on(
    session: Session, contact_child_id: UUID, *, by: Actor, at: datetime
) -> list[DiscussionLine]:
    """The discussions about one child, the newest first."""
    by.require(Permission.SEE_FRONT_DOOR)
    child = fetch_child(session, contact_child_id, by=by)
    of_child = select(StrategyChild.discussion_id).where(StrategyChild.contact_child_id == child.id)
    return _lines(session, StrategyDiscussion.id.in_(of_child), by=by, at=at)


class Discussed(NamedTuple):
    """How the discussions about a child stand: one was begun and not cancelled, one was held by all
    who must, one is not closed.
    """

    begun: bool
    held: bool
    is_open: bool


def how_discussed(session: Session, contact_child_id: UUID, *, by: Actor) -> Discussed:
    """How the discussions about this child stand. One that is closed to this person for another
    child's sake counts all the same.
    """
    by.require(Permission.SEE_FRONT_DOOR)
    child = fetch_child(session, contact_child_id, by=by)
    found = session.execute(
        select(StrategyDiscussion.id, StrategyDiscussion.started_at, StrategyDiscussion.closed_at)
        .join(StrategyChild, StrategyChild.discussion_id == StrategyDiscussion.id)
        .where(
            StrategyChild.contact_child_id == child.id,
            StrategyDiscussion.cancelled_because == "",
        )
    ).all()
    held = any(
        row.started_at is not None and is_quorate(attending_of(session, row.id)) for row in found
    )
    return Discussed(bool(found), held, any(row.closed_at is None for row in found))


def open_discussions(session: Session, *, by: Actor, at: datetime) -> list[DiscussionLine]:
    """Those that are not closed, or of which an agreed task is not done; the newest first."""
    by.require(Permission.SEE_FRONT_DOOR)
    still_open = select(StrategyDiscussion.id).where(StrategyDiscussion.closed_at.is_(None))
    to_do = select(StrategyTask.discussion_id).where(StrategyTask.done_at.is_(None))
    wanted = StrategyDiscussion.id.in_(still_open.union(to_do))
    return _lines(session, wanted, by=by, at=at)


def _lines(
    session: Session, wanted: ColumnElement[bool], *, by: Actor, at: datetime
) -> list[DiscussionLine]:
    to_do = (StrategyTask.discussion_id == StrategyDiscussion.id) & StrategyTask.done_at.is_(None)
    counted: Select[int] = select(func.count()).select_from(StrategyTask).where(to_do)
    late = counted.where(StrategyTask.due_on < london_day(at))
    rows = session.execute(
        select(
            StrategyDiscussion,
            Contact.reference,
            counted.correlate(StrategyDiscussion).scalar_subquery(),
            late.correlate(StrategyDiscussion).scalar_subquery(),
        )
        .join(Contact, Contact.id == StrategyDiscussion.contact_id)
        .where(wanted, is_open_to(by))
        .order_by(StrategyDiscussion.planned_for.desc(), StrategyDiscussion.id)
        .limit(MOST_SHOWN)
    ).all()
    names = _names(session, [row.id for row, *_rest in rows])
    return [
        DiscussionLine(
            id=row.id,
            names=", ".join(names.get(row.id, ())),
            reference=reference,
            planned_for=row.planned_for,
            started_at=row.started_at,
            is_closed=row.closed_at is not None,
            is_cancelled=bool(row.cancelled_because),
            is_quorate=row.is_quorate,
            open_tasks=open_tasks,
            late_tasks=late_tasks,
        )
        for row, reference, open_tasks, late_tasks in rows
    ]


def _names(session: Session, discussions: Sequence[UUID]) -> dict[UUID, list[str]]:
    rows = session.execute(
        select(StrategyChild.discussion_id, ContactChild)
        .join(ContactChild, ContactChild.id == StrategyChild.contact_child_id)
        .where(StrategyChild.discussion_id.in_(discussions))
        .order_by(ContactChild.position)
    )
    found: dict[UUID, list[str]] = {}
    for discussion_id, child in rows:
        found.setdefault(discussion_id, []).append(child_name(child))
    return found


def attendance(session: Session, *, days: int, by: Actor, at: datetime) -> list[Attendance]:
    """Who was asked and came, service by service, at the discussions of the last so many days."""
    by.require(Permission.SEE_FRONT_DOOR)
    rows = session.execute(
        select(StrategyPerson.sector, StrategyPerson.part, func.count())
        .join(StrategyDiscussion, StrategyDiscussion.id == StrategyPerson.discussion_id)
        .where(StrategyDiscussion.started_at >= at - timedelta(days=days), is_open_to(by))
        .group_by(StrategyPerson.sector, StrategyPerson.part)
    )
    counts = {(Sector(sector), Part(part)): count for sector, part, count in rows}
    return [
        Attendance(
            sector=sector,
            asked=sum(counts.get((sector, part), 0) for part in Part),
            attended=counts.get((sector, Part.ATTENDED), 0),
            sent_information=counts.get((sector, Part.SENT_INFORMATION), 0),
        )
        for sector in Sector
        if any((sector, part) in counts for part in Part)
    ]


def attendance_by_month(session: Session, *, by: Actor, at: datetime) -> list[MonthOfDiscussions]:
    """The discussions of the last twelve months and the one now running, oldest first: how many
    were quorate (K19), and to how many each service came. A month without one is in the list.

    Who must attend counts for every discussion, asked or not.
    """
    by.require(Permission.SEE_FRONT_DOOR)
    months = last_months(london_day(at), MONTHS)
    rows = session.execute(
        select(
            StrategyDiscussion.id,
            StrategyDiscussion.started_at,
            StrategyPerson.sector,
            StrategyPerson.part,
        )
        .join(StrategyPerson, StrategyPerson.discussion_id == StrategyDiscussion.id)
        .where(
            StrategyDiscussion.started_at >= at - timedelta(days=31 * (MONTHS + 1)),
            StrategyDiscussion.started_at <= at,
            is_open_to(by),
        )
    )
    parts: dict[date, dict[UUID, dict[Sector, set[Part]]]] = {month: {} for month in months}
    for discussion_id, started_at, sector, part in rows:
        assert started_at is not None  # as was asked
        held = parts.get(london_day(started_at).replace(day=1))
        if held is not None:
            there = held.setdefault(discussion_id, {})
            there.setdefault(Sector(sector), set()).add(Part(part))
    return [_month(month, list(held.values())) for month, held in parts.items()]


def _month(month: date, held: Sequence[Mapping[Sector, set[Part]]]) -> MonthOfDiscussions:
    came = [{each for each, had in there.items() if Part.ATTENDED in had} for there in held]
    wrote = [
        {each for each, had in there.items() if Part.SENT_INFORMATION in had} for there in held
    ]
    return MonthOfDiscussions(
        month,
        held=len(held),
        quorate=sum(map(is_quorate, came)),
        services=tuple(
            Attendance(
                sector=sector,
                asked=sum(sector in MUST_ATTEND or sector in there for there in held),
                attended=sum(sector in each for each in came),
                sent_information=sum(
                    sector in sent - there for sent, there in zip(wrote, came, strict=True)
                ),
            )
            for sector in Sector
            if any(sector in there for there in (*held, MUST_ATTEND))
        ),
    )


def not_needed_for(
    session: Session, contact_child_id: UUID, *, by: Actor
) -> NotNeededPicture | None:
    """Why a manager said that no discussion is needed for this child, the last time."""
    by.require(Permission.SEE_FRONT_DOOR)
    child = fetch_child(session, contact_child_id, by=by)
    row = session.execute(
        select(StrategyNotNeeded, UserAccount.name)
        .join(UserAccount, UserAccount.id == StrategyNotNeeded.settled_by)
        .where(StrategyNotNeeded.contact_child_id == child.id)
        .order_by(StrategyNotNeeded.settled_at.desc())
    ).first()
    return NotNeededPicture(row[0].because, row[1], row[0].settled_at) if row else None
