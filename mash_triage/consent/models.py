"""Told, agreed, and lawful to share: three different records, each only ever added to."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from mash_triage.db.base import Base, Key, together


class ConsentRecord(Base):
    """What one person was told and agreed to, for one purpose. A change is a new record."""

    __tablename__ = "consent_record"

    id: Mapped[Key]
    contact_child_id: Mapped[UUID] = mapped_column(ForeignKey("contact_child.id"), index=True)
    subject: Mapped[str] = mapped_column(String(300))
    given_by: Mapped[str] = mapped_column(String(300), default="")
    capacity: Mapped[str] = mapped_column(String(30))
    covers: Mapped[str] = mapped_column(String(30))
    status: Mapped[str] = mapped_column(String(20))
    asked: Mapped[str] = mapped_column(String(10))
    how: Mapped[str | None] = mapped_column(String(20))
    why_not: Mapped[str | None] = mapped_column(String(30))
    words: Mapped[str] = mapped_column(Text, default="")
    told: Mapped[str] = mapped_column(String(20))
    expires_on: Mapped[date | None]
    override_basis: Mapped[str | None] = mapped_column(String(30))
    override_note: Mapped[str | None] = mapped_column(Text)
    authorised_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    authorised_at: Mapped[datetime | None]
    replaces_id: Mapped[UUID | None] = mapped_column(ForeignKey("consent_record.id"), index=True)
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[datetime]

    __table_args__ = (together("authorised_by", "authorised_at"),)


class LawfulBasisRecord(Base):
    """On what lawful basis information about a child is shared, and why it is necessary."""

    __tablename__ = "lawful_basis_record"

    id: Mapped[Key]
    contact_child_id: Mapped[UUID] = mapped_column(ForeignKey("contact_child.id"), index=True)
    article_6: Mapped[str] = mapped_column(String(30))
    article_9: Mapped[str] = mapped_column(String(40))
    gateway: Mapped[str] = mapped_column(String(40))
    confidentiality: Mapped[str] = mapped_column(String(30))
    necessity: Mapped[str] = mapped_column(Text)
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[datetime]
