"""The manager gives a child back to the worker."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.contacts.families import check_knows_not_family
from mash_triage.contacts.queries import fetch_child
from mash_triage.contacts.status import Status
from mash_triage.decisions.actions.decide import check_unchanged
from mash_triage.decisions.models import (
    ReturnToWorker,
)
from mash_triage.errors import NotReady
from mash_triage.text import storable


def return_to_worker(
    session: Session,
    contact_child_id: UUID,
    reason: str,
    *,
    seen: int | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Give a child back to the worker, with what is still wanted. No clock is paused by it."""
    by.require(Permission.DECIDE_CONTACT)
    child = fetch_child(session, contact_child_id, by=by, to_change=True)
    check_knows_not_family(session, child.id, by=by)
    check_unchanged(session, child, seen)
    if not reason.strip():
        raise NotReady("Say what you still need from the worker.")
    session.add(
        ReturnToWorker(
            id=uuid4(),
            contact_child_id=child.id,
            reason=storable(reason.strip()),
            returned_by=by.user_id,
            returned_at=at,
        )
    )
    session.add(
        child.move_to(Status.RETURNED_TO_WORKER, by=by, at=at, why=storable(reason.strip()))
    )
    trail.record(session, AuditKind.RETURNED_TO_WORKER, about=child.id, by=by, at=at)
