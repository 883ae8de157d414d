"""The records of children and adults, their households, and who may open a restricted one."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
    Uuid,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from mash_triage.db.base import Base, Key, together


class Household(Base):
    """People who live at one address."""

    __tablename__ = "household"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    address_line: Mapped[str | None] = mapped_column(String(300))
    postcode: Mapped[str | None] = mapped_column(String(12), index=True)
    address_key: Mapped[str] = mapped_column(String(64), unique=True)


class Person(Base):
    """A child or adult with a record: from the authority's register, or first met on a contact."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[UUID] = mapped_column(Uuid(), unique=True, default=uuid4)
    kind: Mapped[str] = mapped_column(String(10))
    origin: Mapped[str] = mapped_column(String(10))
    register_id: Mapped[str | None] = mapped_column(String(40), unique=True)
    given_names: Mapped[str | None] = mapped_column(String(300))
    family_name: Mapped[str | None] = mapped_column(String(300))
    dob: Mapped[date | None]
    dob_quality: Mapped[str] = mapped_column(String(12), default="unknown")
    expected_date: Mapped[date | None]
    sex: Mapped[str] = mapped_column(String(1), default="U")
    nhs_number: Mapped[str | None] = mapped_column(String(20))
    upn: Mapped[str | None] = mapped_column(String(20))
    household_id: Mapped[int | None] = mapped_column(ForeignKey("household.id"), index=True)
    restricted: Mapped[bool] = mapped_column(default=False)
    row_sha: Mapped[str | None] = mapped_column(String(64))
    added_by: Mapped[str] = mapped_column(String(200))
    added_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
    __table_args__ = (
        Index(
            "ix_person_dob_of_adult",
            "dob",
            sqlite_where=text("kind = 'adult'"),
            postgresql_where=text("kind = 'adult'"),
        ),
    )


class PersonAlias(Base):
    """Another name that a person is or was known by."""

    __tablename__ = "person_alias"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    given_names: Mapped[str | None] = mapped_column(String(300))
    family_name: Mapped[str | None] = mapped_column(String(300))


class PersonAddress(Base):
    """Where a person lives or lived."""

    __tablename__ = "person_address"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    address_line: Mapped[str | None] = mapped_column(String(300))
    postcode: Mapped[str | None] = mapped_column(String(12))
    is_current: Mapped[bool] = mapped_column(default=True)


class Relationship(Base):
    """How one person is related to another: `mother` reads "other is the mother of person"."""

    __tablename__ = "relationship"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[str] = mapped_column(String(30))

    __table_args__ = (UniqueConstraint("person_id", "other_id", "kind"),)


class PersonLink(Base):
    """Two records that a named person found to be of one child; undone with a reason, never erased.

    Both records stay whole: the link only says that they belong together. The smaller number is
    `person_id`.
    """

    __tablename__ = "person_link"

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    reason: Mapped[str] = mapped_column(Text)
    linked_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    linked_at: Mapped[datetime]
    undone_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    undone_at: Mapped[datetime | None]
    undone_because: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (
        CheckConstraint("person_id < other_id", name="smaller_first"),
        together("undone_by", "undone_at", "undone_because"),
    )


class Restriction(Base):
    """Why a person's record is restricted, until when, and who lifted it.

    With a name it restricts that name alone: a former one, under which only those named may know
    and find the child. The record itself stays open under the name it bears now.
    """

    __tablename__ = "restriction"

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    of_name: Mapped[bool] = mapped_column(default=False, server_default=false())
    given_names: Mapped[str | None] = mapped_column(String(300))
    family_name: Mapped[str | None] = mapped_column(String(300))
    reason: Mapped[str] = mapped_column(Text)
    review_on: Mapped[date]
    restricted_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    restricted_at: Mapped[datetime]
    lifted_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    lifted_at: Mapped[datetime | None]
    lifted_because: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (
        together("lifted_by", "lifted_at", "lifted_because"),
        Index("ix_restriction_person_id_lifted_at", "person_id", "lifted_at"),
    )


class RestrictionReader(Base):
    """Somebody who may open a restricted record all the same."""

    __tablename__ = "restriction_reader"

    restriction_id: Mapped[UUID] = mapped_column(ForeignKey("restriction.id"), primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"), primary_key=True)
