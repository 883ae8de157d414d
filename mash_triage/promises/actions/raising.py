"""The job that warns before a promise is broken, and says when one was: each point once.

Only rows whose next point has come are read, by an index. Points, mails and the trail's line are of
one transaction, so whatever dies is done over as a whole, and whatever was done is not done again;
what fell due while nothing ran is caught up in one go, with one mail to each person.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, bindparam, case, exists, select, text, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from mash_triage.access.actor import Actor
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.clocks.lengths import PAST, next_point_at, point_at
from mash_triage.clocks.models import Clock, PointRaised, PromiseRecord
from mash_triage.clocks.rules import points_of_clocks
from mash_triage.contacts.models import Contact, ContactChild
from mash_triage.db.base import UtcDateTime
from mash_triage.outbox.actions import post
from mash_triage.outbox.kinds import Kind
from mash_triage.promises import decision_clocks
from mash_triage.promises.recipients import OfChild, colleagues
from mash_triage.thresholds.promises import Holder
from mash_triage.thresholds.queries import edition_of

JOB = Actor.job("raise promises")
MOST_AT_ONCE = 50_000
PAGE = "/promises"

Timed = type[Clock] | type[PromiseRecord]

_LISTED = {"sqlite": "[{}]", "postgresql": "{{{}}}"}
_KEEP = {
    kind: text(sql).bindparams(bindparam("at", type_=UtcDateTime()))
    for kind, sql in {
        "sqlite": """
            INSERT INTO point_raised (of_id, point, raised_at)
            SELECT substr(value, 1, 32), CAST(substr(value, 33) AS INTEGER), :at
            FROM json_each(:rows) WHERE true
            ON CONFLICT DO NOTHING RETURNING of_id AS of, point""",
        "postgresql": """
            INSERT INTO point_raised (of_id, point, raised_at)
            SELECT CAST(substr(value, 1, 32) AS uuid), CAST(substr(value, 33) AS integer), :at
            FROM unnest(CAST(:rows AS text[])) AS value
            ON CONFLICT DO NOTHING RETURNING CAST(of_id AS text) AS of, point""",
    }.items()
}
"""The points, each a text of the id's 32 digits and the point, kept where they are not yet."""


@dataclass(frozen=True)
class Raised:
    """How many warnings and breaches were raised now, and to how many people mail was posted."""

    warnings: int = 0
    breaches: int = 0
    told: int = 0


@dataclass(frozen=True)
class Due:
    """A clock or promise of which points have come: which, and who is told of the gravest."""

    row: Row[*tuple[Any, ...]]
    points: tuple[int, ...]
    next_at: datetime | None
    tell: tuple[Holder, ...]

    @property
    def is_past(self) -> bool:
        """Is its time over?"""
        return PAST in self.points


def anything_to_raise(session: Session, *, at: datetime) -> bool:
    """Has any point come? For a look beforehand, which spares the database a writer."""
    return any(
        session.scalar(select(table.id).where(table.next_point_at < at).limit(1)) is not None
        for table in (Clock, PromiseRecord)
    )


def raise_due(session: Session, *, at: datetime) -> Raised:
    """Raise every warning and breach that has come by now."""
    trail.take_turn(session)
    clocks = [_of_clock(session, row, at) for row in session.execute(_due(Clock, Clock.kind, at))]
    promises = [
        _of_promise(session, row, at)
        for row in session.execute(_due(PromiseRecord, PromiseRecord.code, at))
    ]
    if not clocks and not promises:
        return Raised()
    new = _keep(session, (*clocks, *promises), at=at)
    _move_on(session, Clock, clocks, at=at)
    _move_on(session, PromiseRecord, promises, at=at)
    due = [each for each in (*clocks, *promises) if each.row.id in new]
    told = _tell(session, due, at=at)
    count = Counter(point == PAST for points in new.values() for point in points)
    raised = Raised(warnings=count[False], breaches=count[True], told=told)
    trail.record(
        session,
        AuditKind.PROMISES_RAISED,
        about=None,
        by=JOB,
        at=at,
        warnings=raised.warnings,
        breaches=raised.breaches,
        told=raised.told,
    )
    return raised


