"""The adults on a contact beside those known, who said who they are, and the homes they lead to."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, union
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.clocks.working_days import london_day
from mash_triage.contacts.models import ContactChild
from mash_triage.contacts.queries import fetch_child
from mash_triage.contacts.seen import SeenContact, contact_seen
from mash_triage.matching.adults import (
    KnownAdult,
    NamedAdult,
    PossibleAdult,
    adults_among,
    birth_dates_to_look_for,
    possible,
)
from mash_triage.matching.answers import AnswerPicture, answers_where, picture_of_answer
from mash_triage.matching.models import AdultDecision
from mash_triage.matching.register_records import address_key
from mash_triage.people.models import Household, Person, Relationship
from mash_triage.people.queries import may_open_person

MOST_IN_A_HOME = 40  # a refuge, hostel or residential home has more, who say nothing of a family
MOST_SHOWN = 5


@dataclass(frozen=True)
class AdultOnContact:
    """An adult as named, whom it may be, and what was answered. `link` is who it is, if that was
    said and stands; then nobody else is possible. `too_thin` says what to ask for.
    """

    named: NamedAdult
    possible: tuple[PossibleAdult, ...]
    answers: tuple[AnswerPicture, ...]
    too_thin: str | None

    @property
    def link(self) -> AnswerPicture | None:
        """The answer that says who this is, if it stands."""
        return next(
            (a for a in self.answers if a.answer != "different" and a.undone_at is None), None
        )


def adults_on_contact(
    session: Session, contact_child_id: UUID, *, by: Actor
) -> list[AdultOnContact]:
    """The adults named on the contact of this child; none where its household is withheld."""
    by.require(Permission.SEE_FRONT_DOOR)
    child = fetch_child(session, contact_child_id, by=by)
    seen = contact_seen(session, child.contact, by=by)
    answers = _answers(session, child.contact_id, by=by)
    return [
        _beside_known(session, named, seen, answers.get(named.position, ()), by=by)
        for named in adults_named(child, seen)
    ]


def adults_named(child: ContactChild, seen: SeenContact) -> list[NamedAdult]:
    """The adults in the household of a contact, as far as it may be read."""
    household: list[Mapping[str, Any]] = list(seen.submission.get("household", ()))
    return adults_among(household, on=london_day(child.received_at))


def _beside_known(
    session: Session,
    named: NamedAdult,
    seen: SeenContact,
    answers: tuple[AnswerPicture, ...],
    *,
    by: Actor,
) -> AdultOnContact:
    homes = homes_at(session, addresses_said(seen), by=by)
    children = {child.person_id for child in seen.children if child.person_id is not None}
    on_record = AdultOnContact(named, (), answers, None)
    if on_record.link is not None:
        return on_record
    if named.dob is None and not homes and not children:
        return AdultOnContact(
            named, (), answers, "Ask for this adult's date of birth, or the child's address."
        )
    ruled_out = {a.person_id for a in answers if a.answer == "different" and not a.undone_at}
    known = _known_adults(session, named, homes, children, by=by)
    found = [
        each
        for each in (possible(named, one) for one in known if one.person_id not in ruled_out)
        if each is not None
    ]
    found.sort(key=lambda each: (len(each.speaks_against) - len(each.speaks_for), each.person_id))
    return AdultOnContact(named, tuple(found[:MOST_SHOWN]), answers, None)


def _known_adults(
    session: Session, named: NamedAdult, homes: set[int], children: set[int], *, by: Actor
) -> list[KnownAdult]:
    """Adults on record with this birth date, at this address, or mothers of these children."""
    mothers = select(Relationship.other_id).where(
        Relationship.person_id.in_(children), Relationship.kind == "mother"
    )
    adult = Person.kind == "adult"
    ways = [select(Person.id).where(adult, Person.id.in_(mothers))]
    if born := birth_dates_to_look_for(named):
        ways.append(select(Person.id).where(adult, Person.dob.in_(born)))
    if homes:
        ways.append(select(Person.id).where(adult, Person.household_id.in_(homes)))
    rows = session.execute(
        select(Person, Person.id.in_(mothers))
        .where(Person.id.in_(union(*ways)), may_open_person(Person.id, by))
        .order_by(Person.id)
    )
    return [
        KnownAdult(
            person_id=row.id,
            given_names=row.given_names or "",
            family_name=row.family_name or "",
            dob=row.dob,
            same_address=row.household_id in homes,
            mother_on_record=bool(is_mother),
        )
        for row, is_mother in rows
    ]


def _answers(
    session: Session, contact_id: UUID, *, by: Actor
) -> dict[int, tuple[AnswerPicture, ...]]:
    """Every answer given of the adults on a contact, by their place, newest first."""
    found: dict[int, tuple[AnswerPicture, ...]] = {}
    on_contact = AdultDecision.contact_id == contact_id
    rows = session.execute(answers_where(AdultDecision, on_contact, by=by))
    for row, person, by_name, undone_by_name in rows:
        answer = picture_of_answer(row, person, by_name, undone_by_name)
        found[row.position] = (*found.get(row.position, ()), answer)
    return found


# ---------------------------------------------------------------- homes


def addresses_said(seen: SeenContact) -> set[str]:
    """The keys of the addresses of the children who may be seen, but confidential ones."""
    homes = [said.get("home") or {} for said in seen.submission["children"]]
    keys = {
        address_key(*(_words(home.get(part)) for part in ("address_line", "postcode")))
        for home in homes
        if not home.get("confidential")
    }
    return {key for key in keys if key is not None}


def _words(answer: object) -> str:
    return answer if isinstance(answer, str) else ""


def homes_at(session: Session, keys: Collection[str], *, by: Actor) -> set[int]:
    """The households at these addresses; not a house that many families share."""
    found = set(session.scalars(select(Household.id).where(Household.address_key.in_(keys))))
    return family_homes(session, found, by=by)


def family_homes(session: Session, homes: Collection[int], *, by: Actor) -> set[int]:
    """Those of these households that are a family's, and not a refuge, hostel or home of many."""
    shared = session.scalars(
        select(Person.household_id)
        .where(Person.household_id.in_(homes), may_open_person(Person.id, by))
        .group_by(Person.household_id)
        .having(func.count() > MOST_IN_A_HOME)
    )
    return set(homes) - set(shared)
