"""A named person says who a reported child is; nothing is ever linked by the service itself."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.contacts.models import Contact, ContactChild
from mash_triage.contacts.queries import fetch_child
from mash_triage.contacts.status import UNDECIDED, Status
from mash_triage.errors import Changed, NotFound, NotReady
from mash_triage.matching.actions.suggest import sha_of
from mash_triage.matching.compare import levels_of, stored
from mash_triage.matching.index import identities
from mash_triage.matching.models import MatchDecision
from mash_triage.matching.queries import identity_of_child
from mash_triage.matching.weights import HAND_SET
from mash_triage.people.models import Person
from mash_triage.people.queries import fetch_person
from mash_triage.text import storable


def confirm_match(
    session: Session,
    contact_child_id: UUID,
    person_id: int,
    *,
    reason: str = "",
    by: Actor,
    at: datetime,
) -> None:
    """ "This child": the reported child is this person, says a named worker."""
    child = child_to_match(session, contact_child_id, by=by)
    person = fetch_person(session, person_id, by=by)
    _check_nobody_else_is(session, child, person)
    record_answer(session, child, person, "same", reason, by=by, at=at)
    child.person_id, child.household_id = person.id, person.household_id
    trail.record(
        session, AuditKind.MATCH_CONFIRMED, about=child.id, by=by, at=at, person=person.ref
    )


def reject_match(
    session: Session,
    contact_child_id: UUID,
    person_id: int,
    *,
    reason: str = "",
    by: Actor,
    at: datetime,
) -> None:
    """ "Not this child": remembered, so that nobody has to answer it again."""
    by.require(Permission.SCREEN_CONTACT)
    child = fetch_child(session, contact_child_id, by=by, to_change=True)
    person = fetch_person(session, person_id, by=by)
    if child.person_id == person.id:
        raise NotReady("This child is linked to that record. Undo the link first.")
    record_answer(session, child, person, "different", reason, by=by, at=at)
    trail.record(session, AuditKind.MATCH_REJECTED, about=child.id, by=by, at=at, person=person.ref)


def undo_match(
    session: Session, contact_child_id: UUID, *, because: str, by: Actor, at: datetime
) -> None:
    """Take a link back, with a reason; the answer stays on record as undone."""
    by.require(Permission.SCREEN_CONTACT)
    child = fetch_child(session, contact_child_id, by=by, to_change=True)
    _check_undecided(child)
    if not because.strip():
        raise NotReady("Say why the link is undone.")
    link = session.scalars(
        select(MatchDecision).where(
            MatchDecision.contact_child_id == child.id,
            MatchDecision.answer.in_(("same", "new")),
            MatchDecision.undone_at.is_(None),
        )
    ).first()
    if link is None:
        raise NotFound("There is no link to undo.")
    link.undone_by, link.undone_at, link.undone_because = by.user_id, at, storable(because.strip())
    child.person_id = child.household_id = None
    trail.record(session, AuditKind.MATCH_UNDONE, about=child.id, by=by, at=at, answer=link.answer)


def child_to_match(session: Session, contact_child_id: UUID, *, by: Actor) -> ContactChild:
    by.require(Permission.SCREEN_CONTACT)
    child = fetch_child(session, contact_child_id, by=by, to_change=True)
    if child.person_id is not None:
        raise Changed("This child is linked already. Undo the link first, with a reason.")
    _check_undecided(child)
    return child


def _check_nobody_else_is(session: Session, child: ContactChild, person: Person) -> None:
    """Two children on one contact are two people. The contact is held, so that of two colleagues
    who link both at once the second is refused.
    """
    session.execute(select(Contact.id).where(Contact.id == child.contact_id).with_for_update())
    other = session.scalars(
        select(ContactChild.id).where(
            ContactChild.contact_id == child.contact_id,
            ContactChild.id != child.id,
            ContactChild.person_id == person.id,
        )
    ).first()
    if other is not None:
        raise NotReady(
            "Another child on this contact is linked to that record. "
            "Say who each of the two is, or undo the other link first."
        )


def _check_undecided(child: ContactChild) -> None:
    if Status(child.status) not in UNDECIDED:
        raise NotReady("This child was decided already; who the child is can no longer change.")


def record_answer(
    session: Session,
    child: ContactChild,
    person: Person,
    answer: str,
    reason: str,
    *,
    by: Actor,
    at: datetime,
) -> None:
    known = dict(identities(session, [person.id])).get(person.id)
    levels = stored(levels_of(identity_of_child(child), known)) if known else []
    session.add(
        MatchDecision(
            id=uuid4(),
            contact_child_id=child.id,
            person_id=person.id,
            answer=answer,
            reason=storable(reason.strip()),
            levels=levels,
            model_sha256=sha_of(HAND_SET.name),
            decided_by=by.user_id,
            decided_at=at,
        )
    )
