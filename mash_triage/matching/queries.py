"""Who a reported child may be, and what was answered; the search itself stores nothing."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from mash_triage.access.actor import Actor
from mash_triage.access.models import UserAccount
from mash_triage.access.roles import Permission
from mash_triage.clocks.working_days import london_day
from mash_triage.contacts.models import ContactChild
from mash_triage.contacts.queries import fetch_child
from mash_triage.matching.identity import Identity, identity
from mash_triage.matching.index import candidates_for, register_size
from mash_triage.matching.models import MatchDecision
from mash_triage.matching.score import Band, ScoredCandidate, enough_to_search, score
from mash_triage.matching.weights import hand_set
from mash_triage.people.models import Person
from mash_triage.people.queries import may_open_person

MOST_SHOWN = 5

ASK_THE_DUTY_MANAGER = "Ask the duty manager before you go on."


@dataclass(frozen=True)
class Search:
    """The answer to "who may this be?": candidates best first, or why nothing was searched."""

    candidates: tuple[ScoredCandidate[int], ...]
    too_thin: str | None
    ask_duty_manager: bool
    weights: str


def identity_of_child(child: ContactChild) -> Identity:
    """The reported child in comparable form."""
    said: dict[str, Any] = child.contact.submission["children"][child.position]
    home = said.get("home") or {}
    line, postcode = _text(home.get("address_line")), _text(home.get("postcode"))
    mother = _mother_of(child.contact.submission)
    return identity(
        given_names=child.reported_given_names,
        family_name=child.reported_family_name,
        aliases=tuple(
            (_text(alias.get("given_names")), _text(alias.get("family_name")))
            for alias in said.get("aliases", ())
        ),
        dob=child.reported_dob,
        age_years=child.reported_age_years,
        age_as_of=london_day(child.received_at),
        expected_date=child.reported_expected_date,
        sex=child.reported_sex,
        nhs_number=_text(said.get("nhs_number")),
        upn=_text(said.get("upn")),
        addresses=((line, postcode),) if line or postcode else (),
        mother_name=mother[0],
        mother_dob=mother[1],
    )


def _text(answer: Any) -> str:
    return answer if isinstance(answer, str) else ""


def _mother_of(submission: dict[str, Any]) -> tuple[str, date | None]:
    for member in submission.get("household", ()):
        if str(member.get("relationship", "")).strip().lower() in {"mother", "mum", "birth mother"}:
            born = member.get("date_of_birth")
            return _text(member.get("name")), date.fromisoformat(born) if _text(born) else None
    return "", None


def search(session: Session, reported: Identity, *, by: Actor) -> Search:
    """Candidates from the register, as if records closed to this person did not exist."""
    by.require(Permission.SCREEN_CONTACT, Permission.DECIDE_CONTACT)
    size = register_size(session)
    weights = hand_set(size)
    thin = enough_to_search(reported)
    if thin:
        return Search((), thin, ask_duty_manager=False, weights=weights.name)
    found = candidates_for(session, reported, size)
    open_ids = _open_to(session, [child_id for child_id, _ in found], by=by)
    shown = score(reported, [each for each in found if each[0] in open_ids], weights)
    closed = score(reported, [each for each in found if each[0] not in open_ids], weights)
    return Search(
        candidates=tuple(shown[:MOST_SHOWN]),
        too_thin=None,
        ask_duty_manager=any(each.band is Band.POSSIBLE for each in closed),
        weights=weights.name,
    )


def _open_to(session: Session, ids: list[int], *, by: Actor) -> set[int]:
    rows = session.scalars(
        select(Person.id).where(Person.id.in_(ids), may_open_person(Person.id, by))
    )
    return set(rows)


@dataclass(frozen=True)
class PersonPicture:
    """A record as shown beside what was reported."""

    id: int
    name: str
    dob: date | None
    dob_quality: str
    sex: str
    nhs_number: str | None
    upn: str | None
    register_id: str | None
    origin: str
    restricted: bool
    household_id: int | None


def pictures_of_people(session: Session, ids: list[int], *, by: Actor) -> dict[int, PersonPicture]:
    """These records, those that this person may open."""
    by.require(Permission.SEE_FRONT_DOOR)
    rows = session.scalars(select(Person).where(Person.id.in_(ids), may_open_person(Person.id, by)))
    return {
        row.id: PersonPicture(
            id=row.id,
            name=" ".join(part for part in (row.given_names, row.family_name) if part)
            or "No name recorded",
            dob=row.dob,
            dob_quality=row.dob_quality,
            sex=row.sex,
            nhs_number=row.nhs_number,
            upn=row.upn,
            register_id=row.register_id,
            origin=row.origin,
            restricted=row.restricted,
            household_id=row.household_id,
        )
        for row in rows
    }


@dataclass(frozen=True)
class AnswerPicture:
    """What somebody answered to "is it them?", and whether it was undone."""

    id: UUID
    person_id: int
    person_name: str
    answer: str
    reason: str
    by_name: str
    at: datetime
    undone_by_name: str | None
    undone_at: datetime | None
    undone_because: str | None


def answers_of(session: Session, contact_child_id: UUID, *, by: Actor) -> list[AnswerPicture]:
    """Every answer given for this child on a contact, newest first."""
    by.require(Permission.SEE_FRONT_DOOR)
    child = fetch_child(session, contact_child_id, by=by)
    undoer = aliased(UserAccount)
    rows = session.execute(
        select(MatchDecision, Person, UserAccount.name, undoer.name)
        .join(Person, Person.id == MatchDecision.person_id)
        .join(UserAccount, UserAccount.id == MatchDecision.decided_by)
        .outerjoin(undoer, undoer.id == MatchDecision.undone_by)
        .where(
            MatchDecision.contact_child_id == child.id,
            may_open_person(MatchDecision.person_id, by),
        )
        .order_by(MatchDecision.decided_at.desc())
    )
    return [
        AnswerPicture(
            id=row.id,
            person_id=row.person_id,
            person_name=" ".join(part for part in (person.given_names, person.family_name) if part),
            answer=row.answer,
            reason=row.reason,
            by_name=name,
            at=row.decided_at,
            undone_by_name=undone_by_name,
            undone_at=row.undone_at,
            undone_because=row.undone_because,
        )
        for row, person, name, undone_by_name in rows
    ]
