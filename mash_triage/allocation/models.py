"""Teams and their postcodes, what a worker can take on, allocations, and why somebody may not."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from mash_triage.db.base import Base, Key, together


class Team(Base):
    """A team that children are allocated to, by where they live."""

    __tablename__ = "team"

    id: Mapped[Key]
    name: Mapped[str] = mapped_column(String(100), unique=True)
    added_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    added_by_name: Mapped[str] = mapped_column(String(200))
    added_at: Mapped[datetime]
    closed_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    closed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
    __table_args__ = (together("closed_by", "closed_at"),)


class TeamArea(Base):
    """A postcode area, district or sector that one team covers: `ZA`, `ZA1` or `ZA1 4`."""

    __tablename__ = "team_area"

    prefix: Mapped[str] = mapped_column(String(8), primary_key=True)
    team_id: Mapped[UUID] = mapped_column(ForeignKey("team.id"), index=True)


class WorkerProfile(Base):
    """What a worker can take on, beside the qualification on her account. Without a `most` of her
    own the authority's limit for her qualification holds.
    """

    __tablename__ = "worker_profile"

    user_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"), primary_key=True)
    team_id: Mapped[UUID | None] = mapped_column(ForeignKey("team.id"), index=True)
    newly_qualified: Mapped[bool] = mapped_column(default=False)
    most: Mapped[int | None]
    changed_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    changed_by_name: Mapped[str] = mapped_column(String(200))
    changed_at: Mapped[datetime]


class Absence(Base):
    """A colleague's days away, and who covers for her."""

    __tablename__ = "absence"

    id: Mapped[Key]
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"), index=True)
    first_day: Mapped[date]
    last_day: Mapped[date] = mapped_column(index=True)
    cover_id: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[datetime]
    ended_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    ended_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint("first_day <= last_day", name="days_in_order"),
        together("ended_by", "ended_at"),
    )


class Allocation(Base):
    """Who works on a child, from when until when, and why. One stands at a time; none is edited.

    `how` is `allocated`, `taken_up` or `taken_over`. `despite` names the limits that were passed
    over, with the reason.
    """

    __tablename__ = "allocation"

    id: Mapped[Key]
    contact_child_id: Mapped[UUID] = mapped_column(ForeignKey("contact_child.id"))
    team_id: Mapped[UUID | None] = mapped_column(ForeignKey("team.id"))
    worker_id: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    how: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text, default="")
    despite: Mapped[list[Any]] = mapped_column(default=list)
    allocated_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    allocated_by_name: Mapped[str] = mapped_column(String(200))
    allocated_at: Mapped[datetime]
    ended_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    ended_by_name: Mapped[str | None] = mapped_column(String(200))
    ended_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint("team_id is not null or worker_id is not null", name="to_somebody"),
        together("ended_at", "ended_by_name"),
        Index("ix_allocation_contact_child_id", "contact_child_id"),
        Index(
            "uq_allocation_standing",
            "contact_child_id",
            unique=True,
            sqlite_where=text("ended_at is null"),
            postgresql_where=text("ended_at is null"),
        ),
    )


class SecondAllocation(Base):
    """A second worker or team beside whoever works on a child, and what for: a disabled child's
    team for a protection enquiry, for example. One stands at a time; it ends with its reason.
    """

    __tablename__ = "second_allocation"

    id: Mapped[Key]
    contact_child_id: Mapped[UUID] = mapped_column(ForeignKey("contact_child.id"), index=True)
    team_id: Mapped[UUID | None] = mapped_column(ForeignKey("team.id"))
    worker_id: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    what_for: Mapped[str] = mapped_column(Text)
    added_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    added_at: Mapped[datetime]
    ended_because: Mapped[str | None] = mapped_column(Text)
    ended_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    ended_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint("team_id is not null or worker_id is not null", name="to_somebody"),
        together("ended_because", "ended_by", "ended_at"),
        Index(
            "uq_second_allocation_standing",
            "contact_child_id",
            unique=True,
            sqlite_where=text("ended_at is null"),
            postgresql_where=text("ended_at is null"),
        ),
    )


class ActivityPrompt(Base):
    """Somebody asked why nothing is recorded of a child, and the worker's answer."""

    __tablename__ = "activity_prompt"

    id: Mapped[Key]
    contact_child_id: Mapped[UUID] = mapped_column(ForeignKey("contact_child.id"), index=True)
    worker_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"), index=True)
    asked_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    asked_at: Mapped[datetime]
    reply: Mapped[str | None] = mapped_column(Text)
    replied_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    replied_at: Mapped[datetime | None]

    __table_args__ = (together("reply", "replied_by", "replied_at"),)
