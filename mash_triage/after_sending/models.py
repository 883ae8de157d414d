"""What was said of a contact after it was sent, who has read it, and what came of asking it back.

Every row is added and never edited: the submission itself, and its digest, stay as they were sent.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mash_triage.db.base import Base, Json, Key


class ContactAddition(Base):
    """One thing said after sending, by `kind`: an answer changed (`path`, `was`, `now`, and why in
    `words`), words added, or the wish to withdraw (`reason` is its code).

    `number` counts from 1 on each contact. `token` is made when the form is drawn, so that a
    double click is one row. `danger_now`: it answers that somebody is in danger now.
    """

    __tablename__ = "contact_addition"

    id: Mapped[Key]
    contact_id: Mapped[UUID] = mapped_column(ForeignKey("contact.id"))
    number: Mapped[int]
    token: Mapped[UUID]
    kind: Mapped[str] = mapped_column(String(12))
    path: Mapped[str] = mapped_column(String(120), default="")
    was: Mapped[Any] = mapped_column(Json, nullable=True)
    now: Mapped[Any] = mapped_column(Json, nullable=True)
    words: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str] = mapped_column(String(30), default="")
    danger_now: Mapped[bool] = mapped_column(default=False)
    added_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    added_by_name: Mapped[str] = mapped_column(String(200))
    added_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("contact_id", "number"),
        UniqueConstraint("contact_id", "token"),
    )


class AdditionsRead(Base):
    """Somebody at the front door has read, for one child, all that was added up to this number.

    It is read once the worker who took the child up has read it, or a manager (`by_manager`), or
    anybody while nobody has. After the decision it says in words what was done about it.
    """

    __tablename__ = "additions_read"

    id: Mapped[Key]
    contact_child_id: Mapped[UUID] = mapped_column(ForeignKey("contact_child.id"), index=True)
    up_to: Mapped[int]
    by_manager: Mapped[bool]
    words: Mapped[str] = mapped_column(Text, default="")
    read_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    read_by_name: Mapped[str] = mapped_column(String(200))
    read_at: Mapped[datetime]


class WithdrawalAnswer(Base):
    """Whether the worry about one child stands though the referrer asked to withdraw, and why. It
    ends nothing: a manager still decides for the child.
    """

    __tablename__ = "withdrawal_answer"

    id: Mapped[Key]
    addition_id: Mapped[UUID] = mapped_column(ForeignKey("contact_addition.id"))
    contact_child_id: Mapped[UUID] = mapped_column(ForeignKey("contact_child.id"), index=True)
    stands: Mapped[bool]
    reason: Mapped[str] = mapped_column(Text)
    answered_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    answered_by_name: Mapped[str] = mapped_column(String(200))
    answered_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("addition_id", "contact_child_id"),)
