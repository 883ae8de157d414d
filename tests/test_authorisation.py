"""Who may do what to whom: every action, every role, and whose child it is, in one plain table.

The actions are found by reflection: a new one without a row here fails the test. What is expected
is written out by role and never asks the service's own table of permissions.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any, get_args
from uuid import uuid4

import pytest
from sqlalchemy import delete, select

from mash_triage.access.actions import add_agency, add_user
from mash_triage.access.actor import Actor
from mash_triage.access.models import SignInSession, UserAccount
from mash_triage.access.queries import actor_for
from mash_triage.access.roles import Presence, Role
from mash_triage.access.sessions import fingerprint
from mash_triage.after_decision.rules import Allocated, Step, Visited
from mash_triage.after_sending.models import ContactAddition
from mash_triage.agency_systems.actions import add_api_key
from mash_triage.agency_systems.models import ApiKey
from mash_triage.allocation.actions import add_team
from mash_triage.allocation.models import (
    Absence,
    ActivityPrompt,
    SecondAllocation,
)
from mash_triage.allocation.rules import Block
from mash_triage.attachments.kinds import Kind as FileKind
from mash_triage.attachments.models import Attachment, ScanState
from mash_triage.attachments.receiving import Kept
from mash_triage.chat import kept
from mash_triage.chronology.actions import LineFacts, hide_line
from mash_triage.chronology.rules import Weight
from mash_triage.clocks.working_days import BankHolidays
from mash_triage.consent.actions import ConsentFacts, record_consent
from mash_triage.contacts.drafts import discard_draft, save_draft, start_draft
from mash_triage.contacts.models import ContactChild, WorkerConflict, WrittenConfirmation
from mash_triage.contacts.reference import new_reference
from mash_triage.decisions.actions import record_decision
from mash_triage.decisions.models import Decision, Direction, NightDecision
from mash_triage.disagreements.actions import (
    accept_answer,
    answer_disagreement,
    raise_disagreement,
)
from mash_triage.disagreements.rules import ResolutionFacts
from mash_triage.disagreements.stages import Resolution
from mash_triage.editions.draft_text import Part
from mash_triage.enquiries.actions import ask_agency, reply
from mash_triage.enquiries.models import RequestPart
from mash_triage.enquiries.rules import Answer, RequestFacts
from mash_triage.enquiries.stages import Finding
from mash_triage.errors import NotAllowed, NotFound
from mash_triage.hand_on.actions import (
    StepUpFacts,
    open_special,
    pass_on,
    record_accepted,
    record_returned,
    send_on,
)
from mash_triage.hand_on.actions.endings import EndingFacts
from mash_triage.hand_on.kinds import Ending, Passing
from mash_triage.hand_on.models import PassedOn
from mash_triage.hand_on.rules import AnswerFacts
from mash_triage.handover.actions import hand_over_to_day
from mash_triage.matching.actions import (
    leave_match_open,
    recall_match,
    record_new_adult,
    restrict_name,
)
from mash_triage.matching.actions.duplicates import answer_duplicate
from mash_triage.matching.actions.weights import propose_weights
from mash_triage.matching.answer_file import Answered
from mash_triage.matching.identity import identity
from mash_triage.matching.models import DuplicatePair, RestedOnLink
from mash_triage.matching.weights import read_weights, shipped_weights
from mash_triage.missing import actions as missing
from mash_triage.missing.rules import HeldFacts, NoticeFacts, ReturnFacts, RiskFacts
from mash_triage.outbox.actions import add_endpoint, mail_account_link
from mash_triage.outbox.kinds import EventKind, Kind
from mash_triage.outbox.models import OutboxMessage
from mash_triage.outbox.rules import State
from mash_triage.people.actions import restrict_person
from mash_triage.people.models import Person, Restriction, RestrictionReader
from mash_triage.screening.models import IndicatorSeen
from mash_triage.settings import settings
from mash_triage.sharing.actions import DisclosureFacts
from mash_triage.sharing.grounds import Ground
from mash_triage.sharing.rules import Basis
from mash_triage.sharing.rules import Kind as SharingKind
from mash_triage.sharing.work import Entry, add_entry
from mash_triage.strategy import codes as strategy
from mash_triage.strategy.actions import (
    close_discussion,
    convene_discussion,
    record_dissent,
    record_held,
)
from mash_triage.strategy.codes import Form, Parents, Sector, YesNo
from mash_triage.strategy.models import StrategyTask
from mash_triage.strategy.queries import people_of
from mash_triage.strategy.rules import Agreed, ChildOutcome, Convened, Held, Invited, Took
from mash_triage.strategy.rules import Task as StrategyTaskFacts
from mash_triage.talk.actions import ask_and_wait, open_consultation, send_message
from mash_triage.thresholds.routes import Outcome, Rag, Route
from tests import cast, stories
from tests.cells import every_cell, tried_on
from tests.stories import HOUR, MONDAY_NINE

LATER = MONDAY_NINE + timedelta(hours=30)

# ---------------------------------------------------------------- the plain table

UNQUALIFIED_MANAGER = "manager without the qualification"
EVERYBODY = frozenset({*map(str, Role), UNQUALIFIED_MANAGER})
SENDING = frozenset({"referrer", "agency_lead", "partner_representative", "api_client"})
MANAGING = frozenset({"manager", UNQUALIFIED_MANAGER})
SCREENING = frozenset({"screening_worker", "social_worker", "out_of_hours"}) | MANAGING
HELPING = frozenset({"early_help_coordinator"}) | MANAGING
FRONT_DOOR = SCREENING | HELPING
ANSWERING_BACK = SENDING - {"api_client"}
QUALIFIED = frozenset({"social_worker", "manager"})
LINKING = frozenset({"screening_worker", "social_worker"}) | MANAGING
CONSULTING = SENDING - {"api_client"}
NOBODY = frozenset[str]()

OWN, COLLEAGUES, OTHERS, RESTRICTED = "own", "a colleague's", "another agency's", "restricted"
WHOSE = (OWN, COLLEAGUES, OTHERS, RESTRICTED)


def sees(role: str, whose: str) -> bool:
    """May this role see this child? A restricted one is open to Carol and Dan alone."""
    if role in FRONT_DOOR:
        return whose != RESTRICTED
    if role == "agency_lead":
        return whose in (OWN, COLLEAGUES)
    return role in SENDING and whose == OWN


DEV_ID = cast.DEV.user_id
MEASURED = read_weights(shipped_weights().toml.replace("shipped 1", "measured"))


@dataclass(frozen=True)
class Row:
    """One action: which roles may, on what it is done, at which stage, and how it is called."""

    may: frozenset[str]
    on: str
    call: Callable[..., Any]
    stage: str = ""


def child(may: frozenset[str], stage: str, call: Callable[..., Any]) -> Row:
    return Row(may, "child", call, stage)


def account(call: Callable[..., Any]) -> Row:
    return Row(frozenset({"administrator"}), "nothing", call)


def keeping(call: Callable[..., Any]) -> Row:
    return Row(frozenset({"policy_lead"}), "nothing", call)


def doubted(session, it) -> tuple[Any, Any]:
    """The child and a record of which Carol was not sure."""
    if session.get(ContactChild, it.child):
        leave_match_open(session, it.child, it.open_person, by=cast.CAROL, at=LATER)
    return it.child, it.open_person


def rested_on_link(session, it) -> Any:
    """One thing that rested on the child's link, which Dan called back."""
    if session.get(ContactChild, it.child):
        review = recall_match(session, it.child, because="x", by=cast.DAN, at=LATER)
        session.flush()
        return session.scalars(
            select(RestedOnLink.id).where(RestedOnLink.review_id == review.id)
        ).first()
    return it.child


def known_adult(session) -> int:
    """Somebody of age on record."""
    return stories.an_adult(session, "Rosa", "Thornbury").id


def said_who(session, it) -> Any:
    """The child, of whose mother Carol said that she is on no record."""
    if session.get(ContactChild, it.child):
        record_new_adult(session, it.child, 0, by=cast.CAROL, at=LATER)
    return it.child


def restricted_name(session, it, by: Actor) -> Any:
    """A former name of the child that Carol, Dan and this person may know, if she may the child."""
    if not session.get(Person, it.person):
        return it.child
    readers = [cast.CAROL.user_id, cast.DAN.user_id]
    if by.role == Role.MANAGER:
        readers.append(by.user_id)
    told = {"reason": "x", "review_on": date(2027, 1, 1), "readers": readers}
    return restrict_name(session, it.person, "Kayla", "Marsh", **told, by=cast.CAROL, at=LATER).id


def conflict_of(session, it) -> Any:
    """Carol said that Dan knows the child's family."""
    if not session.get(ContactChild, it.child):
        return uuid4()
    told = {"recorded_by": cast.CAROL.user_id, "recorded_at": LATER}
    row = WorkerConflict(worker_id=cast.DAN.user_id, contact_child_id=it.child, **told)
    session.add(row)
    session.flush()
    return row.id


