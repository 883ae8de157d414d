"""A named person says who an adult on a contact is; nobody is ever linked by the service itself."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.contacts.families import check_knows_not_family
from mash_triage.contacts.models import ContactAdult, ContactChild
from mash_triage.contacts.queries import fetch_child
from mash_triage.contacts.seen import contact_seen
from mash_triage.errors import Changed, NotFound, NotReady
from mash_triage.matching.actions.answer import check_reason, hold_contact, mark_undone
from mash_triage.matching.adults import NamedAdult
from mash_triage.matching.household import addresses_said, adults_named, homes_at
from mash_triage.matching.models import LINKING, AdultDecision
from mash_triage.people.models import Person
from mash_triage.people.queries import fetch_person
from mash_triage.text import storable


def confirm_adult(
    session: Session,
    contact_child_id: UUID,
    position: int,
    person_id: int,
    *,
    reason: str = "",
    by: Actor,
    at: datetime,
) -> None:
    """This adult of the household is that person, says a named worker."""
    asked = _to_answer(session, contact_child_id, position, by=by)
    person = _fetch_adult(session, person_id, by=by)
    _link(session, asked, person, "same", reason, by=by, at=at)
    _note(session, AuditKind.ADULT_CONFIRMED, asked, person, by=by, at=at)


def rule_out_adult(
    session: Session,
    contact_child_id: UUID,
    position: int,
    person_id: int,
    *,
    reason: str = "",
    by: Actor,
    at: datetime,
) -> None:
    """This adult is not that person: remembered, so that nobody has to answer it again."""
    asked = _to_answer(session, contact_child_id, position, by=by)
    person = _fetch_adult(session, person_id, by=by)
    _answer(session, asked, person, "different", reason, by=by, at=at)
    _note(session, AuditKind.ADULT_RULED_OUT, asked, person, by=by, at=at)


def record_new_adult(
    session: Session,
    contact_child_id: UUID,
    position: int,
    *,
    reason: str = "",
    by: Actor,
    at: datetime,
) -> Person:
    """Nobody on record is this adult, so a record is made from what was reported."""
    asked = _to_answer(session, contact_child_id, position, by=by)
    given, _, family = asked.named.name.strip().rpartition(" ")
    person = Person(
        kind="adult",
        origin="contact",
        given_names=given or family,
        family_name=family if given else None,
        dob=asked.named.dob,
        dob_quality="exact" if asked.named.dob else "unknown",
        household_id=_home(session, asked, by=by),
        added_by=by.name,
        added_at=at,
    )
    session.add(person)
    session.flush()  # the answer needs its number
    _link(session, asked, person, "new", reason, by=by, at=at)
    _note(session, AuditKind.ADULT_RECORDED, asked, person, by=by, at=at)
    return person


def undo_adult(
    session: Session,
    contact_child_id: UUID,
    position: int,
    *,
    because: str,
    by: Actor,
    at: datetime,
) -> None:
    """Take back who an adult was said to be, with a reason; the answer stays on record as undone.
    What counted contacts through this adult is shown with the decisions, as it was then known.
    """
    asked = _asked(session, contact_child_id, position, by=by)
    check_reason(because)
    link, row = _standing_link(session, asked), session.get(ContactAdult, asked.place)
    if link is None or row is None:
        raise NotFound("Nobody has said who this adult is.")
    mark_undone(link, because, by=by, at=at)
    row.person_id = None
    about = asked.child.id
    trail.record(session, AuditKind.ADULT_UNDONE, about=about, by=by, at=at, answer=link.answer)


# ---------------------------------------------------------------- the adult, and the answer


@dataclass(frozen=True)
class _Asked:
    """An adult of the household, as named on the contact of a child."""

    child: ContactChild
    named: NamedAdult

    @property
    def place(self) -> tuple[UUID, int]:
        """The contact, and the adult's place among the household as sent."""
        return self.child.contact_id, self.named.position


def _asked(session: Session, contact_child_id: UUID, position: int, *, by: Actor) -> _Asked:
    by.require(Permission.SCREEN_CONTACT)
    child = fetch_child(session, contact_child_id, by=by)
    check_knows_not_family(session, child.id, by=by)
    hold_contact(session, child)
    seen = contact_seen(session, child.contact, by=by)
    named = next((a for a in adults_named(child, seen) if a.position == position), None)
    if named is None:
        raise NotFound()
    return _Asked(child, named)


def _to_answer(session: Session, contact_child_id: UUID, position: int, *, by: Actor) -> _Asked:
    asked = _asked(session, contact_child_id, position, by=by)
    if _standing_link(session, asked) is not None:
        raise Changed("It was said already who this adult is. Undo that first, with a reason.")
    return asked


def _standing_link(session: Session, asked: _Asked) -> AdultDecision | None:
    return session.scalars(
        select(AdultDecision).where(
            AdultDecision.contact_id == asked.child.contact_id,
            AdultDecision.position == asked.named.position,
            AdultDecision.answer.in_(LINKING),
            AdultDecision.undone_at.is_(None),
        )
    ).first()


def _fetch_adult(session: Session, person_id: int, *, by: Actor) -> Person:
    person = fetch_person(session, person_id, by=by)
    if person.kind != "adult":
        raise NotReady("That is the record of a child. Choose an adult's.")
    return person


def _link(
    session: Session,
    asked: _Asked,
    person: Person,
    answer: str,
    reason: str,
    *,
    by: Actor,
    at: datetime,
) -> None:
    taken = session.scalars(
        select(ContactAdult.position).where(
            ContactAdult.contact_id == asked.child.contact_id, ContactAdult.person_id == person.id
        )
    ).first()
    if taken is not None:
        raise NotReady("Another adult on this contact is linked to that record. Undo that first.")
    _answer(session, asked, person, answer, reason, by=by, at=at)
    row = session.get(ContactAdult, asked.place)
    if row is None:
        row = ContactAdult(contact_id=asked.child.contact_id, position=asked.named.position)
        session.add(row)
    row.person_id, row.lives_with_child = person.id, asked.named.lives_with_child


def _answer(
    session: Session,
    asked: _Asked,
    person: Person,
    answer: str,
    reason: str,
    *,
    by: Actor,
    at: datetime,
) -> None:
    session.add(
        AdultDecision(
            id=uuid4(),
            contact_id=asked.child.contact_id,
            position=asked.named.position,
            person_id=person.id,
            answer=answer,
            reason=storable(reason.strip()),
            decided_by=by.user_id,
            decided_at=at,
        )
    )


def _note(
    session: Session, kind: AuditKind, asked: _Asked, person: Person, *, by: Actor, at: datetime
) -> None:
    trail.record(session, kind, about=asked.child.id, by=by, at=at, person=person.ref)


def _home(session: Session, asked: _Asked, *, by: Actor) -> int | None:
    """The household at the child's address, where the adult lives with the child."""
    if asked.named.lives_with_child != "yes":
        return None
    seen = contact_seen(session, asked.child.contact, by=by)
    homes = homes_at(session, addresses_said(seen), by=by)
    return next(iter(homes)) if len(homes) == 1 else None
