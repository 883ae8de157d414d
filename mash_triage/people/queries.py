"""Who may open whose record."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, and_, func, not_, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from mash_triage.access.actor import Actor
from mash_triage.access.models import Agency, UserAccount
from mash_triage.access.roles import PERMISSIONS, Permission, Role
from mash_triage.errors import NotFound
from mash_triage.people.identifiers import show_postcode
from mash_triage.people.models import (
    Person,
    PersonAddress,
    PersonAlias,
    Relationship,
    Restriction,
    RestrictionReader,
)

MOST_OF_A_HOME = 20  # a refuge or hostel has more, who say nothing of this child
AT_THE_FRONT_DOOR = tuple(
    role for role, may in PERMISSIONS.items() if Permission.SEE_FRONT_DOOR in may
)


def may_open_person(
    person_id: InstrumentedAttribute[int] | InstrumentedAttribute[int | None], by: Actor
) -> ColumnElement[bool]:
    """The condition that a person's record is open to this person: not restricted, or named."""
    if by.may_everything:
        return true()
    return or_(person_id.is_(None), person_id.not_in(_closed_to(by)))


@lru_cache(maxsize=4_096)
def _closed_to(by: Actor) -> ScalarSelect[int]:
    named = select(RestrictionReader.restriction_id).where(RestrictionReader.user_id == by.user_id)
    return (
        select(Restriction.person_id)
        .where(
            and_(
                Restriction.lifted_at.is_(None),
                not_(Restriction.of_name),
                Restriction.id.not_in(named),
            )
        )
        .scalar_subquery()
    )


def may_open_name(
    restriction_id: InstrumentedAttribute[UUID] | InstrumentedAttribute[UUID | None], by: Actor
) -> ColumnElement[bool]:
    """The condition that a former name may be known to this person: not restricted, or named."""
    if by.may_everything:
        return true()
    return or_(restriction_id.is_(None), restriction_id.not_in(_names_closed_to(by)))


@lru_cache(maxsize=4_096)
def _names_closed_to(by: Actor) -> ScalarSelect[UUID]:
    named = select(RestrictionReader.restriction_id).where(RestrictionReader.user_id == by.user_id)
    return (
        select(Restriction.id)
        .where(Restriction.lifted_at.is_(None), Restriction.of_name, Restriction.id.not_in(named))
        .scalar_subquery()
    )


def fetch_person(session: Session, person_id: int, *, by: Actor) -> Person:
    """One person's record as a live row, if this person may open it."""
    by.require(Permission.SEE_FRONT_DOOR)
    person = session.scalars(
        select(Person).where(Person.id == person_id, may_open_person(Person.id, by))
    ).first()
    if person is None:
        raise NotFound()
    return person


def is_decider() -> ColumnElement[bool]:
    """The condition on `user_account`: a qualified manager who can sign in."""
    open_agencies = select(Agency.id).where(Agency.closed_at.is_(None))
    return and_(
        UserAccount.role == Role.MANAGER,
        UserAccount.qualified,
        UserAccount.deactivated_at.is_(None),
        UserAccount.agency_id.in_(open_agencies),
    )


def has_no_decider() -> ColumnElement[bool]:
    """The condition on `restriction`: in force, and none of its readers can decide any more."""
    decider = (
        select(RestrictionReader.user_id)
        .join(UserAccount, UserAccount.id == RestrictionReader.user_id)
        .where(RestrictionReader.restriction_id == Restriction.id, is_decider())
    )
    return and_(Restriction.lifted_at.is_(None), ~decider.exists())


def closed_to_all_deciders(session: Session, *, by: Actor) -> int:
    """How many restricted records no qualified manager can open, because those named have left or
    changed their role. A count only: whose they are, only a reader may know.
    """
    by.require(Permission.DECIDE_CONTACT)
    return session.scalar(select(func.count(Restriction.id)).where(has_no_decider())) or 0


def deciders(session: Session, *, by: Actor) -> dict[UUID, str]:
    """The qualified managers who can sign in, by name."""
    by.require(Permission.SEE_FRONT_DOOR)
    rows = session.execute(
        select(UserAccount.id, UserAccount.name).where(is_decider()).order_by(UserAccount.name)
    )
    return {row.id: row.name for row in rows}


@dataclass(frozen=True)
class Related:
    """Somebody beside a person: how they are related (empty for a shared home), name, birth."""

    kind: str
    name: str
    dob: date | None


@dataclass(frozen=True)
class PersonRecord:
    """What is on record of one person: names, homes, numbers, and who belongs to them.

    Addresses are (words, is current), the current one first.
    """

    id: int
    ref: UUID
    name: str
    other_names: tuple[str, ...]
    dob: date | None
    dob_quality: str
    expected_date: date | None
    sex: str
    nhs_number: str | None
    upn: str | None
    register_id: str | None
    household_id: int | None
    addresses: tuple[tuple[str, bool], ...]
    related: tuple[Related, ...]
    household: tuple[Related, ...]


def name_on_record(given: str | None, family: str | None) -> str:
    """A person's name as shown; one word only is a name too."""
    return " ".join(part for part in (given, family) if part) or "No name recorded"


def record_of_person(session: Session, person_id: int, *, by: Actor) -> PersonRecord:
    """One person's record with family and household, of whom those closed to the reader are not
    there.
    """
    person = fetch_person(session, person_id, by=by)
    aliases = session.scalars(select(PersonAlias).where(PersonAlias.person_id == person.id))
    homes = session.scalars(
        select(PersonAddress)
        .where(PersonAddress.person_id == person.id)
        .order_by(PersonAddress.is_current.desc(), PersonAddress.id)
    )
    related = _related(session, person, by=by)
    return PersonRecord(
        id=person.id,
        ref=person.ref,
        name=name_on_record(person.given_names, person.family_name),
        other_names=tuple(name_on_record(a.given_names, a.family_name) for a in aliases),
        dob=person.dob,
        dob_quality=person.dob_quality,
        expected_date=person.expected_date,
        sex=person.sex,
        nhs_number=person.nhs_number,
        upn=person.upn,
        register_id=person.register_id,
        household_id=person.household_id,
        addresses=tuple(
            (
                ", ".join(
                    part for part in (home.address_line, show_postcode(home.postcode)) if part
                ),
                home.is_current,
            )
            for home in homes
        ),
        related=related,
        household=_same_home(session, person, by=by),
    )


def _related(session: Session, person: Person, *, by: Actor) -> tuple[Related, ...]:
    rows = session.execute(
        select(Relationship.kind, Person)
        .join(Person, Person.id == Relationship.other_id)
        .where(Relationship.person_id == person.id, may_open_person(Person.id, by))
        .order_by(Relationship.id)
    )
    return tuple(
        Related(kind, name_on_record(other.given_names, other.family_name), other.dob)
        for kind, other in rows
    )


def _same_home(session: Session, person: Person, *, by: Actor) -> tuple[Related, ...]:
    if person.household_id is None:
        return ()
    rows = session.scalars(
        select(Person)
        .where(
            Person.household_id == person.household_id,
            Person.id != person.id,
            may_open_person(Person.id, by),
        )
        .order_by(Person.dob, Person.id)
        .limit(MOST_OF_A_HOME)
    )
    return tuple(Related("", name_on_record(r.given_names, r.family_name), r.dob) for r in rows)