def second_of(session, it) -> Any:
    """Carol gave the child a second worker, Dan."""
    if not session.get(ContactChild, it.child):
        return uuid4()
    told = {"what_for": "x", "added_by": cast.CAROL.user_id, "added_at": LATER}
    row = SecondAllocation(worker_id=cast.DAN.user_id, contact_child_id=it.child, **told)
    session.add(row)
    session.flush()
    return row.id


def asked_why(session, it, by: Actor) -> Any:
    """Carol asked this person why nothing is recorded of the child."""
    if not session.get(ContactChild, it.child):
        return uuid4()
    told = {"asked_by": cast.CAROL.user_id, "asked_at": LATER}
    row = ActivityPrompt(contact_child_id=it.child, worker_id=by.user_id, **told)
    session.add(row)
    session.flush()
    return row.id


def handed_over(session, it) -> Any:
    """Dan handed the child over to the day."""
    if not session.get(ContactChild, it.child):
        return uuid4()
    return hand_over_to_day(session, it.child, **HANDED, by=cast.DAN, at=LATER)


def away(session, by: Actor) -> Any:
    """This person is away."""
    told = {"recorded_by": cast.CAROL.user_id, "recorded_at": LATER}
    row = Absence(user_id=by.user_id, first_day=A_DAY, last_day=A_DAY, **told)
    session.add(row)
    session.flush()
    return row.id


def alone(session, it) -> Any:
    """The child's decision was taken by one person at night."""
    found = session.scalar(select(Decision).where(Decision.contact_child_id == it.child))
    if found is None:
        return uuid4()
    marked = NightDecision(id=uuid4(), decision_id=found.id, due_at=LATER)
    session.add(marked)
    session.flush()
    return marked.id


HANDED = {"done": "x", "outstanding": "x", "who_knows": "x"}
A_DAY = date(2026, 3, 2)


def keeping_teams(call: Callable[..., Any], may: frozenset[str] = MANAGING) -> Row:
    return Row(may | {"administrator"}, "nothing", call)


def by_telephone(session, it) -> Any:
    """The child, as if the referrer had called: she is told by a person."""
    if made := session.get(ContactChild, it.child):
        made.contact.channel = "telephone"
    return it.child


def the_sender(session, it) -> Actor:
    """Whoever sent the child's contact, as a referrer."""
    contact = session.get_one(ContactChild, it.child).contact
    return Actor("x", contact.submitted_by, Role.REFERRER, contact.agency_id)


def disagreed(session, it) -> Any:
    """A disagreement with the child's decision, raised by whoever sent the contact."""
    if not session.get(ContactChild, it.child):
        return it.child
    to = {"by": the_sender(session, it), "at": LATER}
    return raise_disagreement(session, it.child, "x", "x", **to).id


def answered(session, it) -> Any:
    """The same, answered by Dan."""
    found = disagreed(session, it)
    if session.get(ContactChild, it.child):
        answer_disagreement(session, found, "x", by=cast.DAN, at=LATER)
    return found


def accepted(session, it) -> Any:
    """The same, its answer accepted."""
    found = answered(session, it)
    if session.get(ContactChild, it.child):
        accept_answer(session, found, "", by=the_sender(session, it), at=LATER)
    return found


BASIS = Basis("public_task", "none", "ca2004_s16la", "public_interest", "x")


def asking(agency_id: Any, why_not: str | None = None) -> RequestFacts:
    """One question to an agency, perhaps with the reason why nobody was asked for agreement."""
    told = {"questions": (), "own_question": "x", "purpose": "x", "basis": BASIS}
    return RequestFacts(agency_id=agency_id, why_not_asked=why_not, **told)


def a_lead(session) -> Actor:
    """The lead of an agency of which nobody else is."""
    told = {"by": Actor.job("the tests"), "at": MONDAY_NINE}
    agency = add_agency(session, "Police district", kind="police", source_code="6", **told)
    told["role"], told["agency_id"] = Role.AGENCY_LEAD, agency.id
    return actor_for(add_user(session, "petra@rivermead.example", "Petra Lead", **told))


def asked_of(session, it, why_not: str | None = "undue_delay", *, answered: bool = False) -> Any:
    """A request about the child that Carol made: sent, or waiting for a manager's word."""
    if not session.get(ContactChild, it.child):
        return uuid4()
    lead = a_lead(session)
    facts = asking(lead.agency_id, why_not)
    row = ask_agency(session, it.child, facts, by=cast.CAROL, at=MONDAY_NINE + 5 * HOUR)
    if answered:
        reply(session, row.id, nothing_known(session, row.id), by=lead, at=LATER)
        session.flush()
    return row.id


def needs_word(session, it) -> Any:
    """The same, not sent."""
    return asked_of(session, it, None)


def answered_request(session, it) -> Any:
    """The same, answered."""
    return asked_of(session, it, answered=True)


def part_of(session, request_id: Any) -> Any:
    """The one question of a request."""
    of_it = select(RequestPart.id).where(RequestPart.request_id == request_id)
    return session.scalars(of_it).first() or uuid4()


def nothing_known(session, request_id: Any) -> list[Answer]:
    """That nothing is known."""
    return [Answer(part_id=part_of(session, request_id), finding=Finding.NOTHING_KNOWN)]


def asked_school(session, it) -> Any:
    """A request to Hill School, of which everybody here is."""
    if not session.get(ContactChild, it.child):
        return uuid4()
    facts = asking(cast.AMARA.agency_id, "undue_delay")
    return ask_agency(session, it.child, facts, by=cast.CAROL, at=LATER).id


def shared_without_word(session, it) -> Any:
    """Something that was shared without agreement or reason."""
    if not session.get(ContactChild, it.child):
        return uuid4()
    entry = Entry(SharingKind.DISCLOSURE, "x", "x", basis=BASIS, ground=Ground.MANAGER)
    row = add_entry(session, it.child, entry, by=cast.BETH, at=LATER)
    session.flush()
    return row.id


def reference_of(session, it) -> str:
    """The reference of the child's contact."""
    child = session.get(ContactChild, it.child)
    return child.contact.reference if child else "none"


def passed(session, it, *, sent: bool = True, back: bool = False) -> Any:
    """The child's step-down, which Carol sent; perhaps it came back."""
    found = session.get(ContactChild, it.child)
    if found is None:
        return it.child
    to = {"by": cast.CAROL, "at": LATER}
    row = session.scalars(select(PassedOn).where(PassedOn.contact_child_id == found.id)).one()
    if sent:
        send_on(session, row.id, "Hub", "", **to)
    if back:
        record_returned(session, row.id, "Jo", "x", **to)
    return row.id


def advised(session, it) -> Any:
    """Advice for the child, of which nobody is told yet."""
    if not session.get(ContactChild, it.child):
        return it.child
    return pass_on(session, it.child, Passing.ADVICE, by=cast.CAROL, at=LATER).id


def stepped_down(session, it) -> Any:
    """The child, whose step-down was accepted."""
    row_id = passed(session, it)
    if session.get(ContactChild, it.child):
        record_accepted(session, row_id, AnswerFacts("Jo"), by=cast.CAROL, at=LATER)
    return it.child


MEETING = EndingFacts("Jo", MONDAY_NINE, date(2026, 2, 2))
COMES_BACK = StepUpFacts("x", "x", "no", "", "not_seen")
LINE = LineFacts(MONDAY_NINE.date(), "x", "x", Weight.STEP)


def ordered(session, it) -> Any:
    """The child's emergency protection order, which Carol entered."""
    if not session.get(ContactChild, it.child):
        return it.child
    kind, until = Ending.EMERGENCY_PROTECTION_ORDER, MONDAY_NINE + timedelta(days=6)
    facts = EndingFacts("Jo", MONDAY_NINE, until=until)
    return open_special(session, it.child, kind, facts, by=cast.CAROL, at=LATER).id


def special(session, it) -> Any:
    """The child's case before the MARAC, which Carol opened."""
    if not session.get(ContactChild, it.child):
        return it.child
    to = {"by": cast.CAROL, "at": LATER}
    return open_special(session, it.child, Ending.MARAC, MEETING, **to).id


def hidden(session, it) -> str:
    """The line of the child's contact, which Carol left out of print."""
    key = f"contact:{it.child}"
    if session.get(ContactChild, it.child):
        hide_line(session, it.child, key, "x", by=cast.CAROL, at=LATER)
        session.flush()
    return key


def directed(session, it) -> Any:
    """What a manager directed for the child."""
    if not session.get(ContactChild, it.child):
        return it.child
    decision = session.scalars(
        select(Decision.id).where(Decision.contact_child_id == it.child)
    ).one()
    row = Direction(decision_id=decision, what="x", who="x", due_on=LATER.date())
    session.add(row)
    session.flush()
    return row.id


def stepped_down_before(session, it) -> Any:
    """The child, who was sent to early help."""
    passed(session, it)
    return it.child


AGREED = ResolutionFacts(Resolution.AGREED, "x", "Dan, team manager", "x")


def a_message_on(session, it) -> Any:
    """What Carol wrote on the child's contact, if there is one."""
    found = session.get(ContactChild, it.child)
    if found is None:
        return uuid4()
    return send_message(session, found.contact_id, "x", token=uuid4(), by=cast.CAROL, at=LATER)


def asked_about(session, it) -> Any:
    """The child, about whom Carol asked the referrer."""
    if session.get(ContactChild, it.child):
        ask_and_wait(session, it.child, "x", token=uuid4(), by=cast.CAROL, at=LATER)
    return it.child


def a_key(session) -> Any:
    """A key of the school's system."""
    add_api_key(session, cast.AMARA.agency_id, "Records", by=cast.ADA, at=MONDAY_NINE)
    return session.scalars(select(ApiKey.id)).first()


def a_file() -> Kept:
    """A file that lies in the vault."""
    return Kept(uuid4(), "x.txt", FileKind.TEXT, 1, "0" * 64, ScanState.NOT_SCANNED, None)


def attached(session, **to: Any) -> Any:
    """A file of Amara's on this draft or contact."""
    row = Attachment(**asdict(a_file()), added_by=cast.AMARA.user_id, added_at=LATER, **to)
    session.add(row)
    session.flush()
    return row.id


def proposed(session, it) -> list[str]:
    """An indicator that waits for a person's yes, if there is the child."""
    if session.get(ContactChild, it.child):
        told = {"state": "proposed", "origin": "reading", "proposed_by": cast.BETH.user_id}
        told |= {"contact_child_id": it.child, "code": "low_mood_anxiety"}
        session.add(IndicatorSeen(id=uuid4(), **told, proposed_at=LATER))
        session.flush()
    return ["low_mood_anxiety"]


def contact_of(session, it) -> Any:
    """The contact of the child, if there is one."""
    found = session.get(ContactChild, it.child)
    return found.contact_id if found else uuid4()


def attached_to_child(session, it) -> Any:
    """A file on the child's contact, if there is one."""
    found = session.get(ContactChild, it.child)
    return attached(session, contact_id=found.contact_id) if found else uuid4()


def sent(call: Callable[..., Any]) -> Row:
    """What only whoever sent the contact does; others who see it are told so."""
    return Row(SENDING | SCREENING, "sent", call, "taken up")


def ref(session, it) -> str:
    """The reference of the child's contact; one of none where there is no child."""
    found = session.get(ContactChild, it.child)
    return found.contact.reference if found else new_reference()


def once(to: dict[str, Any]) -> dict[str, Any]:
    return {"token": uuid4(), **to}


def added(session, it):
    """The referrer has asked to withdraw."""
    found = session.get(ContactChild, it.child)
    if found:
        told = {"number": 1, "kind": "withdrawal", "reason": "other", "words": "x"}
        who = {"added_by": cast.DEV.user_id, "added_by_name": "Dev", "added_at": MONDAY_NINE}
        session.add(ContactAddition(contact_id=found.contact_id, token=uuid4(), **told, **who))
    return session


def called(session, it):
    """The contact was a call that is to be confirmed in writing."""
    found = session.get(ContactChild, it.child)
    if found:
        session.add(WrittenConfirmation(contact_id=found.contact_id, due_at=LATER))
    return session


def a_call_of(session, by: Actor) -> str:
    """The reference of a call that Beth took from this person."""
    told = {"channel": "telephone", "received_at": MONDAY_NINE}
    if by.user_id is not None:
        told["referrer"] = {"email": session.get_one(UserAccount, by.user_id).email}
    return stories.a_receipt(session, sent_by=cast.BETH, **told).reference


NOTICE = NoticeFacts(MONDAY_NINE, "x", "x", looked_after="no")
BACK = ReturnFacts(LATER, "by_police")
RISK = RiskFacts("low", "no", "no", "no", "x")
HELD = HeldFacts(LATER, "x", "advocate", push=("bullying",))


def episode(session, it) -> Any:
    """A missing episode of the child, recorded by Carol, if there is a child."""
    if not session.get(ContactChild, it.child):
        return it.child
    return missing.record_missing(session, it.child, NOTICE, by=cast.CAROL, at=LATER).id


def reporting(session, it) -> Any:
    """The child, whose contact reports it missing."""
    if row := session.get(ContactChild, it.child):
        row.contact.main_concern = "missing"
    return it.child


def back(session, it) -> Any:
    """The same, and the child is back."""
    found = episode(session, it)
    if session.get(ContactChild, it.child):
        missing.record_return(session, found, BACK, by=cast.CAROL, at=LATER)
    return found


def offer(session, it, answer: str = "") -> Any:
    """The same, and an interview was offered, perhaps accepted."""
    found = back(session, it)
    if not session.get(ContactChild, it.child):
        return found
    told = {"by": cast.CAROL, "at": LATER}
    made = missing.offer_return_interview(session, found, LATER, "x", to_child=True, **told)
    if answer:
        missing.answer_return_interview(session, made.id, answer, **told)
    return made.id


def missing_action(session, it) -> Any:
    """Something to be done of the child's missing episode."""
    found = episode(session, it)
    if not session.get(ContactChild, it.child):
        return found
    told = {"by": cast.CAROL, "at": LATER}
    return missing.add_action(session, found, "x", "x", date(2027, 1, 1), **told).id


def a_strategy_talk(session, it, *, upto: str = "convened") -> Any:
    """A discussion about the child that Carol called, held, or closed; gives the discussion."""
    if not session.get(ContactChild, it.child):
        return SimpleNamespace(id=it.child)
    invited = (Invited(Sector.HEALTH, "A clinic on no list", "Dev"),)
    facts = Convened("Carol", LATER - HOUR, Form.MEETING, invited)
    row = convene_discussion(session, [it.child], facts, by=cast.CAROL, at=LATER)
    if upto != "convened":
        record_held(session, row.id, was_held(session, row.id), by=cast.CAROL, at=LATER)
    if upto == "closed":
        close_discussion(session, row.id, came_to(it.child), by=cast.CAROL, at=LATER)
    return row


def was_held(session, discussion_id) -> Held:
    parts = {each.id: Took(strategy.Part.ATTENDED) for each in people_of(session, discussion_id)}
    return Held(LATER - HOUR, LATER, parts)


def came_to(child_id) -> Agreed:
    no = ChildOutcome(child_id, YesNo.NO, "x", instead="x")
    return Agreed(
        "x", (no,), parents=Parents.TOLD, parents_words="x", other_children="x",
        tasks=(StrategyTaskFacts("x", "x", LATER.date()),), next_on=LATER.date(),
        without_quorum="x",
    )  # fmt: skip


def an_agreed_task(session, it) -> Any:
    """A task that was agreed about the child."""
    row = a_strategy_talk(session, it, upto="closed")
    found = select(StrategyTask.id).where(StrategyTask.discussion_id == row.id)
    return session.scalars(found).first() or uuid4()


def somebody_invited(session, it, *, dissents: bool = False) -> Any:
    """Somebody of the child's closed discussion; with a dissent that was not taken further."""
    row = a_strategy_talk(session, it, upto="closed")
    people = people_of(session, row.id)
    if people and dissents:
        record_dissent(session, people[0].id, "x", "x", by=cast.CAROL, at=LATER)
        people[0].agency_id = cast.AMARA.agency_id
        session.flush()
    return people[0].id if people else uuid4()


A_VISIT = Visited(LATER, "x", "x", was_seen=False, why_not_seen="x")
DATES = "reference,child,step,day\n{},1,s47_started,{}\n"


def decided_child(session) -> Any:
    """A child who is decided, whom the front door may see."""
    open_to_all = select(ContactChild.id).where(
        ContactChild.decided_at.is_not(None),
        ContactChild.person_id.not_in(select(Restriction.person_id)),
    )
    return session.scalars(open_to_all).first()


def a_file_of_dates(session, it) -> bytes:
    """A line about the child of a contact."""
    return DATES.format(ref(session, it), LATER.date().isoformat()).encode()


def change_a_fact(do, session, it, to) -> None:
    """Something is said, and put right."""
    talk = kept.say(session, it.draft, "His sister is 4", turn=1, **to)
    do(session, it.draft, talk.facts[0], "x", **to)


