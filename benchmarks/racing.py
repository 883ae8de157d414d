"""Two managers decide one child in the same moment: one winner, and the other keeps her text."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from benchmarks.ground import Ground, a_submission, ground, say
from mash_triage.access.actor import Actor
from mash_triage.contacts.actions import submit_contact
from mash_triage.contacts.models import ContactChild
from mash_triage.decisions.actions import record_decision
from mash_triage.decisions.models import Decision
from mash_triage.decisions.rules import DecisionFacts
from mash_triage.decisions.told import ToldFacts, ToldReason
from mash_triage.errors import Changed
from mash_triage.matching.actions import record_new_person
from mash_triage.screening.actions import (
    record_analysis,
    record_indicators,
    send_for_decision,
    set_level,
    set_rag,
    take_up,
)
from mash_triage.thresholds.routes import Outcome, Rag, Route

RACES = 100


def measure(kind: str, races: int = RACES) -> dict[str, Any]:
    """So many races; the loser must be told, with her words still in her own hands."""
    say(f"{races} races of two managers on {kind}")
    with ground(kind) as here, ThreadPoolExecutor(2) as threads:
        results = []
        for number in range(races):
            child_id = _a_child_awaiting_decision(here, number)
            start = Barrier(2)
            jobs = [
                threads.submit(_decide, here, child_id, manager, start) for manager in here.managers
            ]
            results.append(sorted(job.result() for job in jobs))
        with here.database.look() as session:
            decisions = session.scalar(select(func.count()).select_from(Decision))
    return {
        "races": races,
        "single winners": sum(result[1] == "won" and result[0] != "won" for result in results),
        "losers told who decided": sum("has just decided" in result[0] for result in results),
        "decisions stored": decisions,
    }


def _a_child_awaiting_decision(here: Ground, number: int) -> UUID:
    at = datetime.now(UTC) - timedelta(hours=1)
    with here.database.work() as session:
        receipt = submit_contact(
            session, a_submission(1, number), token=uuid4(), by=here.sender, at=at
        )
        child_id = session.scalars(
            select(ContactChild.id).where(ContactChild.contact_id == receipt.contact_id)
        ).one()
        _screen(session, child_id, here.worker, at)
    return child_id


def _screen(session: Session, child_id: UUID, by: Actor, at: datetime) -> None:
    take_up(session, child_id, by=by, at=at)
    record_new_person(session, child_id, by=by, at=at)
    record_indicators(session, child_id, ["persistent_hunger"], by=by, at=at)
    set_rag(session, child_id, Rag.GREEN, by=by, at=at)
    record_analysis(
        session, child_id, {"so_what": "Meals."}, hidden_harms="asked_none", by=by, at=at
    )
    set_level(session, child_id, 3, Route.EARLY_HELP, by=by, at=at)
    send_for_decision(session, child_id, by=by, at=at)


def _decide(here: Ground, child_id: UUID, manager: Actor, start: Barrier) -> str:
    at = datetime.now(UTC)
    facts = DecisionFacts(
        outcome=Outcome.EARLY_HELP,
        route=Route.EARLY_HELP,
        level=3,
        rationale=f"Typed by {manager.name}",
        owner="Early help co-ordinator",
        agreement_due_on=at.date() + timedelta(days=3),
        contingency="It comes back to us.",
        told=ToldFacts((ToldReason.HELP_BY_AGREEMENT,)),
    )
    start.wait()
    try:
        with here.database.work() as session:
            record_decision(session, child_id, facts, by=manager, at=at)
    except Changed as told:
        return told.words
    except StaleDataError:
        return "lost without a name"
    return "won"
