"""Agencies, people's accounts, one-time links, sign-in sessions, and work not recorded yet."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mash_triage.access.roles import Presence, Role
from mash_triage.db.base import Base, Key, together


class Agency(Base):
    """An organisation that sends contacts or works at the front door.

    `presence` says how it works with the hub: on site, virtually, or from elsewhere.
    """

    __tablename__ = "agency"

    id: Mapped[Key]
    name: Mapped[str] = mapped_column(String(200), unique=True)
    kind: Mapped[str] = mapped_column(String(40))
    source_code: Mapped[str] = mapped_column(String(2))
    telephone: Mapped[str | None] = mapped_column(String(40))
    presence: Mapped[str] = mapped_column(
        String(10), default=Presence.ELSEWHERE, server_default=Presence.ELSEWHERE
    )
    added_by: Mapped[str] = mapped_column(String(200))
    added_at: Mapped[datetime]
    closed_by: Mapped[str | None] = mapped_column(String(200))
    closed_at: Mapped[datetime | None]

    __table_args__ = (together("closed_by", "closed_at"),)


class UserAccount(Base):
    """A person who signs in. The password is kept only as its argon2 hash."""

    __tablename__ = "user_account"

    id: Mapped[Key]
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    job_title: Mapped[str] = mapped_column(String(200), default="")
    telephone: Mapped[str] = mapped_column(String(40), default="")
    role: Mapped[Role] = mapped_column(String(30))
    qualified: Mapped[bool] = mapped_column(default=False)
    agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.id"), index=True)
    password_hash: Mapped[str | None] = mapped_column(String(200))
    password_set_at: Mapped[datetime | None]
    added_by: Mapped[str] = mapped_column(String(200))
    added_at: Mapped[datetime]
    deactivated_by: Mapped[str | None] = mapped_column(String(200))
    deactivated_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    agency: Mapped[Agency] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
    __table_args__ = (
        together("deactivated_by", "deactivated_at"),
        together("password_hash", "password_set_at"),
    )


class OneTimeLink(Base):
    """A link, used once within 48 hours, with which a person sets her own password."""

    __tablename__ = "one_time_link"

    id: Mapped[Key]
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"), index=True)
    token_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    issued_by: Mapped[str] = mapped_column(String(200))
    issued_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]


class SignInSession(Base):
    """One sign-in of one person; only the hash of the cookie's token is kept."""

    __tablename__ = "sign_in_session"

    id: Mapped[Key]
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"), index=True)
    token_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    started_at: Mapped[datetime]
    last_deed_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_because: Mapped[str | None] = mapped_column(String(40))

    __table_args__ = (together("ended_at", "ended_because"),)


class SignInThrottle(Base):
    """Failed sign-ins counted by account and by address, both only as keyed hashes."""

    __tablename__ = "sign_in_throttle"

    id: Mapped[Key]
    subject_hash: Mapped[str] = mapped_column(String(64))
    failures: Mapped[int] = mapped_column(default=0)
    last_failed_at: Mapped[datetime]
    wait_until: Mapped[datetime | None]

    __table_args__ = (UniqueConstraint("subject_hash"),)


class Sitting(Base):
    """A record opened by a person in one sign-in session, noted on the trail once."""

    __tablename__ = "sitting"

    id: Mapped[Key]
    session_id: Mapped[UUID] = mapped_column(ForeignKey("sign_in_session.id"))
    subject: Mapped[str] = mapped_column(String(60))
    opened_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("session_id", "subject"),)


class WorkDraft(Base):
    """What a person wrote on a form about a subject and has not recorded yet. Only she sees it."""

    __tablename__ = "work_draft"

    id: Mapped[Key]
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    form: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(60))
    answers: Mapped[dict[str, Any]]
    saved_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("owner_id", "form", "subject"),)


class Installation(Base):
    """What this database is (`environment`: `demo` or nothing), and what it remembers of itself."""

    __tablename__ = "installation"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(Text)
