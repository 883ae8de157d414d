"""The social worker's work on one child: indicators seen, ratings, analysis, and frozen facts."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mash_triage.db.base import Base, Key, together


class Screening(Base):
    """What the worker wrote and proposes. Level and route start empty and are set by a person.

    `help_before` is empty while nobody has looked, and an empty list once somebody found none.
    """

    __tablename__ = "screening"

    id: Mapped[Key]
    contact_child_id: Mapped[UUID] = mapped_column(ForeignKey("contact_child.id"), unique=True)
    day_in_life: Mapped[str] = mapped_column(Text, default="", server_default="")
    harm_so_far: Mapped[str] = mapped_column(Text, default="")
    danger_ahead: Mapped[str] = mapped_column(Text, default="")
    works_well: Mapped[str] = mapped_column(Text, default="")
    makes_harder: Mapped[str] = mapped_column(Text, default="")
    so_what: Mapped[str] = mapped_column(Text, default="")
    hidden_harms: Mapped[str | None] = mapped_column(String(20))
    hidden_harms_words: Mapped[str] = mapped_column(Text, default="")
    strengths: Mapped[list[Any]] = mapped_column(default=list)
    help_before: Mapped[list[Any] | None]
    help_before_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    help_before_at: Mapped[datetime | None]
    analysed_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    analysed_at: Mapped[datetime | None]
    level: Mapped[int | None]
    route: Mapped[str | None] = mapped_column(String(20))
    departure: Mapped[str | None] = mapped_column(String(30))
    departure_words: Mapped[str] = mapped_column(Text, default="")
    level_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    level_at: Mapped[datetime | None]
    sent_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    sent_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
    __table_args__ = (
        together("help_before", "help_before_by", "help_before_at"),
        together("analysed_by", "analysed_at"),
        together("level", "level_by", "level_at"),
        together("sent_by", "sent_at"),
    )


class IndicatorSeen(Base):
    """One indicator for one child: proposed, accepted or rejected, by whom, and from what.

    `origin` is `person`, `reading` (found in the referrer's words), `missing` (a missing episode)
    or `sibling` (copied from another child on the contact). Only accepted ones count.
    `settled_because` says why a trigger that had been accepted was rejected.
    """

    __tablename__ = "indicator_seen"

    id: Mapped[Key]
    contact_child_id: Mapped[UUID] = mapped_column(ForeignKey("contact_child.id"))
    code: Mapped[str] = mapped_column(String(60))
    state: Mapped[str] = mapped_column(String(10))
    origin: Mapped[str] = mapped_column(String(10))
    sentence: Mapped[str] = mapped_column(Text, default="")
    proposed_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    proposed_at: Mapped[datetime]
    settled_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    settled_at: Mapped[datetime | None]
    settled_because: Mapped[str] = mapped_column(Text, default="")

    __table_args__ = (
        UniqueConstraint("contact_child_id", "code"),
        together("settled_by", "settled_at"),
    )


class RagRating(Base):
    """One rating of how soon, with the old one and the reason for a change. Never edited."""

    __tablename__ = "rag_rating"

    id: Mapped[Key]
    contact_child_id: Mapped[UUID] = mapped_column(ForeignKey("contact_child.id"), index=True)
    old: Mapped[str | None] = mapped_column(String(10))
    new: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(Text, default="")
    rated_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    rated_at: Mapped[datetime]


class FactsFrozen(Base):
    """The facts as then known, frozen when a child was sent for decision and when decided."""

    __tablename__ = "facts_frozen"

    id: Mapped[Key]
    contact_child_id: Mapped[UUID] = mapped_column(ForeignKey("contact_child.id"), index=True)
    moment: Mapped[str] = mapped_column(String(20))
    facts: Mapped[dict[str, Any]]
    sha256: Mapped[str] = mapped_column(String(64))
    frozen_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    frozen_at: Mapped[datetime]
