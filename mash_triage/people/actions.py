"""Restricting a person's record, and lifting the restriction."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.models import UserAccount
from mash_triage.access.roles import Permission, Role
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.clocks.working_days import london_day
from mash_triage.errors import NotReady
from mash_triage.people.models import Restriction, RestrictionReader
from mash_triage.people.queries import AT_THE_FRONT_DOOR, fetch_person
from mash_triage.text import storable


def restrict_person(
    session: Session,
    person_id: int,
    *,
    reason: str,
    review_on: date,
    readers: Collection[UUID],
    by: Actor,
    at: datetime,
) -> Restriction:
    """Restrict a record: why, until when it is reviewed, and who may open it all the same.

    At least one qualified manager must be among those named, so that the child's contacts can
    still be decided.
    """
    by.require(Permission.RESTRICT_PERSON)
    person = fetch_person(session, person_id, by=by)
    if not reason.strip():
        raise NotReady("Say why this record is restricted.")
    if review_on <= london_day(at):
        raise NotReady("Choose a review date after today.")
    if person.restricted:
        raise NotReady("This record is restricted already.")
    _check_readers(session, readers)

    restriction = Restriction(
        person_id=person.id,
        reason=storable(reason.strip()),
        review_on=review_on,
        restricted_by=by.user_id,
        restricted_at=at,
    )
    session.add(restriction)
    session.flush()  # the readers need its id
    session.add_all(
        RestrictionReader(restriction_id=restriction.id, user_id=reader) for reader in set(readers)
    )
    person.restricted = True
    trail.record(
        session,
        AuditKind.PERSON_RESTRICTED,
        about=person.ref,
        by=by,
        at=at,
        readers=sorted(map(str, set(readers))),
        review_on=review_on,
    )
    return restriction


def _check_readers(session: Session, readers: Collection[UUID]) -> None:
    named = session.execute(
        select(UserAccount.id, UserAccount.role, UserAccount.qualified).where(
            UserAccount.id.in_(readers),
            UserAccount.role.in_(AT_THE_FRONT_DOOR),
            UserAccount.deactivated_at.is_(None),
        )
    ).all()
    if {row.id for row in named} != set(readers):
        raise NotReady("Name only colleagues at the front door whose accounts are open.")
    if not any(row.role == Role.MANAGER and row.qualified for row in named):
        raise NotReady(
            "Name at least one qualified manager who may open the record, "
            "so that somebody can decide for this child."
        )


def lift_restriction(
    session: Session, person_id: int, *, because: str, by: Actor, at: datetime
) -> None:
    """Open the record again to everybody at the front door, with the reason kept."""
    by.require(Permission.RESTRICT_PERSON)
    person = fetch_person(session, person_id, by=by)
    if not because.strip():
        raise NotReady("Say why the restriction is lifted.")
    for restriction in session.scalars(
        select(Restriction).where(
            Restriction.person_id == person.id, Restriction.lifted_at.is_(None)
        )
    ):
        restriction.lifted_by, restriction.lifted_at = by.user_id, at
        restriction.lifted_because = storable(because.strip())
    person.restricted = False
    trail.record(session, AuditKind.PERSON_RELEASED, about=person.ref, by=by, at=at)
