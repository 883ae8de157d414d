"""Writing the analysis, and setting the level of need."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.errors import Changed, NotReady
from mash_triage.screening import rules
from mash_triage.screening.facts import suggestion_for
from mash_triage.screening.models import Screening
from mash_triage.screening.work import fetch_child_in_screening, screening_of
from mash_triage.text import storable
from mash_triage.thresholds.queries import edition_of
from mash_triage.thresholds.routes import DepartureReason, Route

NOTED_AGAIN_AFTER = timedelta(minutes=5)
"""Words are saved every few seconds while they are typed; the trail has one line for a sitting."""


def record_analysis(
    session: Session,
    contact_child_id: UUID,
    heads: dict[str, str],
    *,
    seen: dict[str, str] | None = None,
    hidden_harms: str | None = None,
    hidden_harms_words: str = "",
    by: Actor,
    at: datetime,
) -> None:
    """Keep the analysis under its heads and "so what for this child"; saved as often as wished.

    A head that is not given stays as it is, and so does the line on hidden harms. `seen` is what
    each head held when it was last read: words of a colleague are never written over.
    """
    child = fetch_child_in_screening(session, contact_child_id, by=by)
    screening = screening_of(session, child)
    for head, words in heads.items():
        _write_head(screening, head, storable(words.strip()), seen)
    if hidden_harms is not None:
        if hidden_harms not in rules.HIDDEN_HARMS:
            raise NotReady("Choose one of the answers about hidden harms.")
        screening.hidden_harms = hidden_harms
        screening.hidden_harms_words = storable(hidden_harms_words.strip())
    is_typing_on = hidden_harms is None and _wrote_just_before(screening, by=by, at=at)
    screening.analysed_by, screening.analysed_at = by.user_id, at
    if not is_typing_on:
        trail.record(session, AuditKind.ANALYSIS_RECORDED, about=child.id, by=by, at=at)


def _wrote_just_before(screening: Screening, *, by: Actor, at: datetime) -> bool:
    """Did this same person write in this analysis within the last minutes?"""
    before = screening.analysed_at
    return (
        before is not None
        and screening.analysed_by == by.user_id
        and at - before <= NOTED_AGAIN_AFTER
    )


def _write_head(screening: Screening, head: str, words: str, seen: dict[str, str] | None) -> None:
    if head not in rules.ANALYSIS_HEADS:
        raise NotReady("The analysis has no such head.")
    there = getattr(screening, head) or ""
    if seen is not None and there not in (words, storable(seen.get(head, "").strip())):
        raise Changed("A colleague has written here meanwhile. Copy your words and open it again.")
    setattr(screening, head, words)


def set_level(
    session: Session,
    contact_child_id: UUID,
    level: int,
    route: Route | None,
    *,
    departure: DepartureReason | None = None,
    departure_words: str = "",
    by: Actor,
    at: datetime,
) -> None:
    """Set the level of need and proposed route; where they depart from the suggestion, say why."""
    child = fetch_child_in_screening(session, contact_child_id, by=by)
    edition = edition_of(session, child.contact.edition_id)
    _, suggestion = suggestion_for(session, child, by=by)
    rules.check_level(edition, suggestion, level, route, departure, departure_words)

    screening = screening_of(session, child)
    is_departure = rules.departs(suggestion, level, route)
    screening.level, screening.route = level, route
    screening.departure = departure if is_departure else None
    screening.departure_words = storable(departure_words.strip()) if is_departure else ""
    screening.level_by, screening.level_at = by.user_id, at
    trail.record(
        session,
        AuditKind.LEVEL_SET,
        about=child.id,
        by=by,
        at=at,
        level=level,
        route=route,
        suggested_level=suggestion.level,
        suggested_route=suggestion.route,
        departure=screening.departure,
    )
