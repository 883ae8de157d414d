"""Drafts of the levels of need: every version of the text, and who agreed to which."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from mash_triage.db.base import Base, Key, together


class DraftState(StrEnum):
    """Where a draft stands: being written, become an edition, or given up."""

    OPEN = "open"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class EditionDraft(Base):
    """An edition being written. `number` is that of its newest version, which is what counts;
    `edition_id` is the edition that came of it.
    """

    __tablename__ = "edition_draft"

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(String(40))
    purpose: Mapped[str] = mapped_column(Text)
    based_on_id: Mapped[UUID | None] = mapped_column(ForeignKey("edition.id"))
    number: Mapped[int] = mapped_column(default=1)
    state: Mapped[DraftState] = mapped_column(String(20), default=DraftState.OPEN, index=True)
    edition_id: Mapped[UUID | None] = mapped_column(ForeignKey("edition.id"), unique=True)
    started_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    started_at: Mapped[datetime]
    withdrawn_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_because: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
    __table_args__ = (together("withdrawn_by", "withdrawn_at"),)


class DraftVersion(Base):
    """The whole text of a draft after one edit; each is kept, so that every edit can be undone."""

    __tablename__ = "edition_draft_version"

    id: Mapped[Key]
    draft_id: Mapped[UUID] = mapped_column(ForeignKey("edition_draft.id"))
    number: Mapped[int]
    toml: Mapped[str] = mapped_column(Text, deferred=True)
    sha256: Mapped[str] = mapped_column(String(64))
    what: Mapped[str] = mapped_column(String(300))
    edited_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    edited_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("draft_id", "number"),)


class DraftAgreement(Base):
    """A policy lead agreed to the exact text of one version. It counts only while that version is
    the newest, so an edit takes it away; ending it by hand says by whom and why.
    """

    __tablename__ = "edition_draft_agreement"

    id: Mapped[Key]
    draft_id: Mapped[UUID] = mapped_column(ForeignKey("edition_draft.id"))
    number: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    agreed_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    agreed_at: Mapped[datetime]
    ended_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    ended_at: Mapped[datetime | None]
    ended_because: Mapped[str] = mapped_column(Text, default="")

    __table_args__ = (
        together("ended_by", "ended_at"),
        Index(
            "uq_edition_draft_agreement_once",
            "draft_id",
            "number",
            "agreed_by",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )
