"""A direction is a task: somebody takes it on, and says whether it was done."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.contacts.families import check_knows_not_family
from mash_triage.decisions import rules
from mash_triage.decisions.models import Direction
from mash_triage.decisions.tasks import fetch_direction
from mash_triage.errors import Changed
from mash_triage.text import storable


def take_direction(session: Session, direction_id: UUID, *, by: Actor, at: datetime) -> Direction:
    """Somebody takes a direction on; it is now on her own list."""
    by.require(Permission.HAND_ON)
    row, child_id = fetch_direction(session, direction_id, by=by)
    check_knows_not_family(session, child_id, by=by)
    if row.ended_at is not None:
        raise Changed("This was ended already. Open the page again.")
    row.taken_by, row.taken_at = by.user_id, at
    trail.record(session, AuditKind.DIRECTION_TAKEN, about=child_id, by=by, at=at, direction=row.id)
    return row


def end_direction(
    session: Session, direction_id: UUID, words: str, *, was_done: bool, by: Actor, at: datetime
) -> Direction:
    """A named person says what was done, or why it was not."""
    by.require(Permission.HAND_ON)
    row, child_id = fetch_direction(session, direction_id, by=by)
    check_knows_not_family(session, child_id, by=by)
    rules.check_direction_ends(row.ended_at, words)
    row.was_done, row.ended_words = was_done, storable(words.strip())
    row.ended_by, row.ended_at = by.user_id, at
    trail.record(
        session,
        AuditKind.DIRECTION_ENDED,
        about=child_id,
        by=by,
        at=at,
        direction=row.id,
        was_done=was_done,
    )
    return row
