"""Rating how soon: red adds its own clock and moves no other."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.clocks.actions import first_start, happened, next_due, start_clock, stop_clocks
from mash_triage.clocks.lengths import rating_due
from mash_triage.clocks.moments import Moment
from mash_triage.clocks.rules import ClockKind, red_due
from mash_triage.contacts.actions import bank_holidays
from mash_triage.contacts.models import ContactChild
from mash_triage.errors import NotAllowed
from mash_triage.screening import rules
from mash_triage.screening.actions.strategy import HELD, asks_for_strategy, need_strategy
from mash_triage.screening.facts import suggestion_for
from mash_triage.screening.models import RagRating
from mash_triage.screening.work import fetch_child_in_screening
from mash_triage.text import storable
from mash_triage.thresholds.queries import edition_of
from mash_triage.thresholds.routes import Rag

RATED = {
    Rag.RED: Moment.RATED_RED,
    Rag.AMBER: Moment.RATED_AMBER,
    Rag.GREEN: Moment.RATED_GREEN,
}


def set_rag(
    session: Session,
    contact_child_id: UUID,
    rag: Rag,
    reason: str = "",
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Rate how soon; red adds its own clock and moves no other. Old and new are both kept."""
    child = fetch_child_in_screening(session, contact_child_id, by=by)
    if not by.qualified and not by.may_everything:
        raise NotAllowed("The rating is set by a social-work-qualified colleague.")
    _, suggestion = suggestion_for(session, child, by=by)
    rules.check_rag(suggestion.rag_floor, child.rag, rag, reason)
    _rate(session, child, rag, reason, by=by, at=at)


def _rate(
    session: Session, child: ContactChild, rag: Rag, reason: str, *, by: Actor, at: datetime
) -> None:
    if child.rag == rag:
        return
    session.add(
        RagRating(
            id=uuid4(),
            contact_child_id=child.id,
            old=child.rag,
            new=rag,
            reason=storable(reason.strip()),
            rated_by=by.user_id,
            rated_at=at,
        )
    )
    if rag is Rag.RED:
        _start_red(session, child, at=at)
    elif child.rag == Rag.RED:
        stop_clocks(session, child.id, at=at, kind=ClockKind.RED_4_HOURS)
    trail.record(session, AuditKind.RAG_SET, about=child.id, by=by, at=at, old=child.rag, new=rag)
    child.rag, child.rag_by, child.rag_at = rag, by.user_id, at
    child.next_due_at = next_due(session, child.id)
    _report(session, child, rag, by=by, at=at)


def _report(session: Session, child: ContactChild, rag: Rag, *, by: Actor, at: datetime) -> None:
    """The rating's own promise starts, and that of the rating before ends. The decision clocks are
    of the law and of the authority: no rating moves them.
    """
    due_at = None
    if rag is not Rag.RED:
        edition = edition_of(session, child.contact.edition_id)
        due_at = rating_due(edition.rating_of(rag), at, edition.clocks, bank_holidays())
        due_at = due_at or child.next_due_at
    moment = RATED[rag]
    happened(session, child.id, moment, took_place_at=at, due_at=due_at, by=by, at=at)


def _start_red(session: Session, child: ContactChild, *, at: datetime) -> None:
    """The clock of a child rated red. Red again, it runs from the first time: no fresh hours."""
    began = first_start(session, child.id, ClockKind.RED_4_HOURS) or at
    start_clock(
        session,
        child.id,
        ClockKind.RED_4_HOURS,
        edition_id=child.contact.edition_id,
        due_at=red_due(began, edition_of(session, child.contact.edition_id).clocks),
        at=began,
    )


def raise_to_floor(
    session: Session, child: ContactChild, *, new_danger: bool = False, by: Actor, at: datetime
) -> None:
    """A danger trigger makes the child red at once, by the hand of the person who ticked it, and a
    strategy discussion is needed: again, where the danger is a new one.
    """
    _, suggestion = suggestion_for(session, child, by=by)
    if suggestion.rag_floor is Rag.RED:
        _rate(session, child, Rag.RED, "A danger trigger was ticked", by=by, at=at)
    if asks_for_strategy(suggestion):
        once = set(HELD) if new_danger else {*HELD, Moment.STRATEGY_NEEDED}
        need_strategy(session, child, unless=once, by=by, at=at)
