"""A named person says who a reported child is; nothing is ever linked by the service itself."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.contacts.families import check_knows_not_family
from mash_triage.contacts.models import Contact, ContactChild
from mash_triage.contacts.queries import fetch_child
from mash_triage.contacts.status import UNDECIDED, Status
from mash_triage.errors import Changed, NotFound, NotReady
from mash_triage.matching.compare import levels_of, stored
from mash_triage.matching.former_names import former_name_on
from mash_triage.matching.index import identities
from mash_triage.matching.models import (
    LINKING,
    AdultDecision,
    DuplicateAnswer,
    LinkReview,
    MatchDecision,
)
from mash_triage.matching.queries import identity_of_child
from mash_triage.matching.weights import shipped_weights
from mash_triage.people.models import Person, PersonLink
from mash_triage.people.queries import fetch_person
from mash_triage.text import storable

ANSWERED_AGAIN = "Answered again"


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
    child.restricted_name_id = former_name_on(session, child, person.id)
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
    child, person = _to_answer(session, contact_child_id, person_id, by=by)
    record_answer(session, child, person, "different", reason, by=by, at=at)
    trail.record(session, AuditKind.MATCH_REJECTED, about=child.id, by=by, at=at, person=person.ref)


def leave_match_open(
    session: Session,
    contact_child_id: UUID,
    person_id: int,
    *,
    reason: str = "",
    by: Actor,
    at: datetime,
) -> None:
    """ "Not sure": the record stays on offer, and the next person sees who was not sure and why."""
    child, person = _to_answer(session, contact_child_id, person_id, by=by)
    record_answer(session, child, person, "unsure", reason, by=by, at=at)
    trail.record(
        session, AuditKind.MATCH_LEFT_OPEN, about=child.id, by=by, at=at, person=person.ref
    )


def take_back_answer(
    session: Session,
    contact_child_id: UUID,
    person_id: int,
    *,
    because: str,
    by: Actor,
    at: datetime,
) -> None:
    """Take back "not this child" or "not sure", with a reason; the answer stays as undone."""
    child, person = _to_answer(session, contact_child_id, person_id, by=by)
    check_reason(because)
    answer = _standing(session, child, person)
    if answer is None:
        raise NotFound("There is no answer about that record to take back.")
    mark_undone(answer, because, by=by, at=at)
    trail.record(
        session,
        AuditKind.MATCH_UNDONE,
        about=child.id,
        by=by,
        at=at,
        answer=answer.answer,
        person=person.ref,
    )


def _to_answer(
    session: Session, contact_child_id: UUID, person_id: int, *, by: Actor
) -> tuple[ContactChild, Person]:
    by.require(Permission.SCREEN_CONTACT)
    child = fetch_child(session, contact_child_id, by=by, to_change=True)
    check_knows_not_family(session, child.id, by=by)
    person = fetch_person(session, person_id, by=by)
    if child.person_id == person.id:
        raise NotReady("This child is linked to that record. Undo the link first.")
    return child, person


def check_reason(because: str) -> None:
    """Nothing that a person said is taken back without words."""
    if not because.strip():
        raise NotReady("Say why it is undone.")


def mark_undone(
    answer: MatchDecision | AdultDecision | DuplicateAnswer | PersonLink,
    because: str,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Who took the answer back, when and why; the answer itself stays."""
    answer.undone_by, answer.undone_at = by.user_id, at
    answer.undone_because = storable(because.strip())


def standing_link(session: Session, child: ContactChild) -> MatchDecision:
    """The answer on which this child's link rests; refused when there is none."""
    link = session.scalars(
        select(MatchDecision).where(
            MatchDecision.contact_child_id == child.id,
            MatchDecision.answer.in_(LINKING),
            MatchDecision.undone_at.is_(None),
        )
    ).first()
    if link is None:
        raise NotFound("There is no link to undo.")
    return link


def _standing(session: Session, child: ContactChild, person: Person) -> MatchDecision | None:
    return session.scalars(
        select(MatchDecision).where(
            MatchDecision.contact_child_id == child.id,
            MatchDecision.person_id == person.id,
            MatchDecision.undone_at.is_(None),
        )
    ).first()


def child_to_match(session: Session, contact_child_id: UUID, *, by: Actor) -> ContactChild:
    by.require(Permission.SCREEN_CONTACT)
    child = fetch_child(session, contact_child_id, by=by, to_change=True)
    check_knows_not_family(session, child.id, by=by)
    if child.person_id is not None:
        raise Changed("This child is linked already. Undo the link first, with a reason.")
    if not _is_under_review(session, child):
        check_undecided(child)
    return child


def _is_under_review(session: Session, child: ContactChild) -> bool:
    """Was this child's link called back, so that who the child is must be said again?"""
    called_back = select(LinkReview.id).where(
        LinkReview.contact_child_id == child.id, LinkReview.closed_at.is_(None)
    )
    return session.scalars(called_back.limit(1)).first() is not None


def hold_contact(session: Session, child: ContactChild) -> None:
    """Hold the contact, so that of two colleagues who answer at once the second sees the first."""
    session.execute(select(Contact.id).where(Contact.id == child.contact_id).with_for_update())


def _check_nobody_else_is(session: Session, child: ContactChild, person: Person) -> None:
    """Two children on one contact are two people."""
    hold_contact(session, child)
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


def check_undecided(child: ContactChild) -> None:
    """Once decided, a link is no longer undone like a slip of the hand."""
    if Status(child.status) not in UNDECIDED:
        raise NotReady("This child was decided already. A manager can call the link back.")


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
    """Keep the answer with its levels. Of one pair only the last answer stands; the one before is
    undone by it, and stays on record with who and when.
    """
    before = _standing(session, child, person)
    if before is not None:
        mark_undone(before, ANSWERED_AGAIN, by=by, at=at)
    known = dict(identities(session, [person.id])).get(person.id)
    levels = stored(levels_of(identity_of_child(session, child, by=by), known)) if known else []
    session.add(
        MatchDecision(
            id=uuid4(),
            contact_child_id=child.id,
            person_id=person.id,
            answer=answer,
            reason=storable(reason.strip()),
            levels=levels,
            model_sha256=shipped_weights().sha256,
            decided_by=by.user_id,
            decided_at=at,
        )
    )
