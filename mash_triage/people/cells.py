"""Cells of files from other systems: taken as they are meant, or refused with a reason.

A reason names the column and repeats nothing of what stood in it.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Literal

from mash_triage.people.register_file import CELL_LIMIT

EARLIEST = date(1900, 1, 1)

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class CannotBeTaken(Exception):
    """Why a row is refused."""


def text_of(column: str, cell: str, longest: Mapping[str, int]) -> str:
    """The cell's words with single spaces; `longest` has the most characters by column."""
    if len(cell) > CELL_LIMIT:
        raise CannotBeTaken(f"{column} is longer than {CELL_LIMIT:,} characters")
    if not cell.isprintable():
        _check_characters(column, cell)
    text = " ".join(cell.split())
    if len(text) > (most := longest.get(column, CELL_LIMIT)):
        raise CannotBeTaken(f"{column} is longer than {most} characters")
    return text


def _check_characters(column: str, cell: str) -> None:
    if "\x00" in cell:
        raise CannotBeTaken(f"{column} holds a NUL character")
    if _SURROGATE.search(cell):
        raise CannotBeTaken(f"{column} holds bytes that are not UTF-8")
    if _CONTROL.search(cell):
        raise CannotBeTaken(f"{column} holds a control character")


def date_of(column: str, cell: str) -> date | None:
    """A day of the calendar, not before 1900; None for an empty cell."""
    if not cell:
        return None
    if not _DATE.fullmatch(cell):
        raise CannotBeTaken(f"{column} is not of the form YYYY-MM-DD")
    try:
        day = date.fromisoformat(cell)
    except ValueError:
        raise CannotBeTaken(f"{column} is not a day of the calendar") from None
    if day < EARLIEST:
        raise CannotBeTaken(f"{column} is before 1900")
    return day


def past_date_of(column: str, cell: str, today: date) -> date | None:
    """A day that has come already."""
    day = date_of(column, cell)
    if day and day > today:
        raise CannotBeTaken(f"{column} is in the future")
    return day


def sex_of(cell: str) -> Literal["M", "F", "U"]:
    """M, F, or U for not known."""
    sex = cell.upper() or "U"
    if sex not in ("M", "F", "U"):
        raise CannotBeTaken("sex is not M, F or U")
    return sex  # type: ignore[return-value]  # one of the three by now
