"""The editions of the levels of need, which never change: a contact keeps the one it came under.

Whether an edition is in force is asked of its dates.
"""

from datetime import date, datetime

from sqlalchemy import String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mash_triage.db.base import Base, Key

SHIPPED, PUBLISHED = "in_force", "published"


class EditionRecord(Base):
    """One edition: its exact text, the text's sha256, its dates, and by `status` whether it was
    shipped with the service or published by policy leads.

    Both databases refuse to change or remove one (migration 0005).
    """

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
