"""A file of later dates from the social care system: read whole, and taken whole or not at all.

A faulty line is named by its number and its field; nothing that stood in it is repeated.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import StringIO
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from mash_triage.after_decision.rules import Step
from mash_triage.contacts.reference import tidy_reference
from mash_triage.errors import NotReady

MOST_BYTES = 2_000_000
MOST_LINES = 500  # nobody else can record while a file is taken in
MOST_NAMED = 50
WHOLE_LINE = "the whole line"


def _reference(cell: object) -> str:
    found = tidy_reference(str(cell))
    if found is None:
        raise ValueError("is no reference")
    return found


def _day(cell: object) -> date:
    if len(str(cell)) != len("2026-01-31"):
        raise ValueError("is not of the form YYYY-MM-DD")
    return date.fromisoformat(str(cell))


class DateLine(BaseModel):
    """One line: the contact's reference, which child on it (1 for the first), the step, its day."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    reference: Annotated[str, BeforeValidator(_reference)]
    child: Annotated[int, Field(ge=1, le=30)]
    step: Step
    day: Annotated[date, BeforeValidator(_day)]


COLUMNS = tuple(DateLine.model_fields)


@dataclass(frozen=True, order=True)
class Fault:
    """A line that cannot be taken: its number (the header is 1) and the field."""

    line: int
    field: str


def refusal(faults: list[Fault]) -> NotReady:
    """The one answer to a file with faults: every faulty line with its field."""
    every = sorted(set(faults))
    named = "; ".join(f"line {each.line}: {each.field}" for each in every[:MOST_NAMED])
    more = f"; and {len(every) - MOST_NAMED} more" if len(every) > MOST_NAMED else ""
    mend = "Mend these, and load it again."
    return NotReady(f"Nothing was taken from the file. {mend} {named}{more}.")


def read_dates(content: bytes) -> tuple[dict[int, DateLine], list[Fault]]:
    """The good lines by their number, and the faults. A file that is no such file is refused."""
    if len(content) > MOST_BYTES:
        raise NotReady("The file is larger than 2 MB. Split it, and load the parts.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotReady('The file is not in UTF-8. Save it as "CSV UTF-8".') from None
    rows = _rows(text)
    header = [cell.strip().lower() for cell in next(rows, (1, list[str]()))[1]]
    if sorted(header) != sorted(COLUMNS):
        raise NotReady(f"The first line must hold these columns: {', '.join(COLUMNS)}.")
    good: dict[int, DateLine] = {}
    faults: list[Fault] = []
    for number, cells in rows:
        if len(good) + len(faults) >= MOST_LINES:
            raise NotReady(f"The file has more than {MOST_LINES:,} lines. Split it.")
        if len(cells) != len(header):
            faults.append(Fault(number, WHOLE_LINE))
            continue
        try:
            told = {name: cell.strip() for name, cell in zip(header, cells, strict=True)}
            good[number] = DateLine.model_validate(told)
        except ValidationError as fault:
            faults += [Fault(number, str(each["loc"][0])) for each in fault.errors()]
    if not good and not faults:
        raise NotReady("The file holds no line below its first one.")
    return good, faults


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The lines that are not empty, each with its number."""
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield reader.line_num, cells
    except csv.Error:
        raise NotReady(
            f"The file cannot be read from line {reader.line_num} on. Save it as CSV again."
        ) from None
