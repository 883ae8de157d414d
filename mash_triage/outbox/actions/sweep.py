"""Nobody's address is kept longer than it is needed."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from mash_triage.outbox.models import OutboxMessage
from mash_triage.outbox.rules import KEPT, State

ENDED = (State.SENT, State.DROPPED)


def remove_old_messages(session: Session, *, at: datetime) -> int:
    """Remove what was sent or dropped 14 days ago; how many. What is stuck stays until somebody
    has dealt with it.
    """
    old = OutboxMessage.state.in_(ENDED) & (OutboxMessage.ended_at <= at - KEPT)
    return len(session.scalars(delete(OutboxMessage).where(old).returning(OutboxMessage.id)).all())
