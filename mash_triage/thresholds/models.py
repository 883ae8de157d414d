"""The editions of the levels of need as they were loaded: a contact keeps the one it came under."""

from datetime import date, datetime

from sqlalchemy import String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mash_triage.db.base import Base, Key


class EditionRecord(Base):
    """One edition: its exact text, the text's sha256, its dates and its status."""

    __tablename__ = "edition"

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(String(40))
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    toml: Mapped[str] = mapped_column(Text, deferred=True)
    effective_from: Mapped[date]
    effective_to: Mapped[date | None]
    status: Mapped[str] = mapped_column(String(20))
    loaded_by: Mapped[str] = mapped_column(String(200))
    loaded_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("code", "sha256"),)
