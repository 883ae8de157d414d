"""Counting open due times anew, after a bank holiday was proclaimed late or the local days changed.

Each clock and promise keeps the edition under which its contact came; what moves is noted on the
trail, one line each. A due time that somebody named, and what has ended, never moves. What was
handed on or handed over, and a special ending, show the time of their promise and move with it;
where a record has a time of its own, its promise moves with the record.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.clocks.actions import move_promise, next_due
from mash_triage.clocks.lengths import next_point_at, promise_due, rating_due
from mash_triage.clocks.models import Clock, PointRaised, PromiseRecord
from mash_triage.clocks.rules import (
    ClockKind,
    one_working_day,
    points_of_clocks,
    working_day_start,
)
from mash_triage.clocks.working_days import BankHolidays
from mash_triage.contacts.models import ContactChild
from mash_triage.hand_on.models import PassedOn, SpecialEnding
from mash_triage.handover.models import Handover
from mash_triage.promises.own_times import OWN_TIMES, OwnTime
from mash_triage.screening.actions.rating import RATED
from mash_triage.thresholds.queries import edition_of

AT_ONCE = 500
RATED_WITH = {str(moment): rag for rag, moment in RATED.items()}
Row = TypeVar("Row", Clock, PromiseRecord)
Shown = PassedOn | SpecialEnding | Handover


@dataclass(frozen=True)
class Recounted:
    """How many moved; and how many are to move but were held by a deed at that moment."""

    moved: int
    held: int


def recount(session: Session, holidays: BankHolidays, *, by: Actor, at: datetime) -> Recounted:
    """Work out anew every due time that is still open, and move those that come out otherwise. What
    a deed ended or moved since it was read is left, or counted as it is now.
    """
    by.require(Permission.COUNT_PROMISES_ANEW)
    promises = _promises_that_move(session, holidays)
    clocks = _clocks_that_move(session, holidays)
    trail.take_turn(session)
    moved = 0
    held_promises = _held(session, PromiseRecord, promises)
    beside = _beside(session, held_promises)
    held_promises = [row for row in held_promises if row.about not in beside.in_use]
    for row in held_promises:
        due_at = _due(session, row, holidays)
        if row.ended is None and due_at != row.due_at:
            shown = beside.held.get(row.about)
            if shown is not None and shown.due_at == row.due_at:
                shown.due_at = due_at
            promise = edition_of(session, row.edition_id).promise_of(row.code)
            started_at = row.started_at
            move_promise(session, row, promise, started_at=started_at, due_at=due_at, by=by, at=at)
            moved += 1
    held_clocks = _held(session, Clock, clocks)
    for clock in held_clocks:
        child = session.get_one(ContactChild, clock.contact_child_id)
        times = _times(session, clock, child.received_at, holidays)
        if clock.stopped_at is None and times != (clock.started_at, clock.due_at):
            _move_clock(session, clock, *times, by=by, at=at)
            moved += 1
    left = len(promises) - len(held_promises) + len(clocks) - len(held_clocks)
    for kind in OWN_TIMES:
        counted = _recount_own(session, kind, holidays, by=by, at=at)
        moved, left = moved + counted.moved, left + counted.held
    return Recounted(moved=moved, held=left)


def _promises_that_move(session: Session, holidays: BankHolidays) -> list[UUID]:
    rows = session.scalars(select(PromiseRecord).where(PromiseRecord.ended.is_(None)))
    return [row.id for row in rows if _due(session, row, holidays) != row.due_at]


def _due(session: Session, row: PromiseRecord, holidays: BankHolidays) -> datetime:
    """When it is due; a time that somebody named stays, one that comes of a rating is counted."""
    edition = edition_of(session, row.edition_id)
    promise = edition.promise_of(row.code)
    if promise.set_with_it:
        rag = RATED_WITH.get(row.started_with)
        if rag is None:
            return row.due_at
        counted = rating_due(edition.rating_of(rag), row.started_at, edition.clocks, holidays)
        return counted or row.due_at
    return promise_due(promise, row.started_at, edition.clocks, holidays)


@dataclass(frozen=True)
class Beside:
    """What shows the time of a promise about it, held; `in_use` are those that a deed holds now."""

    held: dict[UUID, Shown]
    in_use: frozenset[UUID]


def _beside(session: Session, promises: list[PromiseRecord]) -> Beside:
    held: dict[UUID, Shown] = {}
    in_use: set[UUID] = set()
    about = list({row.about for row in promises})
    for start in range(0, len(about), AT_ONCE):
        some = about[start : start + AT_ONCE]
        for table in (PassedOn, SpecialEnding, Handover):
            there = set(session.scalars(select(table.id).where(table.id.in_(some))))
            rows: list[Shown] = list(
                session.scalars(
                    select(table)
                    .where(table.id.in_(there))
                    .with_for_update(skip_locked=True)
                    .execution_options(populate_existing=True)
                )
            )
            held |= {row.id: row for row in rows}
            in_use |= there - {row.id for row in rows}
    return Beside(held, frozenset(in_use))


def _clocks_that_move(session: Session, holidays: BankHolidays) -> list[UUID]:
    """Only the working-day clock counts days: its start may lie on another day, and its end."""
    rows = session.execute(
        select(Clock, ContactChild.received_at)
        .join(ContactChild, ContactChild.id == Clock.contact_child_id)
        .where(Clock.stopped_at.is_(None), Clock.kind == ClockKind.ONE_WORKING_DAY)
    )
    return [
        row.id
        for row, received_at in rows
        if _times(session, row, received_at, holidays) != (row.started_at, row.due_at)
    ]


def _times(
    session: Session, row: Clock, received_at: datetime, holidays: BankHolidays
) -> tuple[datetime, datetime]:
    times = edition_of(session, row.edition_id).clocks
    return (
        working_day_start(received_at, times, holidays),
        one_working_day(received_at, times, holidays),
    )


def _recount_own(
    session: Session, kind: OwnTime, holidays: BankHolidays, *, by: Actor, at: datetime
) -> Recounted:
    """Move the records of one kind whose own time comes out otherwise, each with its promise. It is
    asked once the working-day clocks have moved, since an agency's time hangs on one.
    """
    every = session.scalars(select(kind.key.class_).where(kind.is_open))
    to_move = [
        getattr(row, kind.key.key)
        for row in every
        if kind.due_of(session, row, holidays).due_at != row.due_at
    ]
    moved = held = 0
    for start in range(0, len(to_move), AT_ONCE):
        some = to_move[start : start + AT_ONCE]
        rows = _held_own(session, kind, some)
        promises, in_use = _promises_about(session, rows.keys())
        still_open = select(kind.key).where(kind.key.in_(rows), kind.is_open)
        held += len(some) - len(rows)
        for key in session.scalars(still_open).all():
            if key in in_use:
                held += 1
            else:
                promise = promises.get(key)
                moved += _move_own(session, kind, rows[key], promise, holidays, by=by, at=at)
    return Recounted(moved=moved, held=held)


def _held_own(session: Session, kind: OwnTime, keys: list[UUID]) -> dict[UUID, Any]:
    """These records, held until the transaction ends, but for those that a deed holds now."""
    table = kind.key.class_
    some = select(table).where(kind.key.in_(keys)).with_for_update(skip_locked=True, of=table)
    rows = session.scalars(some.execution_options(populate_existing=True))
    return {getattr(row, kind.key.key): row for row in rows}


def _promises_about(
    session: Session, about: Collection[UUID]
) -> tuple[dict[UUID, PromiseRecord], set[UUID]]:
    """The running promises about these records, held; and about which of them a deed holds one."""
    running = select(PromiseRecord.id, PromiseRecord.about).where(
        PromiseRecord.about.in_(about), PromiseRecord.ended.is_(None)
    )
    there = {row.id: row.about for row in session.execute(running)}
    held = {row.about: row for row in _held(session, PromiseRecord, list(there))}
    return held, set(there.values()) - held.keys()


def _move_own(
    session: Session,
    kind: OwnTime,
    row: Any,
    promise: PromiseRecord | None,
    holidays: BankHolidays,
    *,
    by: Actor,
    at: datetime,
) -> bool:
    """Give a record its time as counted now, and its promise with it; whether it has moved."""
    was, counted = row.due_at, kind.due_of(session, row, holidays)
    if counted.due_at == was:
        return False
    row.due_at = counted.due_at
    if promise is not None and promise.ended is None and promise.due_at == was:
        told = edition_of(session, promise.edition_id).promise_of(promise.code)
        times = {"started_at": promise.started_at, "due_at": counted.due_at}
        move_promise(session, promise, told, **times, by=by, at=at)
        return True
    trail.record(
        session,
        AuditKind.PROMISE_MOVED,
        about=counted.contact_child_id,
        by=by,
        at=at,
        code=kind.code,
        was=was,
        now=counted.due_at,
    )
    return True


def _held(session: Session, table: type[Row], ids: list[UUID]) -> list[Row]:
    """These rows with their children, held until the transaction ends, but for those that a deed
    holds now.
    """
    held: list[Row] = []
    for start in range(0, len(ids), AT_ONCE):
        some = (
            select(table, ContactChild)
            .join(ContactChild, ContactChild.id == table.contact_child_id)
            .where(table.id.in_(ids[start : start + AT_ONCE]))
            .with_for_update(skip_locked=True, of=(table, ContactChild))
        )
        rows = session.execute(some.execution_options(populate_existing=True))
        held += [row for row, _child in rows]
    return held


def _move_clock(
    session: Session,
    row: Clock,
    started_at: datetime,
    due_at: datetime,
    *,
    by: Actor,
    at: datetime,
) -> None:
    raised = session.scalars(select(PointRaised.point).where(PointRaised.of_id == row.id)).all()
    trail.record(
        session,
        AuditKind.PROMISE_MOVED,
        about=row.contact_child_id,
        by=by,
        at=at,
        code=row.kind,
        was=row.due_at,
        now=due_at,
    )
    points = points_of_clocks(edition_of(session, row.edition_id).clocks)
    row.started_at, row.due_at = started_at, due_at
    row.next_point_at = next_point_at(started_at, due_at, points, raised)
    child = session.get_one(ContactChild, row.contact_child_id)
    child.next_due_at = next_due(session, row.contact_child_id)