def _due(table: Timed, code: InstrumentedAttribute[str], at: datetime) -> Select[*tuple[Any, ...]]:
    """The rows of which a point has come. One that a deed holds now is left for the next turn."""
    return (
        select(
            table.id,
            code.label("code"),
            table.edition_id,
            table.started_at,
            table.due_at,
            table.next_point_at,
            table.contact_child_id,
            ContactChild.person_id,
            ContactChild.restricted_name_id,
            ContactChild.taken_up_by,
            ContactChild.decided_by,
            Contact.reference,
        )
        .join(ContactChild, ContactChild.id == table.contact_child_id)
        .join(Contact, Contact.id == ContactChild.contact_id)
        .where(table.next_point_at < at)
        .order_by(table.next_point_at)
        .limit(MOST_AT_ONCE)
        .with_for_update(of=table, skip_locked=True)
    )


def _of_clock(session: Session, row: Row[*tuple[Any, ...]], at: datetime) -> Due:
    points = points_of_clocks(edition_of(session, row.edition_id).clocks)
    return _reached(row, points, decision_clocks.TELL, decision_clocks.TELL_WHEN_PAST, at)


def _of_promise(session: Session, row: Row[*tuple[Any, ...]], at: datetime) -> Due:
    promise = edition_of(session, row.edition_id).promise_of(row.code)
    return _reached(row, promise.warn_at_percent, promise.tell, promise.tell_when_past, at)


def _reached(
    row: Row[*tuple[Any, ...]],
    points: Sequence[int],
    tell: tuple[Holder, ...],
    tell_when_past: tuple[Holder, ...],
    at: datetime,
) -> Due:
    """The points from the next one on that have come by now."""
    when = {each: point_at(row.started_at, row.due_at, each) for each in (*points, PAST)}
    reached = tuple(each for each, then in when.items() if row.next_point_at <= then < at)
    following = next_point_at(row.started_at, row.due_at, points, reached)
    return Due(row, reached, following, tell_when_past if PAST in reached else tell)


def _keep(session: Session, due: Iterable[Due], *, at: datetime) -> dict[UUID, list[int]]:
    """Keep each point that was not raised before, in one statement; which these are."""
    rows = [f"{each.row.id.hex}{point}" for each in due for point in each.points]
    if not rows:
        return {}
    kind = session.get_bind().dialect.name
    told = {"rows": _LISTED[kind].format(",".join(f'"{row}"' for row in rows)), "at": at}
    new: dict[UUID, list[int]] = defaultdict(list)
    for row in session.connection().execute(_KEEP[kind], told):
        new[UUID(row.of)].append(row.point)
    return new


def _move_on(session: Session, table: Timed, raised: Iterable[Due], *, at: datetime) -> None:
    """Give each row its next point: for nearly all of them the due time, or none after it.

    Each row is written once. Were one written again in this transaction, PostgreSQL would look for
    its child once more, and wait there for a deed that holds the child and waits for this job.
    """
    for each in raised:
        if not each.points or each.next_at not in (None, each.row.due_at):
            one = update(table).where(table.id == each.row.id)
            session.connection().execute(one.values(next_point_at=each.next_at))
    now_raised = exists().where(PointRaised.of_id == table.id, PointRaised.raised_at == at)
    session.connection().execute(
        update(table)
        .where(table.next_point_at < at, now_raised)
        .values(next_point_at=case((table.due_at < at, None), else_=table.due_at))
    )


def _tell(session: Session, due: Sequence[Due], *, at: datetime) -> int:
    """Post one mail to each person: of the one thing that is due, or that several are."""
    children = [_child_of(each.row) for each in due]
    people = colleagues(session, children, at=at)
    mails: dict[UUID, list[Due]] = defaultdict(list)
    for each, child in zip(due, children, strict=True):
        for user_id in people.told(each.tell, child) if each.tell else ():
            mails[user_id].append(each)
    for user_id, things in mails.items():
        _write(session, user_id, things, at=at)
    return len(mails)


def _child_of(row: Row[*tuple[Any, ...]]) -> OfChild:
    return OfChild(
        row.contact_child_id,
        row.person_id,
        row.restricted_name_id,
        row.taken_up_by,
        row.decided_by,
    )


def _write(session: Session, user_id: UUID, things: Sequence[Due], *, at: datetime) -> None:
    if len({each.row.contact_child_id for each in things}) > 1:
        post(session, Kind.PROMISES_DUE, to_user=user_id, link=PAGE, by=JOB, at=at)
        return
    kind = Kind.PROMISE_PAST if any(each.is_past for each in things) else Kind.PROMISE_NEARLY_DUE
    one = things[0].row
    link = f"/child?child={one.contact_child_id}"
    post(session, kind, to_user=user_id, link=link, reference=one.reference, by=JOB, at=at)
