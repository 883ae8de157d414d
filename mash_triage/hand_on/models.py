"""What is sent on, special endings, children who come back from early help, words for families."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mash_triage.db.base import Base, Key, together


class PassedOn(Base):
    """A step-down or a transfer: begun by a decision, sent to somebody named, accepted or returned.

    It stays open until it is accepted, or came back and a manager has said what happens instead.
    `answer_name` is who answered there, `took_place_at` when; `answered_by` is who wrote it down.
    """

    __tablename__ = "passed_on"

    id: Mapped[Key]
    contact_child_id: Mapped[UUID] = mapped_column(ForeignKey("contact_child.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    is_open: Mapped[bool] = mapped_column(default=True)
    begun_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    begun_at: Mapped[datetime]
    to_whom: Mapped[str] = mapped_column(String(200), default="")
    words: Mapped[str] = mapped_column(Text, default="")
    due_at: Mapped[datetime | None]
    sent_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    sent_at: Mapped[datetime | None]
    answer: Mapped[str | None] = mapped_column(String(20))
    answer_name: Mapped[str] = mapped_column(String(200), default="")
    answer_role: Mapped[str] = mapped_column(String(200), default="")
    answer_how: Mapped[str] = mapped_column(String(200), default="")
    answer_words: Mapped[str] = mapped_column(Text, default="")
    took_place_at: Mapped[datetime | None]
    answered_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    answered_at: Mapped[datetime | None]
    settled_words: Mapped[str] = mapped_column(Text, default="")
    settled_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    settled_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
    __table_args__ = (
        together("sent_by", "sent_at"),
        together("answer", "answered_by", "answered_at", "took_place_at"),
        together("settled_by", "settled_at"),
        Index("ix_passed_on_is_open_due_at", "is_open", "due_at"),
    )


class SpecialEnding(Base):
    """Another duty with its own time and owner, until a named person has ended it.

    `known_at` is when its clock started. `detail` and `done` of a referral to the designated
    officer are for those alone who may read allegations. An order that was extended at
    `extended_at` ended at `first_due_at` before; `due_at` is its end as it stands now.
    """

    __tablename__ = "special_ending"

    id: Mapped[Key]
    contact_child_id: Mapped[UUID] = mapped_column(ForeignKey("contact_child.id"), index=True)
    kind: Mapped[str] = mapped_column(String(30))
    known_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    owner: Mapped[str] = mapped_column(String(200), default="")
    detail: Mapped[str] = mapped_column(Text, default="")
    opened_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    opened_at: Mapped[datetime]
    first_due_at: Mapped[datetime | None]
    extended_at: Mapped[datetime | None]
    extension_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    extension_at: Mapped[datetime | None]
    done: Mapped[str] = mapped_column(Text, default="")
    took_place_at: Mapped[datetime | None]
    ended_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    ended_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
    __table_args__ = (
        together("ended_by", "ended_at", "took_place_at"),
        together("extended_at", "first_due_at"),
        together("extended_at", "extension_at"),
        together("extension_by", "extension_at"),
        Index("ix_special_ending_ended_at_due_at", "ended_at", "due_at"),
    )


class StepUp(Base):
    """A child who had early help and came back by a new contact, with the reason. Never edited."""

    __tablename__ = "step_up"

    id: Mapped[Key]
    contact_child_id: Mapped[UUID] = mapped_column(ForeignKey("contact_child.id"), unique=True)
    came_from_id: Mapped[UUID] = mapped_column(ForeignKey("contact_child.id"), index=True)
    reason: Mapped[str] = mapped_column(Text)
    stepped_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    stepped_at: Mapped[datetime]


class FamilySummary(Base):
    """What a manager wrote for the parents. A change is a new one with the next number."""

    __tablename__ = "family_summary"

    id: Mapped[Key]
    contact_child_id: Mapped[UUID] = mapped_column(ForeignKey("contact_child.id"))
    number: Mapped[int]
    words: Mapped[str] = mapped_column(Text)
    written_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    written_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("contact_child_id", "number"),)
