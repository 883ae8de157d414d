"""Strategy discussions, the children they are about, who had which part, and what was agreed."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mash_triage.db.base import Base, Key, together


class StrategyDiscussion(Base):
    """One strategy discussion about one or several children of a contact.

    It is convened, then held, then closed with its outcome; what is closed is never edited. One
    that is not held after all is cancelled: closed without a start, and with why. `is_quorate` is
    who attended, as it stood when it was closed. `without_quorum` says why an outcome could not
    wait for whoever was missing.
    """

    __tablename__ = "strategy_discussion"

    id: Mapped[Key]
    contact_id: Mapped[UUID] = mapped_column(ForeignKey("contact.id"), index=True)
    form: Mapped[str] = mapped_column(String(20))
    chair: Mapped[str] = mapped_column(String(200))
    planned_for: Mapped[datetime]
    convened_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    convened_at: Mapped[datetime]
    started_at: Mapped[datetime | None] = mapped_column(index=True)
    ended_at: Mapped[datetime | None]
    analysis: Mapped[str] = mapped_column(Text, default="")
    conduct: Mapped[str | None] = mapped_column(String(10))
    medical: Mapped[str | None] = mapped_column(String(10))
    medical_why: Mapped[str] = mapped_column(Text, default="")
    seeing_who: Mapped[str] = mapped_column(String(200), default="")
    seeing_on: Mapped[date | None]
    seeing_alone: Mapped[str | None] = mapped_column(String(3))
    seeing_how: Mapped[str] = mapped_column(Text, default="")
    parents: Mapped[str | None] = mapped_column(String(10))
    parents_words: Mapped[str] = mapped_column(Text, default="")
    other_children: Mapped[str] = mapped_column(Text, default="")
    is_quorate: Mapped[bool | None]
    without_quorum: Mapped[str] = mapped_column(Text, default="")
    next_on: Mapped[date | None]
    cancelled_because: Mapped[str] = mapped_column(Text, default="", server_default="")
    closed_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    closed_at: Mapped[datetime | None] = mapped_column(index=True)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
    __table_args__ = (
        together("closed_by", "closed_at", "is_quorate"),
        together("started_at", "ended_at"),
    )


class StrategyChild(Base):
    """One child of a discussion, with the decision on section 47 for this child."""

    __tablename__ = "strategy_child"

    discussion_id: Mapped[UUID] = mapped_column(
        ForeignKey("strategy_discussion.id"), primary_key=True
    )
    contact_child_id: Mapped[UUID] = mapped_column(
        ForeignKey("contact_child.id"), primary_key=True, index=True
    )
    s47: Mapped[bool | None]
    limb: Mapped[str | None] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text, default="")
    instead: Mapped[str] = mapped_column(Text, default="")


class StrategyPerson(Base):
    """Somebody of an agency: invited, then attended, sent information, or absent and why; what
    the agency shared; and its dissent, where it disagreed with the outcome.
    """

    __tablename__ = "strategy_person"

    id: Mapped[Key]
    discussion_id: Mapped[UUID] = mapped_column(ForeignKey("strategy_discussion.id"), index=True)
    sector: Mapped[str] = mapped_column(String(20))
    agency: Mapped[str] = mapped_column(String(200))
    agency_id: Mapped[UUID | None] = mapped_column(ForeignKey("agency.id"))
    person: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(200), default="")
    part: Mapped[str] = mapped_column(String(20), default="invited")
    why_absent: Mapped[str] = mapped_column(Text, default="")
    information: Mapped[str] = mapped_column(Text, default="")
    invited_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    invited_at: Mapped[datetime]
    dissent: Mapped[str] = mapped_column(Text, default="")
    dissent_wanted: Mapped[str] = mapped_column(Text, default="")
    dissent_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    dissent_at: Mapped[datetime | None]
    disagreement_id: Mapped[UUID | None] = mapped_column(ForeignKey("disagreement.id"))

    __table_args__ = (
        together("dissent_by", "dissent_at"),
        UniqueConstraint("discussion_id", "agency", "person"),
    )


class StrategyTask(Base):
    """What was agreed: what, who, by when; and when it was done."""

    __tablename__ = "strategy_task"

    id: Mapped[Key]
    discussion_id: Mapped[UUID] = mapped_column(ForeignKey("strategy_discussion.id"), index=True)
    position: Mapped[int]
    what: Mapped[str] = mapped_column(Text)
    who: Mapped[str] = mapped_column(String(200))
    due_on: Mapped[date]
    done_words: Mapped[str] = mapped_column(Text, default="")
    done_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    done_at: Mapped[datetime | None]

    __table_args__ = (
        together("done_by", "done_at"),
        Index("ix_strategy_task_done_at_due_on", "done_at", "due_on"),
    )


class StrategyNotNeeded(Base):
    """A manager's reason for which a child whom a danger was ticked for needs no discussion."""

    __tablename__ = "strategy_not_needed"

    id: Mapped[Key]
    contact_child_id: Mapped[UUID] = mapped_column(ForeignKey("contact_child.id"), index=True)
    because: Mapped[str] = mapped_column(Text)
    settled_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    settled_at: Mapped[datetime]
