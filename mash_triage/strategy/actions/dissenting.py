"""An agency disagrees with what a discussion came to: it is recorded, and opens the escalation."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.contacts.models import ContactChild
from mash_triage.contacts.queries import fetch_child
from mash_triage.decisions.models import Decision
from mash_triage.disagreements.actions.raising import raise_for_agency
from mash_triage.disagreements.models import Disagreement
from mash_triage.disagreements.stages import Subject
from mash_triage.errors import Changed, NotFound, NotReady
from mash_triage.strategy.actions.holding import children_of
from mash_triage.strategy.models import StrategyDiscussion, StrategyPerson
from mash_triage.strategy.queries import agency_named, fetch_discussion
from mash_triage.text import storable


def record_dissent(
    session: Session, person_id: UUID, why: str, wanted: str, *, by: Actor, at: datetime
) -> StrategyPerson:
    """An agency disagrees with the outcome: why, and what it wants instead. The escalation opens
    with it: about the decision of a child that is decided, else about the discussion itself.
    """
    by.require(Permission.HOLD_STRATEGY)
    person, row = _fetch(session, person_id, by=by)
    if row.closed_at is None:
        raise NotReady("Close the discussion first: dissent is from its outcome.")
    if person.dissent_at is not None:
        raise Changed("The dissent of this agency is recorded already.")
    if not why.strip():
        raise NotReady("Say why the agency disagrees.")
    if not wanted.strip():
        raise NotReady("Say which outcome the agency wants.")
    person.dissent, person.dissent_wanted = storable(why.strip()), storable(wanted.strip())
    person.dissent_by, person.dissent_at = by.user_id, at
    trail.record(
        session,
        AuditKind.STRATEGY_DISSENTED,
        about=row.id,
        by=by,
        at=at,
        sector=person.sector,
    )
    if _why_not_yet(session, person) is None:
        _open(session, person, by=by, at=at)
    return person


def open_escalation(session: Session, person_id: UUID, *, by: Actor, at: datetime) -> Disagreement:
    """Open the escalation of a dissent that had to wait for the agency to be listed, or for another
    disagreement of it to end.
    """
    by.require(Permission.HOLD_STRATEGY)
    person, _row = _fetch(session, person_id, by=by)
    if person.dissent_at is None:
        raise NotReady("Record first why the agency disagrees.")
    if person.disagreement_id is not None:
        raise Changed("The escalation of this dissent is open already.")
    why_not = _why_not_yet(session, person)
    if why_not is not None:
        raise NotReady(why_not)
    return _open(session, person, by=by, at=at)


def _fetch(
    session: Session, person_id: UUID, *, by: Actor
) -> tuple[StrategyPerson, StrategyDiscussion]:
    person = session.get(StrategyPerson, person_id)
    if person is None:
        raise NotFound()
    row = fetch_discussion(session, person.discussion_id, by=by, to_change=True)
    session.refresh(person)
    person.agency_id = person.agency_id or agency_named(session, person.agency)
    return person, row


def _decision_for(session: Session, person: StrategyPerson) -> Decision | None:
    return session.scalars(
        select(Decision)
        .where(Decision.contact_child_id.in_(children_of(session, person.discussion_id)))
        .order_by(Decision.decided_at)
        .limit(1)
    ).first()


def _why_not_yet(session: Session, person: StrategyPerson) -> str | None:
    if person.agency_id is None:
        return "This agency is not on the list of agencies. Ask an administrator to add it."
    child_id, subject = _about(session, person)
    still_open = select(Disagreement.id).where(
        Disagreement.contact_child_id == child_id,
        Disagreement.agency_id == person.agency_id,
        Disagreement.subject == subject,
        Disagreement.resolved_at.is_(None),
    )
    if session.scalars(still_open).first() is not None:
        return "A disagreement of this agency is open already. Take it further there."
    return None


def _about(session: Session, person: StrategyPerson) -> tuple[UUID, Subject]:
    """The child whose escalation it is, and of what: of the first decision, else of the discussion
    about its first child.
    """
    decision = _decision_for(session, person)
    if decision is not None:
        return decision.contact_child_id, Subject.DECISION
    children = session.scalars(
        select(ContactChild.id)
        .where(ContactChild.id.in_(children_of(session, person.discussion_id)))
        .order_by(ContactChild.position)
        .limit(1)
    )
    return children.one(), Subject.DISCUSSION


def _open(session: Session, person: StrategyPerson, *, by: Actor, at: datetime) -> Disagreement:
    assert person.agency_id is not None
    child_id, subject = _about(session, person)
    opened = raise_for_agency(
        session,
        fetch_child(session, child_id, by=by),
        person.agency_id,
        person.dissent,
        person.dissent_wanted,
        subject=subject,
        by=by,
        at=at,
    )
    person.disagreement_id = opened.id
    return opened
