"""Linking two records of one child, and unlinking them: neither is ever changed or removed."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.contacts.families import check_knows_no_record
from mash_triage.errors import Changed, NotFound, NotReady
from mash_triage.matching.actions.answer import mark_undone
from mash_triage.people.models import Person, PersonLink
from mash_triage.people.queries import fetch_person
from mash_triage.text import storable


def link_records(
    session: Session, one_id: int, other_id: int, *, reason: str, by: Actor, at: datetime
) -> PersonLink:
    """Two records are of one child, says a named person. Both stay as they are."""
    by.require(Permission.LINK_RECORDS)
    if one_id == other_id:
        raise NotReady("A record cannot be linked to itself.")
    one, other = (fetch_person(session, each, by=by) for each in sorted((one_id, other_id)))
    check_knows_no_record(session, (one.id, other.id), by=by)
    if not reason.strip():
        raise NotReady("Say how you know that these two records are of one child.")
    # Both records are held, so that of two colleagues who link them at once the second is refused.
    session.execute(
        select(Person.id).where(Person.id.in_((one.id, other.id))).order_by(Person.id)
        .with_for_update()
    )  # fmt: skip
    if _link_between(session, one.id, other.id):
        raise Changed("These two records are linked already.")
    link = PersonLink(
        person_id=one.id,
        other_id=other.id,
        reason=storable(reason.strip()),
        linked_by=by.user_id,
        linked_at=at,
    )
    session.add(link)
    session.flush()  # the answer that it came from needs its id
    trail.record(session, AuditKind.RECORDS_LINKED, about=one.ref, by=by, at=at, other=other.ref)
    return link


def unlink_records(
    session: Session, one_id: int, other_id: int, *, because: str, by: Actor, at: datetime
) -> None:
    """Take a link back, with a reason; that it was there stays on record."""
    by.require(Permission.LINK_RECORDS)
    one, other = (fetch_person(session, each, by=by) for each in sorted((one_id, other_id)))
    check_knows_no_record(session, (one.id, other.id), by=by)
    if not because.strip():
        raise NotReady("Say why the two records are no longer linked.")
    link = _link_between(session, one.id, other.id)
    if link is None:
        raise NotFound("These two records are not linked.")
    mark_undone(link, because, by=by, at=at)
    trail.record(session, AuditKind.RECORDS_UNLINKED, about=one.ref, by=by, at=at, other=other.ref)


def _link_between(session: Session, smaller: int, larger: int) -> PersonLink | None:
    return session.scalars(
        select(PersonLink)
        .where(
            PersonLink.person_id == smaller,
            PersonLink.other_id == larger,
            PersonLink.undone_at.is_(None),
        )
        .with_for_update()
    ).first()
