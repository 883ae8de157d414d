"""Earlier contacts of a child and household, and how often they were repeated."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    Select,
    and_,
    bindparam,
    func,
    or_,
    select,
    union,
)
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.models import Agency
from mash_triage.access.roles import Permission
from mash_triage.contacts.models import Contact, ContactAdult, ContactChild
from mash_triage.contacts.pictures import ChildPicture
from mash_triage.contacts.queries import household_is_open_to, is_visible_to, reported_name
from mash_triage.contacts.status import Status
from mash_triage.people.links import records_of_child
from mash_triage.people.models import Person
from mash_triage.people.queries import may_open_person

THREE_MONTHS = timedelta(days=91)
TWELVE_MONTHS = timedelta(days=365)
MOST_SHOWN = 50
MOST_IN_ALL = 200


@dataclass(frozen=True)
class EarlierContact:
    """A contact about the child or somebody in the same household."""

    contact_child_id: UUID
    contact_id: UUID
    edition_id: UUID
    reference: str
    name: str
    is_same_child: bool
    received_at: datetime
    main_concern: str
    in_danger_now: str
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
    same = _same_child_or_household(child, by)
    is_same_child = ContactChild.person_id.in_(records_of_child(child.person_id or 0, by))
    rows = session.execute(
        select(ContactChild, Contact, Agency.name, is_same_child)
        .join(Contact, Contact.id == ContactChild.contact_id)
        .join(Agency, Agency.id == Contact.agency_id)
        .where(is_visible_to(by), same, _came_before(child))
        .order_by(Contact.received_at.desc())
        .limit(limit)
    )
    return [_earlier(*row) for row in rows]


def contacts_of_family(
    session: Session, child: ContactChild, *, by: Actor, limit: int = MOST_IN_ALL
) -> list[EarlierContact]:
    """Every contact about the same person or household, before this one and after, and this one
    itself, newest first.
    """
    by.require(Permission.SEE_FRONT_DOOR)
    of_family = or_(ContactChild.id == child.id, _same_child_or_household(child, by))
    of_child = ContactChild.person_id.in_(records_of_child(child.person_id or 0, by))
    rows = session.execute(
        select(ContactChild, Contact, Agency.name, or_(ContactChild.id == child.id, of_child))
        .join(Contact, Contact.id == ContactChild.contact_id)
        .join(Agency, Agency.id == Contact.agency_id)
        .where(is_visible_to(by), of_family)
        .order_by(Contact.received_at.desc(), ContactChild.position)
        .limit(limit)
    )
    return [_earlier(*row) for row in rows]


def contacts_about(
    session: Session, person_id: int, *, by: Actor, limit: int = MOST_SHOWN
) -> list[EarlierContact]:
    """Contacts about one child by this record and those linked to it, newest first."""
    by.require(Permission.SEE_FRONT_DOOR)
    of_child = ContactChild.person_id.in_(records_of_child(person_id, by))
    rows = session.execute(
        select(ContactChild, Contact, Agency.name)
        .join(Contact, Contact.id == ContactChild.contact_id)
        .join(Agency, Agency.id == Contact.agency_id)
        .where(is_visible_to(by), of_child)
        .order_by(Contact.received_at.desc())
        .limit(limit)
    )
    return [_earlier(*row, True) for row in rows]


def _earlier(
    row: ContactChild, contact: Contact, agency: str, is_same_child: bool | None
) -> EarlierContact:
    return EarlierContact(
        contact_child_id=row.id,
        contact_id=contact.id,
        edition_id=contact.edition_id,
        reference=contact.reference,
        name=reported_name(
            row.reported_given_names, row.reported_family_name, unborn=row.reported_unborn
        ),
        is_same_child=bool(is_same_child),
        received_at=contact.received_at,
        main_concern=contact.main_concern,
        in_danger_now=contact.in_danger_now,
        agency_name=agency,
        status=Status(row.status),
    )


def how_many_earlier(session: Session, child: ContactChild | ChildPicture, *, by: Actor) -> int:
    """How many there are in all, however many are shown."""
    by.require(Permission.SEE_FRONT_DOOR)
    same = _same_child_or_household(child, by)
    counted = select(func.count(ContactChild.id)).join(Contact)
    return session.scalar(counted.where(is_visible_to(by), same, _came_before(child))) or 0


@dataclass(frozen=True)
class _AnyChild:
    """A child in whose place a value is put each time that it is asked."""

    contact_id: BindParameter[UUID]
    received_at: BindParameter[datetime]
    household_id: BindParameter[int] | None
    person_id: BindParameter[int] | None


def _came_before(child: ContactChild | ChildPicture | _AnyChild) -> ColumnElement[bool]:
    return and_(Contact.received_at <= child.received_at, Contact.id != child.contact_id)


def _same_child_or_household(
    child: ContactChild | ChildPicture | _AnyChild, by: Actor
) -> ColumnElement[bool]:
    """Of this record, of those linked to it as one child's, or of the household: the same address
    on record, or an adult who was said to be one person on both contacts.
    """
    adults = adults_who_live_with(child.contact_id, by)
    their_homes = select(Person.household_id).where(
        Person.id.in_(adults), Person.household_id.is_not(None)
    )
    ways: list[ColumnElement[bool]] = [
        ContactChild.contact_id.in_(contacts_naming(adults, by)),
        ContactChild.household_id.in_(their_homes),
    ]
    if child.household_id is not None:
        ways.append(ContactChild.household_id == child.household_id)
    if child.person_id is not None:
        ways.append(ContactChild.person_id.in_(records_of_child(child.person_id, by)))
    # Each way by its own index: of one condition joined by "or" a server reads the whole table.
    return ContactChild.id.in_(union(*(select(ContactChild.id).where(way) for way in ways)))


def adults_who_live_with(contact_id: UUID | BindParameter[UUID], by: Actor) -> Select[int | None]:
    """The records of the adults of a contact's household, of whom somebody said who they are and
    nobody that they live elsewhere; as far as this person may know of them.
    """
    return (
        select(ContactAdult.person_id)
        .join(Contact, Contact.id == ContactAdult.contact_id)
        .where(
            ContactAdult.contact_id == contact_id,
            ContactAdult.person_id.is_not(None),
            ContactAdult.lives_with_child != "no",
            may_open_person(ContactAdult.person_id, by),
            household_is_open_to(by),
        )
    )


def contacts_naming(adults: Select[int | None], by: Actor) -> Select[UUID]:
    """The contacts whose household one of these adults is of."""
    return (
        select(ContactAdult.contact_id)
        .join(Contact, Contact.id == ContactAdult.contact_id)
        .where(
            ContactAdult.person_id.in_(adults),
            ContactAdult.lives_with_child != "no",
            household_is_open_to(by),
        )
    )


def repeat_counts(session: Session, child: ContactChild, *, by: Actor) -> tuple[int, int]:
    """How many earlier contacts there were in 3 and in 12 months, of the child or household; one
    that was sent twice or in error says nothing new.
    """
    by.require(Permission.SEE_FRONT_DOOR)
    asked = {
        "contact_id": child.contact_id,
        "received_at": child.received_at,
        "since": child.received_at - TWELVE_MONTHS,
        "household_id": child.household_id,
        "person_id": child.person_id,
    }
    query = _repeats(by, child.household_id is not None, child.person_id is not None)
    dates: Sequence[datetime] = session.scalars(query, asked).all()
    recent = child.received_at - THREE_MONTHS
    return sum(received >= recent for received in dates), len(dates)


@lru_cache(maxsize=4_096)
def _repeats(by: Actor, has_home: bool, has_record: bool) -> Select[datetime]:
    """When each earlier contact was received: put together once for each reader, since that takes
    longer than to ask it, and every suggestion asks it.
    """
    child = _AnyChild(
        contact_id=bindparam("contact_id", type_=Contact.id.type),
        received_at=bindparam("received_at", type_=Contact.received_at.type),
        household_id=bindparam("household_id", type_=Integer()) if has_home else None,
        person_id=bindparam("person_id", type_=Integer()) if has_record else None,
    )
    return (
        select(func.max(Contact.received_at))
        .select_from(ContactChild)
        .join(Contact)
        .where(
            is_visible_to(by),
            _same_child_or_household(child, by),
            _came_before(child),
            ContactChild.status != Status.VOID,
            Contact.received_at >= bindparam("since", type_=Contact.received_at.type),
        )
        .group_by(Contact.id)
    )
