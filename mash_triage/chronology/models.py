"""Lines that people added or corrected, and lines that are left out of print."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from mash_triage.db.base import Base, Key, together


class ChronologyLine(Base):
    """One line that a person wrote: new, or in place of another one, which stays.

    `corrects` is the key of the line it stands for, such as `contact:...` or `line:...`.
    """

    __tablename__ = "chronology_line"

    id: Mapped[Key]
    contact_child_id: Mapped[UUID] = mapped_column(ForeignKey("contact_child.id"), index=True)
    on_day: Mapped[date]
    words: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(String(200))
    weight: Mapped[str] = mapped_column(String(20))
    corrects: Mapped[str | None] = mapped_column(String(80))
    because: Mapped[str] = mapped_column(Text, default="")
    written_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    written_at: Mapped[datetime]


class LineHidden(Base):
    """A line that is left out of print, with the reason, until somebody shows it again."""

    __tablename__ = "chronology_hidden"

    id: Mapped[Key]
    contact_child_id: Mapped[UUID] = mapped_column(ForeignKey("contact_child.id"))
    line_key: Mapped[str] = mapped_column(String(80))
    reason: Mapped[str] = mapped_column(Text)
    hidden_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    hidden_at: Mapped[datetime]
    shown_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    shown_at: Mapped[datetime | None]

    __table_args__ = (
        together("shown_by", "shown_at"),
        Index(
            "uq_chronology_hidden_once",
            "contact_child_id",
            "line_key",
            unique=True,
            sqlite_where=text("shown_at IS NULL"),
            postgresql_where=text("shown_at IS NULL"),
        ),
    )