TABLE: dict[str, Row] = {
    "access.add_agency": account(
        lambda do, s, it, to: do(s, "New", kind="school", source_code="2A", **to)
    ),
    "access.add_user": account(
        lambda do, s, it, to: do(
            s, "n@x.example", "N", role=Role.ANALYST, agency_id=cast.ADA.agency_id, **to
        )
    ),
    "access.change_user": account(
        lambda do, s, it, to: do(
            s,
            cast.DEV.user_id,
            seen=s.get_one(UserAccount, cast.DEV.user_id).version,
            role=Role.REFERRER,
            qualified=False,
            agency_id=cast.DEV.agency_id,
            **to,
        )
    ),
    "access.issue_link": account(lambda do, s, it, to: do(s, cast.DEV.user_id, **to)),
    "access.end_sessions_of": account(lambda do, s, it, to: do(s, cast.DEV.user_id, **to)),
    "agency_systems.add_api_key": account(
        lambda do, s, it, to: do(s, cast.DEV.agency_id, "Records", **to)
    ),
    "agency_systems.revoke_api_key": account(lambda do, s, it, to: do(s, a_key(s), **to)),
    "access.sign_out": Row(EVERYBODY, "nothing", lambda do, s, it, to: do(s, uuid4(), **to)),
    "access.note_viewed": Row(
        EVERYBODY, "nothing", lambda do, s, it, to: do(s, it.sign_in, "x", **to)
    ),
    # A person's own words about anything, found by her id; nobody can name another's.
    "access.keep_draft": Row(
        EVERYBODY, "nothing", lambda do, s, it, to: do(s, "decision", "x", {"why": "x"}, **to)
    ),
    "access.drafts_of": Row(EVERYBODY, "nothing", lambda do, s, it, to: do(s, "x", **to)),
    "access.draft_of": Row(
        EVERYBODY, "nothing", lambda do, s, it, to: do(s, "decision", "x", **to)
    ),
    # Part of a deed that asked who does it; a mail holds no words of anybody.
    "outbox.post": Row(
        EVERYBODY, "nothing", lambda do, s, it, to: do(s, Kind.NEWS, to_user=DEV_ID, **to)
    ),
    "outbox.post_webhook": Row(
        EVERYBODY,
        "nothing",
        lambda do, s, it, to: do(s, EventKind.TEST, endpoint_id=it.endpoint, **to),
    ),
    "outbox.mail_account_link": account(lambda do, s, it, to: do(s, DEV_ID, **to)),
    "outbox.try_again": account(lambda do, s, it, to: do(s, it.stuck, **to)),
    "outbox.drop": account(lambda do, s, it, to: do(s, it.stuck, **to)),
    "outbox.add_endpoint": account(
        lambda do, s, it, to: do(s, cast.AMARA.agency_id, "https://a.example/x", **to)
    ),
    "outbox.renew_secret": account(lambda do, s, it, to: do(s, it.endpoint, **to)),
    "outbox.close_endpoint": account(lambda do, s, it, to: do(s, it.endpoint, **to)),
    # Called only where a database is brought up to date; there is no page for it.
    "thresholds.load_editions": Row(
        EVERYBODY, "nothing", lambda do, s, it, to: do(s, settings().levels_of_need, **to)
    ),
    "editions.start_draft": keeping(
        lambda do, s, it, to: do(s, it.edition, "x", date(2026, 5, 1), code="default", **to)
    ),
    "editions.import_draft": keeping(
        lambda do, s, it, to: do(s, 'id = "x"', "x", code="default", **to)
    ),
    "editions.save_part": keeping(
        lambda do, s, it, to: do(s, it.edition_draft, Part("theme", "x"), None, seen=1, **to)
    ),
    "editions.save_text": keeping(
        lambda do, s, it, to: do(s, it.edition_draft, "x = 1", seen=1, **to)
    ),
    "editions.return_to_version": keeping(
        lambda do, s, it, to: do(s, it.edition_draft, 1, seen=1, **to)
    ),
    "editions.withdraw_draft": keeping(lambda do, s, it, to: do(s, it.edition_draft, "x", **to)),
    "editions.ask_for_publishing": keeping(
        lambda do, s, it, to: do(
            s, it.edition_draft, it.sha256, on=LATER.date(), in_place_of=None, **to
        )
    ),
    "editions.publish": keeping(
        lambda do, s, it, to: do(s, it.asked_draft, it.sha256, on=LATER.date(), **to)
    ),
    "editions.send_back": keeping(lambda do, s, it, to: do(s, it.asked_draft, "x", **to)),
    "matching.import_register": Row(NOBODY, "nothing", lambda do, s, it, to: do(s, None, **to)),
    "contacts.submit_contact": Row(
        SENDING | SCREENING,
        "nothing",
        lambda do, s, it, to: do(s, stories.submission(), token=uuid4(), **to),
    ),
    "contacts.start_draft": Row(SENDING | SCREENING, "nothing", lambda do, s, it, to: do(s, **to)),
    "contacts.save_draft": Row(
        EVERYBODY, "draft", lambda do, s, it, to: do(s, it.draft, {"x": 1}, **to)
    ),
    "contacts.save_answers": Row(
        EVERYBODY, "draft", lambda do, s, it, to: do(s, it.draft, {"concern.worry": "x"}, **to)
    ),
    "chat.begin_talk": Row(EVERYBODY, "draft", lambda do, s, it, to: do(s, it.draft, **to)),
    "chat.come_back": Row(EVERYBODY, "draft", lambda do, s, it, to: do(s, it.draft, **to)),
    "chat.say": Row(EVERYBODY, "draft", lambda do, s, it, to: do(s, it.draft, "x", turn=1, **to)),
    "chat.change_fact": Row(EVERYBODY, "draft", change_a_fact),
    "contacts.discard_draft": Row(EVERYBODY, "draft", lambda do, s, it, to: do(s, it.draft, **to)),
    "contacts.send_draft": Row(
        SENDING | SCREENING, "draft", lambda do, s, it, to: do(s, it.draft, **to)
    ),
    "contacts.record_protective_action": child(
        (SENDING - {"api_client"}) | FRONT_DOOR,
        "new",
        lambda do, s, it, to: do(s, it.child, "called_999", "", **to),
    ),
    "attachments.attach_to_draft": Row(
        SENDING | SCREENING, "draft", lambda do, s, it, to: do(s, it.draft, a_file(), **to)
    ),
    "attachments.attach_to_contact": child(
        SENDING | FRONT_DOOR, "new", lambda do, s, it, to: do(s, contact_of(s, it), a_file(), **to)
    ),
    "attachments.remove_attachment": Row(
        EVERYBODY, "draft", lambda do, s, it, to: do(s, attached(s, draft_id=it.draft), **to)
    ),
    "attachments.put_back_attachment": Row(
        EVERYBODY, "draft", lambda do, s, it, to: do(s, attached(s, draft_id=it.draft), **to)
    ),
    "attachments.open_attachment": child(
        EVERYBODY,
        "new",
        lambda do, s, it, to: do(s, attached_to_child(s, it), must_be_clean=False, **to),
    ),
    # Only the service's own jobs.
    "attachments.record_scan": Row(
        NOBODY, "nothing", lambda do, s, it, to: do(s, uuid4(), ScanState.CLEAN, **to)
    ),
    "attachments.sweep_files": Row(NOBODY, "nothing", lambda do, s, it, to: do(s, None, **to)),
    "after_sending.add_words": sent(lambda do, s, it, to: do(s, ref(s, it), "x", **once(to))),
    "after_sending.amend_answer": sent(
        lambda do, s, it, to: do(s, ref(s, it), "concern.worry", "x", "y", seen=0, **once(to))
    ),
    "after_sending.ask_to_withdraw": sent(
        lambda do, s, it, to: do(s, ref(s, it), "other", "x", **once(to))
    ),
    "after_sending.record_additions_read": child(
        SCREENING, "taken up", lambda do, s, it, to: do(added(s, it), it.child, 1, **to)
    ),
    "after_sending.answer_withdrawal": child(
        SCREENING,
        "taken up",
        lambda do, s, it, to: do(added(s, it), it.child, stands=True, reason="x", **to),
    ),
    "after_sending.record_written_confirmation": child(
        SCREENING, "new", lambda do, s, it, to: do(called(s, it), it.child, "letter", **to)
    ),
    "after_sending.confirm_call": Row(
        SENDING, "nothing", lambda do, s, it, to: do(s, a_call_of(s, to["by"]), "x", **once(to))
    ),
    "people.restrict_person": Row(
        MANAGING,
        "child",
        lambda do, s, it, to: do(
            s,
            it.person,
            reason="x",
            review_on=date(2027, 1, 1),
            readers=[cast.CAROL.user_id, cast.DAN.user_id],
            **to,
        ),
        "taken up",
    ),
    "people.name_reader": Row(
        frozenset({"manager"}),
        "nothing",
        lambda do, s, it, to: do(s, cast.CAROL.user_id, "x", **to),
    ),
    "people.lift_restriction": Row(
        MANAGING, "child", lambda do, s, it, to: do(s, it.person, because="x", **to), "guarded"
    ),
    "matching.link_records": child(
        LINKING,
        "taken up",
        lambda do, s, it, to: do(s, it.person, it.partner, reason="x", **to),
    ),
    "matching.unlink_records": child(
        LINKING,
        "decided",
        lambda do, s, it, to: do(s, it.person, it.partner, because="x", **to),
    ),
    "consent.record_consent": child(
        FRONT_DOOR,
        "taken up",
        lambda do, s, it, to: do(s, it.child, ConsentFacts("R", "sharing", "given"), **to),
    ),
    "consent.record_lawful_basis": child(
        SCREENING,
        "taken up",
        lambda do, s, it, to: do(
            s,
            it.child,
            article_6="public_task",
            article_9="none",
            gateway="ca1989_s17",
            confidentiality="consent",
            necessity="x",
            **to,
        ),
    ),
    # Only the commands that read the whole register keep what they found.
    "matching.propose_weights": Row(
        NOBODY, "nothing", lambda do, s, it, to: do(s, shipped_weights(), {}, **to)
    ),
    "matching.activate_weights": Row(
        frozenset({"policy_lead"}),
        "nothing",
        lambda do, s, it, to: do(s, MEASURED.sha256, reason="x", **to),
    ),
    "matching.list_duplicates": Row(
        NOBODY, "nothing", lambda do, s, it, to: do(s, [], "model", **to)
    ),
    "matching.answer_duplicate": child(
        LINKING, "taken up", lambda do, s, it, to: do(s, it.pair, "same", reason="x", **to)
    ),
    "matching.undo_duplicate_answer": child(
        LINKING, "decided", lambda do, s, it, to: do(s, it.pair, because="x", **to)
    ),
    "matching.suggest_matches": child(
        SCREENING, "taken up", lambda do, s, it, to: do(s, it.child, **to)
    ),
    "matching.search_by_hand": child(
        SCREENING, "taken up", lambda do, s, it, to: do(s, it.child, identity(), **to)
    ),
    "matching.note_file_searched": Row(
        SCREENING, "nothing", lambda do, s, it, to: do(s, Answered("0" * 64), **to)
    ),
    "matching.confirm_match": child(
        SCREENING, "new", lambda do, s, it, to: do(s, it.child, it.open_person, **to)
    ),
    "matching.reject_match": child(
        SCREENING, "new", lambda do, s, it, to: do(s, it.child, it.open_person, **to)
    ),
    "matching.leave_match_open": child(
        SCREENING, "new", lambda do, s, it, to: do(s, it.child, it.open_person, **to)
    ),
    "matching.take_back_answer": child(
        SCREENING,
        "new",
        lambda do, s, it, to: do(s, *doubted(s, it), because="x", **to),
    ),
    "matching.confirm_adult": child(
        SCREENING, "new", lambda do, s, it, to: do(s, it.child, 0, known_adult(s), **to)
    ),
    "matching.rule_out_adult": child(
        SCREENING, "new", lambda do, s, it, to: do(s, it.child, 0, known_adult(s), **to)
    ),
    "matching.record_new_adult": child(
        SCREENING, "new", lambda do, s, it, to: do(s, it.child, 0, **to)
    ),
    "matching.undo_adult": child(
        SCREENING, "new", lambda do, s, it, to: do(s, said_who(s, it), 0, because="x", **to)
    ),
    "matching.restrict_name": Row(
        MANAGING,
        "child",
        lambda do, s, it, to: do(
            s,
            it.person,
            "Kayla",
            "Marsh",
            reason="x",
            review_on=date(2027, 1, 1),
            readers=[cast.CAROL.user_id, cast.DAN.user_id],
            **to,
        ),
        "taken up",
    ),
    "matching.lift_name_restriction": Row(
        MANAGING,
        "child",
        lambda do, s, it, to: do(s, restricted_name(s, it, to["by"]), because="x", **to),
        "taken up",
    ),
    "matching.recall_match": child(
        frozenset({"manager"}),
        "decided",
        lambda do, s, it, to: do(s, it.child, because="x", **to),
    ),
    "matching.settle_rested": child(
        frozenset({"manager"}),
        "decided",
        lambda do, s, it, to: do(s, rested_on_link(s, it), "x", **to),
    ),
    "matching.record_new_person": child(
        SCREENING, "new", lambda do, s, it, to: do(s, it.child, **to)
    ),
    "matching.undo_match": child(
        SCREENING, "taken up", lambda do, s, it, to: do(s, it.child, because="x", **to)
    ),
    "screening.take_up": child(SCREENING, "new", lambda do, s, it, to: do(s, it.child, **to)),
    "screening.hand_over": child(
        SCREENING, "taken up", lambda do, s, it, to: do(s, it.child, "x", **to)
    ),
    "screening.record_indicators": child(
        SCREENING, "taken up", lambda do, s, it, to: do(s, it.child, [], **to)
    ),
    "screening.accept_proposed": child(
        SCREENING, "taken up", lambda do, s, it, to: do(s, it.child, proposed(s, it), **to)
    ),
    "screening.propose_from_words": child(
        SCREENING, "taken up", lambda do, s, it, to: do(s, it.child, **to)
    ),
    "screening.copy_indicators_to_siblings": child(
        SCREENING, "taken up", lambda do, s, it, to: do(s, it.child, **to)
    ),
    "screening.record_help_before": child(
        SCREENING, "taken up", lambda do, s, it, to: do(s, it.child, [], **to)
    ),
    "screening.set_rag": child(
        SCREENING, "taken up", lambda do, s, it, to: do(s, it.child, Rag.GREEN, "x", **to)
    ),
    "screening.record_analysis": child(
        SCREENING, "taken up", lambda do, s, it, to: do(s, it.child, {"so_what": "x"}, **to)
    ),
    "screening.set_level": child(
        SCREENING, "taken up", lambda do, s, it, to: do(s, it.child, 3, Route.EARLY_HELP, **to)
    ),
    "screening.send_for_decision": child(
        SCREENING, "taken up", lambda do, s, it, to: do(s, it.child, **to)
    ),
    # Who writes on a contact: who sent it, her agency's lead, and those who screen.
    "talk.send_message": child(
        SENDING | SCREENING,
        "taken up",
        lambda do, s, it, to: do(s, contact_of(s, it), "x", token=uuid4(), **to),
    ),
    "talk.mark_read": child(
        SENDING | SCREENING,
        "taken up",
        lambda do, s, it, to: do(s, [a_message_on(s, it)], **to),
    ),
    "talk.ask_and_wait": child(
        SCREENING, "taken up", lambda do, s, it, to: do(s, it.child, "x", token=uuid4(), **to)
    ),
    "talk.stop_waiting": child(
        SCREENING, "taken up", lambda do, s, it, to: do(s, asked_about(s, it), "x", **to)
    ),
    "talk.write_note": child(
        FRONT_DOOR, "new", lambda do, s, it, to: do(s, it.child, "x", token=uuid4(), **to)
    ),
    "talk.open_consultation": Row(
        CONSULTING, "nothing", lambda do, s, it, to: do(s, "x", token=uuid4(), **to)
    ),
    "talk.write_in_consultation": Row(
        CONSULTING | QUALIFIED,
        "consultation",
        lambda do, s, it, to: do(s, it.consultation, "x", token=uuid4(), **to),
    ),
    "talk.record_advice": Row(
        QUALIFIED,
        "consultation",
        lambda do, s, it, to: do(s, it.consultation, "x", token=uuid4(), **to),
    ),
    "talk.make_contact": Row(
        CONSULTING, "consultation", lambda do, s, it, to: do(s, it.consultation, **to)
    ),
    "decisions.record_decision": child(
        frozenset({"manager"}),
        "sent",
        lambda do, s, it, to: do(s, it.child, stories.a_decision(repeat_comment="x"), **to),
    ),
    "decisions.return_to_worker": child(
        frozenset({"manager"}), "sent", lambda do, s, it, to: do(s, it.child, "x", **to)
    ),
    "decisions.record_daily_review": child(
        frozenset({"manager"}), "sent", lambda do, s, it, to: do(s, it.child, "x", **to)
    ),
    "decisions.review_night_decision": child(
        frozenset({"manager"}), "decided", lambda do, s, it, to: do(s, alone(s, it), "x", **to)
    ),
    "decisions.record_help_agreed": child(
        FRONT_DOOR, "decided", lambda do, s, it, to: do(s, it.child, **to)
    ),
    "decisions.record_referrer_told": child(
        SCREENING, "decided", lambda do, s, it, to: do(s, by_telephone(s, it), LATER, **to)
    ),
    "promises.recount": Row(NOBODY, "nothing", lambda do, s, it, to: do(s, BankHolidays(), **to)),
    "disagreements.raise_disagreement": child(
        ANSWERING_BACK, "decided", lambda do, s, it, to: do(s, it.child, "x", "x", **to)
    ),
    "disagreements.answer_disagreement": child(
        SCREENING, "decided", lambda do, s, it, to: do(s, disagreed(s, it), "x", **to)
    ),
    "disagreements.accept_answer": child(
        ANSWERING_BACK, "decided", lambda do, s, it, to: do(s, answered(s, it), "", **to)
    ),
    "disagreements.escalate_disagreement": child(
        ANSWERING_BACK, "decided", lambda do, s, it, to: do(s, answered(s, it), "x", stage=2, **to)
    ),
    "disagreements.resolve_disagreement": child(
        frozenset({"manager"}),
        "decided",
        lambda do, s, it, to: do(s, accepted(s, it), AGREED, **to),
    ),
    "disagreements.rate_experience": child(
        ANSWERING_BACK, "decided", lambda do, s, it, to: do(s, reference_of(s, it), 4, **to)
    ),
    # Missing episodes are the front door's; a manager's oversight is a qualified one's.
    "missing.record_missing": child(
        FRONT_DOOR, "new", lambda do, s, it, to: do(s, it.child, NOTICE, **to)
    ),
    "missing.record_return": child(
        FRONT_DOOR, "new", lambda do, s, it, to: do(s, episode(s, it), BACK, **to)
    ),
    "missing.review_missing": child(
        frozenset({"manager"}), "new", lambda do, s, it, to: do(s, episode(s, it), "x", **to)
    ),
    "missing.settle_report": child(
        frozenset({"manager"}), "new", lambda do, s, it, to: do(s, reporting(s, it), "x", **to)
    ),
    "missing.assess_risk": child(
        FRONT_DOOR, "new", lambda do, s, it, to: do(s, episode(s, it), RISK, **to)
    ),
    "missing.propose_from_missing": child(
        SCREENING, "taken up", lambda do, s, it, to: do(s, episode(s, it), **to)
    ),
    "missing.add_action": child(
        FRONT_DOOR,
        "new",
        lambda do, s, it, to: do(s, episode(s, it), "x", "x", date(2027, 1, 1), **to),
    ),
    "missing.finish_action": child(
        FRONT_DOOR, "new", lambda do, s, it, to: do(s, missing_action(s, it), **to)
    ),
    "missing.leave_action_undone": child(
        FRONT_DOOR, "new", lambda do, s, it, to: do(s, missing_action(s, it), "x", **to)
    ),
    "missing.take_back_missing": child(
        frozenset({"manager"}), "new", lambda do, s, it, to: do(s, episode(s, it), "x", **to)
    ),
    "missing.choose_provider": child(
        FRONT_DOOR, "new", lambda do, s, it, to: do(s, episode(s, it), "independent", "x", **to)
    ),
    "missing.offer_return_interview": child(
        FRONT_DOOR,
        "new",
        lambda do, s, it, to: do(s, back(s, it), LATER, "x", to_child=True, **to),
    ),
    "missing.answer_return_interview": child(
        FRONT_DOOR, "new", lambda do, s, it, to: do(s, offer(s, it), "accepted", **to)
    ),
    "missing.record_return_interview": child(
        FRONT_DOOR, "new", lambda do, s, it, to: do(s, offer(s, it, "accepted"), HELD, **to)
    ),
    "screening.propose_indicators": child(
        SCREENING, "taken up", lambda do, s, it, to: do(s, it.child, {}, "missing", **to)
    ),
    "decisions.take_direction": child(
        FRONT_DOOR, "decided", lambda do, s, it, to: do(s, directed(s, it), **to)
    ),
    "decisions.end_direction": child(
        FRONT_DOOR,
        "decided",
        lambda do, s, it, to: do(s, directed(s, it), "x", was_done=True, **to),
    ),
    "decisions.close_child": child(
        frozenset({"manager"}), "decided", lambda do, s, it, to: do(s, stepped_down(s, it), **to)
    ),
    "hand_on.follow_outcome": child(
        frozenset({"manager"}), "decided", lambda do, s, it, to: do(s, it.child, Outcome.LADO, **to)
    ),
    "hand_on.pass_on": child(
        frozenset({"manager"}),
        "decided",
        lambda do, s, it, to: do(s, it.child, Passing.TRANSFER, **to),
    ),
    "hand_on.send_on": child(
        FRONT_DOOR,
        "decided",
        lambda do, s, it, to: do(s, passed(s, it, sent=False), "Hub", "", **to),
    ),
    "hand_on.record_accepted": child(
        FRONT_DOOR,
        "decided",
        lambda do, s, it, to: do(s, passed(s, it), AnswerFacts("Jo"), **to),
    ),
    "hand_on.record_told": child(
        FRONT_DOOR, "decided", lambda do, s, it, to: do(s, advised(s, it), "School", "Jo", **to)
    ),
    "hand_on.record_returned": child(
        FRONT_DOOR, "decided", lambda do, s, it, to: do(s, passed(s, it), "Jo", "x", **to)
    ),
    "hand_on.settle_return": child(
        frozenset({"manager"}),
        "decided",
        lambda do, s, it, to: do(s, passed(s, it, back=True), "x", again=True, **to),
    ),
    "hand_on.open_special": child(
        FRONT_DOOR, "taken up", lambda do, s, it, to: do(s, it.child, Ending.MARAC, MEETING, **to)
    ),
    "hand_on.name_owner": child(
        FRONT_DOOR, "taken up", lambda do, s, it, to: do(s, special(s, it), MEETING, **to)
    ),
    "hand_on.extend_special": child(
        FRONT_DOOR,
        "taken up",
        lambda do, s, it, to: do(
            s, ordered(s, it), MONDAY_NINE + timedelta(days=9), granted_at=MONDAY_NINE, **to
        ),
    ),
    "hand_on.end_special": child(
        FRONT_DOOR, "taken up", lambda do, s, it, to: do(s, special(s, it), "x", **to)
    ),
    "hand_on.step_up": child(
        FRONT_DOOR,
        "decided",
        lambda do, s, it, to: do(s, stepped_down_before(s, it), COMES_BACK, **to),
    ),
    "hand_on.write_family_summary": child(
        frozenset({"manager"}), "decided", lambda do, s, it, to: do(s, it.child, "We help.", **to)
    ),
    "chronology.add_line": child(
        SCREENING, "new", lambda do, s, it, to: do(s, it.child, LINE, **to)
    ),
    "chronology.correct_line": child(
        SCREENING,
        "new",
        lambda do, s, it, to: do(s, it.child, f"contact:{it.child}", LINE, "x", **to),
    ),
    "chronology.hide_line": child(
        SCREENING, "new", lambda do, s, it, to: do(s, it.child, f"contact:{it.child}", "x", **to)
    ),
    "chronology.show_line": child(
        SCREENING, "new", lambda do, s, it, to: do(s, it.child, hidden(s, it), **to)
    ),
    "strategy.convene_discussion": child(
        SCREENING,
        "taken up",
        lambda do, s, it, to: do(s, [it.child], Convened("x", LATER, Form.CALL), **to),
    ),
    "strategy.invite_to_discussion": child(
        SCREENING,
        "taken up",
        lambda do, s, it, to: do(
            s, a_strategy_talk(s, it).id, Invited(Sector.POLICE, "x", "x"), **to
        ),
    ),
    "strategy.cancel_discussion": child(
        SCREENING, "taken up", lambda do, s, it, to: do(s, a_strategy_talk(s, it).id, "x", **to)
    ),
    "strategy.record_not_needed": child(
        frozenset({"manager"}), "taken up", lambda do, s, it, to: do(s, it.child, "x", **to)
    ),
    "strategy.record_held": child(
        SCREENING,
        "taken up",
        lambda do, s, it, to: do(s, talk := a_strategy_talk(s, it).id, was_held(s, talk), **to),
    ),
    "strategy.close_discussion": child(
        SCREENING,
        "taken up",
        lambda do, s, it, to: do(
            s, a_strategy_talk(s, it, upto="held").id, came_to(it.child), **to
        ),
    ),
    "strategy.record_task_done": child(
        SCREENING, "taken up", lambda do, s, it, to: do(s, an_agreed_task(s, it), **to)
    ),
    "strategy.note_minutes_printed": child(
        FRONT_DOOR, "taken up", lambda do, s, it, to: do(s, a_strategy_talk(s, it).id, **to)
    ),
    "strategy.record_dissent": child(
        SCREENING, "taken up", lambda do, s, it, to: do(s, somebody_invited(s, it), "x", "x", **to)
    ),
    "strategy.open_escalation": child(
        SCREENING,
        "decided",
        lambda do, s, it, to: do(s, somebody_invited(s, it, dissents=True), **to),
    ),
    "after_decision.record_visit": child(
        SCREENING, "decided", lambda do, s, it, to: do(s, it.child, A_VISIT, **to)
    ),
    "after_decision.record_allocation": child(
        SCREENING,
        "decided",
        lambda do, s, it, to: do(s, it.child, Allocated("x", "x", LATER), **to),
    ),
    "after_decision.record_later_date": child(
        SCREENING,
        "decided",
        lambda do, s, it, to: do(s, it.child, Step.S47_STARTED, LATER.date(), **to),
    ),
    # What is closed to somebody is a fault of the file, told as a reference that is not there.
    "after_decision.import_later_dates": Row(
        SCREENING,
        "nothing",
        lambda do, s, it, to: do(
            s, a_file_of_dates(s, SimpleNamespace(child=decided_child(s))), **to
        ),
    ),
    "access.change_agency": account(
        lambda do, s, it, to: do(s, cast.DEV.agency_id, presence=Presence.VIRTUAL, **to)
    ),
    "sharing.record_disclosure": child(
        SCREENING,
        "new",
        lambda do, s, it, to: do(
            s, it.child, DisclosureFacts("x", "x", "x", BASIS, MONDAY_NINE), **to
        ),
    ),
    "sharing.record_not_shared": child(
        SCREENING, "new", lambda do, s, it, to: do(s, it.child, "x", "x", "x", **to)
    ),
    "sharing.authorise_disclosure": child(
        MANAGING, "new", lambda do, s, it, to: do(s, shared_without_word(s, it), **to)
    ),
    "enquiries.ask_agency": child(
        SCREENING,
        "taken up",
        lambda do, s, it, to: do(s, it.child, asking(a_lead(s).agency_id), **to),
    ),
    "enquiries.authorise_request": child(
        MANAGING, "taken up", lambda do, s, it, to: do(s, needs_word(s, it), "x", **to)
    ),
    "enquiries.decline_request": child(
        MANAGING, "taken up", lambda do, s, it, to: do(s, needs_word(s, it), "x", **to)
    ),
    "enquiries.chase": child(
        SCREENING, "taken up", lambda do, s, it, to: do(s, asked_of(s, it), **to)
    ),
    "enquiries.escalate_request": child(
        SCREENING, "taken up", lambda do, s, it, to: do(s, asked_of(s, it), **to)
    ),
    "enquiries.close_request": child(
        SCREENING, "taken up", lambda do, s, it, to: do(s, asked_of(s, it), "x", **to)
    ),
    "enquiries.mark_reply_read": child(
        SCREENING, "taken up", lambda do, s, it, to: do(s, answered_request(s, it), **to)
    ),
    "enquiries.mark_relevance": child(
        SCREENING,
        "taken up",
        lambda do, s, it, to: do(s, part_of(s, answered_request(s, it)), "relevant", **to),
    ),
    "enquiries.release_reply": child(
        MANAGING, "taken up", lambda do, s, it, to: do(s, answered_request(s, it), "x", **to)
    ),
    "enquiries.stop_what_rested": child(
        FRONT_DOOR, "taken up", lambda do, s, it, to: do(s, it.child, **to)
    ),
    # Whoever answers for the agency that was asked, about whichever child.
    "enquiries.reply": Row(
        frozenset({"agency_lead", "partner_representative", "api_client"}),
        "nothing",
        lambda do, s, it, to: do(
            s, request := asked_school(s, it), nothing_known(s, request), **to
        ),
        "taken up",
    ),
    "allocation.allocate": child(
        MANAGING,
        "taken up",
        lambda do, s, it, to: do(
            s, it.child, worker_id=cast.CAROL.user_id, reason="x", despite=list(Block), **to
        ),
    ),
    "allocation.add_second": child(
        MANAGING,
        "taken up",
        lambda do, s, it, to: do(s, it.child, worker_id=cast.DAN.user_id, what_for="x", **to),
    ),
    "allocation.end_second": child(
        MANAGING, "taken up", lambda do, s, it, to: do(s, second_of(s, it), "x", **to)
    ),
    "allocation.record_conflict": child(
        SCREENING, "new", lambda do, s, it, to: do(s, it.child, to["by"].user_id, **to)
    ),
    "allocation.lift_conflict": child(
        MANAGING, "new", lambda do, s, it, to: do(s, conflict_of(s, it), "x", **to)
    ),
    "allocation.ask_why_quiet": child(
        MANAGING, "taken up", lambda do, s, it, to: do(s, it.child, **to)
    ),
    "allocation.answer_prompt": child(
        SCREENING, "taken up", lambda do, s, it, to: do(s, asked_why(s, it, to["by"]), "x", **to)
    ),
    "allocation.add_team": keeping_teams(lambda do, s, it, to: do(s, "New", ["ZA1"], **to)),
    "allocation.change_team": keeping_teams(
        lambda do, s, it, to: do(s, it.team, seen=1, name="Hill", areas=[], **to)
    ),
    "allocation.set_worker_profile": keeping_teams(
        lambda do, s, it, to: do(
            s, cast.BETH.user_id, team_id=None, newly_qualified=True, most=1, **to
        )
    ),
    "allocation.record_absence": keeping_teams(
        lambda do, s, it, to: do(s, to["by"].user_id, A_DAY, A_DAY, **to), FRONT_DOOR
    ),
    "allocation.end_absence": keeping_teams(
        lambda do, s, it, to: do(s, away(s, to["by"]), **to), FRONT_DOOR
    ),
    "handover.hand_over_to_day": child(
        SCREENING, "new", lambda do, s, it, to: do(s, it.child, **HANDED, **to)
    ),
    "handover.mark_handover_read": child(
        SCREENING - {"out_of_hours"},
        "new",
        lambda do, s, it, to: do(s, handed_over(s, it), **to),
    ),
    "worklists.save_filter": Row(
        FRONT_DOOR, "nothing", lambda do, s, it, to: do(s, "Mine", {}, **to)
    ),
    "worklists.remove_filter": Row(
        FRONT_DOOR, "nothing", lambda do, s, it, to: do(s, "Mine", **to)
    ),
    "worklists.export_contacts": Row(
        frozenset({"agency_lead"}), "nothing", lambda do, s, it, to: do(s, **to)
    ),
    "decisions.start_help": child(HELPING, "decided", lambda do, s, it, to: do(s, it.child, **to)),
}


