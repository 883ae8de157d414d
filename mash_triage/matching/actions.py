"""A named person says who a reported child is; nothing is ever linked by the service itself."""

import hashlib
import json
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.contacts.models import ContactChild
from mash_triage.contacts.queries import fetch_child
from mash_triage.contacts.status import UNDECIDED, Status
from mash_triage.errors import Changed, NotFound, NotReady
from mash_triage.matching.compare import levels_of, stored
from mash_triage.matching.identity import Identity
from mash_triage.matching.index import identities, index_children
from mash_triage.matching.models import MatchDecision, MatchRun
from mash_triage.matching.queries import Search, identity_of_child, search
from mash_triage.matching.register_import import ImportResult, address_key, import_register
from mash_triage.matching.weights import HAND_SET
from mash_triage.people.identifiers import tidy_postcode
from mash_triage.people.models import Household, Person, PersonAddress, PersonAlias
from mash_triage.people.queries import fetch_person

__all__ = [
    "ImportResult",
    "confirm_match",
    "import_register",
    "record_new_person",
    "reject_match",
    "suggest_matches",
    "undo_match",
]


def suggest_matches(session: Session, contact_child_id: UUID, *, by: Actor, at: datetime) -> Search:
    """Search the register for one child and keep what was offered, to whom, with its levels.

    The words searched with are not kept here, only their digest; they stand on the contact.
    """
    by.require(Permission.SCREEN_CONTACT)
    child = fetch_child(session, contact_child_id, by=by)
    reported = identity_of_child(child)
    found = search(session, reported, by=by)
    session.add(
        MatchRun(
            contact_child_id=child.id,
            query_sha256=_digest(reported),
            model_sha256=_sha(found.weights),
            candidates=[
                {
                    "person_id": each.id,
                    "band": each.band,
                    "bits": round(each.bits, 4),
                    "levels": [[line.field, line.level] for line in each.levels],
                }
                for each in found.candidates
            ],
            shown_to=by.user_id,
            shown_at=at,
            run_at=at,
        )
    )
    trail.record(
        session,
        AuditKind.MATCHES_SUGGESTED,
        about=child.id,
        by=by,
        at=at,
        offered=[each.id for each in found.candidates],
    )
    return found


def _digest(reported: Identity) -> str:
    return _sha(json.dumps(reported.to_json(), sort_keys=True, default=str))


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


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
    child = _child_to_match(session, contact_child_id, by=by)
    person = fetch_person(session, person_id, by=by)
    _record_answer(session, child, person, "same", reason, by=by, at=at)
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
    child = fetch_child(session, contact_child_id, by=by)
    person = fetch_person(session, person_id, by=by)
    if child.person_id == person.id:
        raise NotReady("This child is linked to that record. Undo the link first.")
    _record_answer(session, child, person, "different", reason, by=by, at=at)
    trail.record(session, AuditKind.MATCH_REJECTED, about=child.id, by=by, at=at, person=person.ref)


def record_new_person(
    session: Session, contact_child_id: UUID, *, reason: str = "", by: Actor, at: datetime
) -> Person:
    """ "New child": none of the records is this child, so one is made from what was reported."""
    child = _child_to_match(session, contact_child_id, by=by)
    reported = identity_of_child(child)
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
    _record_answer(session, child, person, "new", reason, by=by, at=at)
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


def undo_match(
    session: Session, contact_child_id: UUID, *, because: str, by: Actor, at: datetime
) -> None:
    """Take a link back, with a reason; the answer stays on record as undone."""
    by.require(Permission.SCREEN_CONTACT)
    child = fetch_child(session, contact_child_id, by=by)
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
    link.undone_by, link.undone_at, link.undone_because = by.user_id, at, because.strip()
    child.person_id = child.household_id = None
    trail.record(session, AuditKind.MATCH_UNDONE, about=child.id, by=by, at=at, answer=link.answer)


def _child_to_match(session: Session, contact_child_id: UUID, *, by: Actor) -> ContactChild:
    by.require(Permission.SCREEN_CONTACT)
    child = fetch_child(session, contact_child_id, by=by)
    if child.person_id is not None:
        raise Changed("This child is linked already. Undo the link first, with a reason.")
    if Status(child.status) not in UNDECIDED:
        raise NotReady("This child was decided already; ask the manager who decided.")
    return child


def _record_answer(
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
            reason=reason.strip(),
            levels=levels,
            model_sha256=_sha(HAND_SET.name),
            decided_by=by.user_id,
            decided_at=at,
        )
    )
