"""Who may open whose record."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, and_, func, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from mash_triage.access.actor import Actor
from mash_triage.access.models import Agency, UserAccount
from mash_triage.access.roles import PERMISSIONS, Permission, Role
from mash_triage.errors import NotFound
from mash_triage.people.models import Person, Restriction, RestrictionReader

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
        .where(and_(Restriction.lifted_at.is_(None), Restriction.id.not_in(named)))
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
class RestrictionPicture:
    """Why a record is restricted, until when, and who may open it."""

    reason: str
    review_on: date
    readers: tuple[str, ...]


def restriction_of(session: Session, person_id: int, *, by: Actor) -> RestrictionPicture | None:
    """The restriction in force on a record that this person may open."""
    fetch_person(session, person_id, by=by)
    row = session.scalars(
        select(Restriction).where(
            Restriction.person_id == person_id, Restriction.lifted_at.is_(None)
        )
    ).first()
    if row is None:
        return None
    readers = session.scalars(
        select(UserAccount.name)
        .join(RestrictionReader, RestrictionReader.user_id == UserAccount.id)
        .where(RestrictionReader.restriction_id == row.id)
        .order_by(UserAccount.name)
    )
    return RestrictionPicture(row.reason, row.review_on, tuple(readers))


def may_be_readers(session: Session, *, by: Actor) -> list[tuple[UUID, str]]:
    """Colleagues at the front door who could be named to open a restricted record."""
    by.require(Permission.SEE_FRONT_DOOR)
    rows = session.execute(
        select(UserAccount.id, UserAccount.name)
        .where(UserAccount.role.in_(AT_THE_FRONT_DOOR), UserAccount.deactivated_at.is_(None))
        .order_by(UserAccount.name)
    )
    return [(row.id, row.name) for row in rows]
