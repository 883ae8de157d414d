"""Who is related to a child's family or knows it from elsewhere, and so does not work with it."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased

from mash_triage.access.actor import Actor
from mash_triage.contacts.models import ContactChild, WorkerConflict
from mash_triage.errors import NotAllowed

A_COLLEAGUE = (
    "It is on record that you are related to this family or know it. A colleague takes this child."
)


def knowing(session: Session, ids: Collection[UUID]) -> list[tuple[UUID, UUID]]:
    """Each of these children with a worker who knows the family."""
    known, child = aliased(ContactChild), aliased(ContactChild)
    rows = session.execute(
        select(child.id, WorkerConflict.worker_id)
        .select_from(WorkerConflict)
        .join(known, known.id == WorkerConflict.contact_child_id)
        .join(
            child,
            or_(
                child.contact_id == known.contact_id,
                child.person_id == known.person_id,
                child.household_id == known.household_id,
            ),
        )
        .where(WorkerConflict.lifted_at.is_(None), child.id.in_(ids))
        .distinct()
    )
    return [(row[0], row[1]) for row in rows]


def knows_family(session: Session, contact_child_id: UUID, worker_id: UUID | None) -> bool:
    """Is it on record that this worker is related to the family or knows it?"""
    if worker_id is None:
        return False
    of_hers = select(WorkerConflict.id).where(
        WorkerConflict.worker_id == worker_id, WorkerConflict.lifted_at.is_(None)
    )
    if session.scalar(of_hers.limit(1)) is None:
        return False
    return (contact_child_id, worker_id) in knowing(session, [contact_child_id])


def check_knows_not_family(session: Session, contact_child_id: UUID, *, by: Actor) -> None:
    """Refuse whoever is related to the family or knows it."""
    if knows_family(session, contact_child_id, by.user_id):
        raise NotAllowed(A_COLLEAGUE)


def check_knows_no_record(session: Session, person_ids: Collection[int], *, by: Actor) -> None:
    """The same of records: refuse whoever knows the family of a child with one of them."""
    known = session.scalar(
        select(WorkerConflict.id)
        .join(ContactChild, ContactChild.id == WorkerConflict.contact_child_id)
        .where(
            WorkerConflict.worker_id == by.user_id,
            WorkerConflict.lifted_at.is_(None),
            ContactChild.person_id.in_(person_ids),
        )
        .limit(1)
    )
    if known is not None:
        raise NotAllowed(A_COLLEAGUE)
