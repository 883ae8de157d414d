"""The matching index, the weights in force, each search, and what a person decided."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from mash_triage.db.base import Base, Json, Key, together

LINKING = ("same", "new")
"""The answers that say who a reported child is."""


class MatchKey(Base):
    """One blocking key of one child: a keyed hash, so that a leaked key reveals nothing.

    There are some 22 a child, so a key has no second index and no foreign key, which would cost
    more than the table: what a child is filed under is worked out from its `match_feature`.
    """

    __tablename__ = "match_key"

    k: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    child_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)

    __table_args__ = ({"sqlite_with_rowid": False},)


class MatchFeature(Base):
    """A child's identity in comparable form, written in the transaction of the record itself.

    `version` is that of the normaliser that filed it; `line` is the text of `stored`. `f` held the
    same in the first version, and is empty in any other.
    """

    __tablename__ = "match_feature"

    child_id: Mapped[int] = mapped_column(
        Integer, ForeignKey("person.id"), primary_key=True, autoincrement=False
    )
    version: Mapped[int]
    line: Mapped[str] = mapped_column(Text, server_default="")
    f: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)


class MatchTerm(Base):
    """How many children on the register carry a name token."""

    __tablename__ = "match_term"

    kind: Mapped[str] = mapped_column(String(10), primary_key=True)
    token: Mapped[str] = mapped_column(String(80), primary_key=True)
    n: Mapped[int]


class MatchModel(Base):
    """Weights measured on the authority's own register: proposed, and in force once activated.

    `toml` is canonical, so that `sha256` names exactly these weights. `report` holds what was
    measured, old beside new, the reliability curve, and what the guard rails said.
    """

    __tablename__ = "match_model"

    id: Mapped[Key]
    name: Mapped[str] = mapped_column(String(100))
    toml: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    report: Mapped[dict[str, Any]]
    created_by: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime]


class MatchActivation(Base):
    """A named person put weights in force; the newest line counts. No model: the shipped ones."""

    __tablename__ = "match_activation"

    id: Mapped[Key]
    model_id: Mapped[UUID | None] = mapped_column(ForeignKey("match_model.id"))
    reason: Mapped[str] = mapped_column(Text)
    activated_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    activated_at: Mapped[datetime] = mapped_column(index=True)


class DuplicatePair(Base):
    """Two records that the batch search found may be of one child, for a person to look at.

    The smaller number is `person_id`. `probability` and `levels` are those of the newest search;
    `model` names what they were reckoned with.
    """

    __tablename__ = "duplicate_pair"

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    other_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    probability: Mapped[float]
    levels: Mapped[list[Any]]
    model: Mapped[str] = mapped_column(String(64))
    found_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("person_id", "other_id"),
        CheckConstraint("person_id < other_id", name="smaller_first"),
    )


class DuplicateAnswer(Base):
    """What a named person said of a pair: `same`, `different` or `unsure`; undone with a reason.

    `link_id` is the link that `same` made.
    """

    __tablename__ = "duplicate_answer"

    id: Mapped[Key]
    pair_id: Mapped[UUID] = mapped_column(ForeignKey("duplicate_pair.id"), index=True)
    answer: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(Text)
    link_id: Mapped[UUID | None] = mapped_column(ForeignKey("person_link.id"))
    answered_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    answered_at: Mapped[datetime]
    undone_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    undone_at: Mapped[datetime | None]
    undone_because: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (together("undone_by", "undone_at", "undone_because"),)


class MatchRun(Base):
    """One search for one child on a contact: who was offered, with the levels of each comparison.

    `query_sha256` stands for what was searched with; the words themselves are not kept here.
    """

    __tablename__ = "match_run"

    id: Mapped[Key]
    contact_child_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("contact_child.id"), index=True
    )
    query_sha256: Mapped[str] = mapped_column(String(64))
    model_sha256: Mapped[str] = mapped_column(String(64))
    candidates: Mapped[list[Any]]
    shown_to: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    shown_at: Mapped[datetime | None]
    run_at: Mapped[datetime]

    __table_args__ = (together("shown_to", "shown_at"),)


class MatchDecision(Base):
    """What a named person answered to "is it them?"; undone with a reason, never erased.

    `answer` is `same`, `different`, `unsure` or `new` (a new record was made for the child).
    `levels` are the comparison levels as they stood.
    """

    __tablename__ = "match_decision"

    id: Mapped[Key]
    contact_child_id: Mapped[UUID] = mapped_column(ForeignKey("contact_child.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    answer: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(Text, default="")
    band: Mapped[str | None] = mapped_column(String(10))
    levels: Mapped[list[Any]]
    model_sha256: Mapped[str] = mapped_column(String(64))
    decided_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    decided_at: Mapped[datetime]
    undone_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    undone_at: Mapped[datetime | None]
    undone_because: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (
        together("undone_by", "undone_at", "undone_because"),
        Index("ix_match_decision_contact_child_id", "contact_child_id"),
    )


class AdultDecision(Base):
    """What a named person answered to "is it them?" of somebody of the household on a contact.

    `position` is the place among the household as sent. Answers are those of `MatchDecision`.
    """

    __tablename__ = "adult_decision"

    id: Mapped[Key]
    contact_id: Mapped[UUID] = mapped_column(ForeignKey("contact.id"), index=True)
    position: Mapped[int]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    answer: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(Text, default="")
    decided_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    decided_at: Mapped[datetime]
    undone_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    undone_at: Mapped[datetime | None]
    undone_because: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (together("undone_by", "undone_at", "undone_because"),)


class LinkReview(Base):
    """A link was undone although something rested on it: a manager looks at each of these anew.

    It is closed when the last of them was looked at.
    """

    __tablename__ = "link_review"

    id: Mapped[Key]
    match_decision_id: Mapped[UUID] = mapped_column(ForeignKey("match_decision.id"), unique=True)
    contact_child_id: Mapped[UUID] = mapped_column(ForeignKey("contact_child.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    because: Mapped[str] = mapped_column(Text)
    opened_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    opened_at: Mapped[datetime]
    closed_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    closed_at: Mapped[datetime | None]

    __table_args__ = (together("closed_by", "closed_at"),)


class RestedOnLink(Base):
    """One thing that rested on a link that was undone: what, whose, when, and what a manager said
    of it since. The thing itself stays as it was recorded.

    `part` names who listed it, `subject` the thing, `contact_child_id` the child it is about, and
    `viewer_id` who saw a record through the link.
    """

    __tablename__ = "rested_on_link"

    id: Mapped[Key]
    review_id: Mapped[UUID] = mapped_column(ForeignKey("link_review.id"), index=True)
    part: Mapped[str] = mapped_column(String(20))
    subject: Mapped[str] = mapped_column(String(60))
    contact_child_id: Mapped[UUID] = mapped_column(ForeignKey("contact_child.id"))
    words: Mapped[str] = mapped_column(Text)
    happened_at: Mapped[datetime]
    viewer_id: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    settled_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    settled_at: Mapped[datetime | None]
    settled_because: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (together("settled_by", "settled_at", "settled_because"),)
