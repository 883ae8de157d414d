"""Directions as tasks: per child, and per person with the overdue ones marked."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, SQLColumnExpression, func, literal, select, union_all
from sqlalchemy.orm import Session, aliased

from mash_triage.access.actor import Actor
from mash_triage.access.models import UserAccount
from mash_triage.access.roles import Permission
from mash_triage.clocks.models import MomentRecord, PromiseRecord
from mash_triage.clocks.moments import Moment
from mash_triage.clocks.working_days import london_day
from mash_triage.contacts.models import Contact, ContactChild
from mash_triage.contacts.queries import fetch_child, is_visible_to, reported_name
from mash_triage.contacts.status import OVER, Status
from mash_triage.decisions.before import DISCUSSION_OPEN
from mash_triage.decisions.models import Decision, Direction
from mash_triage.errors import NotFound
from mash_triage.hand_on.queries import open_rows
from mash_triage.hand_on.rules import what_keeps_open
from mash_triage.strategy.models import StrategyChild, StrategyDiscussion
from mash_triage.thresholds.queries import edition_of

MOST_SHOWN = 200


@dataclass(frozen=True)
class TaskPicture:
    """One direction as a task. `owner` is whoever took it on, else whom the manager named."""

    id: UUID
    contact_child_id: UUID
    child_name: str
    reference: str
    what: str
    owner: str
    is_hers: bool
    due_on: date
    is_overdue: bool
    was_done: bool | None
    ended_words: str
    ended_by: str
    ended_at: datetime | None


def tasks(
    session: Session, *, contact_child_id: UUID | None = None, by: Actor, at: datetime
) -> list[TaskPicture]:
    """The open ones of everybody, the one due first on top; or all of one child."""
    by.require(Permission.SEE_FRONT_DOOR)
    taker, ender = aliased(UserAccount), aliased(UserAccount)
    query = (
        select(Direction, ContactChild, Contact.reference, taker.name, ender.name)
        .join(Decision, Decision.id == Direction.decision_id)
        .join(ContactChild, ContactChild.id == Decision.contact_child_id)
        .join(Contact, Contact.id == ContactChild.contact_id)
        .outerjoin(taker, taker.id == Direction.taken_by)
        .outerjoin(ender, ender.id == Direction.ended_by)
        .where(is_visible_to(by))
        .order_by(Direction.due_on, Direction.id)
        .limit(MOST_SHOWN)
    )
    if contact_child_id is None:
        query = query.where(Direction.ended_at.is_(None))
    else:
        child = fetch_child(session, contact_child_id, by=by)
        query = query.where(Decision.contact_child_id == child.id)
    today = london_day(at)
    return [
        TaskPicture(
            id=row.id,
            contact_child_id=child.id,
            child_name=reported_name(
                child.reported_given_names, child.reported_family_name, unborn=child.reported_unborn
            ),
            reference=reference,
            what=row.what,
            owner=taken_by or row.who,
            is_hers=row.taken_by is not None and row.taken_by == by.user_id,
            due_on=row.due_on,
            is_overdue=row.ended_at is None and row.due_on < today,
            was_done=row.was_done,
            ended_words=row.ended_words,
            ended_by=ended_by or "",
            ended_at=row.ended_at,
        )
        for row, child, reference, taken_by, ended_by in session.execute(query)
    ]


def fetch_direction(session: Session, direction_id: UUID, *, by: Actor) -> tuple[Direction, UUID]:
    """The live row of one that this person may see, held until the transaction ends, and its
    child.
    """
    found = session.execute(
        select(Direction, ContactChild.id)
        .join(Decision, Decision.id == Direction.decision_id)
        .join(ContactChild, ContactChild.id == Decision.contact_child_id)
        .join(Contact, Contact.id == ContactChild.contact_id)
        .where(Direction.id == direction_id, is_visible_to(by))
        .with_for_update(of=Direction)
        .execution_options(populate_existing=True)
    ).first()
    if found is None:
        raise NotFound()
    return found[0], found[1]


def open_directions(session: Session, contact_child_id: UUID) -> int:
    """How many directions about one child, which was fetched, nobody has ended: for rules."""
    return session.scalar(_open_directions(contact_child_id)) or 0


def _open_directions(contact_child_id: UUID) -> Select[int]:
    return (
        select(func.count(Direction.id))
        .join(Decision, Decision.id == Direction.decision_id)
        .where(Decision.contact_child_id == contact_child_id, Direction.ended_at.is_(None))
    )


def open_discussion(session: Session, contact_child_id: UUID, *, by: Actor) -> UUID | None:
    """The strategy discussion about this child that is neither closed nor cancelled, if there is
    one.
    """
    by.require(Permission.SEE_FRONT_DOOR)
    child = fetch_child(session, contact_child_id, by=by)
    return session.scalars(open_discussions_on(child.id).limit(1)).first()


def open_discussions_on(child: UUID | SQLColumnExpression[UUID]) -> Select[UUID]:
    """The strategy discussions about a child, or about each of a statement's, that are open."""
    return (
        select(StrategyDiscussion.id)
        .join(StrategyChild, StrategyChild.discussion_id == StrategyDiscussion.id)
        .where(
            StrategyChild.contact_child_id == child,
            StrategyDiscussion.closed_at.is_(None),
        )
    )


