"""The undecided children of colleagues who are away, for whoever covers."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.models import UserAccount
from mash_triage.access.roles import Permission
from mash_triage.allocation.cover import away_on
from mash_triage.contacts.models import Contact, ContactChild
from mash_triage.contacts.queries import is_visible_to, reported_name
from mash_triage.contacts.status import UNDECIDED, Status


@dataclass(frozen=True)
class CoveredChild:
    """One undecided child of a colleague who is away, with the time that is left."""

    id: UUID
    name: str
    reference: str
    worker: str
    status: Status
    next_due_at: datetime | None


def covered_children(session: Session, *, by: Actor, at: datetime) -> list[CoveredChild]:
    """The undecided children of everybody for whom this person covers today, least time first."""
    by.require(Permission.SEE_FRONT_DOOR)
    if by.user_id is None:
        return []
    covered = away_on(session, at=at).covered_by(by.user_id)
    if not covered:
        return []
    rows = session.execute(
        select(ContactChild, Contact.reference, UserAccount.name)
        .join(Contact, Contact.id == ContactChild.contact_id)
        .join(UserAccount, UserAccount.id == ContactChild.taken_up_by)
        .where(
            ContactChild.taken_up_by.in_(covered),
            ContactChild.status.in_(sorted(UNDECIDED)),
            is_visible_to(by),
        )
        .order_by(ContactChild.next_due_at, ContactChild.id)
    )
    return [
        CoveredChild(
            id=child.id,
            name=reported_name(
                child.reported_given_names,
                child.reported_family_name,
                unborn=child.reported_unborn,
            ),
            reference=reference,
            worker=worker,
            status=Status(child.status),
            next_due_at=child.next_due_at,
        )
        for child, reference, worker in rows
    ]
