"""The child whom a worker screens now, and the worker's part: what the deeds begin with."""

from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.contacts.families import check_knows_not_family
from mash_triage.contacts.models import ContactChild
from mash_triage.contacts.queries import fetch_child
from mash_triage.contacts.status import (
    WAITING_FOR_SCREENING,
    WITH_WORKER,
    Status,
)
from mash_triage.errors import Changed, NotReady
from mash_triage.screening.models import Screening


def fetch_child_in_screening(
    session: Session, contact_child_id: UUID, *, by: Actor
) -> ContactChild:
    """One child whom a worker screens now, as a live row to be changed; refused at other stages."""
    by.require(Permission.SCREEN_CONTACT)
    child = fetch_child(session, contact_child_id, by=by, to_change=True)
    if Status(child.status) in WAITING_FOR_SCREENING:
        raise NotReady("Take this child up first.")
    if Status(child.status) not in WITH_WORKER:
        raise Changed("This child is with a manager or decided; nothing was changed.")
    check_knows_not_family(session, child.id, by=by)
    return child


def screening_of(session: Session, child: ContactChild) -> Screening:
    """The worker's part for this child, begun if there is none yet."""
    screening = session.scalars(
        select(Screening).where(Screening.contact_child_id == child.id)
    ).first()
    if screening is None:
        screening = Screening(id=uuid4(), contact_child_id=child.id, strengths=[])
        session.add(screening)
    return screening
