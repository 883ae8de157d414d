"""The promises that run, as this person may see them: in one list, of one child, on the board."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Row,
    ScalarSelect,
    Select,
    and_,
    exists,
    false,
    not_,
    or_,
    select,
)
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from mash_triage.access.actor import Actor
from mash_triage.access.models import UserAccount
from mash_triage.access.roles import Permission
from mash_triage.after_decision.queries import is_followed_up
from mash_triage.allocation.cover import hers_and_covered
from mash_triage.clocks.lengths import points_reached
from mash_triage.clocks.models import Clock, PointRaised, PromiseRecord
from mash_triage.clocks.moments import Moment
from mash_triage.clocks.rules import ClockKind, is_overdue, points_of_clocks
from mash_triage.contacts.models import Contact, ContactChild
from mash_triage.contacts.queries import fetch_child, is_visible_to, reported_name
from mash_triage.promises.decision_clocks import CLOCK_PROMISES, OWNER
from mash_triage.thresholds.promises import Holder
from mash_triage.thresholds.queries import edition_of

MOST_SHOWN = 200


@dataclass(frozen=True)
class PromisePicture:
    """One promise or decision clock of one child: what, by when, who keeps it, how it ended.
    `is_warned` once its first warning point has come.
    """

    contact_child_id: UUID
    name: str
    reference: str
    code: str
    words: str
    owner: Holder
    owner_name: str | None
    source: str
    started_at: datetime
    due_at: datetime
    ended: str | None
    ended_at: datetime | None
    is_past: bool
    is_warned: bool


@dataclass(frozen=True)
class PromiseMark:
    """What the board says of a promise: what, and by when."""

    words: str
    due_at: datetime


@dataclass(frozen=True)
class Wanted:
    """What is asked for: whose (a holder's, or `mine`, which is also that of whom she covers for),
    of which kind, and only what is past.
    """

    mine: bool = False
    owner: Holder | None = None
    code: str | None = None
    past: bool = False


@dataclass(frozen=True)
class RunningPromises:
    """Those that run, least time left first; `more` when there are others after them. Those on the
    list after the decision are only counted: `followed`, of them `followed_late` past their time.
    """

    shown: tuple[PromisePicture, ...]
    more: bool
    kinds: dict[str, str]
    followed: int = 0
    followed_late: int = 0


def running_promises(
    session: Session, wanted: Wanted, *, by: Actor, at: datetime
) -> RunningPromises:
    """The promises and decision clocks that run for children whom this person may see; of those
    that stand on the list after the decision, how many there are.
    """
    by.require(Permission.SEE_FRONT_DOOR)
    in_use = session.scalars(
        select(PromiseRecord.edition_id).where(PromiseRecord.ended_at.is_(None)).distinct()
    ).all()
    kinds = {str(kind): words for kind, words in CLOCK_PROMISES.items()}
    for edition_id in in_use:
        kinds |= {each.code: each.words for each in edition_of(session, edition_id).promise}
    mine = frozenset[UUID]()
    if wanted.mine and by.user_id is not None:
        mine = hers_and_covered(session, by.user_id, at=at)
    rows: list[PromisePicture] = []
    wanted_ones = _promises(session, in_use, mine, wanted, by, at)
    listed = is_followed_up(session, in_use, at=at)
    found = session.execute(wanted_ones.where(not_(listed)).limit(MOST_SHOWN + 1))
    rows += [_of_promise(session, row, at=at) for row in found]
    if wanted.owner in (None, OWNER):
        clocks = _clocks(mine, wanted, by, at).limit(MOST_SHOWN + 1)
        found = session.execute(clocks)
        rows += [_of_clock(session, row, at=at) for row in found]
    rows.sort(key=lambda each: each.due_at)
    due = wanted_ones.where(listed).with_only_columns(PromiseRecord.due_at).order_by(None)
    followed = session.scalars(due).all()
    late = sum(is_overdue(each, at=at) for each in followed)
    more = len(rows) > MOST_SHOWN
    return RunningPromises(tuple(rows[:MOST_SHOWN]), more, kinds, len(followed), late)


def promises_of_child(
    session: Session, contact_child_id: UUID, *, by: Actor, at: datetime
) -> list[PromisePicture]:
    """The promises of one child: those that run first, least time left first; then what ended. The
    decision's own clocks stand at the head of the child's page.
    """
    by.require(Permission.SEE_FRONT_DOOR)
    child = fetch_child(session, contact_child_id, by=by)
    of_child = PromiseRecord.contact_child_id == child.id
    rows = session.execute(_columns(PromiseRecord, PromiseRecord.code).where(of_child))
    promises = [_of_promise(session, row, at=at) for row in rows]
    return sorted(promises, key=lambda each: (each.ended is not None, each.due_at))


def marked_promise(at: datetime) -> ScalarSelect[UUID]:
    """For a statement on `contact_child`: the running promise that is past, or of which somebody
    was warned, with the least time left. A call not confirmed in writing is marked by itself.
    """
    row = aliased(PromiseRecord)
    warned = exists().where(PointRaised.of_id == row.id)
    return (
        select(row.id)
        .where(
            row.contact_child_id == ContactChild.id,
            row.ended_at.is_(None),
            row.started_with != Moment.PHONE_CONTACT,
            or_(row.due_at < at, warned),
        )
        .order_by(row.due_at, row.id)
        .limit(1)
        .correlate(ContactChild)
        .scalar_subquery()
    )


def _columns(
    table: type[Clock] | type[PromiseRecord], code: InstrumentedAttribute[str]
) -> Select[*tuple[Any, ...]]:
    child = ContactChild
    return (
        select(
            *table.__table__.columns,
            code.label("named"),
            child.reported_given_names,
            child.reported_family_name,
            child.reported_unborn,
            Contact.reference,
            UserAccount.name.label("worker_name"),
        )
        .join(child, child.id == table.contact_child_id)
        .join(Contact, Contact.id == child.contact_id)
        .outerjoin(UserAccount, UserAccount.id == child.taken_up_by)
    )


def _promises(
    session: Session,
    in_use: Collection[UUID],
    mine: Collection[UUID],
    wanted: Wanted,
    by: Actor,
    at: datetime,
) -> Select[*tuple[Any, ...]]:
    rows = _columns(PromiseRecord, PromiseRecord.code).where(
        PromiseRecord.ended_at.is_(None), is_visible_to(by)
    )
    if wanted.owner is not None:
        rows = rows.where(_of_owner(session, in_use, wanted.owner))
    if wanted.mine:
        decided = and_(
            ContactChild.decided_by.in_(mine), _of_owner(session, in_use, Holder.DECIDER)
        )
        rows = rows.where(or_(ContactChild.taken_up_by.in_(mine), decided))
    if wanted.code is not None:
        rows = rows.where(PromiseRecord.code == wanted.code)
    return _narrowed(rows, PromiseRecord, wanted, at)


def _clocks(
    mine: Collection[UUID], wanted: Wanted, by: Actor, at: datetime
) -> Select[*tuple[Any, ...]]:
    rows = _columns(Clock, Clock.kind).where(Clock.stopped_at.is_(None), is_visible_to(by))
    if wanted.mine:
        rows = rows.where(ContactChild.taken_up_by.in_(mine))
    if wanted.code is not None:
        rows = rows.where(Clock.kind == wanted.code)
    return _narrowed(rows, Clock, wanted, at)


def _narrowed(
    rows: Select[*tuple[Any, ...]],
    table: type[Clock] | type[PromiseRecord],
    wanted: Wanted,
    at: datetime,
) -> Select[*tuple[Any, ...]]:
    if wanted.past:
        rows = rows.where(table.due_at < at)
    return rows.order_by(table.due_at, table.id)


def _of_owner(session: Session, editions: Collection[UUID], owner: Holder) -> ColumnElement[bool]:
    """The condition that a promise is of this owner: what each edition in use says."""
    kept: Iterable[tuple[UUID, list[str]]] = (
        (each, [p.code for p in edition_of(session, each).promise if p.owner is owner])
        for each in editions
    )
    return or_(
        false(),
        *(
            and_(PromiseRecord.edition_id == each, PromiseRecord.code.in_(codes))
            for each, codes in kept
        ),
    )


def _of_promise(session: Session, row: Row[*tuple[Any, ...]], *, at: datetime) -> PromisePicture:
    promise = edition_of(session, row.edition_id).promise_of(row.code)
    until = row.ended_at or at
    return PromisePicture(
        **_said_of_child(row),
        words=promise.words,
        owner=promise.owner,
        owner_name=row.worker_name if promise.owner is Holder.WORKER else None,
        source=promise.source,
        ended=row.ended,
        ended_at=row.ended_at,
        is_past=is_overdue(row.due_at, at=until),
        is_warned=_is_warned(row, promise.warn_at_percent, at=until),
    )


def _of_clock(session: Session, row: Row[*tuple[Any, ...]], *, at: datetime) -> PromisePicture:
    points = points_of_clocks(edition_of(session, row.edition_id).clocks)
    return PromisePicture(
        **_said_of_child(row),
        words=CLOCK_PROMISES[ClockKind(row.kind)],
        owner=OWNER,
        owner_name=row.worker_name,
        source="",
        ended=None,
        ended_at=None,
        is_past=is_overdue(row.due_at, at=at),
        is_warned=_is_warned(row, points, at=at),
    )


def _is_warned(row: Row[*tuple[Any, ...]], points: Collection[int], *, at: datetime) -> bool:
    return bool(points_reached(row.started_at, row.due_at, points, at=at))


def _said_of_child(row: Row[*tuple[Any, ...]]) -> dict[str, Any]:
    return {
        "contact_child_id": row.contact_child_id,
        "name": reported_name(
            row.reported_given_names, row.reported_family_name, unborn=row.reported_unborn
        ),
        "reference": row.reference,
        "code": row.named,
        "started_at": row.started_at,
        "due_at": row.due_at,
    }
