"""Twenty people at once: requests, replies and decisions, some pressed twice, some late, some too
late. Is anything lost, is a status wrong, is anybody refused without a reason?
"""

import random
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm.exc import StaleDataError

from benchmarks.ground import JOB, a_submission, ground, say
from benchmarks.twenty_checked import Done, Sent, checked
from mash_triage.access.actions import add_agency, add_user
from mash_triage.access.actor import Actor
from mash_triage.access.queries import actor_for
from mash_triage.access.roles import Role
from mash_triage.contacts.actions import submit_contact
from mash_triage.contacts.models import ContactChild
from mash_triage.contacts.status import UNDECIDED, WAITING_FOR_SCREENING, Status
from mash_triage.db.engine import Database
from mash_triage.decisions.actions import close_child, record_decision, return_to_worker
from mash_triage.decisions.rules import DecisionFacts
from mash_triage.decisions.told import ToldFacts, ToldReason
from mash_triage.enquiries.actions import ask_agency, close_request, reply
from mash_triage.enquiries.models import InformationRequest, RequestPart
from mash_triage.enquiries.rules import Answer, RequestFacts
from mash_triage.enquiries.stages import UNDER_WAY, Finding
from mash_triage.errors import Refused
from mash_triage.matching.actions import record_new_person
from mash_triage.promises.actions import raise_due
from mash_triage.screening.actions import (
    record_analysis,
    record_indicators,
    send_for_decision,
    set_level,
    set_rag,
    take_up,
)
from mash_triage.sharing.rules import Basis
from mash_triage.thresholds.routes import DepartureReason, Outcome, Rag, Route

SECONDS = 300
THINKS = 0.3  # seconds between two deeds of one person, at most
IN_SIGHT = 8  # children and requests that a list shows: few, so that people meet over them
DAY = timedelta(days=1)
KINDS_OF_AGENCY = (("school", "2A"), ("police", "6"), ("hospital", "3B"), ("local_authority", "5B"))
BASIS = Basis(
    "public_task",
    "substantial_public_interest",
    "ca2004_s16la",
    "public_interest",
    "Only what is known of the home is asked.",
)
BECAUSE: Any = {
    "departure": DepartureReason.PROFESSIONAL_JUDGEMENT,
    "departure_words": "As the agencies answered.",
}
FACTS = DecisionFacts(
    outcome=Outcome.ADVICE,
    route=Route.UNIVERSAL,
    level=1,
    rationale="",
    **BECAUSE,
    told=ToldFacts((ToldReason.HELP_BY_AGREEMENT,)),
)


def measure(kind: str, seconds: int = SECONDS) -> dict[str, Any]:
    """Twenty people and the clock job for so many seconds on a fresh database."""
    say(f"twenty people for {seconds} seconds on {kind}")
    with ground(kind) as here:
        return twenty_at_once(here.database, seconds)


def twenty_at_once(database: Database, seconds: float, *, seed: int = 4) -> dict[str, Any]:
    """Let them work, then hold every deed that was acknowledged against what is stored."""
    done, until = Done(), time.monotonic() + seconds
    shifts: list[tuple[Callable[[Desk], None], Actor]] = []
    agencies = _people(database, shifts)
    desks = [
        (do, Desk(database, by, agencies, done, random.Random(f"{seed} {number}")))
        for number, (do, by) in enumerate(shifts)
    ]
    with ThreadPoolExecutor(len(desks) + 1) as threads:
        jobs = [threads.submit(_a_shift, do, desk, until) for do, desk in desks]
        jobs.append(threads.submit(_the_clock_job, database, done, until))
        for job in jobs:
            job.result()
    return {"people": len(desks), "seconds": seconds, **checked(database, done)}


def _a_shift(do: "Callable[[Desk], None]", desk: "Desk", until: float) -> None:
    while time.monotonic() < until:
        do(desk)
        time.sleep(desk.dice.random() * THINKS)


