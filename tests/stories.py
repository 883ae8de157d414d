"""Worlds built through actions, so that no test stands on a state that cannot happen."""

from collections.abc import Sequence
from copy import deepcopy
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from mash_triage.access.actions import add_user
from mash_triage.access.actor import Actor
from mash_triage.access.queries import actor_for
from mash_triage.access.roles import Role
from mash_triage.contacts.actions import Receipt, submit_contact
from mash_triage.contacts.models import ContactChild
from mash_triage.contacts.submission import ContactSubmission
from mash_triage.decisions.actions import record_decision
from mash_triage.decisions.rules import DecisionFacts
from mash_triage.decisions.told import ToldFacts, ToldReason
from mash_triage.editions.actions import ask_for_publishing, start_draft
from mash_triage.editions.models import EditionDraft
from mash_triage.editions.queries import version_of
from mash_triage.matching.actions import record_new_person
from mash_triage.people.actions import restrict_person
from mash_triage.people.models import Person
from mash_triage.screening.actions import (
    record_analysis,
    record_indicators,
    send_for_decision,
    set_level,
    set_rag,
    take_up,
)
from mash_triage.thresholds.queries import edition_in_force
from mash_triage.thresholds.routes import DepartureReason, Outcome, Rag, Route
from tests.cast import AGENCIES, MONDAY_NINE, id_of

__all__ = ["MONDAY_NINE"]

REASONS = "Considered with the school and the family's history; this is proportionate."
HOUR = timedelta(hours=1)

CHILD: dict[str, Any] = {
    "given_names": "Mia",
    "family_name": "Thornbury",
    "age": {"kind": "born", "date_of_birth": "2017-03-09"},
    "sex": "F",
    "where_now": "At school until 15:15",
    "home": {"address_line": "12 Mill Lane", "postcode": "ZA1 4QT"},
}

ANSWERS: dict[str, Any] = {
    "danger": {"in_danger_now": "no", "safe_adult_named": "yes", "legal_protection": "none"},
    "referrer": {"name": "Amara Osei", "job_title": "Class teacher"},
    "children": [CHILD],
    "household": [{"name": "Rosa Thornbury", "relationship": "mother"}],
    "told_and_agreed": [{"person": "Rosa Thornbury", "told": "yes", "agreement": "given"}],
    "concern": {
        "main": "neglect",
        "worry": "Mia has come to school hungry for three weeks and falls asleep after lunch.",
        "working_well": "She comes every day and her mother answers the telephone.",
        "child_voice": "Mia said: there is nothing in the cupboard on Thursdays.",
    },
}


def a_manager(
    session: Session, name: str, *, qualified: bool = True, agency: str = list(AGENCIES)[-1]
) -> Actor:
    """One more manager beside the cast's Carol and Dan."""
    user = add_user(
        session,
        f"{name.split()[0].lower()}@rivermead.example",
        name,
        role=Role.MANAGER,
        agency_id=id_of(agency),
        qualified=qualified,
        by=Actor.job("the tests"),
        at=MONDAY_NINE,
    )
    return actor_for(user)


def a_policy_lead(session: Session, name: str) -> Actor:
    """Somebody who keeps the levels of need."""
    user = add_user(
        session,
        f"{name.split()[0].lower()}@rivermead.example",
        name,
        role=Role.POLICY_LEAD,
        agency_id=id_of(list(AGENCIES)[-1]),
        by=Actor.job("the tests"),
        at=MONDAY_NINE,
    )
    return actor_for(user)


def an_agency_lead(session: Session, name: str, *, agency: str = next(iter(AGENCIES))) -> Actor:
    """Somebody who leads for an agency, Hill School unless said otherwise."""
    user = add_user(
        session,
        f"{name.split()[0].lower()}@rivermead.example",
        name,
        role=Role.AGENCY_LEAD,
        agency_id=id_of(agency),
        by=Actor.job("the tests"),
        at=MONDAY_NINE,
    )
    return actor_for(user)


def an_edition_draft(
    session: Session,
    *,
    by: Actor,
    begins: date = date(2026, 4, 1),
    at: datetime = MONDAY_NINE,
    asked: bool = False,
) -> EditionDraft:
    """A draft of the next default edition; perhaps its writer has asked for publishing."""
    record = edition_in_force(session, "default", MONDAY_NINE.date())
    told = {"code": "default", "by": by, "at": at}
    draft = start_draft(session, record.id, "The edition for spring", begins, **told)
    if asked:
        ask_for_publishing(
            session, draft.id, text_of(session, draft)[1], on=at.date(), by=by, at=at
        )
    return draft


def text_of(session: Session, draft: EditionDraft) -> tuple[str, str]:
    """The newest text of a draft, and its sha256."""
    version = version_of(session, draft, draft.number)
    return version.toml, version.sha256


def answers(*children: dict[str, Any], **changes: dict[str, Any]) -> dict[str, Any]:
    """A complete contact about Mia, or about these children, with sections changed."""
    whole = deepcopy(ANSWERS)
    if children:
        whole["children"] = [{**CHILD, **child} for child in children]
    for section, change in changes.items():
        whole[section] = (
            {**whole.get(section, {}), **change} if isinstance(change, dict) else change
        )
    return whole


def submission(*children: dict[str, Any], **changes: Any) -> ContactSubmission:
    """The same as the checked shape."""
    return ContactSubmission.model_validate(answers(*children, **changes))


def a_receipt(
    session: Session,
    *children: dict[str, Any],
    sent_by: Actor,
    at: datetime = MONDAY_NINE,
    token: UUID | None = None,
    **changes: Any,
) -> Receipt:
    """A contact sent, with its receipt."""
    sent = submission(*children, **changes)
    return submit_contact(session, sent, token=token or uuid4(), by=sent_by, at=at)


