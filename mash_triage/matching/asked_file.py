"""A file of reported children to be looked for: each row as an identity, or refused with a reason.

The rows are other people's typing, so the same care holds as for the register: a row that cannot
be read is refused by line and reason, never guessed at, and the others go on.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from mash_triage.matching.identity import Identity, identity
from mash_triage.people.cells import CannotBeTaken, date_of, sex_of, text_of
from mash_triage.people.register import LONGEST
from mash_triage.people.register_file import Record, RefusedRow, records

COLUMNS = (
    "query_id", "given_names", "family_name", "dob", "age_years", "expected_date", "sex",
    "nhs_number", "upn", "address_line", "postcode", "mother_name", "mother_dob", "source",
    "received_date",
)  # fmt: skip
MOST = LONGEST | {"query_id": 100}
OLDEST = 120  # years


@dataclass(frozen=True, slots=True)
class Asked:
    """One reported child; `query_id` is the file's own name for the row."""

    query_id: str
    reported: Identity


def read_asked(path: Path, *, today: date) -> Iterator[Asked | RefusedRow]:
    """Every row in order, taken or refused. An age counts on its received_date, else `today`.

    RegisterFault when the file has no header row with all columns.
    """
    seen: dict[str, int] = {}
    for record in records(path, COLUMNS):
        if isinstance(record, RefusedRow):
            yield record
            continue
        try:
            yield _asked(record, today, seen)
        except CannotBeTaken as reason:
            yield RefusedRow(record.line, str(reason), tuple(record.cells[c] for c in COLUMNS))


def _asked(record: Record, today: date, seen: dict[str, int]) -> Asked:
    cells = {column: text_of(column, record.cells[column], MOST) for column in COLUMNS}
    if not (query_id := cells["query_id"]):
        raise CannotBeTaken("query_id is empty")
    address = (cells["address_line"], cells["postcode"])
    reported = identity(
        given_names=cells["given_names"],
        family_name=cells["family_name"],
        dob=date_of("dob", cells["dob"]),
        age_years=_age(cells["age_years"]),
        age_as_of=date_of("received_date", cells["received_date"]) or today,
        expected_date=date_of("expected_date", cells["expected_date"]),
        sex=sex_of(cells["sex"]),
        nhs_number=cells["nhs_number"],
        upn=cells["upn"],
        addresses=(address,) if any(address) else (),
        mother_name=cells["mother_name"],
        mother_dob=date_of("mother_dob", cells["mother_dob"]),
    )
    if (first := seen.setdefault(query_id, record.line)) != record.line:
        raise CannotBeTaken(f"the same query_id is on line {first}, which was answered")
    return Asked(query_id, reported)


def _age(cell: str) -> int | None:
    if not cell:
        return None
    if not (cell.isascii() and cell.isdecimal() and len(cell) <= 3 and int(cell) <= OLDEST):
        raise CannotBeTaken(f"age_years is not a whole number from 0 to {OLDEST}")
    return int(cell)
