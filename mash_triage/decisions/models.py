"""The manager's part: the decision, what is told of it, what follows, and daily reviews."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mash_triage.db.base import Base, Key, together


class Decision(Base):
    """What a named manager decided for one child on a contact, with reasons. Never edited."""

    __tablename__ = "decision"

    id: Mapped[Key]
    contact_child_id: Mapped[UUID] = mapped_column(ForeignKey("contact_child.id"), unique=True)
    outcome: Mapped[str] = mapped_column(String(30), index=True)
    route: Mapped[str | None] = mapped_column(String(20))
    level: Mapped[int]
    rationale: Mapped[str] = mapped_column(Text)
    departure: Mapped[str | None] = mapped_column(String(30))
    departure_words: Mapped[str] = mapped_column(Text, default="")
    repeat_comment: Mapped[str] = mapped_column(Text, default="")
    contingency: Mapped[str] = mapped_column(Text, default="", server_default="")
    already_open: Mapped[str | None] = mapped_column(String(3))
    facts_id: Mapped[UUID] = mapped_column(ForeignKey("facts_frozen.id"))
    decided_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    decided_at: Mapped[datetime]


class NightDecision(Base):
    """A decision that one person took alone at night, who had screened the child as well, where the
    authority allows it: another manager reviews it by `due_at`.
    """

    __tablename__ = "night_decision"

    id: Mapped[Key]
    decision_id: Mapped[UUID] = mapped_column(ForeignKey("decision.id"), unique=True)
    due_at: Mapped[datetime]
    words: Mapped[str | None] = mapped_column(Text)
    reviewed_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    reviewed_at: Mapped[datetime | None] = mapped_column(index=True)

    __table_args__ = (together("words", "reviewed_by", "reviewed_at"),)


class ToldToReferrer(Base):
    """What the referrer is told of a decision, or why nothing. Stored with it, and never edited.

    `words` are for the referrer; `withheld_words` are for the record alone.
    """

    __tablename__ = "told_to_referrer"

    id: Mapped[Key]
    decision_id: Mapped[UUID] = mapped_column(ForeignKey("decision.id"), unique=True)
    reasons: Mapped[list[Any]]
    words: Mapped[str] = mapped_column(Text, default="")
    explaining_rule: Mapped[str | None] = mapped_column(String(80))
    withheld: Mapped[str | None] = mapped_column(String(30))
    withheld_words: Mapped[str] = mapped_column(Text, default="")
    chosen_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    chosen_at: Mapped[datetime]


class Direction(Base):
    """What the manager directs: who does what, by when. It is a task until somebody has said
    whether it was done.

    `who` is whom the manager named; `taken_by` is the account of whoever took it on.
    """

    __tablename__ = "direction"

    id: Mapped[Key]
    decision_id: Mapped[UUID] = mapped_column(ForeignKey("decision.id"), index=True)
    what: Mapped[str] = mapped_column(Text)
    who: Mapped[str] = mapped_column(String(200))
    due_on: Mapped[date]
    taken_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    taken_at: Mapped[datetime | None]
    was_done: Mapped[bool | None]
    ended_words: Mapped[str] = mapped_column(Text, default="", server_default="")
    ended_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    ended_at: Mapped[datetime | None]

    __table_args__ = (
        together("taken_by", "taken_at"),
        together("ended_by", "ended_at", "was_done"),
        Index("ix_direction_ended_at_due_on", "ended_at", "due_on"),
    )


class Referral(Base):
    """A request for services that was accepted, for a child not already open (S17, S47)."""

    __tablename__ = "referral"

    id: Mapped[Key]
    contact_child_id: Mapped[UUID] = mapped_column(ForeignKey("contact_child.id"), unique=True)
    decision_id: Mapped[UUID] = mapped_column(ForeignKey("decision.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    referred_on: Mapped[date]
    source_code: Mapped[str] = mapped_column(String(2))
    is_rereferral: Mapped[bool] = mapped_column(default=False)
    accepted_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    accepted_at: Mapped[datetime]


class ReturnToWorker(Base):
    """A manager's reason for giving a child back to the worker."""

    __tablename__ = "return_to_worker"

    id: Mapped[Key]
    contact_child_id: Mapped[UUID] = mapped_column(ForeignKey("contact_child.id"), index=True)
    reason: Mapped[str] = mapped_column(Text)
    returned_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    returned_at: Mapped[datetime]


class DailyReview(Base):
    """A manager's entry, on a working day, for a child still undecided after 24 hours."""

    __tablename__ = "daily_review"

    id: Mapped[Key]
    contact_child_id: Mapped[UUID] = mapped_column(ForeignKey("contact_child.id"))
    on_day: Mapped[date]
    words: Mapped[str] = mapped_column(Text)
    reviewed_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    reviewed_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("contact_child_id", "on_day"),)


class HelpOffer(Base):
    """Early help that was decided: offered, agreed, started. It starts only with agreement."""

    __tablename__ = "help_offer"

    id: Mapped[Key]
    contact_child_id: Mapped[UUID] = mapped_column(ForeignKey("contact_child.id"), unique=True)
    owner: Mapped[str] = mapped_column(String(200))
    agreement_due_on: Mapped[date]
    offered_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    offered_at: Mapped[datetime]
    consent_id: Mapped[UUID | None] = mapped_column(ForeignKey("consent_record.id"))
    started_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    started_at: Mapped[datetime | None] = mapped_column(index=True)

    __table_args__ = (together("started_by", "started_at"),)
