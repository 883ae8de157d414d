"""Clocks, promises and the moments that start and keep them: starts, due times and ends as plain
facts. Lateness is never stored; it is asked, with `at`.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mash_triage.db.base import Base, Key, together


class Clock(Base):
    """One decision clock of one child on a contact. `next_point_at` is when the next of its warning
    points, or its due time, is to be raised; empty when it has stopped or nothing is left to raise.
    """

    __tablename__ = "clock"

    id: Mapped[Key]
    contact_child_id: Mapped[UUID] = mapped_column(ForeignKey("contact_child.id"))
    kind: Mapped[str] = mapped_column(String(30))
    started_at: Mapped[datetime]
    due_at: Mapped[datetime]
    stopped_at: Mapped[datetime | None]
    edition_id: Mapped[UUID] = mapped_column(ForeignKey("edition.id"))
    next_point_at: Mapped[datetime | None] = mapped_column(index=True)

    __table_args__ = (
        Index("ix_clock_contact_child_id_kind", "contact_child_id", "kind"),
        Index("ix_clock_stopped_at_due_at", "stopped_at", "due_at"),
    )


class MomentRecord(Base):
    """Something that took place with a child, reported by the deed that recorded it. `about` is the
    request, notice or task it is of; the child on the contact itself where there is none.
    """

    __tablename__ = "moment"

    id: Mapped[Key]
    contact_child_id: Mapped[UUID] = mapped_column(ForeignKey("contact_child.id"))
    about: Mapped[UUID]
    moment: Mapped[str] = mapped_column(String(40))
    took_place_at: Mapped[datetime]
    reported_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    reported_by_name: Mapped[str] = mapped_column(String(200))
    reported_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("contact_child_id", "moment", "about", "took_place_at"),)


class PromiseRecord(Base):
    """One promise that runs or ran for a child. What it is and who keeps it is said under `code` in
    the edition it keeps. `ended_at` is when what ended it took place, `ended` whether that kept it.
    `next_point_at` is as for a clock.
    """

    __tablename__ = "promise"

    id: Mapped[Key]
    contact_child_id: Mapped[UUID] = mapped_column(ForeignKey("contact_child.id"))
    about: Mapped[UUID]
    edition_id: Mapped[UUID] = mapped_column(ForeignKey("edition.id"))
    code: Mapped[str] = mapped_column(String(40))
    started_with: Mapped[str] = mapped_column(String(40))
    started_at: Mapped[datetime]
    due_at: Mapped[datetime]
    next_point_at: Mapped[datetime | None] = mapped_column(index=True)
    ended: Mapped[str | None] = mapped_column(String(10))
    ended_at: Mapped[datetime | None]

    __table_args__ = (
        together("ended", "ended_at"),
        UniqueConstraint("contact_child_id", "code", "about", "started_at"),
        Index("ix_promise_ended_at_due_at", "ended_at", "due_at"),
    )


class PointRaised(Base):
    """A warning point, or the breach (100), of one clock or promise: raised once and never again.
    `of_id` is the clock's or the promise's id.
    """

    __tablename__ = "point_raised"

    of_id: Mapped[UUID] = mapped_column(primary_key=True)
    point: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    raised_at: Mapped[datetime]
