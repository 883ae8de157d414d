"""The matching index, the weights in force, each search, and what a person decided."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from mash_triage.db.base import Base, Json, Key, together


class MatchKey(Base):
    """One blocking key of one child: a keyed hash, so that a leaked key reveals nothing."""

    __tablename__ = "match_key"

    k: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    child_id: Mapped[int] = mapped_column(
        Integer, ForeignKey("person.id"), primary_key=True, autoincrement=False, index=True
    )

    __table_args__ = ({"sqlite_with_rowid": False},)


class MatchFeature(Base):
    """A child's identity in comparable form, written in the transaction of the record itself."""

    __tablename__ = "match_feature"

    child_id: Mapped[int] = mapped_column(
        Integer, ForeignKey("person.id"), primary_key=True, autoincrement=False
    )
    version: Mapped[int]
    f: Mapped[dict[str, Any]] = mapped_column(Json)


class MatchTerm(Base):
    """How many children on the register carry a name token."""

    __tablename__ = "match_term"

    kind: Mapped[str] = mapped_column(String(10), primary_key=True)
    token: Mapped[str] = mapped_column(String(80), primary_key=True)
    n: Mapped[int]


class MatchModel(Base):
    """The weights in force; every stored result names them."""

    __tablename__ = "match_model"

    id: Mapped[Key]
    toml: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    note: Mapped[str] = mapped_column(Text, default="")


class MatchRun(Base):
    """One search for one child on a contact: who was offered, with the levels of each comparison.

    `query_sha256` stands for what was searched with; the words themselves are not kept here.
    """

    __tablename__ = "match_run"

    id: Mapped[Key]
    contact_child_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("contact_child.id"), index=True
    )
    query_sha256: Mapped[str] = mapped_column(String(64))
    model_sha256: Mapped[str] = mapped_column(String(64))
    candidates: Mapped[list[Any]]
    shown_to: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    shown_at: Mapped[datetime | None]
    run_at: Mapped[datetime]

    __table_args__ = (together("shown_to", "shown_at"),)


class MatchDecision(Base):
    """What a named person answered to "is it them?"; undone with a reason, never erased.

    `answer` is `same`, `different`, `unsure` or `new` (a new record was made for the child).
    `levels` are the comparison levels as they stood.
    """

    __tablename__ = "match_decision"

    id: Mapped[Key]
    contact_child_id: Mapped[UUID] = mapped_column(ForeignKey("contact_child.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    answer: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(Text, default="")
    band: Mapped[str | None] = mapped_column(String(10))
    levels: Mapped[list[Any]]
    model_sha256: Mapped[str] = mapped_column(String(64))
    decided_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    decided_at: Mapped[datetime]
    undone_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    undone_at: Mapped[datetime | None]
    undone_because: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (
        together("undone_by", "undone_at", "undone_because"),
        Index("ix_match_decision_contact_child_id", "contact_child_id"),
    )
