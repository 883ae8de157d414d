"""Messages and who read them, waits for an answer, internal notes, and consultations.

What was said is never edited: a correction is a new row that names the old one, and both databases
refuse to change or remove such a row (`SAID_FOR_GOOD`).
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mash_triage.db.base import Base, Key, together

SAID_FOR_GOOD = ("message", "internal_note")
"""The tables whose rows nobody changes or removes."""


class Message(Base):
    """One message between a referrer and the front door: on a contact, or in a consultation.

    `side` is who spoke: `referrer` or `front_door`; `kind` is `question` (the front door waits for
    an answer), `answer` (of the question `answers_id`), `advice` (what ends a consultation) or
    `message`. Name, role and agency are those of the moment, as shown. `stood` is the status of
    each child on the contact, by id, when the referrer's words arrived.
    `danger`: the words speak of danger in the next hours.
    """

    __tablename__ = "message"

    id: Mapped[Key]
    contact_id: Mapped[UUID | None] = mapped_column(ForeignKey("contact.id"), index=True)
    consultation_id: Mapped[UUID | None] = mapped_column(ForeignKey("consultation.id"), index=True)
    side: Mapped[str] = mapped_column(String(10))
    kind: Mapped[str] = mapped_column(String(10))
    words: Mapped[str] = mapped_column(Text)
    corrects_id: Mapped[UUID | None] = mapped_column(ForeignKey("message.id"))
    answers_id: Mapped[UUID | None] = mapped_column(ForeignKey("message.id"))
    stood: Mapped[dict[str, Any]]
    danger: Mapped[bool] = mapped_column(default=False)
    token: Mapped[UUID]
    sent_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    sent_by_name: Mapped[str] = mapped_column(String(200))
    sent_by_role: Mapped[str] = mapped_column(String(40))
    sent_by_agency: Mapped[str] = mapped_column(String(200))
    sent_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("sent_by", "token"),
        CheckConstraint("(contact_id is null) <> (consultation_id is null)", name="of_one_thread"),
    )


class MessageRead(Base):
    """Somebody of the other side read a message: who and when, once."""

    __tablename__ = "message_read"

    message_id: Mapped[UUID] = mapped_column(ForeignKey("message.id"), primary_key=True)
    read_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"), primary_key=True)
    read_by_name: Mapped[str] = mapped_column(String(200))
    read_at: Mapped[datetime]


class UnreadMessage(Base):
    """A referrer's message that nobody at the front door has read yet; gone once somebody has. It
    keeps what the board asks every few seconds small, however much was ever said.
    """

    __tablename__ = "unread_message"

    message_id: Mapped[UUID] = mapped_column(ForeignKey("message.id"), primary_key=True)
    contact_id: Mapped[UUID | None] = mapped_column(ForeignKey("contact.id"), index=True)
    consultation_id: Mapped[UUID | None] = mapped_column(ForeignKey("consultation.id"), index=True)


class ReferrerWait(Base):
    """A worker waits for the referrer's answer to a question about one child.

    It ends with the answer (`answer_id`) or by a colleague's word (`ended_because`). Sending the
    child to a manager does not end it: the question is still open then, and everybody can see it.
    """

    __tablename__ = "referrer_wait"

    id: Mapped[Key]
    contact_child_id: Mapped[UUID] = mapped_column(ForeignKey("contact_child.id"), index=True)
    question_id: Mapped[UUID] = mapped_column(ForeignKey("message.id"), index=True)
    asked_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    asked_at: Mapped[datetime]
    answer_id: Mapped[UUID | None] = mapped_column(ForeignKey("message.id"))
    ended_because: Mapped[str] = mapped_column(Text, default="")
    ended_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    ended_at: Mapped[datetime | None]

    __table_args__ = (together("ended_by", "ended_at"),)


class InternalNote(Base):
    """What the front door notes about a child for itself. Nobody outside ever reads it."""

    __tablename__ = "internal_note"

    id: Mapped[Key]
    contact_child_id: Mapped[UUID] = mapped_column(ForeignKey("contact_child.id"), index=True)
    words: Mapped[str] = mapped_column(Text)
    corrects_id: Mapped[UUID | None] = mapped_column(ForeignKey("internal_note.id"))
    token: Mapped[UUID]
    written_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    written_by_name: Mapped[str] = mapped_column(String(200))
    written_by_role: Mapped[str] = mapped_column(String(40))
    written_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("written_by", "token"),)


class Consultation(Base):
    """Somebody talks something through with the front door without naming a child.

    `contact_token` is that of the draft, and then of the contact, that the referrer made of it.
    """

    __tablename__ = "consultation"

    id: Mapped[Key]
    reference: Mapped[str] = mapped_column(String(10), unique=True)
    agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.id"))
    token: Mapped[UUID]
    opened_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"), index=True)
    opened_at: Mapped[datetime]
    contact_token: Mapped[UUID | None] = mapped_column(index=True)

    __table_args__ = (UniqueConstraint("opened_by", "token"),)
