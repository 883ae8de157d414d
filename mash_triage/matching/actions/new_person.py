"""The child is on no record yet: one is made from what was reported."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.matching.actions.answer import child_to_match, record_answer
from mash_triage.matching.identity import Identity
from mash_triage.matching.index import index_children
from mash_triage.matching.queries import identity_of_child
from mash_triage.matching.register_records import address_key
from mash_triage.people.identifiers import tidy_postcode
from mash_triage.people.models import Household, Person, PersonAddress, PersonAlias


def record_new_person(
    session: Session, contact_child_id: UUID, *, reason: str = "", by: Actor, at: datetime
) -> Person:
    """ "New child": none of the records is this child, so one is made from what was reported."""
    child = child_to_match(session, contact_child_id, by=by)
    reported = identity_of_child(session, child, by=by)
    said = child.contact.submission["children"][child.position]
    home = said.get("home") or {}
    person = Person(
        kind="child",
        origin="contact",
        given_names=child.reported_given_names,
        family_name=child.reported_family_name,
        dob=child.reported_dob,
        dob_quality=str(reported.dob_quality),
        expected_date=child.reported_expected_date,
        sex=child.reported_sex,
        nhs_number=reported.nhs_number,
        upn=reported.upn,
        household_id=_household(session, home),
        added_by=by.name,
        added_at=at,
    )
    session.add(person)
    session.flush()  # the index and the link need its number
    _write_parts(session, person, reported, home)
    index_children(session, [(person.id, reported)])
    record_answer(session, child, person, "new", reason, by=by, at=at)
    child.person_id, child.household_id = person.id, person.household_id
    trail.record(
        session, AuditKind.MATCH_NEW_PERSON, about=child.id, by=by, at=at, person=person.ref
    )
    return person


def _write_parts(
    session: Session, person: Person, reported: Identity, home: dict[str, object]
) -> None:
    session.add_all(
        PersonAlias(
            person_id=person.id, given_names=alias.shown_given, family_name=alias.shown_family
        )
        for alias in reported.aliases
    )
    line, postcode = home.get("address_line"), home.get("postcode")
    if isinstance(line, str) or isinstance(postcode, str):
        session.add(
            PersonAddress(
                person_id=person.id,
                address_line=line if isinstance(line, str) else None,
                postcode=_postcode(postcode),
            )
        )


def _postcode(typed: object) -> str | None:
    return (tidy_postcode(typed) or typed[:12]) if isinstance(typed, str) else None


def _household(session: Session, home: dict[str, object]) -> int | None:
    """The household at the reported address, made when there is none yet."""
    line, postcode = home.get("address_line"), home.get("postcode")
    key = address_key(
        line if isinstance(line, str) else "", postcode if isinstance(postcode, str) else ""
    )
    if key is None or home.get("confidential"):
        return None
    household = session.scalars(select(Household).where(Household.address_key == key)).first()
    if household is None:
        household = Household(
            address_key=key,
            address_line=line if isinstance(line, str) else None,
            postcode=_postcode(postcode),
        )
        session.add(household)
        session.flush()  # the person needs its number
    return household.id
