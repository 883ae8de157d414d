"""Missing episodes of a child, what managers saw to, the risk, and the return home interviews."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from mash_triage.db.base import Base, Key, together

_OPEN = "returned_at IS NULL AND taken_back_at IS NULL"


class MissingEpisode(Base):
    """One time that a child was missing, from the notice on. Of one child one is open at a time.

    `noticed_at` is when the front door was told. What is due of it, and when, are its promises.
    `provider` is who interviews: by rule, or chosen with a reason. `settled_at` is when nothing
    more was to be done: the child is back, a manager has read it, the risk was assessed, and the
    interview is held, declined or was not possible. `taken_back_at` is when a manager said that it
    was recorded in error: it stays as written, and counts nowhere.
    """

    __tablename__ = "missing_episode"

    id: Mapped[Key]
    contact_child_id: Mapped[UUID] = mapped_column(ForeignKey("contact_child.id"), index=True)
    missing_since: Mapped[datetime]
    last_seen: Mapped[str] = mapped_column(Text)
    reporter: Mapped[str] = mapped_column(String(300))
    reference: Mapped[str] = mapped_column(String(300), default="")
    looked_after: Mapped[str] = mapped_column(String(10))
    noticed_at: Mapped[datetime] = mapped_column(index=True)
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[datetime]
    reviewed_at: Mapped[datetime | None]
    returned_at: Mapped[datetime | None] = mapped_column(index=True)
    returned_how: Mapped[str | None] = mapped_column(String(30))
    returned_words: Mapped[str] = mapped_column(Text, default="")
    return_recorded_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    return_recorded_at: Mapped[datetime | None]
    provider: Mapped[str] = mapped_column(String(30))
    provider_because: Mapped[str] = mapped_column(Text, default="")
    settled_at: Mapped[datetime | None] = mapped_column(index=True)
    taken_back_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    taken_back_at: Mapped[datetime | None]
    taken_back_because: Mapped[str | None] = mapped_column(Text)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
    __table_args__ = (
        together("returned_at", "returned_how"),
        together("returned_at", "return_recorded_by", "return_recorded_at"),
        together("taken_back_by", "taken_back_at", "taken_back_because"),
        Index(
            "uq_missing_episode_one_open",
            "contact_child_id",
            unique=True,
            sqlite_where=text(_OPEN),
            postgresql_where=text(_OPEN),
        ),
    )


class MissingReview(Base):
    """A manager has read the notice and says what is to happen. Never edited."""

    __tablename__ = "missing_review"

    id: Mapped[Key]
    episode_id: Mapped[UUID] = mapped_column(ForeignKey("missing_episode.id"), index=True)
    words: Mapped[str] = mapped_column(Text)
    reviewed_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    reviewed_at: Mapped[datetime]


class MissingRisk(Base):
    """How great the risk to the child is, and from what; the last one counts. Never edited."""

    __tablename__ = "missing_risk"

    id: Mapped[Key]
    episode_id: Mapped[UUID] = mapped_column(ForeignKey("missing_episode.id"), index=True)
    level: Mapped[str] = mapped_column(String(10))
    exploitation: Mapped[str] = mapped_column(String(10))
    health: Mapped[str] = mapped_column(String(10))
    medication: Mapped[str] = mapped_column(String(10))
    words: Mapped[str] = mapped_column(Text)
    assessed_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    assessed_at: Mapped[datetime]


class ReturnInterview(Base):
    """One offer of a return home interview, its answer, and the interview itself if it was held.

    `offered_at` and `held_at` are when it really was; `..._recorded_at` when it was entered.
    """

    __tablename__ = "return_interview"

    id: Mapped[Key]
    episode_id: Mapped[UUID] = mapped_column(ForeignKey("missing_episode.id"), index=True)
    offered_at: Mapped[datetime]
    offered_for: Mapped[str] = mapped_column(String(200))
    offered_to_child: Mapped[bool]
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[datetime]
    answer: Mapped[str | None] = mapped_column(String(20))
    answer_words: Mapped[str] = mapped_column(Text, default="")
    answer_recorded_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    answer_recorded_at: Mapped[datetime | None]
    held_at: Mapped[datetime | None]
    interviewer: Mapped[str] = mapped_column(String(200), default="")
    relation: Mapped[str | None] = mapped_column(String(30))
    is_independent: Mapped[bool | None]
    push: Mapped[list[Any]] = mapped_column(default=list)
    pull: Mapped[list[Any]] = mapped_column(default=list)
    factor_words: Mapped[str] = mapped_column(Text, default="")
    disclosed: Mapped[str] = mapped_column(Text, default="")
    held_recorded_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    held_recorded_at: Mapped[datetime | None]

    __table_args__ = (
        together("answer", "answer_recorded_by", "answer_recorded_at"),
        together("held_at", "relation", "is_independent"),
        together("held_at", "held_recorded_by", "held_recorded_at"),
    )


class MissingAction(Base):
    """What follows from an episode or an interview: who does what and by when; and that it is done,
    or is not to be done and why.
    """

    __tablename__ = "missing_action"

    id: Mapped[Key]
    episode_id: Mapped[UUID] = mapped_column(ForeignKey("missing_episode.id"), index=True)
    what: Mapped[str] = mapped_column(Text)
    owner: Mapped[str] = mapped_column(String(200))
    due_on: Mapped[date]
    added_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    added_at: Mapped[datetime]
    done_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    done_at: Mapped[datetime | None]
    not_done_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    not_done_at: Mapped[datetime | None]
    not_done_because: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (
        together("done_by", "done_at"),
        together("not_done_by", "not_done_at", "not_done_because"),
        CheckConstraint("done_at is null or not_done_at is null", name="done_or_not_done"),
    )


class ReportSettled(Base):
    """A manager's word that a contact which reports a child missing needs no episode of its own.
    `same_as` is the episode of which it tells, if it does: once that is taken back as recorded in
    error, this word counts no longer. Never edited.
    """

    __tablename__ = "missing_report_settled"

    id: Mapped[Key]
    contact_child_id: Mapped[UUID] = mapped_column(ForeignKey("contact_child.id"), index=True)
    note_id: Mapped[UUID] = mapped_column(ForeignKey("internal_note.id"))
    same_as: Mapped[UUID | None] = mapped_column(ForeignKey("missing_episode.id"))
    settled_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    settled_at: Mapped[datetime]
