"""What the register offers for one child on a contact, beside what people said of it before."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.contacts.models import ContactChild
from mash_triage.contacts.queries import fetch_child
from mash_triage.contacts.seen import contact_seen
from mash_triage.matching.identity import Identity
from mash_triage.matching.models import (
    AdultDecision,
    MatchActivation,
    MatchDecision,
    MatchTerm,
)
from mash_triage.matching.pins import Pin, pinned_answers, pins_of
from mash_triage.matching.queries import (
    PersonPicture,
    Search,
    identity_of_child,
    pictures_of_people,
    search,
    search_together,
)
from mash_triage.matching.register_facts import CHANGES
from mash_triage.people.models import Person, PersonLink, Restriction, RestrictionReader


@dataclass(frozen=True)
class Offered:
    """The register's answer, the records that it names, and what was said of them before."""

    search: Search
    people: dict[int, PersonPicture]
    pins: dict[int, Pin]


def search_for_child(session: Session, contact_child_id: UUID, *, by: Actor) -> Search:
    """Who this child may be, solved together with the other children on the contact whom this
    person may see: no record is two of them.
    """
    by.require(Permission.SCREEN_CONTACT)
    child = fetch_child(session, contact_child_id, by=by)
    children = contact_seen(session, child.contact, by=by).children
    found = search_together(
        session,
        [identity_of_child(session, each, by=by) for each in children],
        pinned=[pinned_answers(session, each.id, by=by) for each in children],
        by=by,
    )
    return found[[each.id for each in children].index(child.id)]


def offered_for(
    session: Session, contact_child_id: UUID, typed: Identity | None = None, *, by: Actor
) -> Offered:
    """What the register offers for this child as reported or, if given, as typed by hand."""
    by.require(Permission.SCREEN_CONTACT)
    child = fetch_child(session, contact_child_id, by=by)
    pins = {pin.person_id: pin for pin in pins_of(session, child.id, by=by)}
    if typed is None:
        answer = search_for_child(session, child.id, by=by)
    else:
        pinned = {person_id: pin.answer for person_id, pin in pins.items()}
        answer = search(session, typed, pinned=pinned, by=by)
    ids = sorted({*pins, *(each.id for each in answer.candidates)})
    people = pictures_of_people(session, ids, by=by) if ids else {}
    return Offered(answer, people, pins)


def stamp_of(session: Session, contact_child_id: UUID, *, by: Actor) -> tuple[object, ...]:
    """What an answer of the register rests on, in one statement: the same again means that it
    need not be asked again. The records, the restrictions and who may open them, the weights,
    records linked as one child's, and every answer given on this contact.
    """
    by.require(Permission.SEE_FRONT_DOOR)
    contact_id = (
        select(ContactChild.contact_id).where(ContactChild.id == contact_child_id).scalar_subquery()
    )
    on_contact = select(ContactChild.id).where(ContactChild.contact_id == contact_id)
    of_contact = MatchDecision.contact_child_id.in_(on_contact)
    of_adults = AdultDecision.contact_id == contact_id
    parts = (
        select(MatchTerm.n).where(MatchTerm.kind == CHANGES[0], MatchTerm.token == CHANGES[1]),
        select(func.max(Person.id)),
        select(func.count(Restriction.id)),
        select(func.count(Restriction.lifted_at)),
        select(func.count()).where(RestrictionReader.user_id == by.user_id),
        select(func.count(MatchActivation.id)),
        select(func.count(PersonLink.id)),
        select(func.count(PersonLink.undone_at)),
        select(func.count(MatchDecision.id)).where(of_contact),
        select(func.count(MatchDecision.undone_at)).where(of_contact),
        select(func.count(AdultDecision.id)).where(of_adults),
        select(func.count(AdultDecision.undone_at)).where(of_adults),
    )
    found = session.execute(select(*(part.scalar_subquery() for part in parts))).one()
    return (by.user_id, *found)