def expected(name: str, row: Row, role: str, whose: str) -> str:
    """What the table says: `may`, `NotAllowed`, or `NotFound`."""
    if row.on == "draft" and whose != OWN:
        return "NotFound"
    if role not in row.may:
        return "NotAllowed"
    if row.on == "consultation" and role in SENDING and whose != OWN:
        return "NotFound"
    if row.on == "child" and not sees(role, whose):
        return "NotFound"
    if row.on == "sent" and not sees(role, whose):
        return "NotFound"
    if row.on == "sent" and whose != OWN:
        return "NotAllowed"
    if name == "disagreements.rate_experience" and whose != OWN:
        return "NotAllowed"  # an agency lead sees a colleague's contact; its sender says how it was
    qualified = name in {
        "screening.set_rag",
        "after_sending.answer_withdrawal",
        "strategy.close_discussion",
    }
    return "NotAllowed" if qualified and role not in QUALIFIED else "may"


# ---------------------------------------------------------------- the actions, by reflection

OF_DEEDS = ("access", "outbox", "thresholds", "editions", "agency_systems", "people", "contacts",
            "attachments", "after_sending", "consent", "matching", "chat", "allocation",
            "screening", "sharing", "enquiries", "hand_on", "decisions", "talk", "handover",
            "missing", "disagreements", "strategy", "after_decision", "promises", "worklists",
            "chronology")  # fmt: skip
