"""The keys with which agencies' systems send and read."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from mash_triage.db.base import Base, Key, together


class ApiKey(Base):
    """One key of one system of an agency. Only the hash of its secret is kept.

    `user_id` is the agency's one account for its systems: whatever any of its keys sent belongs to
    that account, so that a key can be replaced without losing sight of what it sent.
    """

    __tablename__ = "api_key"

    id: Mapped[Key]
    agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.id"), index=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    system: Mapped[str] = mapped_column(String(100))
    token_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    scopes: Mapped[str] = mapped_column(String(40))
    added_by: Mapped[str] = mapped_column(String(200))
    added_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]
    revoked_by: Mapped[str | None] = mapped_column(String(200))
    revoked_at: Mapped[datetime | None]

    __table_args__ = (together("revoked_by", "revoked_at"),)
