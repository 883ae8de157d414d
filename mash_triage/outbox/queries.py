"""How the outbox stands: for administrators, for monitoring, and for the command line."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.models import Agency, UserAccount
from mash_triage.access.roles import Permission
from mash_triage.outbox.models import OutboxMessage, WebhookEndpoint
from mash_triage.outbox.rules import FAULT_WORDS, LATE_AFTER, Fault, State

MOST_SHOWN = 100
UNSENT = (State.WAITING, State.SENDING)


@dataclass(frozen=True)
class StuckMessage:
    """A message that was given up, without its reference: administrators see no cases."""

    id: UUID
    kind: str
    to: str
    why: str
    attempts: int
    posted_at: datetime


@dataclass(frozen=True)
class OutboxPicture:
    """How many wait, since when at the longest, and the newest of those that are stuck."""

    waiting: int
    stuck: int
    oldest_at: datetime | None
    shown: tuple[StuckMessage, ...]
    at: datetime

    @property
    def is_late(self) -> bool:
        """Has something waited longer than an hour?"""
        return self.oldest_at is not None and self.at - self.oldest_at > LATE_AFTER


def outbox(session: Session, *, by: Actor, at: datetime) -> OutboxPicture:
    """How the outbox stands now, for an administrator."""
    by.require(Permission.MANAGE_ACCOUNTS)
    waiting, oldest_at = session.execute(
        select(func.count(), func.min(OutboxMessage.posted_at)).where(
            OutboxMessage.state.in_(UNSENT)
        )
    ).one()
    rows = session.execute(
        select(OutboxMessage, UserAccount.email, Agency.name)
        .outerjoin(UserAccount, UserAccount.id == OutboxMessage.to_user)
        .outerjoin(WebhookEndpoint, WebhookEndpoint.id == OutboxMessage.endpoint_id)
        .outerjoin(Agency, Agency.id == WebhookEndpoint.agency_id)
        .where(OutboxMessage.state == State.STUCK)
        .order_by(OutboxMessage.posted_at.desc(), OutboxMessage.id)
        .limit(MOST_SHOWN)
    )
    shown = tuple(_stuck(message, email, agency) for message, email, agency in rows)
    return OutboxPicture(waiting, _how_many_stuck(session), oldest_at, shown, at)


def _stuck(message: OutboxMessage, email: str | None, agency: str | None) -> StuckMessage:
    system = f"the system of {agency}" if agency else None
    return StuckMessage(
        id=message.id,
        kind=message.kind,
        to=email or system or "somebody without an account",
        why=FAULT_WORDS[Fault(message.last_fault or Fault.NO_ANSWER)],
        attempts=message.attempts,
        posted_at=message.posted_at,
    )


def _how_many_stuck(session: Session) -> int:
    stuck = OutboxMessage.state == State.STUCK
    return session.scalar(select(func.count()).where(stuck)) or 0


def longest_unsent(session: Session, *, at: datetime) -> timedelta:
    """How long the oldest message that waits or is stuck has not arrived: a time, not a count."""
    unsent = OutboxMessage.state.in_((*UNSENT, State.STUCK))
    oldest = session.scalar(select(func.min(OutboxMessage.posted_at)).where(unsent))
    return at - oldest if oldest else timedelta(0)


def stuck_ids(session: Session, *, by: Actor) -> list[UUID]:
    """All messages that are stuck, the oldest first."""
    by.require(Permission.MANAGE_ACCOUNTS)
    stuck = select(OutboxMessage.id).where(OutboxMessage.state == State.STUCK)
    return list(session.scalars(stuck.order_by(OutboxMessage.posted_at)))


def endpoints_of(session: Session, agency_id: UUID, *, by: Actor) -> list[WebhookEndpoint]:
    """Where this agency's system wants notices: those that are open, the oldest first."""
    by.require(Permission.MANAGE_ACCOUNTS)
    return open_endpoints(session, agency_id)


def open_endpoints(session: Session, agency_id: UUID) -> list[WebhookEndpoint]:
    """The same, for whoever posts a notice as a part of a deed."""
    return list(
        session.scalars(
            select(WebhookEndpoint)
            .where(WebhookEndpoint.agency_id == agency_id, WebhookEndpoint.closed_at.is_(None))
            .order_by(WebhookEndpoint.added_at)
        )
    )
