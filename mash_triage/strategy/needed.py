"""Children for whom a strategy discussion is needed and was not held: which, and hold by when."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.clocks.models import PromiseRecord
from mash_triage.clocks.moments import Moment
from mash_triage.contacts.models import Contact, ContactChild
from mash_triage.contacts.queries import fetch_child, is_visible_to, reported_name
from mash_triage.decisions.tasks import open_discussions_on

MOST_SHOWN = 200
IS_NEEDED = (PromiseRecord.started_with == Moment.STRATEGY_NEEDED) & (
    PromiseRecord.ended_at.is_(None)
)


@dataclass(frozen=True)
class Needed:
    """A child for whom a discussion is to be held by `due_at`; `convened` is the open one."""

    id: UUID
    name: str
    reference: str
    due_at: datetime
    convened: UUID | None


def strategy_needed(session: Session, *, by: Actor) -> list[Needed]:
    """All of them that this person may see, the one due first on top."""
    by.require(Permission.SEE_FRONT_DOOR)
    still_open = (
        open_discussions_on(ContactChild.id).limit(1).correlate(ContactChild).scalar_subquery()
    )
    rows = session.execute(
        select(ContactChild, Contact.reference, PromiseRecord.due_at, still_open)
        .join(PromiseRecord, PromiseRecord.contact_child_id == ContactChild.id)
        .join(Contact, Contact.id == ContactChild.contact_id)
        .where(IS_NEEDED, is_visible_to(by))
        .order_by(PromiseRecord.due_at, ContactChild.id)
        .limit(MOST_SHOWN)
    )
    return [
        Needed(
            child.id,
            reported_name(
                child.reported_given_names, child.reported_family_name, unborn=child.reported_unborn
            ),
            reference,
            due_at,
            convened,
        )
        for child, reference, due_at, convened in rows
    ]


def hold_by(session: Session, contact_child_id: UUID, *, by: Actor) -> datetime | None:
    """By when a discussion about this child is to be held; none if none is needed now."""
    by.require(Permission.SEE_FRONT_DOOR)
    child = fetch_child(session, contact_child_id, by=by)
    return session.scalars(
        select(PromiseRecord.due_at)
        .where(PromiseRecord.contact_child_id == child.id, IS_NEEDED)
        .order_by(PromiseRecord.due_at)
    ).first()
