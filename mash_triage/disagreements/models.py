"""Disagreements, every step of them, and how a referrer found the experience."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from mash_triage.db.base import Base, Key, together


class Disagreement(Base):
    """An agency disagrees with one decision or, before there is any, with a strategy discussion or
    a delay. Of one agency, child and `subject` there is one open at a time. `decision_id` is there
    where it is about a decision.

    `turn` says whose answer is awaited, `due_at` by when; lateness is asked, never stored. It
    stays open until a named person has resolved it with reasons. `new_decision_id` is the decision
    that a manager took afresh, where one was; nothing here changes a decision.
    """

    __tablename__ = "disagreement"

    id: Mapped[Key]
    subject: Mapped[str] = mapped_column(String(20), server_default="decision")
    decision_id: Mapped[UUID | None] = mapped_column(ForeignKey("decision.id"))
    contact_child_id: Mapped[UUID] = mapped_column(ForeignKey("contact_child.id"), index=True)
    agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.id"), index=True)
    why: Mapped[str] = mapped_column(Text)
    wanted: Mapped[str] = mapped_column(Text)
    stage: Mapped[int]
    turn: Mapped[str] = mapped_column(String(20))
    turn_since: Mapped[datetime]
    due_at: Mapped[datetime]
    is_accepted: Mapped[bool] = mapped_column(default=False)
    raised_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    raised_at: Mapped[datetime]
    resolution: Mapped[str | None] = mapped_column(String(30))
    resolution_words: Mapped[str] = mapped_column(Text, default="")
    resolved_for: Mapped[str] = mapped_column(String(200), default="")
    learning: Mapped[str] = mapped_column(Text, default="")
    new_decision_id: Mapped[UUID | None] = mapped_column(ForeignKey("decision.id"))
    resolved_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    resolved_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
    __table_args__ = (
        together("resolution", "resolved_by", "resolved_at"),
        CheckConstraint(
            "(subject = 'decision') = (decision_id is not null)", name="about_a_decision"
        ),
        Index("ix_disagreement_resolved_at_due_at", "resolved_at", "due_at"),
        Index(
            "uq_disagreement_one_open",
            "contact_child_id",
            "agency_id",
            "subject",
            unique=True,
            sqlite_where=text("resolved_at IS NULL"),
            postgresql_where=text("resolved_at IS NULL"),
        ),
    )


class DisagreementStep(Base):
    """One step: raised, answered, taken further, accepted, resolved. Never edited.

    `named` is who answered for the front door where it was not the account itself, as from stage
    3 on. `at_risk` says that stages were passed over because a child is at immediate risk.
    """

    __tablename__ = "disagreement_step"

    id: Mapped[Key]
    disagreement_id: Mapped[UUID] = mapped_column(ForeignKey("disagreement.id"), index=True)
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    stage: Mapped[int]
    words: Mapped[str] = mapped_column(Text)
    named: Mapped[str] = mapped_column(String(200), default="")
    at_risk: Mapped[bool] = mapped_column(default=False)
    was_late: Mapped[bool] = mapped_column(default=False)
    stepped_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    stepped_by_name: Mapped[str] = mapped_column(String(200))
    stepped_at: Mapped[datetime]


class Experience(Base):
    """How the referrer found making this contact, from 1 (poor) to 5 (good), once a contact."""

    __tablename__ = "experience"

    id: Mapped[Key]
    contact_id: Mapped[UUID] = mapped_column(ForeignKey("contact.id"), unique=True)
    score: Mapped[int]
    words: Mapped[str] = mapped_column(Text, default="")
    rated_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    rated_at: Mapped[datetime] = mapped_column(index=True)
