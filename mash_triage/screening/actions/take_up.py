"""Taking a child up, and taking one over from a colleague."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.allocation.actions import note_worker
from mash_triage.allocation.rules import How
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.contacts.queries import fetch_child
from mash_triage.contacts.status import (
    WAITING_FOR_SCREENING,
    Status,
)
from mash_triage.errors import Changed
from mash_triage.screening.work import fetch_child_in_screening, screening_of
from mash_triage.text import storable


def take_up(session: Session, contact_child_id: UUID, *, by: Actor, at: datetime) -> None:
    """Start screening: this worker is now responsible for the child until a manager decides."""
    by.require(Permission.SCREEN_CONTACT)
    child = fetch_child(session, contact_child_id, by=by, to_change=True)
    if Status(child.status) not in WAITING_FOR_SCREENING:
        raise Changed("Somebody has taken this child up already.")
    note_worker(session, child, How.TAKEN_UP, by=by, at=at)
    child.taken_up_by, child.taken_up_at = by.user_id, at
    session.add(child.move_to(Status.SCREENING, by=by, at=at))
    screening_of(session, child)
    trail.record(session, AuditKind.SCREENING_TAKEN_UP, about=child.id, by=by, at=at)


def hand_over(
    session: Session, contact_child_id: UUID, reason: str = "", *, by: Actor, at: datetime
) -> None:
    """Take a child over from a colleague, for example when she has gone home."""
    child = fetch_child_in_screening(session, contact_child_id, by=by)
    if child.taken_up_by == by.user_id:
        return
    former = child.taken_up_by
    note_worker(session, child, How.TAKEN_OVER, storable(reason.strip()), by=by, at=at)
    child.taken_up_by, child.taken_up_at = by.user_id, at
    trail.record(session, AuditKind.SCREENING_TAKEN_UP, about=child.id, by=by, at=at, former=former)
