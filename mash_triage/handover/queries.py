"""What was handed over of a child, and what nobody of the day has read yet."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, func, select
from sqlalchemy.orm import Session, aliased

from mash_triage.access.actor import Actor
from mash_triage.access.models import UserAccount
from mash_triage.access.roles import Permission
from mash_triage.contacts.models import Contact, ContactChild
from mash_triage.contacts.queries import fetch_child, is_visible_to, reported_name
from mash_triage.handover.models import Handover


@dataclass(frozen=True)
class HandoverPicture:
    """One handover with its child, who gave it, by when it is to be read, and who read it."""

    id: UUID
    contact_child_id: UUID
    name: str
    reference: str
    done: str
    outstanding: str
    who_knows: str
    given_by: UUID
    given_by_name: str
    given_at: datetime
    due_at: datetime
    read_by_name: str | None
    read_at: datetime | None


def unread_handovers(session: Session, *, by: Actor) -> list[HandoverPicture]:
    """What nobody of the day has read, soonest due first."""
    by.require(Permission.SEE_FRONT_DOOR)
    return _read(session, Handover.read_at.is_(None), by=by)


def handovers_of(session: Session, contact_child_id: UUID, *, by: Actor) -> list[HandoverPicture]:
    """Everything that was handed over of this child, in the order of time."""
    by.require(Permission.SEE_FRONT_DOOR)
    child = fetch_child(session, contact_child_id, by=by)
    return _read(session, Handover.contact_child_id == child.id, by=by)


def oldest_unread() -> ScalarSelect[datetime]:
    """For a list of children: by when the oldest handover of each that nobody read was to be."""
    return (
        select(func.min(Handover.due_at))
        .where(Handover.contact_child_id == ContactChild.id, Handover.read_at.is_(None))
        .correlate(ContactChild)
        .scalar_subquery()
    )


def _read(session: Session, wanted: ColumnElement[bool], *, by: Actor) -> list[HandoverPicture]:
    reader = aliased(UserAccount)
    rows = session.execute(
        select(Handover, ContactChild, Contact.reference, UserAccount.name, reader.name)
        .join(ContactChild, ContactChild.id == Handover.contact_child_id)
        .join(Contact, Contact.id == ContactChild.contact_id)
        .join(UserAccount, UserAccount.id == Handover.given_by)
        .outerjoin(reader, reader.id == Handover.read_by)
        .where(wanted, is_visible_to(by))
        .order_by(Handover.due_at, Handover.given_at)
    )
    return [_picture(*row) for row in rows]


def _picture(
    row: Handover, child: ContactChild, reference: str, giver: str, reader: str | None
) -> HandoverPicture:
    return HandoverPicture(
        id=row.id,
        contact_child_id=row.contact_child_id,
        name=reported_name(
            child.reported_given_names, child.reported_family_name, unborn=child.reported_unborn
        ),
        reference=reference,
        done=row.done,
        outstanding=row.outstanding,
        who_knows=row.who_knows,
        given_by=row.given_by,
        given_by_name=giver,
        given_at=row.given_at,
        due_at=row.due_at,
        read_by_name=reader,
        read_at=row.read_at,
    )
