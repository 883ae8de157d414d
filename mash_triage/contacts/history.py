"""Earlier contacts of a child and household, and how often they were repeated."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.models import Agency
from mash_triage.access.roles import Permission
from mash_triage.contacts.models import Contact, ContactChild
from mash_triage.contacts.pictures import ChildPicture
from mash_triage.contacts.queries import is_visible_to, reported_name
from mash_triage.contacts.status import Status

THREE_MONTHS = timedelta(days=91)
TWELVE_MONTHS = timedelta(days=365)
MOST_SHOWN = 50


@dataclass(frozen=True)
class EarlierContact:
    """An earlier contact about the child or somebody in the same household."""

    contact_child_id: UUID
    reference: str
    name: str
    is_same_child: bool
    received_at: datetime
    main_concern: str
    agency_name: str
    status: Status


def earlier_contacts(
    session: Session,
    child: ContactChild | ChildPicture,
    *,
    by: Actor,
    limit: int = MOST_SHOWN,
) -> list[EarlierContact]:
    """Contacts received before this one about the same person or household, newest first."""
    by.require(Permission.SEE_FRONT_DOOR)
    same = _same_child_or_household(child)
    if same is None:
        return []
    rows = session.execute(
        select(ContactChild, Contact, Agency.name)
        .join(Contact, Contact.id == ContactChild.contact_id)
        .join(Agency, Agency.id == Contact.agency_id)
        .where(is_visible_to(by), same, _came_before(child))
        .order_by(Contact.received_at.desc())
        .limit(limit)
    )
    return [
        EarlierContact(
            contact_child_id=row.id,
            reference=contact.reference,
            name=reported_name(
                row.reported_given_names, row.reported_family_name, unborn=row.reported_unborn
            ),
            is_same_child=child.person_id is not None and row.person_id == child.person_id,
            received_at=contact.received_at,
            main_concern=contact.main_concern,
            agency_name=agency,
            status=Status(row.status),
        )
        for row, contact, agency in rows
    ]


def how_many_earlier(session: Session, child: ContactChild | ChildPicture, *, by: Actor) -> int:
    """How many there are in all, however many are shown."""
    by.require(Permission.SEE_FRONT_DOOR)
    same = _same_child_or_household(child)
    if same is None:
        return 0
    counted = select(func.count(ContactChild.id)).join(Contact)
    return session.scalar(counted.where(is_visible_to(by), same, _came_before(child))) or 0


def _came_before(child: ContactChild | ChildPicture) -> ColumnElement[bool]:
    return and_(Contact.received_at <= child.received_at, Contact.id != child.contact_id)


def _same_child_or_household(child: ContactChild | ChildPicture) -> ColumnElement[bool] | None:
    if child.person_id is None:
        return None
    same: ColumnElement[bool] = ContactChild.person_id == child.person_id
    if child.household_id is not None:
        same = or_(same, ContactChild.household_id == child.household_id)
    return same


def repeat_counts(session: Session, child: ContactChild, *, by: Actor) -> tuple[int, int]:
    """How many earlier contacts there were in 3 and in 12 months, of the child or household."""
    by.require(Permission.SEE_FRONT_DOOR)
    same = _same_child_or_household(child)
    if same is None:
        return 0, 0
    since = child.received_at - TWELVE_MONTHS
    dates: Sequence[datetime] = session.scalars(
        select(func.max(Contact.received_at))
        .select_from(ContactChild)
        .join(Contact)
        .where(
            is_visible_to(by),
            same,
            _came_before(child),
            Contact.received_at >= since,
        )
        .group_by(Contact.id)
    ).all()
    recent = child.received_at - THREE_MONTHS
    return sum(received >= recent for received in dates), len(dates)
