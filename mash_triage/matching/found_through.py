"""Children, earlier contacts and warnings found through a child's family: the adults whom somebody
confirmed, the address, and the household on record.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.models import Agency
from mash_triage.access.roles import Permission
from mash_triage.contacts.history import MOST_SHOWN, adults_who_live_with, contacts_naming
from mash_triage.contacts.models import Contact, ContactAdult, ContactChild
from mash_triage.contacts.queries import fetch_child, is_visible_to, reported_name
from mash_triage.contacts.seen import contact_seen
from mash_triage.matching.household import addresses_said, family_homes, homes_at
from mash_triage.people.links import records_of_child
from mash_triage.people.models import Person, Relationship
from mash_triage.people.queries import may_open_person, name_on_record

HOUSEHOLD, ADDRESS = "the same household on record", "the reported address"
FROM_FAMILY = frozenset({"1A", "1B", "1C", "1D"})  # CIN census: individuals, not professionals


@dataclass(frozen=True)
class FoundChild:
    """A child on record of the same family, and through what."""

    person_id: int
    name: str
    dob: date | None
    through: tuple[str, ...]


@dataclass(frozen=True)
class FoundContact:
    """An earlier contact about somebody of the same family, and through what it was found."""

    contact_child_id: UUID
    reference: str
    name: str
    received_at: datetime
    main_concern: str
    agency_name: str
    from_family: bool
    through: tuple[str, ...]


@dataclass(frozen=True)
class FamilyWarning:
    """What an earlier contact of the family warns of, in words; for the page to put beside it."""

    contact_child_id: UUID
    reference: str
    received_at: datetime
    words: str


@dataclass(frozen=True)
class FoundThroughHousehold:
    """All that was found; empty where nothing was, or nothing that this person may see."""

    children: tuple[FoundChild, ...]
    contacts: tuple[FoundContact, ...]
    warnings: tuple[FamilyWarning, ...]


@dataclass(frozen=True)
class _Ways:
    """What leads from a child to the family: homes, and adults by record with their names."""

    household: set[int]
    address: set[int]
    adults: dict[int, str]
    adult_homes: dict[int, set[str]]

    @property
    def homes(self) -> set[int]:
        return self.household | self.address | self.adult_homes.keys()

    def of_home(self, home: int | None) -> list[str]:
        """The words for what led to this home."""
        if home is None:
            return []
        words = [HOUSEHOLD] if home in self.household else []
        words += [ADDRESS] if home in self.address else []
        return words + sorted(self.adult_homes.get(home, ()))


def found_through_household(
    session: Session, contact_child_id: UUID, *, by: Actor
) -> FoundThroughHousehold:
    """What is known of this child's family beside the child; restricted records are not there."""
    by.require(Permission.SEE_FRONT_DOOR)
    child = fetch_child(session, contact_child_id, by=by)
    ways = _ways(session, child, by=by)
    if not ways.homes and not ways.adults:
        return FoundThroughHousehold((), (), ())
    children = _children(session, child, ways, by=by)
    found = _contacts(session, child, ways, {each.person_id: each for each in children}, by=by)
    return FoundThroughHousehold(
        children=tuple(children),
        contacts=tuple(each for each, _ in found),
        warnings=tuple(warning for _, warnings in found for warning in warnings),
    )


def _ways(session: Session, child: ContactChild, *, by: Actor) -> _Ways:
    seen = contact_seen(session, child.contact, by=by)
    rows = session.scalars(
        select(Person).where(Person.id.in_(adults_who_live_with(child.contact_id, by)))
    ).all()
    names = {row.id: name_on_record(row.given_names, row.family_name) for row in rows}
    living = {row.household_id for row in rows if row.household_id is not None}
    kept = family_homes(session, living, by=by)
    adult_homes: dict[int, set[str]] = {}
    for row in rows:
        if row.household_id is not None and row.household_id in kept:
            adult_homes.setdefault(row.household_id, set()).add(names[row.id])
    own = {child.household_id} if child.household_id is not None else set()
    return _Ways(
        household=family_homes(session, own, by=by),
        address=homes_at(session, addresses_said(seen), by=by),
        adults=names,
        adult_homes=adult_homes,
    )


