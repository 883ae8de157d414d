"""One field of a part of an edition: where it stands, and how it is asked for."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any


class Asks(StrEnum):
    """How a field is asked for."""

    LINE = "a line of text"
    TEXT = "several lines of text"
    NUMBER = "a whole number"
    YES = "yes or no"
    ONE = "one of some"
    MANY = "several of some"
    DAY = "a day"
    TIME = "a time of day"


@dataclass(frozen=True)
class Field:
    """A field's path in its part, such as `when.seen.codes`, and its label; `of` names its choices.

    `under` is the heading that it stands beneath. `empty` is a value that is not written down.
    """

    name: str
    label: str
    asks: Asks = Asks.LINE
    of: str = ""
    help: str = ""
    under: str = ""
    most: int = 9999
    empty: Any = None


def text(name: str, label: str) -> Field:
    """Several lines of text."""
    return Field(name, label, Asks.TEXT)


def yes(name: str, label: str) -> Field:
    """A box to tick; not ticked is not written down."""
    return Field(name, label, Asks.YES, empty=False)


def number(name: str, label: str, most: int = 9999) -> Field:
    """A whole number from 1."""
    return Field(name, label, Asks.NUMBER, most=most)


def one(name: str, label: str, of: str, help: str = "") -> Field:
    """One of the entries of a list of the edition, or of fixed codes."""
    return Field(name, label, Asks.ONE, of, help)


def many(name: str, label: str, of: str) -> Field:
    """Several of them."""
    return Field(name, label, Asks.MANY, of, empty=[])


def under(heading: str, *fields: Field) -> tuple[Field, ...]:
    """The same fields beneath a heading."""
    return tuple(replace(each, under=heading) for each in fields)
