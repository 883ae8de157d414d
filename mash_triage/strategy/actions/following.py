"""What follows a discussion: agreed tasks that are done, and the printed minutes."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.errors import Changed, NotFound
from mash_triage.strategy.models import StrategyTask
from mash_triage.strategy.queries import fetch_discussion
from mash_triage.text import storable


def record_task_done(
    session: Session, task_id: UUID, words: str = "", *, by: Actor, at: datetime
) -> None:
    """An agreed task is done; words are welcome and not needed."""
    by.require(Permission.HOLD_STRATEGY)
    task = session.get(StrategyTask, task_id)
    if task is None:
        raise NotFound()
    row = fetch_discussion(session, task.discussion_id, by=by, to_change=True)
    session.refresh(task)
    if task.done_at is not None:
        raise Changed("This task was recorded as done already.")
    task.done_by, task.done_at = by.user_id, at
    task.done_words = storable(words.strip())
    trail.record(session, AuditKind.STRATEGY_TASK_DONE, about=row.id, by=by, at=at, task=task.id)


def note_minutes_printed(session: Session, discussion_id: UUID, *, by: Actor, at: datetime) -> None:
    """The minutes were made as a file to print; who and when stays on the trail."""
    by.require(Permission.SEE_FRONT_DOOR)
    row = fetch_discussion(session, discussion_id, by=by)
    trail.record(session, AuditKind.STRATEGY_PRINTED, about=row.id, by=by, at=at)
