"""The outbox: one row for each message that is to leave, and where agencies want notices."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from mash_triage.db.base import Base, Key, together


class OutboxMessage(Base):
    """A message to one account, one address or one endpoint: its kind, a link and a reference.

    `once` names what the message is about, where a job must not post it twice. `lease` and
    `leased_until` belong to whoever is sending it now. `last_fault` is a code of ours, never what
    a server said, which may repeat an address.
    """

    __tablename__ = "outbox_message"

    id: Mapped[Key]
    channel: Mapped[str] = mapped_column(String(10))
    kind: Mapped[str] = mapped_column(String(40))
    to_user: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    to_address: Mapped[str | None] = mapped_column(String(254))
    endpoint_id: Mapped[UUID | None] = mapped_column(ForeignKey("webhook_endpoint.id"), index=True)
    link: Mapped[str] = mapped_column(String(200), default="")
    reference: Mapped[str] = mapped_column(String(20), default="")
    status: Mapped[str] = mapped_column(String(40), default="")
    once: Mapped[str | None] = mapped_column(String(80), unique=True)
    state: Mapped[str] = mapped_column(String(10))
    attempts: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime]
    lease: Mapped[UUID | None]
    leased_until: Mapped[datetime | None]
    last_fault: Mapped[str | None] = mapped_column(String(20))
    posted_by: Mapped[str] = mapped_column(String(200))
    posted_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    __table_args__ = (
        together("lease", "leased_until"),
        CheckConstraint(
            "(case when to_user is null then 0 else 1 end) "
            "+ (case when to_address is null then 0 else 1 end) "
            "+ (case when endpoint_id is null then 0 else 1 end) = 1",
            name="to_one",
        ),
        Index("ix_outbox_message_channel_state_next_at", "channel", "state", "next_at"),
    )


class WebhookEndpoint(Base):
    """Where an agency's system wants notices. Its secret is worked out anew from the service's key
    and the `generation`, and is stored nowhere.
    """

    __tablename__ = "webhook_endpoint"

    id: Mapped[Key]
    agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.id"), index=True)
    url: Mapped[str] = mapped_column(String(400))
    generation: Mapped[int] = mapped_column(default=1)
    renewed_at: Mapped[datetime | None]
    added_by: Mapped[str] = mapped_column(String(200))
    added_at: Mapped[datetime]
    closed_by: Mapped[str | None] = mapped_column(String(200))
    closed_at: Mapped[datetime | None]

    __table_args__ = (together("closed_by", "closed_at"),)
