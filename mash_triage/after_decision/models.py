"""Visits to a child, to whom the work was allocated, and the days of what follows."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mash_triage.db.base import Base, Key


class ChildVisit(Base):
    """A visit to a child after the decision. Only one at which the child was seen counts as seen;
    of the others the record says why not. Never edited.
    """

    __tablename__ = "child_visit"

    id: Mapped[Key]
    contact_child_id: Mapped[UUID] = mapped_column(ForeignKey("contact_child.id"), index=True)
    visited_at: Mapped[datetime]
    worker: Mapped[str] = mapped_column(String(200))
    place: Mapped[str] = mapped_column(String(200))
    was_seen: Mapped[bool]
    why_not_seen: Mapped[str] = mapped_column(Text, default="")
    was_alone: Mapped[bool | None]
    why_not_alone: Mapped[str] = mapped_column(Text, default="")
    spoken_to: Mapped[str] = mapped_column(Text, default="")
    voice: Mapped[str] = mapped_column(Text, default="")
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[datetime]


class NamedWorker(Base):
    """To whom the work with a child was allocated, and when; the newest one holds."""

    __tablename__ = "named_worker"

    id: Mapped[Key]
    contact_child_id: Mapped[UUID] = mapped_column(ForeignKey("contact_child.id"), index=True)
    worker: Mapped[str] = mapped_column(String(200))
    team: Mapped[str] = mapped_column(String(200))
    began_at: Mapped[datetime]
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[datetime]


class LaterDate(Base):
    """On which day a later step took place, typed in or read from a file."""

    __tablename__ = "later_date"

    id: Mapped[Key]
    contact_child_id: Mapped[UUID] = mapped_column(ForeignKey("contact_child.id"))
    step: Mapped[str] = mapped_column(String(30))
    on_day: Mapped[date]
    from_file: Mapped[bool] = mapped_column(default=False)
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("contact_child_id", "step"),)
