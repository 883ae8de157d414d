"""The clock table: one row a clock, with start, due time and stop as plain facts."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from mash_triage.db.base import Base, Key


class Clock(Base):
    """One clock of one child on a contact. Lateness is never stored; it is asked, with `at`."""

    __tablename__ = "clock"

    id: Mapped[Key]
    contact_child_id: Mapped[UUID] = mapped_column(ForeignKey("contact_child.id"))
    kind: Mapped[str] = mapped_column(String(30))
    started_at: Mapped[datetime]
    due_at: Mapped[datetime]
    stopped_at: Mapped[datetime | None]
    edition_id: Mapped[UUID] = mapped_column(ForeignKey("edition.id"))

    __table_args__ = (
        Index("ix_clock_contact_child_id_kind", "contact_child_id", "kind"),
        Index("ix_clock_stopped_at_due_at", "stopped_at", "due_at"),
    )
