"""What an administrator does with a message that could not be delivered."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.errors import NotFound
from mash_triage.outbox.models import OutboxMessage
from mash_triage.outbox.rules import State


def try_again(session: Session, message_id: UUID, *, by: Actor, at: datetime) -> None:
    """Try a stuck message again from the beginning, at once."""
    message = _stuck(session, message_id, by=by)
    message.state, message.attempts, message.next_at = State.WAITING, 0, at
    message.ended_at = None
    trail.record(session, AuditKind.MESSAGE_TRIED_AGAIN, about=message.id, by=by, at=at)


def drop(session: Session, message_id: UUID, *, by: Actor, at: datetime) -> None:
    """Let a stuck message go: nobody is written to."""
    message = _stuck(session, message_id, by=by)
    message.state, message.ended_at = State.DROPPED, at
    trail.record(session, AuditKind.MESSAGE_DROPPED, about=message.id, by=by, at=at)


def _stuck(session: Session, message_id: UUID, *, by: Actor) -> OutboxMessage:
    by.require(Permission.MANAGE_ACCOUNTS)
    message = session.get(OutboxMessage, message_id, with_for_update=True, populate_existing=True)
    if message is None or message.state != State.STUCK:
        raise NotFound("This message is no longer stuck.")
    return message
