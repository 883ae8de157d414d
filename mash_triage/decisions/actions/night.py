"""One qualified person alone at night, where that is allowed: marked, and reviewed by day."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission, deciding
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.clocks.lengths import next_opening
from mash_triage.clocks.working_days import BankHolidays
from mash_triage.contacts.actions import bank_holidays
from mash_triage.contacts.families import check_knows_not_family
from mash_triage.contacts.models import ContactChild
from mash_triage.contacts.queries import fetch_child
from mash_triage.decisions.models import Decision, NightDecision
from mash_triage.decisions.rules import is_night
from mash_triage.errors import Changed, NotAllowed, NotFound, NotReady
from mash_triage.settings import settings
from mash_triage.text import storable
from mash_triage.thresholds.levels import ClockTimes
from mash_triage.thresholds.queries import edition_of

REVIEWED_WITHIN = timedelta(hours=1)  # of opening, as a handover of the night is read


def may_decide_alone(times: ClockTimes, *, at: datetime) -> bool:
    """May whoever screened decide as well: at night, where the authority allows it?"""
    return settings().night_single_decider and is_night(at, times, bank_holidays())


def check_may_decide(times: ClockTimes, who: Actor, *, at: datetime) -> None:
    """A manager decides; at night another qualified person too, where the authority allows it."""
    who.require(*deciding(qualified=who.qualified))
    if not who.can(Permission.DECIDE_CONTACT) and not may_decide_alone(times, at=at):
        raise NotAllowed("By day a manager decides. You may decide while the front door is closed.")


def mark_for_review(
    session: Session, child: ContactChild, decision: Decision, *, at: datetime
) -> None:
    """A manager who did not decide looks at it by an hour after opening."""
    times = edition_of(session, child.contact.edition_id).clocks
    due_at = review_due(at, times, bank_holidays())
    session.add(NightDecision(id=uuid4(), decision_id=decision.id, due_at=due_at))


def review_due(decided_at: datetime, times: ClockTimes, holidays: BankHolidays) -> datetime:
    """By when a decision that one person took alone is reviewed."""
    return next_opening(decided_at, times, holidays) + REVIEWED_WITHIN


def review_night_decision(
    session: Session, night_decision_id: UUID, words: str, *, by: Actor, at: datetime
) -> None:
    """Another manager says what she thinks of it. The decision stays; a new contact changes it."""
    by.require(Permission.DECIDE_CONTACT)
    marked = session.get(NightDecision, night_decision_id, with_for_update=True)
    decision = session.get(Decision, marked.decision_id) if marked else None
    if marked is None or decision is None:
        raise NotFound()
    child = fetch_child(session, decision.contact_child_id, by=by)
    check_knows_not_family(session, child.id, by=by)
    if decision.decided_by == by.user_id:
        raise NotAllowed("Another manager reviews what you decided alone.")
    if marked.reviewed_at is not None:
        raise Changed("Somebody has reviewed this decision already.")
    if not words.strip():
        raise NotReady("Say whether you agree, and what follows if you do not.")
    marked.words, marked.reviewed_by, marked.reviewed_at = storable(words.strip()), by.user_id, at
    trail.record(session, AuditKind.NIGHT_DECISION_REVIEWED, about=child.id, by=by, at=at)
