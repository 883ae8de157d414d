"""Recording the help that the child has, or had before this contact."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.screening.actions.rating import raise_to_floor
from mash_triage.screening.work import fetch_child_in_screening, screening_of
from mash_triage.thresholds.facts import HelpBefore


def record_help_before(
    session: Session,
    contact_child_id: UUID,
    had: Collection[HelpBefore] | None,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Record which help there is or was, as the worker found it; it counts for more than what the
    referrer said. Nothing in `had`: she has looked, and there was none. None takes it back.
    """
    child = fetch_child_in_screening(session, contact_child_id, by=by)
    found = None if had is None else [each.value for each in HelpBefore if each in had]

    screening = screening_of(session, child)
    screening.help_before = found
    screening.help_before_by = None if found is None else by.user_id
    screening.help_before_at = None if found is None else at
    session.flush()  # the suggestion counts what was just recorded
    raise_to_floor(session, child, by=by, at=at)
    trail.record(session, AuditKind.HELP_BEFORE_RECORDED, about=child.id, by=by, at=at, had=found)