HOLD_DEEDS = {"actions", "agencies", "drafts", "kept", "register_import"}


def kinds_of(parameter: inspect.Parameter) -> tuple[Any, ...]:
    """What a parameter may be: one kind, or each of several."""
    return get_args(parameter.annotation) or (parameter.annotation,)


def is_row(kind: Any) -> bool:
    return kind.__class__ is type(UserAccount)


def actions() -> dict[str, Callable[..., Any]]:
    """Every public function that is told who and when, and that is not handed a live row."""
    found = {}
    for folder in OF_DEEDS:
        package = importlib.import_module(f"mash_triage.{folder}")
        for module_info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not HOLD_DEEDS & set(module_info.name.split(".")):
                continue
            module = importlib.import_module(module_info.name)
            for name, function in inspect.getmembers(module, inspect.isfunction):
                told = inspect.signature(function).parameters
                live = any(is_row(kind) for each in told.values() for kind in kinds_of(each))
                own = function.__module__ == module.__name__ and not name.startswith("_")
                if own and {"by", "at"} <= told.keys() and not live:
                    found[f"{folder}.{name}"] = function
    return found


def test_every_action_has_its_row_and_every_row_its_action():
    assert sorted(actions()) == sorted(TABLE)


def test_every_cell_of_the_table_is_decided():
    outcomes = {
        expected(name, row, role, whose)
        for name, row in TABLE.items()
        for role in EVERYBODY
        for whose in WHOSE
    }
    assert outcomes == {"may", "NotAllowed", "NotFound"}