def _the_clock_job(database: Database, done: Done, until: float) -> None:
    """What runs beside the pages takes its turn with everybody else."""
    while time.monotonic() < until:
        try:
            with database.work() as session:
                raise_due(session, at=datetime.now(UTC))
        except Exception as fault:
            done.fault("raise_due", fault)
        time.sleep(0.5)


@dataclass(frozen=True)
class Desk:
    """One person at work: each deed is a transaction of its own, acknowledged or refused."""

    database: Database
    by: Actor
    agencies: tuple[UUID, ...]
    done: Done
    dice: random.Random

    def does(
        self, deed: Callable[..., Any], *words: Any, at: datetime | None = None, **told: Any
    ) -> tuple[bool, Any]:
        """The deed as a page does it: whether it was acknowledged, and what came of it."""
        name, started = deed.__name__, time.monotonic()
        try:
            with self.database.work() as session:
                came = deed(session, *words, **told, by=self.by, at=at or datetime.now(UTC))
        except Refused as refused:
            self.done.refuse(name, type(refused).__name__, refused.words)
        except StaleDataError:  # the page says this in words
            self.done.refuse(name, "Changed", "Somebody else has just changed this.")
        except Exception as fault:
            self.done.fault(name, fault)
        else:
            self.done.took(name, time.monotonic() - started)
            return True, came
        return False, None

    def one_of(self, query: Any) -> Any:
        """One row of what her page shows; by the time she presses it may have changed."""
        with self.database.look() as session:
            rows = session.execute(query.limit(IN_SIGHT)).all()
        return self.dice.choice(rows) if rows else None


# ---------------------------------------------------------------- who works


def _people(
    database: Database, shifts: list[tuple[Callable[[Desk], None], Actor]]
) -> tuple[UUID, ...]:
    """Three who send, six who screen, three of each of two agencies who answer, five who decide."""
    at = datetime.now(UTC)
    with database.work() as session:
        agency = {
            kind: add_agency(
                session, f"{kind} of twenty", kind=kind, source_code=code, by=JOB, at=at
            ).id
            for kind, code in KINDS_OF_AGENCY
        }
        for count, role, where, do in (
            (3, Role.REFERRER, "school", _sends),
            (6, Role.SOCIAL_WORKER, "local_authority", _screens),
            (3, Role.PARTNER_REPRESENTATIVE, "police", _replies),
            (3, Role.PARTNER_REPRESENTATIVE, "hospital", _replies),
            (5, Role.MANAGER, "local_authority", _decides),
        ):
            for number in range(count):
                user = add_user(
                    session,
                    f"{role}.{where}.{number}@twenty.example",
                    f"{role} {where} {number}",
                    role=role,
                    agency_id=agency[where],
                    qualified=where == "local_authority",
                    by=JOB,
                    at=at,
                )
                shifts.append((do, actor_for(user)))
    return agency["police"], agency["hospital"]


# ---------------------------------------------------------------- what each does


def _sends(desk: Desk) -> None:
    """A contact, of which half came yesterday; one in four presses twice."""
    number = desk.dice.randrange(1_000_000)
    at = datetime.now(UTC) - desk.dice.choice((0, 1)) * DAY
    said, token = a_submission(1, number), uuid4()
    for _press in range(desk.dice.choice((1, 1, 1, 2))):
        sent, receipt = desk.does(submit_contact, said, token=token, at=at)
        if sent:
            desk.done.contacts[token] = Sent(receipt.contact_id, f"Mia{number}x0")


def _screens(desk: Desk) -> None:
    """Take a child up and screen; or send one on; or wait for an agency no longer."""
    what = desk.dice.random()
    if what < 0.5:
        _takes_up(desk)
    elif what < 0.85:
        row = desk.one_of(
            select(ContactChild.id)
            .where(ContactChild.status.in_(UNDECIDED), ContactChild.taken_up_by.is_not(None))
            .order_by(ContactChild.received_at, ContactChild.id)
        )
        if row:
            sent, _none = desk.does(send_for_decision, row.id)
            desk.done.moved(row.id, Status.MANAGER_REVIEW, sent)
    elif row := desk.one_of(
        select(InformationRequest.id)
        .where(InformationRequest.state.in_(UNDER_WAY))
        .order_by(InformationRequest.asked_at)
    ):
        closed, _none = desk.does(close_request, row.id, "Answered by telephone.")
        if closed:
            desk.done.closed.append(row.id)


