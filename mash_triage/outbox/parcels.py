"""What is handed to a carrier: a letter or a notice, made up at the moment of sending.

The address is that of the account now, not of the day on which the message was posted. A one-time
link gets its secret here, in the transaction before it is sent, so that it lies in no table.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol, TypeVar
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from mash_triage.access.actions import issue_link
from mash_triage.access.actor import Actor
from mash_triage.access.models import OneTimeLink, UserAccount
from mash_triage.access.roles import Role
from mash_triage.errors import NotReady
from mash_triage.outbox.kinds import Kind, render
from mash_triage.outbox.models import OutboxMessage, WebhookEndpoint
from mash_triage.outbox.rules import ADDRESS, Fault, NotDelivered
from mash_triage.outbox.signing import secrets_in_use
from mash_triage.settings import settings

DELIVERER = Actor.job("deliver messages")
Parcel = TypeVar("Parcel", contravariant=True)


class Carrier(Protocol[Parcel]):
    """Takes one parcel to its place, or raises NotDelivered; keeps a line open between two."""

    def send(self, parcel: Parcel, *, at: datetime) -> None:
        """Return only when the other side has taken it."""

    def close(self) -> None:
        """Let the line go."""


@dataclass(frozen=True)
class Letter:
    """One mail. `name` is the same at each try, so that a server that keeps count drops repeats."""

    name: str
    to: str
    kind: Kind
    subject: str
    body: str
    reference: str
    address: str
    tried_before: bool

    @property
    def message_id(self) -> str:
        """The mail's Message-ID."""
        return f"<{self.name}@{urlsplit(settings().service_address).hostname}>"


@dataclass(frozen=True)
class Notice:
    """One notice for an agency's system, with the secrets that sign it."""

    id: UUID
    url: str
    body: bytes
    secrets: tuple[str, ...]


def letter_for(session: Session, message: OutboxMessage, at: datetime) -> Letter:
    """The mail as it is to be sent now; NotDelivered when it cannot be, or need not."""
    kind, name, link = Kind(message.kind), str(message.id), message.link
    user = session.get(UserAccount, message.to_user) if message.to_user else None
    if user and (user.deactivated_at or user.agency.closed_at or user.role == Role.API_CLIENT):
        raise NotDelivered(Fault.NOT_WANTED)
    to = user.email if user else message.to_address or ""
    if not ADDRESS.fullmatch(to):
        raise NotDelivered(Fault.ADDRESS, for_good=True)
    if kind is Kind.ACCOUNT_LINK and user:
        link = _fresh_link(session, user, message, at)
        name = f"{name}.{message.attempts}"  # each try has a secret of its own
    chosen = settings()
    address = f"{chosen.service_address}{link}"
    reference = _as_read_aloud(message.reference)
    subject, body = render(kind, reference=reference, address=address, service=chosen.service_name)
    return Letter(name, to, kind, subject, body, reference, address, message.attempts > 1)


def _fresh_link(session: Session, user: UserAccount, message: OutboxMessage, at: datetime) -> str:
    """The path of a new one-time link, unless she got in by another way since this was asked."""
    given_by_hand = select(OneTimeLink.id).where(
        OneTimeLink.user_id == user.id,
        OneTimeLink.issued_at > message.posted_at,
        OneTimeLink.issued_by != DELIVERER.name,
    )
    set_since = user.password_set_at is not None and user.password_set_at > message.posted_at
    if set_since or session.scalar(given_by_hand.limit(1)) is not None:
        raise NotDelivered(Fault.NOT_WANTED)
    return f"/set-password/{issue_link(session, user.id, by=DELIVERER, at=at)}"


def _as_read_aloud(reference: str) -> str:
    return " ".join(filter(None, (reference[:4], reference[4:8], reference[8:])))


def notice_for(session: Session, message: OutboxMessage, at: datetime) -> Notice:
    """The notice as it is to be sent now; NotDelivered when its endpoint was closed."""
    endpoint = session.get_one(WebhookEndpoint, message.endpoint_id)
    if endpoint.closed_at is not None:
        raise NotDelivered(Fault.NOT_WANTED)
    try:
        secrets = secrets_in_use(endpoint, at=at)
    except NotReady:
        raise NotDelivered(Fault.NOT_SET_UP, whole_channel=True) from None
    told = {
        "id": str(message.id),
        "kind": message.kind,
        "reference": message.reference,
        "status": message.status,
        "at": message.posted_at.astimezone(UTC).isoformat(timespec="seconds"),
    }
    return Notice(message.id, endpoint.url, json.dumps(told).encode(), secrets)
