"""A danger that asks for a strategy discussion: reported once, so that it is waited for."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.clocks.actions import happened
from mash_triage.clocks.models import MomentRecord
from mash_triage.clocks.moments import Moment
from mash_triage.contacts.models import ContactChild
from mash_triage.thresholds.routes import Outcome, Route
from mash_triage.thresholds.suggest import Suggestion

STILL_NEEDED = frozenset({Outcome.STRATEGY_DISCUSSION, Outcome.OPEN_CASE, Outcome.OTHER_AUTHORITY})
"""Decisions that leave a needed discussion to be held: it was decided, or whoever works with the
child already holds it. With any other a manager has said, with reasons, that none is needed."""

HELD = frozenset({Moment.STRATEGY_HELD, Moment.STRATEGY_BY_PHONE})


def asks_for_strategy(suggestion: Suggestion) -> bool:
    """Was a danger ticked, or does what is known point to section 47?"""
    return suggestion.triggered or suggestion.route is Route.S47


def settle_strategy(
    session: Session, child: ContactChild, outcome: Outcome, *, by: Actor, at: datetime
) -> None:
    """What a decision means for the discussion: needed with section 47, not needed with an outcome
    that departs from it.
    """
    if outcome is Outcome.STRATEGY_DISCUSSION:
        need_strategy(session, child, by=by, at=at)
    elif outcome not in STILL_NEEDED and _took_place(session, child, {Moment.STRATEGY_NEEDED}):
        happened(session, child.id, Moment.STRATEGY_NOT_NEEDED, took_place_at=at, by=by, at=at)


def need_strategy(
    session: Session,
    child: ContactChild,
    *,
    unless: Collection[Moment] = HELD,
    by: Actor,
    at: datetime,
) -> None:
    """Report that a strategy discussion about this child is needed, unless one of these took place
    already: one that was held, as a rule.
    """
    if not _took_place(session, child, unless):
        happened(session, child.id, Moment.STRATEGY_NEEDED, took_place_at=at, by=by, at=at)


def _took_place(session: Session, child: ContactChild, any_of: Collection[Moment]) -> bool:
    session.flush()  # what was reported in this deed counts
    before = select(MomentRecord.id).where(
        MomentRecord.contact_child_id == child.id, MomentRecord.moment.in_(any_of)
    )
    return session.scalars(before.limit(1)).first() is not None
