"""Information requests: to which agency, about whom, which questions; the answers; the log."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from mash_triage.db.base import Base, Key, together


class InformationRequest(Base):
    """One agency asked about a child, for a stated purpose. Of one agency one is under way a time.

    `state` is one of `stages.State`; `rests_on` one of `rules.Ground`; `consent_ids` the agreements
    that it rests on, where it does. It has a `due_at` once it is sent; lateness is asked, never
    stored. A manager's word is needed, and then given, where `rests_on` says so.
    """

    __tablename__ = "information_request"

    id: Mapped[Key]
    contact_child_id: Mapped[UUID] = mapped_column(ForeignKey("contact_child.id"), index=True)
    agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.id"))
    state: Mapped[str] = mapped_column(String(20))
    rag: Mapped[str] = mapped_column(String(10))
    purpose: Mapped[str] = mapped_column(Text)
    basis: Mapped[str] = mapped_column(String(30))
    special_category: Mapped[str] = mapped_column(String(40))
    gateway: Mapped[str] = mapped_column(String(40))
    confidentiality: Mapped[str] = mapped_column(String(30))
    necessity: Mapped[str] = mapped_column(Text)
    rests_on: Mapped[str] = mapped_column(String(20))
    consent_ids: Mapped[list[Any]]
    why_not_asked: Mapped[str | None] = mapped_column(String(30))
    why_not_words: Mapped[str] = mapped_column(Text, default="")
    asked_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    asked_at: Mapped[datetime]
    authorised_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    authorised_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None] = mapped_column(index=True)
    due_at: Mapped[datetime | None]
    ended_because: Mapped[str | None] = mapped_column(Text)
    ended_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    ended_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
    __table_args__ = (
        together("authorised_by", "authorised_at"),
        together("sent_at", "due_at"),
        together("ended_because", "ended_by", "ended_at"),
        Index("ix_information_request_agency_id_state_due_at", "agency_id", "state", "due_at"),
        Index("ix_information_request_state_due_at", "state", "due_at"),
        Index(
            "uq_information_request_under_way",
            "contact_child_id",
            "agency_id",
            unique=True,
            sqlite_where=text("state IN ('needs_word', 'open')"),
            postgresql_where=text("state IN ('needs_word', 'open')"),
        ),
    )


class RequestPerson(Base):
    """Somebody whom a request is about, as the agency is told: a child of the contact, or somebody
    of the household. Kept as then known.
    """

    __tablename__ = "request_person"

    request_id: Mapped[UUID] = mapped_column(ForeignKey("information_request.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    contact_child_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("contact_child.id"), index=True
    )
    name: Mapped[str] = mapped_column(String(300))
    relationship: Mapped[str] = mapped_column(String(300))
    born: Mapped[date | None]


class RequestPart(Base):
    """One question of a request, worded as it was asked, and how relevant the answer is."""

    __tablename__ = "request_part"

    id: Mapped[Key]
    request_id: Mapped[UUID] = mapped_column(ForeignKey("information_request.id"))
    position: Mapped[int]
    code: Mapped[str] = mapped_column(String(40))
    question: Mapped[str] = mapped_column(Text)
    relevance: Mapped[str | None] = mapped_column(String(20))
    relevance_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    relevance_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("request_id", "position"),
        together("relevance", "relevance_by", "relevance_at"),
    )


class RequestReply(Base):
    """The one reply to a request, never edited. Until a manager releases it, it is read only inside
    the enquiry. `read_at` is when somebody there first said that she has read it.
    """

    __tablename__ = "request_reply"

    request_id: Mapped[UUID] = mapped_column(ForeignKey("information_request.id"), primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64))
    replied_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    replied_by_name: Mapped[str] = mapped_column(String(200))
    replied_at: Mapped[datetime]
    release_words: Mapped[str | None] = mapped_column(Text)
    released_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    released_at: Mapped[datetime | None]
    read_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    read_at: Mapped[datetime | None]

    __table_args__ = (
        together("release_words", "released_by", "released_at"),
        together("read_by", "read_at"),
        Index(
            "ix_request_reply_unread",
            "request_id",
            sqlite_where=text("read_at IS NULL"),
            postgresql_where=text("read_at IS NULL"),
        ),
    )


class PartAnswer(Base):
    """The answer to one question. Never edited."""

    __tablename__ = "part_answer"

    part_id: Mapped[UUID] = mapped_column(ForeignKey("request_part.id"), primary_key=True)
    finding: Mapped[str] = mapped_column(String(20))
    words: Mapped[str] = mapped_column(Text, default="")
    withheld: Mapped[str | None] = mapped_column(String(30))
    withheld_words: Mapped[str] = mapped_column(Text, default="")


class RequestStep(Base):
    """One step of a request: asked, authorised, sent, chased, taken to the lead, ended. Never
    edited.
    """

    __tablename__ = "request_step"

    id: Mapped[Key]
    request_id: Mapped[UUID] = mapped_column(ForeignKey("information_request.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    words: Mapped[str] = mapped_column(Text, default="")
    stepped_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    stepped_by_name: Mapped[str] = mapped_column(String(200))
    stepped_at: Mapped[datetime]
