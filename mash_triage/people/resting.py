"""What rests on the link of a reported child to a record, and what becomes of it when that link
turns out to be wrong.

Each folder says its own part, in a module named `resting`: its `PART` lists what rested on a link
and reopens it, and its `COLUMNS` say of every column that holds a person's number what becomes of
it then. A part that is not named here would be forgotten, so a test compares this list with the
modules that there are, and another the columns with the tables.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from uuid import UUID

from sqlalchemy.orm import Session

FOLDERS = ("people", "consent", "matching", "screening", "decisions")
"""Whose parts there are; by name, because they stand after this folder."""


@dataclass(frozen=True)
class Link:
    """A link as it stood: of which child on a contact, to which record and household, how long."""

    contact_child_id: UUID
    person_id: int
    household_id: int | None
    since: datetime
    until: datetime


@dataclass(frozen=True)
class Rested:
    """One thing that rested on a link, in words without anybody's personal details; whose contact
    it is on, when it happened, and who saw a record through the link, where it was a look.
    """

    subject: UUID
    contact_child_id: UUID
    words: str
    at: datetime
    viewer_id: UUID | None = None


def _nothing(_session: Session, _contact_child_id: UUID, _person_id: int | None) -> None:
    """Where the review alone is enough."""


@dataclass(frozen=True)
class Part:
    """One folder's part: `lists` what rested on a link, and `reopens` it.

    `reopens` is told the child and the record that the child is linked to now: none when the link
    was just undone, the right one when the review is closed.
    """

    name: str
    heading: str
    lists: Callable[[Session, Link], Sequence[Rested]]
    reopens: Callable[[Session, UUID, int | None], None] = _nothing


def parts() -> list[Part]:
    """Every folder's part, in the order of the folders."""
    modules = [import_module(f"mash_triage.{folder}.resting") for folder in FOLDERS]
    return [module.PART for module in modules if hasattr(module, "PART")]


def columns() -> dict[str, str]:
    """What becomes of each column that holds a person's number when a link is undone."""
    modules = [import_module(f"mash_triage.{folder}.resting") for folder in FOLDERS]
    return {column: words for module in modules for column, words in module.COLUMNS.items()}


COLUMNS = {
    "person_alias.person_id": "part of the record itself; no contact writes it",
    "person_address.person_id": "part of the record itself; no contact writes it",
    "relationship.person_id": "part of the record itself; no contact writes it",
    "relationship.other_id": "part of the record itself; no contact writes it",
    "restriction.person_id": "restricts the record or a name of it, whoever is linked to it",
    "person_link.person_id": "says that two records are of one child; undone by itself",
    "person_link.other_id": "says that two records are of one child; undone by itself",
}