def why_open(session: Session, contact_child_id: UUID, *, by: Actor) -> list[str]:
    """Everything that keeps this child from being closed, each in words."""
    by.require(Permission.SEE_FRONT_DOOR)
    child = fetch_child(session, contact_child_id, by=by)
    if child.status in OVER:
        return []
    passings, endings = open_rows(session, child.id)
    directed, discussed = session.execute(
        select(_open_directions(child.id).scalar_subquery(), open_discussions_on(child.id).exists())
    ).one()
    keeps = what_keeps_open(passings, endings, directed or 0)
    if discussed:
        keeps.append(f"Not closed: {DISCUSSION_OPEN}")
    return keeps + _not_over(session, child)


NOT_OVER = {
    Moment.STRATEGY_NEEDED: "Not closed: a strategy discussion is needed and was not held",
    Moment.MISSING_NOTICE: "Not closed: no manager has read the missing notice",
    Moment.RETURNED_FROM_MISSING: "Not closed: the return home interview is not over",
    Moment.S47_DECIDED: "Not closed: the child was not seen since section 47 was decided",
}
"""What closing would end unseen, by what began it."""


def _not_over(session: Session, child: ContactChild) -> list[str]:
    """Why a child is still missing, to be discussed or to be seen, so that closing would end it."""
    promise, record = PromiseRecord, MomentRecord
    rows = session.execute(
        union_all(
            select(literal(True).label("runs"), promise.started_with.label("moment"),
                   promise.about, promise.code, promise.edition_id)
            .where(promise.contact_child_id == child.id, promise.ended_at.is_(None)),
            select(literal(False), record.moment, record.about, literal(""), record.id)
            .where(record.contact_child_id == child.id),
        )
    ).all()  # fmt: skip
    took_place = {row.moment for row in rows if not row.runs}
    running = {row.moment for row in rows if row.runs}
    to_see = any(
        row.runs
        and row.moment == Moment.S47_DECIDED
        and Moment.SEEN in edition_of(session, row.edition_id).promise_of(row.code).stops
        for row in rows
    )
    if not (to_see and _is_ours_to_see(child, took_place)):
        running.discard(Moment.S47_DECIDED)
    gone = {row.about for row in rows if row.moment == Moment.MISSING_NOTICE and not row.runs}
    over = {Moment.RETURNED_FROM_MISSING, Moment.MISSING_TAKEN_BACK}
    back = {row.about for row in rows if row.moment in over}
    words = [NOT_OVER[each] for each in NOT_OVER if each in running]
    return [*words, "Not closed: the child is missing"] if gone - back else words


def _is_ours_to_see(child: ContactChild, took_place: Collection[str]) -> bool:
    """Another authority that has the child sees it; and where no section 47 enquiries began with
    the discussion, nobody must.
    """
    discussed = {Moment.STRATEGY_HELD, Moment.STRATEGY_BY_PHONE}.intersection(took_place)
    is_elsewhere = Status(child.status) is Status.TRANSFERRED
    return not is_elsewhere and (not discussed or Moment.S47_STARTED in took_place)
