"""Who a reported child may be, and what was answered; the search itself stores nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.clocks.working_days import london_day
from mash_triage.contacts.models import ContactChild
from mash_triage.contacts.queries import fetch_child
from mash_triage.contacts.seen import contact_seen
from mash_triage.matching.answers import AnswerPicture, answers_where, picture_of_answer
from mash_triage.matching.former_names import (
    Restricted,
    restricted_for,
    with_former_names,
)
from mash_triage.matching.identity import Identity, identity
from mash_triage.matching.index import Found, candidates_for, widen
from mash_triage.matching.minimum import enough_to_search
from mash_triage.matching.models import MatchDecision
from mash_triage.matching.models_in_force import weights_in_force
from mash_triage.matching.register_facts import RegisterFacts, register_facts
from mash_triage.matching.score import Answer, Band, ScoredCandidate, score
from mash_triage.matching.together import apart
from mash_triage.matching.weights import Weights
from mash_triage.people.models import Person
from mash_triage.people.queries import may_open_person

EVEN_ODDS = 0.5  # below it the search is widened to names spelt much otherwise

ASK_THE_DUTY_MANAGER = "Ask the duty manager before you go on."


@dataclass(frozen=True)
class Search:
    """The answer to "who may this be?": candidates best first, or why nothing was searched.

    `none_of_these` is the probability that the child is no open record; `several_possible` when
    two or more must be looked at side by side. `capped` says that children were left out.
    """

    candidates: tuple[ScoredCandidate[int], ...]
    none_of_these: float
    several_possible: bool
    too_thin: str | None
    ask_duty_manager: bool
    capped: str | None
    weights_sha256: str


def identity_of_child(session: Session, child: ContactChild, *, by: Actor) -> Identity:
    """The reported child in comparable form, as far as this person may read the contact: where its
    household is withheld from her, the mother named in it is not searched or compared with.
    """
    said: dict[str, Any] = child.contact.submission["children"][child.position]
    home = said.get("home") or {}
    line, postcode = _text(home.get("address_line")), _text(home.get("postcode"))
    mother = _mother_of(contact_seen(session, child.contact, by=by).submission)
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


def search(
    session: Session, reported: Identity, *, pinned: Mapping[int, str] | None = None, by: Actor
) -> Search:
    """Candidates from the register, as if records closed to this person did not exist.

    `pinned` is what people answered before of these records, by person id.
    """
    return search_together(session, [reported], pinned=[pinned or {}], by=by)[0]


def search_together(
    session: Session,
    reported: Sequence[Identity],
    *,
    pinned: Sequence[Mapping[int, str]] = (),
    by: Actor,
) -> list[Search]:
    """Candidates for the children of one contact, in their order: each record is at most one of
    them. `pinned` goes with `reported`, child by child.
    """
    by.require(Permission.SCREEN_CONTACT, Permission.DECIDE_CONTACT)
    weights, facts = weights_in_force(session), register_facts(session)
    restricted = restricted_for(session, by=by)
    pins = list(pinned) or [{} for _ in reported]
    thin = [enough_to_search(child) for child in reported]
    each = [
        _looked_up(session, child, weights, facts, restricted, pin)
        for child, pin, missing in zip(reported, pins, thin, strict=True)
        if not missing
    ]
    solved = iter(zip(each, apart([answer for _, answer in each], weights.thresholds), strict=True))
    return [
        _nothing_searched(missing, weights)
        if missing
        else _search(child, *next(solved), weights, facts)
        for child, missing in zip(reported, thin, strict=True)
    ]


def _looked_up(
    session: Session,
    reported: Identity,
    weights: Weights,
    facts: RegisterFacts,
    restricted: Restricted,
    pinned: Mapping[int, str],
) -> tuple[Found, Answer[int]]:
    found = candidates_for(session, reported, facts, restricted.closed)
    found = with_former_names(session, reported, found, restricted.names)
    answer = score(reported, found.candidates, weights, facts, pinned)
    if _best(answer) >= EVEN_ODDS:
        return found, answer
    found = widen(session, reported, facts, restricted.closed)
    found = with_former_names(session, reported, found, restricted.names)
    return found, score(reported, found.candidates, weights, facts, pinned)


def _search(
    reported: Identity,
    looked_up: tuple[Found, Answer[int]],
    answer: Answer[int],
    weights: Weights,
    facts: RegisterFacts,
) -> Search:
    found = looked_up[0]
    return Search(
        candidates=answer.candidates,
        none_of_these=answer.none_of_these,
        several_possible=answer.several_possible,
        too_thin=None,
        ask_duty_manager=_is_one_closed(reported, found, answer, weights, facts),
        capped=found.capped,
        weights_sha256=weights.sha256,
    )


def _nothing_searched(thin: str, weights: Weights) -> Search:
    return Search(
        candidates=(),
        none_of_these=1.0,
        several_possible=False,
        too_thin=thin,
        ask_duty_manager=False,
        capped=None,
        weights_sha256=weights.sha256,
    )


def _best(answer: Answer[int]) -> float:
    return max((each.probability for each in answer.candidates), default=0.0)


def _is_one_closed(
    reported: Identity, found: Found, offered: Answer[int], weights: Weights, facts: RegisterFacts
) -> bool:
    """Whether a closed record would be likely or possible, beside all that are open; or a record
    by a restricted name (under its number below nought), unless it is offered by its own.
    """
    if not found.closed:
        return False
    own = {-each.id for each in offered.candidates if each.band is not Band.UNLIKELY}
    closed = {person_id for person_id, _ in found.closed} - own
    answer = score(reported, [*found.candidates, *found.closed], weights, facts)
    return any(each.id in closed and each.band is not Band.UNLIKELY for each in answer.candidates)


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


def answers_of(session: Session, contact_child_id: UUID, *, by: Actor) -> list[AnswerPicture]:
    """Every answer given for this child on a contact, newest first."""
    by.require(Permission.SEE_FRONT_DOOR)
    child = fetch_child(session, contact_child_id, by=by)
    of_child = MatchDecision.contact_child_id == child.id
    rows = session.execute(answers_where(MatchDecision, of_child, by=by))
    return [
        picture_of_answer(row, person, by_name, undone_by_name)
        for row, person, by_name, undone_by_name in rows
    ]