def _takes_up(desk: Desk) -> None:
    row = desk.one_of(
        select(ContactChild.id, ContactChild.received_at)
        .where(ContactChild.status.in_(WAITING_FOR_SCREENING))
        .order_by(ContactChild.received_at.desc())
    )
    if row is None:
        return
    at = row.received_at + timedelta(minutes=1) if _is_of_yesterday(row) else datetime.now(UTC)
    taken, _none = desk.does(take_up, row.id, at=at)
    desk.done.moved(row.id, Status.SCREENING, taken)
    if not taken:
        return
    rag = desk.dice.choice(tuple(Rag))
    desk.does(record_new_person, row.id, at=at)
    desk.does(record_indicators, row.id, ["persistent_hunger"], at=at)
    desk.does(set_rag, row.id, rag, at=at)
    desk.does(record_analysis, row.id, {"so_what": "Meals."}, hidden_harms="asked_none", at=at)
    desk.does(set_level, row.id, 3, Route.EARLY_HELP, **BECAUSE, at=at)
    for agency in desk.dice.sample(desk.agencies, desk.dice.choice((0, 1, 2, 2))):
        facts = RequestFacts(agency, (), "To decide how to help.", BASIS, "What is known?",
                             why_not_asked="undue_delay")  # fmt: skip
        for _press in range(desk.dice.choice((1, 1, 1, 2))):
            asked, request = desk.does(ask_agency, row.id, facts, at=at)
            if asked:
                desk.done.asked[request.id] = row.id


def _is_of_yesterday(row: Any) -> bool:
    return bool(datetime.now(UTC) - row.received_at > DAY / 2)


def _replies(desk: Desk) -> None:
    """To one of the first requests, answered or not; one in three presses twice."""
    recent = InformationRequest.asked_at.desc()
    waiting = InformationRequest.state.in_(UNDER_WAY)
    which = desk.dice.choice((waiting, InformationRequest.sent_at.is_not(None)))
    row = desk.one_of(
        select(InformationRequest.id, RequestPart.id.label("part"))
        .join(RequestPart, RequestPart.request_id == InformationRequest.id)
        .where(InformationRequest.agency_id == desk.by.agency_id, which)
        .order_by(recent)
    )
    if row is None:
        return
    words = desk.dice.choice(("", f"Known to {desk.by.name}.", "Known since May."))
    finding = Finding.INFORMATION if words else Finding.NOTHING_KNOWN
    for _press in range(desk.dice.choice((1, 1, 2))):
        kept, received = desk.does(reply, row.id, [Answer(row.part, finding, words)])
        if kept:
            desk.done.replied(row.id, words, received)


def _decides(desk: Desk) -> None:
    """Decide, give back, or close; colleagues have the same lists before them."""
    what = desk.dice.random()
    stage = Status.MANAGER_REVIEW if what < 0.8 else Status.DECIDED
    row = desk.one_of(
        select(ContactChild.id)
        .where(ContactChild.status == stage)
        .order_by(ContactChild.received_at, ContactChild.id)
    )
    if row is None:
        return
    if what < 0.7:
        words = f"Weighed by {desk.by.name}: {desk.dice.random()}"
        facts = DecisionFacts(**{**vars(FACTS), "rationale": words})
        decided, _decision = desk.does(record_decision, row.id, facts)
        desk.done.moved(row.id, Status.DECIDED, decided)
        if decided:
            desk.done.decided.append((row.id, desk.by.user_id, words))
    elif what < 0.8:
        back, _none = desk.does(return_to_worker, row.id, "Ask the school.")
        desk.done.moved(row.id, Status.RETURNED_TO_WORKER, back)
    else:
        closed, _none = desk.does(close_child, row.id)
        desk.done.moved(row.id, Status.CLOSED, closed)
