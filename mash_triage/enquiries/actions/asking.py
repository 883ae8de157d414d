"""Asking one agency about a child; and the manager's word where one is needed first."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.models import Agency
from mash_triage.access.queries import fetch_agency
from mash_triage.access.roles import Permission
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.clocks.working_days import london_day
from mash_triage.consent.queries import consent_rows
from mash_triage.contacts.families import check_knows_not_family
from mash_triage.contacts.models import ContactChild
from mash_triage.contacts.queries import fetch_child
from mash_triage.contacts.seen import contact_seen
from mash_triage.contacts.status import Status
from mash_triage.enquiries import rules
from mash_triage.enquiries.actions.replying import when_all_have_answered
from mash_triage.enquiries.models import InformationRequest, RequestPart, RequestPerson
from mash_triage.enquiries.questions import questions
from mash_triage.enquiries.rules import RequestFacts
from mash_triage.enquiries.stages import State, Step
from mash_triage.enquiries.work import (
    children_of,
    covered,
    fetch_request,
    move,
    note_step,
    send,
    who_answers,
)
from mash_triage.errors import Changed, NotReady
from mash_triage.screening.models import Screening
from mash_triage.sharing.grounds import (
    Ground,
    Standing,
    ground,
    is_child_protection,
    lacking_words,
    of_adult,
)
from mash_triage.sharing.queries import standing_of_child
from mash_triage.sharing.rules import Kind
from mash_triage.sharing.work import Entry, add_entry
from mash_triage.text import storable

RATE_FIRST = "Rate this child first: by when an agency answers follows from the rating."
ASKED_ALREADY = "This agency is asked about this child already. Wait for its answer, or remind it."


def ask_agency(
    session: Session, contact_child_id: UUID, facts: RequestFacts, *, by: Actor, at: datetime
) -> InformationRequest:
    """Ask one agency about a child. It leaves at once, unless a manager must give her word first:
    below child protection, where somebody refused, or nobody agreed and no reason is recorded.
    """
    by.require(Permission.SCREEN_CONTACT)
    child = fetch_child(session, contact_child_id, by=by, to_change=True)
    check_knows_not_family(session, child.id, by=by)
    rules.check_may_ask(Status(child.status))
    if child.rag is None:
        raise NotReady(RATE_FIRST)
    agency = fetch_agency(session, facts.agency_id)
    answering = len(who_answers(session, agency.id))
    rules.check_agency(agency, by.agency_id, answering=answering)
    asked = questions().for_kind(agency.kind).questions
    rules.check_facts(facts, asked)
    people, standings = _people(session, child, facts, by=by, on=london_day(at))
    route = session.scalar(select(Screening.route).where(Screening.contact_child_id == child.id))
    rests_on = ground(
        standings, facts.why_not_asked, protects=is_child_protection(child.rag, route)
    )

    row = _request(child, agency, facts, rests_on, standings, by=by, at=at)
    _keep(session, row, people, _parts(facts, asked))
    note_step(session, row, Step.ASKED, by=by, at=at)
    if rests_on is not Ground.MANAGER:
        row.state = State.OPEN
        send(session, row, child, by=by, at=at)
    trail.record(
        session,
        AuditKind.INFORMATION_ASKED,
        about=child.id,
        by=by,
        at=at,
        request=row.id,
        agency=agency.id,
        rests_on=rests_on,
        gateway=facts.basis.gateway,
        sent=row.sent_at is not None,
    )
    return row


def _people(
    session: Session, child: ContactChild, facts: RequestFacts, *, by: Actor, on: date
) -> tuple[list[dict[str, Any]], list[Standing]]:
    """Whom it is about, as the agency is told, with how each one's agreement stands. Only people
    of the contact whom this worker may see herself.
    """
    seen = contact_seen(session, child.contact, by=by)
    others = {each.id: each for each in seen.children if each.id in set(facts.children)}
    household = seen.submission.get("household", [])
    if set(facts.children) - others.keys() or not all(
        0 <= place < len(household) for place in facts.household
    ):
        raise NotReady("Choose only people on this contact. Open the page again.")
    people, standings = [], []
    for each in (child, *(one for one in others.values() if one.id != child.id)):
        standing = standing_of_child(session, each, on=on)
        standings.append(standing)
        people.append(
            {
                "contact_child_id": each.id,
                "name": standing.name,
                "relationship": "child",
                "born": each.reported_dob,
            }
        )
    records = consent_rows(session, child.id)
    for place in sorted(set(facts.household)):
        adult = household[place]
        standings.append(of_adult(str(adult["name"]), records, on=on))
        people.append(
            {
                "contact_child_id": None,
                "name": str(adult["name"]),
                "relationship": str(adult["relationship"]),
                "born": _day(adult.get("date_of_birth")),
            }
        )
    return people, standings


def _day(answer: Any) -> date | None:
    try:
        return date.fromisoformat(answer)
    except (TypeError, ValueError):
        return None


def _request(
    child: ContactChild,
    agency: Agency,
    facts: RequestFacts,
    rests_on: Ground,
    standings: Sequence[Standing],
    *,
    by: Actor,
    at: datetime,
) -> InformationRequest:
    lacking = lacking_words(standings) if rests_on is not Ground.AGREEMENT else []
    words = (facts.why_not_words.strip(), *lacking)
    ids = [str(each.consent_id) for each in standings if each.consent_id is not None]
    return InformationRequest(
        id=uuid4(),
        contact_child_id=child.id,
        agency_id=agency.id,
        state=State.NEEDS_WORD,
        rag=child.rag,
        purpose=storable(facts.purpose.strip()),
        basis=facts.basis.article_6,
        special_category=facts.basis.article_9,
        gateway=facts.basis.gateway,
        confidentiality=facts.basis.confidentiality,
        necessity=storable(facts.basis.necessity.strip()),
        rests_on=rests_on,
        consent_ids=ids if rests_on is Ground.AGREEMENT else [],
        why_not_asked=facts.why_not_asked,
        why_not_words=storable("\n".join(each for each in words if each)),
        asked_by=by.user_id,
        asked_at=at,
    )


def _parts(facts: RequestFacts, asked: dict[str, str]) -> list[tuple[str, str]]:
    """The questions in the order of the group, the worker's own last."""
    chosen = [(code, words) for code, words in asked.items() if code in facts.questions]
    own = facts.own_question.strip()
    return [*chosen, *([("own", storable(own))] if own else [])]