def _children(session: Session, child: ContactChild, ways: _Ways, *, by: Actor) -> list[FoundChild]:
    """Children of these homes, and those on whose record one of these adults is the mother."""
    mother_of: dict[int, set[str]] = {}
    for row in session.execute(
        select(Relationship.person_id, Relationship.other_id).where(
            Relationship.other_id.in_(ways.adults)
        )
    ):
        mother_of.setdefault(row.person_id, set()).add(ways.adults[row.other_id])
    wanted = and_(
        Person.kind == "child",
        or_(Person.household_id.in_(ways.homes), Person.id.in_(mother_of)),
        may_open_person(Person.id, by),
    )
    if child.person_id is not None:
        wanted = and_(wanted, Person.id.not_in(records_of_child(child.person_id, by)))
    rows = session.scalars(
        select(Person).where(wanted).order_by(Person.dob, Person.id).limit(MOST_SHOWN)
    )
    return [
        FoundChild(
            person_id=row.id,
            name=name_on_record(row.given_names, row.family_name),
            dob=row.dob,
            through=tuple(
                dict.fromkeys([*ways.of_home(row.household_id), *sorted(mother_of.get(row.id, ()))])
            ),
        )
        for row in rows
    ]


def _contacts(
    session: Session,
    child: ContactChild,
    ways: _Ways,
    children: dict[int, FoundChild],
    *,
    by: Actor,
) -> list[tuple[FoundContact, list[FamilyWarning]]]:
    naming = _named_on(session, ways.adults, by=by)
    rows = session.execute(
        select(ContactChild, Contact, Agency.name)
        .join(Contact, Contact.id == ContactChild.contact_id)
        .join(Agency, Agency.id == Contact.agency_id)
        .where(
            is_visible_to(by),
            Contact.id != child.contact_id,
            Contact.received_at <= child.received_at,
            _of_family(ways, naming, children),
        )
        .order_by(Contact.received_at.desc(), ContactChild.id)
        .limit(MOST_SHOWN)
    )
    found = []
    for row, contact, agency in rows:
        about = children.get(row.person_id) if row.person_id is not None else None
        through = [
            *(ways.adults[adult] for adult, _ in naming.get(contact.id, ())),
            *ways.of_home(row.household_id),
            *(about.through if about else ()),
        ]
        seen = FoundContact(
            contact_child_id=row.id,
            reference=contact.reference,
            name=reported_name(
                row.reported_given_names, row.reported_family_name, unborn=row.reported_unborn
            ),
            received_at=contact.received_at,
            main_concern=contact.main_concern,
            agency_name=agency,
            from_family=contact.source_code in FROM_FAMILY,
            through=tuple(dict.fromkeys(through)),
        )
        worried = [
            ways.adults[adult]
            for adult, position in naming.get(contact.id, ())
            if _is_worry(contact, position)
        ]
        found.append((seen, _warnings(seen, row, contact, worried)))
    return found


def _of_family(
    ways: _Ways, naming: Collection[UUID], children: Collection[int]
) -> ColumnElement[bool]:
    return or_(
        ContactChild.contact_id.in_(naming),
        ContactChild.household_id.in_(ways.homes),
        ContactChild.person_id.in_(children),
    )


def _named_on(
    session: Session, adults: Collection[int], *, by: Actor
) -> dict[UUID, list[tuple[int, int]]]:
    """On which contacts these adults are named: (record, place in the household) by contact."""
    known = select(Person.id).where(Person.id.in_(adults))
    rows = session.execute(
        select(ContactAdult.contact_id, ContactAdult.person_id, ContactAdult.position)
        .where(
            ContactAdult.contact_id.in_(contacts_naming(known, by)),
            ContactAdult.person_id.in_(adults),
        )
        .order_by(ContactAdult.position)
    )
    found: dict[UUID, list[tuple[int, int]]] = {}
    for row in rows:
        found.setdefault(row.contact_id, []).append((row.person_id, row.position))
    return found


def _is_worry(contact: Contact, position: int) -> bool:
    household = contact.submission.get("household", ())
    return position < len(household) and household[position].get("worry_about_them") == "yes"


def _warnings(
    seen: FoundContact, row: ContactChild, contact: Contact, worried: list[str]
) -> list[FamilyWarning]:
    words = [f"There was a worry about {name}." for name in worried]
    if contact.in_danger_now == "yes":
        words.append("Somebody was reported to be in danger.")
    if row.rag == "red":
        words.append("This child was rated red.")
    return [
        FamilyWarning(seen.contact_child_id, seen.reference, seen.received_at, each)
        for each in words
    ]
