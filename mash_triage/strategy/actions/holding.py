"""Recording that a discussion was held: when, and who had which part."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.clocks.actions import happened, take_back_moment
from mash_triage.clocks.moments import Moment
from mash_triage.contacts.models import Contact
from mash_triage.errors import Changed
from mash_triage.strategy import quorum, rules
from mash_triage.strategy.codes import BY_PHONE, Form, Part
from mash_triage.strategy.models import StrategyChild, StrategyDiscussion, StrategyPerson
from mash_triage.strategy.queries import attending_of, fetch_discussion, people_of
from mash_triage.strategy.rules import Held
from mash_triage.text import storable


def record_held(
    session: Session, discussion_id: UUID, facts: Held, *, by: Actor, at: datetime
) -> StrategyDiscussion:
    """Record when it was held and who attended, sent information or was absent. Until it is closed
    it can be recorded again, as when health is rung in afterwards.

    Only a discussion that those attended who must keeps the promise to hold one.
    """
    by.require(Permission.HOLD_STRATEGY)
    row = fetch_discussion(session, discussion_id, by=by, to_change=True)
    rules.check_open(row.closed_at)
    received_at = session.get_one(Contact, row.contact_id).received_at
    rules.check_times(facts, received_at=received_at, at=at)
    invited = people_of(session, row.id)
    rules.check_parts(facts.parts, {each.id: each.person for each in invited})
    _check_not_twice(session, row, facts.started_at)

    was_at = row.started_at if quorum.is_quorate(attending_of(session, row.id)) else None
    row.started_at, row.ended_at = facts.started_at, facts.ended_at
    for person in invited:
        _note_part(person, facts)
    session.flush()
    missing = quorum.missing_from(attending_of(session, row.id))
    if was_at is not None and (missing or was_at != row.started_at):
        for child_id in children_of(session, row.id):
            for moment in _moments_of(row):
                take_back_moment(session, child_id, moment, took_place_at=was_at)
    if not missing:
        _report(session, row, by=by, at=at)
    elif was_at is not None:
        need_again(session, row, by=by, at=at)
    for child_id in children_of(session, row.id):
        trail.record(
            session,
            AuditKind.STRATEGY_HELD,
            about=child_id,
            by=by,
            at=at,
            discussion=row.id,
            missing=missing,
        )
    return row


def children_of(session: Session, discussion_id: UUID) -> list[UUID]:
    """The children whom a discussion is about."""
    return list(
        session.scalars(
            select(StrategyChild.contact_child_id)
            .where(StrategyChild.discussion_id == discussion_id)
            .order_by(StrategyChild.contact_child_id)
        )
    )


def need_again(session: Session, row: StrategyDiscussion, *, by: Actor, at: datetime) -> None:
    """A discussion with all who must attend is still needed; where one is waited for it stays so.
    A part of recording this one, which asked who does it.
    """
    for child_id in children_of(session, row.id):
        happened(session, child_id, Moment.STRATEGY_NEEDED, took_place_at=at, by=by, at=at)


def _note_part(person: StrategyPerson, facts: Held) -> None:
    took = facts.parts[person.id]
    person.part = took.part or Part.INVITED
    person.why_absent = storable(took.why_absent.strip()) if took.part is Part.ABSENT else ""
    person.information = storable(took.information.strip())


def _report(session: Session, row: StrategyDiscussion, *, by: Actor, at: datetime) -> None:
    """A call keeps the promise and asks for a meeting to follow; a meeting keeps both."""
    assert row.started_at is not None  # it was just recorded
    for child_id in children_of(session, row.id):
        for moment in _moments_of(row):
            happened(session, child_id, moment, took_place_at=row.started_at, by=by, at=at)


def _moments_of(row: StrategyDiscussion) -> tuple[Moment, ...]:
    if Form(row.form) in BY_PHONE:
        return (Moment.STRATEGY_BY_PHONE,)
    return (Moment.STRATEGY_HELD, Moment.STRATEGY_MET_AGAIN)


def _check_not_twice(session: Session, row: StrategyDiscussion, started_at: datetime) -> None:
    """Nobody sits in two discussions about one child at once."""
    other = (
        select(StrategyDiscussion.id)
        .join(StrategyChild, StrategyChild.discussion_id == StrategyDiscussion.id)
        .where(
            StrategyDiscussion.id != row.id,
            StrategyDiscussion.started_at == started_at,
            StrategyChild.contact_child_id.in_(children_of(session, row.id)),
        )
    )
    if session.scalars(other).first() is not None:
        raise Changed("A discussion about this child at that very time is recorded already.")
