"""Deeds report what happened; promises start and end with it, as the edition says.

The edition is the one that the child's contact came under: what is promised for a child does not
change under way. Each due time is worked out once, here, and stored.
"""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.clocks.lengths import next_point_at, promise_due
from mash_triage.clocks.models import Clock, MomentRecord, PointRaised, PromiseRecord
from mash_triage.clocks.moments import MAY_BE_BEFORE_RECEIPT, Moment
from mash_triage.clocks.promise_rules import (
    Ended,
    beginning_of,
    counts_for,
    ended_by,
    is_counted_from,
    is_of,
    kept_already,
)
from mash_triage.clocks.rules import ClockKind
from mash_triage.clocks.working_days import BankHolidays
from mash_triage.errors import NotReady
from mash_triage.settings import settings
from mash_triage.thresholds.levels import Edition
from mash_triage.thresholds.promises import Promise
from mash_triage.thresholds.queries import edition_of


def happened(
    session: Session,
    contact_child_id: UUID,
    moment: Moment,
    *,
    took_place_at: datetime,
    about: UUID | None = None,
    due_at: datetime | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Something took place with a child: start every promise that it starts, and end every running
    one that it keeps or makes needless.

    `took_place_at` is when it really took place, `at` when it is recorded. `about` is the request,
    notice or task it is of, where one child can have several. `due_at` is the due time of a promise
    that comes with a time of its own. Reported again it changes nothing.
    """
    edition_id, received_at = _came_under(session, contact_child_id)
    _check_time(moment, took_place_at, received_at, at=at)
    known = _moments_of(session, contact_child_id)
    of = about or contact_child_id
    if any((m.moment, m.about, m.took_place_at) == (moment, of, took_place_at) for m in known):
        return
    record = MomentRecord(
        id=uuid4(),
        contact_child_id=contact_child_id,
        about=of,
        moment=moment,
        took_place_at=took_place_at,
        reported_by=by.user_id,
        reported_by_name=by.name,
        reported_at=at,
    )
    session.add(record)
    edition = edition_of(session, edition_id)
    if not any(moment in {*p.starts, *p.stops, *p.lapses} for p in edition.promise):
        return
    promises = _promises_of(session, contact_child_id)
    _end(edition, promises, record)
    for promise in edition.promise:
        if moment in promise.starts and not _runs(promises, promise, of):
            started = beginning_of(promise, record, known)
            _start(session, edition, edition_id, promise, record, started, known, promises, due_at)


def correct_moment(
    session: Session,
    contact_child_id: UUID,
    moment: Moment,
    *,
    took_place_at: datetime,
    about: UUID | None = None,
    recorded_as: datetime | None = None,
    due_at: datetime | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """What happened last, or is `recorded_as` of a time, took place at another one: the promises
    that are counted from it and still run are counted anew from its true time, and those that it
    ended ended then. A time that comes with a promise stays, or is `due_at`.
    """
    edition_id, received_at = _came_under(session, contact_child_id)
    _check_time(moment, took_place_at, received_at, at=at)
    of = about or contact_child_id
    known = _moments_of(session, contact_child_id)
    records = [m for m in known if (m.moment, m.about) == (moment, of)]
    if not records:
        raise NotReady("That was not recorded yet. Record it first.")
    that = [m for m in records if m.took_place_at == recorded_as]
    record = max(that or records, key=lambda m: m.took_place_at)
    was, record.took_place_at = record.took_place_at, took_place_at
    edition = edition_of(session, edition_id)
    for row in _promises_of(session, contact_child_id):
        promise = edition.promise_of(row.code)
        if row.ended is not None:
            if row.ended_at == was and ended_by(promise, moment) and is_of(row, record):
                row.ended_at = took_place_at
        elif row.started_at == was and is_counted_from(promise, moment, known):
            named = due_at or row.due_at
            due = named if promise.set_with_it else _due(edition, promise, took_place_at)
            move_promise(session, row, promise, started_at=took_place_at, due_at=due, by=by, at=at)
    _end(edition, _promises_of(session, contact_child_id), record)


def take_back_moment(
    session: Session, contact_child_id: UUID, moment: Moment, *, took_place_at: datetime
) -> None:
    """It did not take place then, and may be reported again: what it ended runs on, and what it
    started is gone. Part of a deed that says why on the trail.
    """
    edition_id, _received_at = _came_under(session, contact_child_id)
    edition = edition_of(session, edition_id)
    for row in _promises_of(session, contact_child_id):
        promise = edition.promise_of(row.code)
        if row.ended_at == took_place_at and ended_by(promise, moment):
            row.ended, row.ended_at = None, None
            row.next_point_at = next_point_at(
                row.started_at, row.due_at, promise.warn_at_percent, _raised(session, row)
            )
        elif (row.started_with, row.started_at) == (moment, took_place_at):
            session.delete(row)
    for record in _moments_of(session, contact_child_id):
        if (record.moment, record.took_place_at) == (moment, took_place_at):
            session.delete(record)
    session.flush()


def lapse_promises(session: Session, contact_child_id: UUID, about: UUID, *, at: datetime) -> None:
    """There is nothing of which this was promised: what still runs about it lapses, in whatever
    edition. Part of a deed that says why on the trail.
    """
    for row in _promises_of(session, contact_child_id):
        if row.about == about and row.ended is None:
            row.ended, row.ended_at, row.next_point_at = Ended.LAPSED, at, None


def _raised(session: Session, row: PromiseRecord) -> list[int]:
    """The points of a promise that were raised already."""
    of_it = select(PointRaised.point).where(PointRaised.of_id == row.id)
    return list(session.scalars(of_it))


def move_promise(
    session: Session,
    row: PromiseRecord,
    promise: Promise,
    *,
    started_at: datetime,
    due_at: datetime,
    by: Actor,
    at: datetime,
) -> None:
    """Give a running promise another due time, and note the move on the trail. What was raised
    already is not raised again.
    """
    if (row.started_at, row.due_at) == (started_at, due_at):
        return
    trail.record(
        session,
        AuditKind.PROMISE_MOVED,
        about=row.contact_child_id,
        by=by,
        at=at,
        code=row.code,
        was=row.due_at,
        now=due_at,
    )
    raised = _raised(session, row)  # asked first, so that the row is written once
    row.started_at, row.due_at = started_at, due_at
    row.next_point_at = next_point_at(started_at, due_at, promise.warn_at_percent, raised)


def _came_under(session: Session, contact_child_id: UUID) -> tuple[UUID, datetime]:
    """The edition of the child's contact, and when that reached us: what its first clock says."""
    session.flush()  # a clock started in this deed counts
    row = session.execute(
        select(Clock.edition_id, Clock.started_at)
        .where(Clock.contact_child_id == contact_child_id, Clock.kind == ClockKind.WITHIN_24_HOURS)
        .limit(1)
    ).one()
    return row.edition_id, row.started_at


def _check_time(
    moment: Moment, took_place_at: datetime, received_at: datetime, *, at: datetime
) -> None:
    if took_place_at > at:
        raise NotReady("When it took place cannot be later than now. Check the day and the time.")
    if took_place_at < received_at and moment not in MAY_BE_BEFORE_RECEIPT:
        raise NotReady(
            "When it took place cannot be before the contact reached us. "
            "Check the day and the time."
        )


def _moments_of(session: Session, contact_child_id: UUID) -> list[MomentRecord]:
    of_child = MomentRecord.contact_child_id == contact_child_id
    return list(session.scalars(select(MomentRecord).where(of_child)))


def _promises_of(session: Session, contact_child_id: UUID) -> list[PromiseRecord]:
    of_child = PromiseRecord.contact_child_id == contact_child_id
    return list(session.scalars(select(PromiseRecord).where(of_child)))


def _end(edition: Edition, promises: list[PromiseRecord], record: MomentRecord) -> None:
    """End what this moment keeps or makes needless."""
    for row in promises:
        how = ended_by(edition.promise_of(row.code), Moment(record.moment))
        if how and row.ended is None and is_of(row, record) and counts_for(row, record):
            row.ended, row.ended_at, row.next_point_at = how, record.took_place_at, None


def _runs(promises: list[PromiseRecord], promise: Promise, of: UUID) -> bool:
    return any(p.code == promise.code and p.about == of and p.ended is None for p in promises)


def _start(
    session: Session,
    edition: Edition,
    edition_id: UUID,
    promise: Promise,
    record: MomentRecord,
    started_at: datetime,
    known: list[MomentRecord],
    promises: list[PromiseRecord],
    due_at: datetime | None,
) -> None:
    if promise.set_with_it:
        if due_at is None:
            raise ValueError(f"the promise {promise.code!r} needs a due time of its own")
        due = due_at
    else:
        due = _due(edition, promise, started_at)
    before = [p for p in promises if p.code == promise.code and p.about == record.about]
    if any(p.started_at == started_at for p in before):
        return
    kept = kept_already(promise, record, started_at, known, before)
    session.add(
        PromiseRecord(
            id=uuid4(),
            contact_child_id=record.contact_child_id,
            about=record.about,
            edition_id=edition_id,
            code=promise.code,
            started_with=record.moment,
            started_at=started_at,
            due_at=due,
            next_point_at=None if kept else next_point_at(started_at, due, promise.warn_at_percent),
            ended=Ended.KEPT if kept else None,
            ended_at=kept,
        )
    )


def _due(edition: Edition, promise: Promise, counted_from: datetime) -> datetime:
    holidays = BankHolidays.from_file(settings().bank_holidays_file)
    return promise_due(promise, counted_from, edition.clocks, holidays)
