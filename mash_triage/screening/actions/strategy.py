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
from mash_triage.thresholds.routes import Route
from mash_triage.thresholds.suggest import Suggestion

HELD = frozenset({Moment.STRATEGY_HELD, Moment.STRATEGY_BY_PHONE})


def asks_for_strategy(suggestion: Suggestion) -> bool:
    """Was a danger ticked, or does what is known point to section 47?"""
    return suggestion.triggered or suggestion.route is Route.S47


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
    session.flush()  # what was reported in this deed counts
    before = select(MomentRecord.id).where(
        MomentRecord.contact_child_id == child.id, MomentRecord.moment.in_(unless)
    )
    if session.scalars(before.limit(1)).first() is None:
        happened(session, child.id, Moment.STRATEGY_NEEDED, took_place_at=at, by=by, at=at)
