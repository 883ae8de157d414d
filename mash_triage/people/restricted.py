"""How a person's record is restricted, and was: why, by whom, and who may open it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import not_, select
from sqlalchemy.orm import Session, aliased

from mash_triage.access.actor import Actor
from mash_triage.access.models import UserAccount
from mash_triage.access.roles import Permission
from mash_triage.people.models import Restriction, RestrictionReader
from mash_triage.people.queries import AT_THE_FRONT_DOOR, fetch_person


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
            Restriction.person_id == person_id,
            Restriction.lifted_at.is_(None),
            not_(Restriction.of_name),
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


@dataclass(frozen=True)
class LiftedPicture:
    """A restriction that a record once had: why, by whom and when; and the same of its end."""

    reason: str
    restricted_by: str
    restricted_at: datetime
    lifted_by: str
    lifted_at: datetime
    because: str


def lifted_restrictions(session: Session, person_id: int, *, by: Actor) -> list[LiftedPicture]:
    """The restrictions that a record had and has no more, the newest first, for those who restrict;
    not those of a former name.
    """
    by.require(Permission.RESTRICT_PERSON)
    fetch_person(session, person_id, by=by)
    restricter, lifter, row = aliased(UserAccount), aliased(UserAccount), Restriction
    rows = session.execute(
        select(row.reason, restricter.name, row.restricted_at)
        .add_columns(lifter.name, row.lifted_at, row.lifted_because)
        .join(restricter, restricter.id == row.restricted_by)
        .join(lifter, lifter.id == row.lifted_by)
        .where(row.person_id == person_id, not_(row.of_name))
        .order_by(row.lifted_at.desc())
    )
    return [LiftedPicture(*each) for each in rows]


def may_be_readers(session: Session, *, by: Actor) -> list[tuple[UUID, str]]:
    """Colleagues at the front door who could be named to open a restricted record."""
    by.require(Permission.SEE_FRONT_DOOR)
    rows = session.execute(
        select(UserAccount.id, UserAccount.name)
        .where(UserAccount.role.in_(AT_THE_FRONT_DOOR), UserAccount.deactivated_at.is_(None))
        .order_by(UserAccount.name)
    )
    return [(row.id, row.name) for row in rows]
