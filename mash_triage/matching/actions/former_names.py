"""A manager restricts a name that a child no longer bears, and lifts that again."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.contacts.families import check_knows_no_record
from mash_triage.contacts.models import ContactChild
from mash_triage.errors import NotFound, NotReady
from mash_triage.matching.filing import index_children
from mash_triage.matching.former_names import former_name_on, holds, take_out_names, written_as
from mash_triage.matching.identity import name
from mash_triage.matching.index import identities
from mash_triage.people.actions import check_restriction, name_readers
from mash_triage.people.models import Person, PersonAlias, Restriction
from mash_triage.people.queries import fetch_person, may_open_name
from mash_triage.text import storable


def restrict_name(
    session: Session,
    person_id: int,
    given_names: str,
    family_name: str,
    *,
    reason: str,
    review_on: date,
    readers: Collection[UUID],
    by: Actor,
    at: datetime,
) -> Restriction:
    """Restrict a name that the child no longer bears: only those named may know it and find the
    child by it. Contacts that came under it are seen by them alone; the record stays open.
    """
    by.require(Permission.RESTRICT_PERSON)
    person = fetch_person(session, person_id, by=by)
    check_restriction(session, reason, review_on, readers, at=at)
    former = name(given_names, family_name)
    if not (former.given or former.family):
        raise NotReady("Write the name that is restricted.")
    if holds(name(person.given_names or "", person.family_name or ""), former):
        raise NotReady("The record bears that name now. Restrict the record, or change it first.")

    restriction = Restriction(
        person_id=person.id,
        of_name=True,
        given_names=storable(given_names.strip()) or None,
        family_name=storable(family_name.strip()) or None,
        reason=storable(reason.strip()),
        review_on=review_on,
        restricted_by=by.user_id,
        restricted_at=at,
    )
    name_readers(session, restriction, readers)
    take_out_names(session, [restriction])
    for child in _children_of(session, person.id):
        child.restricted_name_id = former_name_on(session, child, person.id)
    trail.record(
        session,
        AuditKind.NAME_RESTRICTED,
        about=person.ref,
        by=by,
        at=at,
        readers=sorted(map(str, set(readers))),
        review_on=review_on,
    )
    return restriction


def lift_name_restriction(
    session: Session, restriction_id: UUID, *, because: str, by: Actor, at: datetime
) -> None:
    """Let everybody at the front door know the name again, with the reason kept; whoever may not
    know the name cannot lift it.
    """
    by.require(Permission.RESTRICT_PERSON)
    restriction = session.scalars(
        select(Restriction).where(
            Restriction.id == restriction_id,
            Restriction.of_name,
            Restriction.lifted_at.is_(None),
            may_open_name(Restriction.id, by),
        )
    ).first()
    if restriction is None:
        raise NotFound()
    person = fetch_person(session, restriction.person_id, by=by)
    check_knows_no_record(session, [person.id], by=by)
    if not because.strip():
        raise NotReady("Say why the name is no longer restricted.")

    restriction.lifted_by, restriction.lifted_at = by.user_id, at
    restriction.lifted_because = storable(because.strip())
    _put_back(session, person, restriction)
    session.flush()  # which other names are restricted is read anew
    for child in _children_of(session, person.id):
        child.restricted_name_id = former_name_on(session, child, person.id)
    trail.record(session, AuditKind.NAME_RELEASED, about=person.ref, by=by, at=at)


def _put_back(session: Session, person: Person, restriction: Restriction) -> None:
    session.add(
        PersonAlias(
            person_id=person.id,
            given_names=restriction.given_names,
            family_name=restriction.family_name,
        )
    )
    for person_id, known in identities(session, [person.id]):
        aliases = (*known.aliases, written_as(restriction))
        index_children(session, [(person_id, replace(known, aliases=aliases))])


def _children_of(session: Session, person_id: int) -> list[ContactChild]:
    """Every contact about this record, also those that came under a restricted name."""
    return list(session.scalars(select(ContactChild).where(ContactChild.person_id == person_id)))
