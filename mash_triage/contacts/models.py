"""Contacts, the children on them, drafts, and what was done at once to protect a child."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mash_triage.access.actor import Actor
from mash_triage.access.models import Agency
from mash_triage.contacts.status import Status, check_move
from mash_triage.db.base import Base, Key, together


class Contact(Base):
    """One approach to the front door, about one child or several."""

    __tablename__ = "contact"

    id: Mapped[Key]
    reference: Mapped[str] = mapped_column(String(10), unique=True)
    agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.id"))
    token: Mapped[UUID]
    submitted_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"), index=True)
    submitted_at: Mapped[datetime]
    received_at: Mapped[datetime] = mapped_column(index=True)
    entered_at: Mapped[datetime]
    acknowledged_at: Mapped[datetime | None]
    channel: Mapped[str] = mapped_column(String(20))
    source_code: Mapped[str] = mapped_column(String(2))
    referrer_name: Mapped[str] = mapped_column(String(300))
    main_concern: Mapped[str] = mapped_column(String(60))
    in_danger_now: Mapped[str] = mapped_column(String(10))
    submission: Mapped[dict[str, Any]]
    submission_sha256: Mapped[str] = mapped_column(String(64))
    shape_version: Mapped[int]
    edition_id: Mapped[UUID] = mapped_column(ForeignKey("edition.id"))

    agency: Mapped[Agency] = relationship()
    children: Mapped[list["ContactChild"]] = relationship(
        back_populates="contact", order_by="ContactChild.position"
    )

    __table_args__ = (
        UniqueConstraint("agency_id", "token"),
        Index("ix_contact_agency_id_received_at", "agency_id", "received_at"),
    )


class ContactChild(Base):
    """One child on a contact: what is screened, decided and counted, one by one.

    `reported_...` is what the referrer said. `person_id` is who a named person said the child is.
    `next_due_at` is a copy of the earliest due time of the clocks that still run.
    `restricted_name_id` is set where the reported name is one that the record keeps restricted.
    """

    __tablename__ = "contact_child"

    id: Mapped[Key]
    contact_id: Mapped[UUID] = mapped_column(ForeignKey("contact.id"), index=True)
    position: Mapped[int]
    status: Mapped[Status] = mapped_column(String(20), default=Status.RECEIVED)
    status_since: Mapped[datetime]
    reported_given_names: Mapped[str | None] = mapped_column(String(300))
    reported_family_name: Mapped[str | None] = mapped_column(String(300))
    reported_dob: Mapped[date | None]
    reported_age_years: Mapped[int | None]
    reported_expected_date: Mapped[date | None]
    reported_unborn: Mapped[bool] = mapped_column(default=False)
    reported_sex: Mapped[str] = mapped_column(String(1))
    received_at: Mapped[datetime]
    next_due_at: Mapped[datetime | None]
    rag: Mapped[str | None] = mapped_column(String(10))
    rag_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    rag_at: Mapped[datetime | None]
    taken_up_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    taken_up_at: Mapped[datetime | None]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    household_id: Mapped[int | None] = mapped_column(ForeignKey("household.id"), index=True)
    restricted_name_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("restriction.id"), index=True
    )
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    version: Mapped[int] = mapped_column(default=1)

    contact: Mapped[Contact] = relationship(back_populates="children")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
    __table_args__ = (
        together("rag", "rag_by", "rag_at"),
        together("taken_up_by", "taken_up_at"),
        together("decided_by", "decided_at"),
        Index("ix_contact_child_status_next_due_at", "status", "next_due_at"),
        Index("ix_contact_child_decided_at", "decided_at"),
        Index("ix_contact_child_received_at", "received_at"),
    )

    def move_to(self, to: Status, *, by: Actor, at: datetime, why: str = "") -> "StatusMove":
        """Move on, if the life of a contact has this move; gives the history row to be stored."""
        check_move(self.status, to)
        move = StatusMove(
            contact_child_id=self.id,
            moved_from=self.status,
            moved_to=to,
            why=why,
            moved_by=by.user_id,
            moved_by_name=by.name,
            moved_at=at,
        )
        self.status, self.status_since = to, at
        return move


class ContactAdult(Base):
    """Somebody of the household on a contact of whom a named person said who it is.

    `position` is the place among the household as sent; `person_id` is empty again once that
    answer was undone. `lives_with_child` is what the referrer said: yes, no or not_known.
    """

    __tablename__ = "contact_adult"

    contact_id: Mapped[UUID] = mapped_column(ForeignKey("contact.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    lives_with_child: Mapped[str] = mapped_column(String(10))


class StatusMove(Base):
    """One step in a child's way: from where to where, who, when and why. Never edited."""

    __tablename__ = "status_move"

    id: Mapped[Key]
    contact_child_id: Mapped[UUID] = mapped_column(ForeignKey("contact_child.id"), index=True)
    moved_from: Mapped[str] = mapped_column(String(20))
    moved_to: Mapped[str] = mapped_column(String(20))
    why: Mapped[str] = mapped_column(Text, default="")
    moved_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    moved_by_name: Mapped[str] = mapped_column(String(200))
    moved_at: Mapped[datetime]


class ContactDraft(Base):
    """A contact not sent yet: the same shape, partial. Only its owner sees it."""

    __tablename__ = "contact_draft"

    id: Mapped[Key]
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"), index=True)
    token: Mapped[UUID]
    answers: Mapped[dict[str, Any]]
    shape_version: Mapped[int]
    step: Mapped[str] = mapped_column(String(30))
    started_at: Mapped[datetime]
    saved_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    discarded_at: Mapped[datetime | None]
    contact_id: Mapped[UUID | None] = mapped_column(ForeignKey("contact.id"))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
    __table_args__ = (
        UniqueConstraint("owner_id", "token"),
        together("sent_at", "contact_id"),
    )


class WrittenConfirmation(Base):
    """What a professional who telephoned was asked for: the same in writing, by `due_at`. Nothing
    waits for it (Working Together asks for it; how soon is local).
    """

    __tablename__ = "written_confirmation"

    contact_id: Mapped[UUID] = mapped_column(ForeignKey("contact.id"), primary_key=True)
    due_at: Mapped[datetime]
    came_as: Mapped[str | None] = mapped_column(String(10))
    came_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    came_at: Mapped[datetime | None]

    __table_args__ = (together("came_as", "came_by", "came_at"),)


class ProtectiveAction(Base):
    """Something done at once for a child's safety; recording it waits for no second person."""

    __tablename__ = "protective_action"

    id: Mapped[Key]
    contact_child_id: Mapped[UUID] = mapped_column(ForeignKey("contact_child.id"), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    words: Mapped[str] = mapped_column(Text, default="")
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[datetime]


class WorkerConflict(Base):
    """A worker who is related to a child's family or knows it from elsewhere: she is never offered
    for this child, nor for others on the contact, of the same record or household.
    """

    __tablename__ = "worker_conflict"

    id: Mapped[Key]
    worker_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"), index=True)
    contact_child_id: Mapped[UUID] = mapped_column(ForeignKey("contact_child.id"), index=True)
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[datetime]
    lifted_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    lifted_at: Mapped[datetime | None]
    lifted_because: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (together("lifted_by", "lifted_at", "lifted_because"),)
