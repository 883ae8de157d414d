"""Recording what follows a decision: visits, allocation, and the days of later steps."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.after_decision import rules
from mash_triage.after_decision.import_file import DateLine, Fault, read_dates, refusal
from mash_triage.after_decision.models import ChildVisit, LaterDate, NamedWorker
from mash_triage.after_decision.rules import MOMENTS, Allocated, Step, Visited
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.clocks.actions import correct_moment, happened
from mash_triage.clocks.moments import Moment
from mash_triage.contacts.models import Contact, ContactChild
from mash_triage.contacts.queries import children_visible_to, fetch_child
from mash_triage.errors import Changed, NotReady
from mash_triage.text import storable


def record_visit(
    session: Session, contact_child_id: UUID, facts: Visited, *, by: Actor, at: datetime
) -> ChildVisit:
    """Record a visit to a child. Only when the child was seen does it keep the promise to see."""
    by.require(Permission.RECORD_AFTER_DECISION)
    child = fetch_child(session, contact_child_id, by=by, to_change=True)
    rules.check_visit(facts, received_at=child.received_at, at=at)
    assert facts.visited_at is not None  # as was just checked
    assert facts.was_seen is not None
    _check_not_twice(session, child, facts.visited_at)
    seen = facts.was_seen
    row = ChildVisit(
        contact_child_id=child.id,
        visited_at=facts.visited_at,
        worker=storable(facts.worker.strip()),
        place=storable(facts.place.strip()),
        was_seen=seen,
        why_not_seen="" if seen else storable(facts.why_not_seen.strip()),
        was_alone=facts.was_alone if seen else None,
        why_not_alone=storable(facts.why_not_alone.strip()) if seen and not facts.was_alone else "",
        spoken_to=storable(facts.spoken_to.strip()),
        voice=storable(facts.voice.strip()),
        recorded_by=by.user_id,
        recorded_at=at,
    )
    session.add(row)
    if seen:
        took = facts.visited_at
        happened(session, child.id, Moment.SEEN, took_place_at=took, by=by, at=at)
    trail.record(
        session, AuditKind.CHILD_VISIT_RECORDED, about=child.id, by=by, at=at, seen=facts.was_seen
    )
    return row


def _check_not_twice(session: Session, child: ContactChild, visited_at: datetime) -> None:
    there = select(ChildVisit.id).where(
        ChildVisit.contact_child_id == child.id, ChildVisit.visited_at == visited_at
    )
    if session.scalars(there).first() is not None:
        raise Changed("A visit to this child at that very time is recorded already.")


def record_allocation(
    session: Session, contact_child_id: UUID, facts: Allocated, *, by: Actor, at: datetime
) -> NamedWorker:
    """Record who has the work with a decided child now; earlier ones stay as they were."""
    by.require(Permission.RECORD_AFTER_DECISION)
    child = fetch_child(session, contact_child_id, by=by, to_change=True)
    rules.check_allocated(facts, decided_at=child.decided_at, at=at)
    assert facts.began_at is not None  # as was just checked
    assert child.decided_at is not None
    began_at = max(facts.began_at, child.decided_at)
    row = NamedWorker(
        contact_child_id=child.id,
        worker=storable(facts.worker.strip()),
        team=storable(facts.team.strip()),
        began_at=began_at,
        recorded_by=by.user_id,
        recorded_at=at,
    )
    session.add(row)
    happened(session, child.id, Moment.ALLOCATED, took_place_at=began_at, by=by, at=at)
    trail.record(session, AuditKind.SOCIAL_WORKER_NAMED, about=child.id, by=by, at=at)
    return row


def record_later_date(
    session: Session,
    contact_child_id: UUID,
    step: Step | None,
    day: date | None,
    *,
    by: Actor,
    at: datetime,
) -> LaterDate:
    """Record on which day a later step took place; another day for the same step corrects it."""
    by.require(Permission.RECORD_AFTER_DECISION)
    child = fetch_child(session, contact_child_id, by=by, to_change=True)
    rules.check_decided(child.decided_at)
    if step is None or day is None:
        raise NotReady("Choose what took place, and on which day.")
    rules.check_day(day, received_at=child.received_at, at=at)
    row = _date_of(session, child.id, step)
    if row is not None and row.on_day == day:
        raise Changed("That day is recorded already.")
    return _keep(session, child, row, step, day, from_file=False, by=by, at=at)


def import_later_dates(session: Session, content: bytes, *, by: Actor, at: datetime) -> int:
    """Take the days of later steps from a file, all of them or none. Gives how many were new; what
    is on record for the very same day stays as it is.

    Each faulty line is named with its field: no such reference or child that this person may see, a
    day before receipt or to come, another day than on record, the same step twice.
    """
    by.require(Permission.RECORD_AFTER_DECISION)
    good, faults = read_dates(content)
    children = _children(session, good, by=by)
    known = _known(session, children)
    new: dict[tuple[UUID, Step], date] = {}
    for number, line in good.items():
        child = children.get((line.reference, line.child))
        field = _fault_of(line, child, known, new, at=at)
        if field is not None or child is None:
            faults.append(Fault(number, field or "reference"))
            continue
        if (child.id, line.step) not in known:
            new[child.id, line.step] = line.day
    if faults:
        raise refusal(faults)
    by_id = {child.id: child for child in children.values()}
    for (child_id, step), day in new.items():
        _keep(session, by_id[child_id], None, step, day, from_file=True, by=by, at=at)
    trail.record(
        session, AuditKind.LATER_DATES_IMPORTED, about=None, by=by, at=at,
        lines=len(good), new=len(new),
    )  # fmt: skip
    return len(new)


def _children(
    session: Session, good: dict[int, DateLine], *, by: Actor
) -> dict[tuple[str, int], ContactChild]:
    """The children named in the file that this person may see, by reference and number."""
    references = {line.reference for line in good.values()}
    rows = session.execute(
        children_visible_to(by)
        .with_only_columns(Contact.reference, ContactChild)
        .where(Contact.reference.in_(references))
    )
    return {(reference, child.position + 1): child for reference, child in rows}


def _known(
    session: Session, children: dict[tuple[str, int], ContactChild]
) -> dict[tuple[UUID, Step], date]:
    """The days that are on record for these children."""
    of_them = [child.id for child in children.values()]
    rows = session.scalars(select(LaterDate).where(LaterDate.contact_child_id.in_(of_them)))
    return {(row.contact_child_id, Step(row.step)): row.on_day for row in rows}


def _fault_of(
    line: DateLine,
    child: ContactChild | None,
    known: dict[tuple[UUID, Step], date],
    new: dict[tuple[UUID, Step], date],
    *,
    at: datetime,
) -> str | None:
    """Which field of a line cannot be taken; none if it can."""
    if child is None:
        return "reference or child"
    if child.decided_at is None:
        return "step"
    try:
        rules.check_day(line.day, received_at=child.received_at, at=at)
    except NotReady:
        return "day"
    if (child.id, line.step) in new:
        return "step"
    return "day" if known.get((child.id, line.step), line.day) != line.day else None


def _date_of(session: Session, contact_child_id: UUID, step: Step) -> LaterDate | None:
    return session.scalars(
        select(LaterDate).where(
            LaterDate.contact_child_id == contact_child_id, LaterDate.step == step
        )
    ).first()


def _keep(
    session: Session,
    child: ContactChild,
    row: LaterDate | None,
    step: Step,
    day: date,
    *,
    from_file: bool,
    by: Actor,
    at: datetime,
) -> LaterDate:
    """Write the day, and tell the promises: anew, or corrected."""
    took = rules.moment_of(day, received_at=child.received_at, at=at)
    was = row.on_day if row is not None else None
    told: Callable[..., None] = happened
    if row is not None:
        before = rules.moment_of(row.on_day, received_at=child.received_at, at=row.recorded_at)
        told = partial(correct_moment, recorded_as=before)
    if row is None:
        row = LaterDate(contact_child_id=child.id, step=step)
        session.add(row)
    row.on_day, row.from_file = day, from_file
    assert by.user_id is not None  # a person recorded it
    row.recorded_by, row.recorded_at = by.user_id, at
    told(session, child.id, MOMENTS[step], took_place_at=took, by=by, at=at)
    trail.record(
        session,
        AuditKind.LATER_DATE_RECORDED,
        about=child.id,
        by=by,
        at=at,
        step=step,
        was=was,
        day=day,
    )
    return row
