"""Restricting a person's record, and lifting the restriction."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import not_, select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.models import UserAccount
from mash_triage.access.roles import Permission
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.clocks.working_days import london_day
from mash_triage.errors import NotReady
from mash_triage.people.models import Person, Restriction, RestrictionReader
from mash_triage.people.queries import AT_THE_FRONT_DOOR, fetch_person, has_no_decider, is_decider
from mash_triage.text import storable

DECIDERS_NAMED = 2  # one alone may be away, or have screened the child


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

    At least two qualified managers must be among those named (one, where there is no second), so
    that the child's contacts can still be decided when one is away or leaves.
    """
    by.require(Permission.RESTRICT_PERSON)
    person = fetch_person(session, person_id, by=by)
    check_restriction(session, reason, review_on, readers, at=at)
    if person.restricted:
        raise NotReady("This record is restricted already.")

    restriction = Restriction(
        person_id=person.id,
        reason=storable(reason.strip()),
        review_on=review_on,
        restricted_by=by.user_id,
        restricted_at=at,
    )
    name_readers(session, restriction, readers)
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


def check_restriction(
    session: Session, reason: str, review_on: date, readers: Collection[UUID], *, at: datetime
) -> None:
    """What every restriction needs: a reason, a day on which it is reviewed, and its readers."""
    if not reason.strip():
        raise NotReady("Say why this is restricted.")
    if review_on <= london_day(at):
        raise NotReady("Choose a review date after today.")
    _check_readers(session, readers)


def name_readers(session: Session, restriction: Restriction, readers: Collection[UUID]) -> None:
    """Store a new restriction with those who may open what it restricts."""
    session.add(restriction)
    session.flush()  # the readers need its id
    session.add_all(
        RestrictionReader(restriction_id=restriction.id, user_id=reader) for reader in set(readers)
    )


def _check_readers(session: Session, readers: Collection[UUID]) -> None:
    named = session.scalars(
        select(UserAccount.id).where(
            UserAccount.id.in_(readers),
            UserAccount.role.in_(AT_THE_FRONT_DOOR),
            UserAccount.deactivated_at.is_(None),
        )
    )
    if set(named) != set(readers):
        raise NotReady("Name only colleagues at the front door whose accounts are open.")
    in_service = set(session.scalars(select(UserAccount.id).where(is_decider())))
    needed = min(DECIDERS_NAMED, max(len(in_service), 1))
    if len(in_service & set(readers)) < needed:
        how_many = "two qualified managers" if needed > 1 else "one qualified manager"
        raise NotReady(
            f"Name at least {how_many} who may open the record, "
            "so that somebody can always decide for this child."
        )


def name_reader(session: Session, user_id: UUID, because: str, *, by: Actor, at: datetime) -> int:
    """Name a qualified manager, herself or another, to open every restricted record that no
    qualified manager can open any more; how many there were. It opens no other record.

    The reason is kept with the restriction, and each record has its line on the trail.
    """
    by.require(Permission.DECIDE_CONTACT)
    if not because.strip():
        raise NotReady("Say why a manager is named now.")
    named = session.scalars(select(UserAccount).where(UserAccount.id == user_id, is_decider()))
    reader = named.first()
    if reader is None:
        raise NotReady("Name a qualified manager whose account is open.")
    session.scalars(select(Restriction.id).where(has_no_decider()).with_for_update()).all()
    closed = session.execute(
        select(Restriction, Person.ref)
        .join(Person, Person.id == Restriction.person_id)
        .where(has_no_decider())
    ).all()
    if not closed:
        raise NotReady("Every restricted record can be opened by a qualified manager now.")

    why = f"{reader.name} was named by {by.name}: {storable(because.strip())}"
    for restriction, ref in closed:
        restriction.reason = f"{restriction.reason}\n{why}"
        session.add(RestrictionReader(restriction_id=restriction.id, user_id=reader.id))
        trail.record(
            session,
            AuditKind.PERSON_RESTRICTED,
            about=ref,
            by=by,
            at=at,
            named=reader.id,
            because="no qualified reader",
        )
    return len(closed)


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
            Restriction.person_id == person.id,
            Restriction.lifted_at.is_(None),
            not_(Restriction.of_name),
        )
    ):
        restriction.lifted_by, restriction.lifted_at = by.user_id, at
        restriction.lifted_because = storable(because.strip())
    person.restricted = False
    trail.record(session, AuditKind.PERSON_RELEASED, about=person.ref, by=by, at=at)