# ---------------------------------------------------------------- the world


def people_of_every_role(session) -> dict[str, Actor]:
    """One person of each role, all of Hill School, so that an agency never explains a yes."""
    founder = Actor.job("the tests")
    made = {}
    for role in sorted(EVERYBODY):
        user = add_user(
            session,
            f"{role.replace(' ', '_')}@rivermead.example",
            role,
            role=Role.MANAGER if role == UNQUALIFIED_MANAGER else Role(role),
            agency_id=cast.AMARA.agency_id,
            qualified=role in QUALIFIED,
            by=founder,
            at=MONDAY_NINE,
        )
        made[role] = actor_for(user)
    return made


def a_child_at(session, stage: str, sender: Actor, number: int):
    """A child of this sender at this stage, screened by Beth, of a household of its own."""
    home = {"address_line": f"{number} Long Row", "postcode": "ZA1 1AA"}
    told = {"family_name": f"Quill{number}", "home": home}
    if stage == "new":
        return stories.a_child(session, told, sent_by=sender)
    both = {"sent_by": sender, "screened_by": cast.BETH}
    if stage in ("taken up", "guarded"):
        made = stories.a_child_taken_up(session, told, **both)
        if stage == "taken up":
            stories.screen(session, made, by=cast.BETH, at=MONDAY_NINE + HOUR)
        return made
    made = stories.a_child_awaiting_decision(session, told, **both)
    if stage == "decided":
        at = MONDAY_NINE + 3 * HOUR
        record_decision(session, made.id, stories.a_decision(), by=cast.CAROL, at=at)
        facts = ConsentFacts("Rosa", "early_help", "given")
        record_consent(session, made.id, facts, by=cast.BETH, at=at)
    return made