def _keep(
    session: Session,
    row: InformationRequest,
    people: Sequence[dict[str, Any]],
    parts: Sequence[tuple[str, str]],
) -> None:
    session.flush()  # so that what fails below is this row alone
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError as twice:
        raise Changed(ASKED_ALREADY) from twice
    for place, person in enumerate(people):
        session.add(RequestPerson(request_id=row.id, position=place, **person))
    for place, (code, words) in enumerate(parts):
        session.add(
            RequestPart(id=uuid4(), request_id=row.id, position=place, code=code, question=words)
        )


# ---------------------------------------------------------------- the manager's word


def authorise_request(
    session: Session, request_id: UUID, words: str, *, by: Actor, at: datetime
) -> None:
    """A manager lets a request go that lacks agreement, with reasons; it leaves at once."""
    by.require(Permission.AUTHORISE_SHARING)
    row, child = fetch_request(session, request_id, by=by)
    rules.check_words(words, "Say why it is right to ask without agreement.")
    rules.check_may_ask(Status(child.status))
    rules.check_not_left(session.get_one(Agency, row.agency_id))
    move(row, State.OPEN)
    row.authorised_by, row.authorised_at = by.user_id, at
    row.why_not_words = storable("\n".join(filter(None, (row.why_not_words, words.strip()))))
    note_step(session, row, Step.AUTHORISED, words, by=by, at=at)
    send(session, row, child, by=by, at=at)
    trail.record(
        session, AuditKind.INFORMATION_AUTHORISED, about=child.id, by=by, at=at, request=row.id
    )


def decline_request(
    session: Session, request_id: UUID, because: str, *, by: Actor, at: datetime
) -> None:
    """A manager says no: nothing is asked, and the ledger says that it was not shared, because."""
    by.require(Permission.AUTHORISE_SHARING)
    row, child = fetch_request(session, request_id, by=by)
    rules.check_words(because, "Say why this agency is not asked.")
    move(row, State.DECLINED)
    row.ended_because, row.ended_by, row.ended_at = storable(because.strip()), by.user_id, at
    note_step(session, row, Step.DECLINED, because, by=by, at=at)
    agency = session.get_one(Agency, row.agency_id)
    entry = Entry(
        kind=Kind.NOT_SHARED,
        with_whom=agency.name,
        what="An information request, which a manager did not let go.",
        because=because,
        agency_id=agency.id,
        about_id=row.id,
    )
    for child_id in children_of(covered(session, row)):
        add_entry(session, child_id, entry, by=by, at=at)
    when_all_have_answered(session, child, by=by, at=at)
    trail.record(
        session, AuditKind.INFORMATION_DECLINED, about=child.id, by=by, at=at, request=row.id
    )
