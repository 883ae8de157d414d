"""Taking a child up, and taking one over from a colleague."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.allocation.actions import note_worker
from mash_triage.allocation.rules import How, check_reason
from mash_triage.allocation.work import standing_allocation
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.contacts.queries import fetch_child
from mash_triage.contacts.status import (
    WAITING_FOR_SCREENING,
    Status,
)
from mash_triage.errors import Changed
from mash_triage.screening.work import fetch_child_in_screening, screening_of


def take_up(
    session: Session, contact_child_id: UUID, reason: str = "", *, by: Actor, at: datetime
) -> None:
    """Start screening: this worker is now responsible for the child until a manager decides. A
    child that was allocated to a colleague is taken from her with a reason.
    """
    by.require(Permission.SCREEN_CONTACT)
    child = fetch_child(session, contact_child_id, by=by, to_change=True)
    if Status(child.status) not in WAITING_FOR_SCREENING:
        raise Changed("Somebody has taken this child up already.")
    standing = standing_allocation(session, child.id)
    changes = standing is not None and standing.worker_id not in (None, by.user_id)
    written = check_reason(reason, changes=changes, despite=())
    how = How.TAKEN_OVER if changes else How.TAKEN_UP
    note_worker(session, child, how, written, by=by, at=at)
    child.taken_up_by, child.taken_up_at = by.user_id, at
    session.add(child.move_to(Status.SCREENING, by=by, at=at))
    screening_of(session, child)
    trail.record(session, AuditKind.SCREENING_TAKEN_UP, about=child.id, by=by, at=at)


def hand_over(
    session: Session, contact_child_id: UUID, reason: str, *, by: Actor, at: datetime
) -> None:
    """Take a child over from a colleague, for example when she has gone home, and say why: each
    change of worker is kept with its reason.
    """
    child = fetch_child_in_screening(session, contact_child_id, by=by)
    if child.taken_up_by == by.user_id:
        return
    former = child.taken_up_by
    written = check_reason(reason, changes=True, despite=())
    note_worker(session, child, How.TAKEN_OVER, written, by=by, at=at)
    child.taken_up_by, child.taken_up_at = by.user_id, at
    trail.record(session, AuditKind.SCREENING_TAKEN_UP, about=child.id, by=by, at=at, former=former)
