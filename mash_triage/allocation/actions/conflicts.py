"""A worker who is related to a family, or knows it from elsewhere, does not work with it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.allocation.work import workers_facts
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.contacts.families import knows_family
from mash_triage.contacts.models import WorkerConflict
from mash_triage.contacts.queries import fetch_child
from mash_triage.errors import Changed, NotAllowed, NotFound, NotReady
from mash_triage.text import storable


def record_conflict(
    session: Session, contact_child_id: UUID, worker_id: UUID, *, by: Actor, at: datetime
) -> None:
    """Say that a worker is related to this child's family or knows it: everybody of herself, and
    whoever allocates of others. How they know each other is not asked.
    """
    by.require(Permission.SCREEN_CONTACT)
    child = fetch_child(session, contact_child_id, by=by)
    if worker_id != by.user_id and not by.can(Permission.ALLOCATE):
        raise NotAllowed("Of a colleague, a manager says so.")
    if not workers_facts(session, at=at, only=worker_id):
        raise NotFound()
    if knows_family(session, child.id, worker_id):
        return
    session.add(
        WorkerConflict(
            worker_id=worker_id, contact_child_id=child.id, recorded_by=by.user_id, recorded_at=at
        )
    )
    kind = AuditKind.CONFLICT_RECORDED
    trail.record(session, kind, about=child.id, by=by, at=at, worker=worker_id)


def lift_conflict(
    session: Session, conflict_id: UUID, because: str, *, by: Actor, at: datetime
) -> None:
    """Take it back, with the reason: it was said of the wrong family, for example. Nobody does
    so of herself.
    """
    by.require(Permission.ALLOCATE)
    conflict = session.get(WorkerConflict, conflict_id)
    if conflict is None:
        raise NotFound()
    fetch_child(session, conflict.contact_child_id, by=by)
    if conflict.worker_id == by.user_id:
        raise NotAllowed("What was said of you, another manager takes back.")
    if conflict.lifted_at is not None:
        raise Changed("This was taken back already.")
    if not because.strip():
        raise NotReady("Say why it no longer holds.")
    conflict.lifted_by, conflict.lifted_at = by.user_id, at
    conflict.lifted_because = storable(because.strip())
    about = conflict.contact_child_id
    kind = AuditKind.CONFLICT_LIFTED
    trail.record(session, kind, about=about, by=by, at=at, worker=conflict.worker_id)