def restrict(session, person_id: int, *readers: Actor) -> None:
    restrict_person(
        session,
        person_id,
        reason="x",
        review_on=date(2026, 6, 1),
        readers=[reader.user_id for reader in readers],
        by=cast.CAROL,
        at=MONDAY_NINE + 4 * HOUR,
    )


STAGES = ("new", "taken up", "sent", "decided", "guarded")


class World:
    """Children at every stage of every relation, own ones `of` these roles, and all drafts."""

    def __init__(self, session, of: frozenset[str] = SENDING | FRONT_DOOR) -> None:
        self.session = session
        self.people = people_of_every_role(session)
        senders = {COLLEAGUES: cast.AMARA, OTHERS: cast.DEV, RESTRICTED: cast.DEV}
        self.count = 0
        self.partner = a_child_at(session, "taken up", cast.DEV, 0).person_id
        self.shared = {
            (whose, stage): self._made(stage, sender, whose)
            for whose, sender in senders.items()
            for stage in STAGES
        }
        self.own = {
            (role, stage): self._made(stage, replace(actor, role=Role.REFERRER), OWN)
            for role, actor in self.people.items()
            for stage in STAGES
            if role in of
        }
        self._lose_the_readers_of(self.shared[RESTRICTED, "sent"].person)
        self.drafts = {role: self._draft(actor) for role, actor in self.people.items()}
        self.consultations = {
            role: self._consultation(actor) for role, actor in self.people.items()
        }
        thea = stories.a_policy_lead(session, "Thea Marlowe")
        draft = stories.an_edition_draft(session, by=thea)
        self.edition, self.edition_draft = draft.based_on_id, draft.id
        self.sha256 = stories.text_of(session, draft)[1]
        self.team = add_team(session, "Hill team", by=cast.CAROL, at=MONDAY_NINE)
        self.asked_draft = stories.an_edition_draft(session, by=thea, asked=True).id
        self.open_person = self.shared[OTHERS, "taken up"].person
        propose_weights(session, MEASURED, {}, by=Actor.job("the tests"), at=MONDAY_NINE)
        self.endpoint, self.stuck = self._messages_out()
        self.sign_in = SignInSession(
            user_id=cast.DEV.user_id,
            token_sha256=fingerprint("x"),
            started_at=MONDAY_NINE,
            last_deed_at=MONDAY_NINE,
        )
        session.add(self.sign_in)
        session.flush()

    def _made(self, stage: str, sender: Actor, whose: str) -> SimpleNamespace:
        self.count += 1
        made = a_child_at(self.session, stage, sender, self.count)
        if whose == RESTRICTED and made.person_id is None:
            stories.know(self.session, made, by=cast.CAROL, at=MONDAY_NINE + HOUR)
        pair = self._pair(made.person_id, stage) if made.person_id else uuid4()
        if whose == RESTRICTED:
            restrict(self.session, made.person_id, cast.CAROL, cast.DAN)
        elif stage == "guarded":
            at_the_door = [self.people[role] for role in sorted(FRONT_DOOR)]
            restrict(self.session, made.person_id, cast.CAROL, cast.DAN, *at_the_door)
        return SimpleNamespace(child=made.id, person=made.person_id, pair=pair)

    def _messages_out(self):
        """Where an agency wants notices, and a mail that is stuck."""
        told = {"by": cast.ADA, "at": MONDAY_NINE}
        endpoint, _ = add_endpoint(self.session, cast.AMARA.agency_id, "https://a.example", **told)
        stuck = mail_account_link(self.session, cast.DEV.user_id, **told)
        self.session.flush()
        self.session.get_one(OutboxMessage, stuck).state = State.STUCK
        return endpoint, stuck

    def _pair(self, person_id: int, stage: str):
        """Perhaps the same child as the partner; linked with it once the child is decided."""
        pair = DuplicatePair(
            person_id=self.partner, other_id=person_id, probability=0.9, levels=[], model="x",
            found_at=MONDAY_NINE,
        )  # fmt: skip
        self.session.add(pair)
        self.session.flush()
        if stage == "decided":
            told = {"reason": "x", "by": cast.CAROL, "at": MONDAY_NINE + 4 * HOUR}
            answer_duplicate(self.session, pair.id, "same", **told)
        return pair.id

    def _lose_the_readers_of(self, person_id: int) -> None:
        of_person = select(Restriction.id).where(Restriction.person_id == person_id)
        self.session.execute(
            delete(RestrictionReader).where(RestrictionReader.restriction_id.in_(of_person))
        )

    def _draft(self, actor: Actor):
        referrer = replace(actor, role=Role.REFERRER)
        draft = start_draft(self.session, by=referrer, at=MONDAY_NINE)
        self.session.flush()
        save_draft(self.session, draft.id, stories.answers(), by=referrer, at=MONDAY_NINE)
        return draft.id

    def _consultation(self, actor: Actor):
        referrer = replace(actor, role=Role.REFERRER)
        told = {"token": uuid4(), "by": referrer, "at": MONDAY_NINE}
        return open_consultation(self.session, "x", **told)

    def subject(self, role: str, whose: str, stage: str) -> SimpleNamespace:
        """What an action is done on: a child, its person, a draft."""
        place = self.shared if whose != OWN else self.own
        key = (whose, stage) if whose != OWN else (role, stage)
        nobody = SimpleNamespace(child=uuid4(), person=0, pair=uuid4())
        another = "agency_lead" if role != "agency_lead" else "referrer"
        found = place.get(key, nobody)
        return SimpleNamespace(
            child=found.child,
            person=found.person,
            partner=self.partner,
            pair=found.pair,
            draft=self.drafts[role if whose == OWN else another],
            consultation=self.consultations[role if whose == OWN else another],
            open_person=self.open_person,
            edition=self.edition,
            edition_draft=self.edition_draft,
            team=self.team,
            asked_draft=self.asked_draft,
            sha256=self.sha256,
            sign_in=self.sign_in.id,
            endpoint=self.endpoint,
            stuck=self.stuck,
        )


# ---------------------------------------------------------------- every cell


def outcome(session, row: Row, do: Callable[..., Any], it: SimpleNamespace, by: Actor) -> str:
    """What the action said, with everything it did undone."""
    savepoint = session.begin_nested()
    try:
        row.call(do, session, it, {"by": by, "at": LATER})
        session.flush()
    except (NotAllowed, NotFound) as refusal:
        return type(refusal).__name__
    finally:
        savepoint.rollback()
        session.expunge_all()
    return "may"


def relations(row: Row, role: str, number: int) -> tuple[str, ...]:
    """Whose child it is tried on. To a role that may never, it makes no difference: one of the four
    in turn, and all of them with MASH_SOAK.
    """
    if row.on == "nothing":
        return (OWN,)
    may_never = role not in row.may and not every_cell()
    return (WHOSE[number % len(WHOSE)],) if may_never else WHOSE


def test_every_action_by_every_role_on_whosever_child(session, database_kind, messages_out):
    world, found = World(session), actions()
    cells = (
        (name, row, role, whose)
        for turn, (name, row) in enumerate(TABLE.items())
        for number, role in enumerate(world.people, turn)
        for whose in relations(row, role, number)
    )
    wrong = []
    for name, row, role, whose in tried_on(database_kind, cells):
        it = world.subject(role, whose, row.stage)
        wanted = expected(name, row, role, whose)
        was = outcome(session, row, found[name], it, world.people[role])
        if was != wanted:
            wrong.append(f"{name} by {role} on {whose}: {was}, not {wanted}")
    assert wrong == []


@pytest.mark.parametrize("deed", [save_draft, discard_draft])
def test_a_draft_is_its_owners_whatever_the_role_became(session, deed):
    draft = start_draft(session, by=cast.AMARA, at=MONDAY_NINE)
    session.flush()
    became = replace(cast.AMARA, role=Role.AUDITOR)
    words = ({"x": 1},) if deed is save_draft else ()
    deed(session, draft.id, *words, by=became, at=MONDAY_NINE)
