"""An agency disagrees with what a discussion came to: it is recorded, and opens the escalation."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.contacts.queries import fetch_child
from mash_triage.decisions.models import Decision
from mash_triage.disagreements.actions.raising import raise_for_agency
from mash_triage.disagreements.models import Disagreement
from mash_triage.errors import Changed, NotFound, NotReady
from mash_triage.strategy.actions.holding import children_of
from mash_triage.strategy.models import StrategyDiscussion, StrategyPerson
from mash_triage.strategy.queries import agency_named, fetch_discussion
from mash_triage.text import storable


def record_dissent(
    session: Session, person_id: UUID, why: str, wanted: str, *, by: Actor, at: datetime
) -> StrategyPerson:
    """An agency disagrees with the outcome: why, and what it wants instead. Where a child of the
    discussion is decided the escalation opens with it; else it opens once a child is.
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
    """Open the escalation of a dissent that had to wait, once a child is decided."""
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
    decision = _decision_for(session, person)
    if decision is None:
        return "No child of this discussion is decided yet. The escalation opens after that."
    still_open = select(Disagreement.id).where(
        Disagreement.decision_id == decision.id,
        Disagreement.agency_id == person.agency_id,
        Disagreement.resolved_at.is_(None),
    )
    if session.scalars(still_open).first() is not None:
        return "A disagreement of this agency is open already. Take it further there."
    return None


def _open(session: Session, person: StrategyPerson, *, by: Actor, at: datetime) -> Disagreement:
    decision = _decision_for(session, person)
    assert decision is not None  # asked just before
    assert person.agency_id is not None
    child = fetch_child(session, decision.contact_child_id, by=by)
    opened = raise_for_agency(
        session, child, person.agency_id, person.dissent, person.dissent_wanted, by=by, at=at
    )
    person.disagreement_id = opened.id
    return opened