def children_of(session: Session, receipt: Receipt) -> list[ContactChild]:
    """The children on a contact, in the order in which they were named."""
    return list(
        session.scalars(
            select(ContactChild)
            .where(ContactChild.contact_id == receipt.contact_id)
            .order_by(ContactChild.position)
        )
    )


def a_child(
    session: Session,
    *children: dict[str, Any],
    sent_by: Actor,
    at: datetime = MONDAY_NINE,
    **c: Any,
) -> ContactChild:
    """The first child on a contact just sent: waiting for screening."""
    return children_of(session, a_receipt(session, *children, sent_by=sent_by, at=at, **c))[0]


def a_child_taken_up(
    session: Session,
    *children: dict[str, Any],
    sent_by: Actor,
    screened_by: Actor,
    at: datetime = MONDAY_NINE,
    **changes: Any,
) -> ContactChild:
    """A child whom a worker has taken up and recorded as a new person."""
    child = a_child(session, *children, sent_by=sent_by, at=at, **changes)
    take_up(session, child.id, by=screened_by, at=at + HOUR)
    record_new_person(session, child.id, by=screened_by, at=at + HOUR)
    return child


def an_adult(
    session: Session,
    given_names: str,
    family_name: str,
    *,
    dob: date | None = None,
    household_id: int | None = None,
) -> Person:
    """An adult on record, as the register brings mothers."""
    person = Person(
        kind="adult",
        origin="register",
        given_names=given_names,
        family_name=family_name,
        dob=dob,
        household_id=household_id,
        added_by="the tests",
        added_at=MONDAY_NINE,
    )
    session.add(person)
    session.flush()
    return person


def know(session: Session, child: ContactChild, *, by: Actor, at: datetime) -> None:
    """The worker makes a new record for the child."""
    record_new_person(session, child.id, by=by, at=at)


def restrict(
    session: Session, child: ContactChild, *, readers: Sequence[Actor], by: Actor, at: datetime
) -> None:
    """Close the record of a child whom it is known who they are to all but these."""
    assert child.person_id is not None
    restrict_person(
        session,
        child.person_id,
        reason="In hiding",
        review_on=date(2026, 6, 1),
        readers=[reader.user_id for reader in readers if reader.user_id],
        by=by,
        at=at,
    )


def take_up_and_know(session: Session, child: ContactChild, *, by: Actor, at: datetime) -> None:
    """The worker takes the child up and makes a new record."""
    take_up(session, child.id, by=by, at=at)
    know(session, child, by=by, at=at)


def screen(
    session: Session,
    child: ContactChild,
    *,
    by: Actor,
    at: datetime,
    indicators: tuple[str, ...] = ("persistent_hunger",),
    level: int = 3,
    route: Route = Route.EARLY_HELP,
    rag: Rag = Rag.GREEN,
    departure: DepartureReason | None = None,
) -> None:
    """Everything a worker writes before a manager sees the child."""
    record_indicators(session, child.id, indicators, by=by, at=at)
    if child.rag != rag:
        set_rag(session, child.id, rag, "as seen", by=by, at=at)
    record_analysis(
        session,
        child.id,
        {"so_what": "Mia needs regular meals and her mother needs help with money."},
        hidden_harms="asked_none",
        by=by,
        at=at,
    )
    set_level(
        session,
        child.id,
        level,
        route,
        departure=departure,
        departure_words="As the history shows." if departure else "",
        by=by,
        at=at,
    )


def send(session: Session, child: ContactChild, *, by: Actor, at: datetime) -> None:
    """The worker sends the child to a manager."""
    send_for_decision(session, child.id, by=by, at=at)


def a_child_awaiting_decision(
    session: Session,
    *children: dict[str, Any],
    sent_by: Actor,
    screened_by: Actor,
    at: datetime = MONDAY_NINE,
    **screening: Any,
) -> ContactChild:
    """A child screened and sent to a manager two hours after the contact."""
    child = a_child_taken_up(session, *children, sent_by=sent_by, screened_by=screened_by, at=at)
    screen(session, child, by=screened_by, at=at + 2 * HOUR, **screening)
    send_for_decision(session, child.id, by=screened_by, at=at + 2 * HOUR)
    return child


def a_decision(**changes: Any) -> DecisionFacts:
    """Early help for Mia, with everything it needs."""
    facts: dict[str, Any] = {
        "outcome": Outcome.EARLY_HELP,
        "route": Route.EARLY_HELP,
        "level": 3,
        "rationale": REASONS,
        "owner": "Early help co-ordinator",
        "agreement_due_on": date(2026, 1, 16),
        "contingency": "The school tells us if nothing has changed in four weeks; we look again.",
        "told": ToldFacts((ToldReason.HELP_BY_AGREEMENT,)),
    }
    return DecisionFacts(**{**facts, **changes})


SENT_TWICE: dict[str, Any] = {
    "outcome": Outcome.DUPLICATE_OR_ERROR,
    "route": None,
    "level": 1,
    "departure": DepartureReason.PROFESSIONAL_JUDGEMENT,
    "departure_words": "The same words came on Friday.",
    "owner": "",
    "agreement_due_on": None,
}
"""What makes of a decision that the contact was sent twice."""


def a_decided_child(
    session: Session, *, sent_by: Actor, screened_by: Actor, decided_by: Actor, **changes: Any
) -> ContactChild:
    """A child decided three hours after the contact."""
    child = a_child_awaiting_decision(session, sent_by=sent_by, screened_by=screened_by)
    record_decision(
        session, child.id, a_decision(**changes), by=decided_by, at=MONDAY_NINE + 3 * HOUR
    )
    return child
