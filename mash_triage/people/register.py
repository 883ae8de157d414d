"""The authority's register of children as a file: read row by row, never trusted.

A file that cannot be read as a register is a `RegisterFault`, in one sentence. A row that cannot
be is a `RefusedRow` with its line and a reason that repeats nothing personal; the good rows go on.
Text that looks like a spreadsheet formula is kept as the text it is.
"""

import hashlib
import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from mash_triage.people.cells import CannotBeTaken, date_of, past_date_of, sex_of, text_of
from mash_triage.people.identifiers import Identifier, Soundness, read_nhs_number, read_upn
from mash_triage.people.register_file import COLUMNS, Record, RefusedRow, records

FURTHEST_EXPECTED = timedelta(days=366)  # after the day of the import
# Characters that the record of a person has room for; a halved cell holds two of its kind.
LONGEST = {
    "child_id": 40, "given_names": 300, "family_name": 300, "nhs_number": 20, "upn": 20,
    "address_line": 300, "postcode": 12, "mother_name": 300,
}  # fmt: skip
HALVES = {
    "previous_addresses": (LONGEST["address_line"], LONGEST["postcode"]),
    "aliases": (LONGEST["given_names"], LONGEST["family_name"]),
}


class RegisterRow(BaseModel):
    """One child on the register. Empty text, None or "U" means not known.

    Addresses are (line, postcode), aliases (given, family). Numbers are without spaces; one with
    a wrong check digit is kept, as a note says, and recognises nobody.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    child_id: str
    given_names: str
    family_name: str
    dob: date | None
    dob_quality: Literal["exact", "estimated", "placeholder", "unknown", "expected"]
    expected_date: date | None
    sex: Literal["M", "F", "U"]
    nhs_number: str
    upn: str
    address_line: str
    postcode: str
    previous_addresses: tuple[tuple[str, str], ...]
    aliases: tuple[tuple[str, str], ...]
    mother_name: str
    mother_dob: date | None
    notes: tuple[str, ...] = ()


def read_register(path: Path, *, today: date) -> Iterator[RegisterRow | RefusedRow]:
    """Every row of the register in order, taken or refused, one at a time.

    `today` is the day of the import, for dates that have not come yet. RegisterFault when the
    file has no header row with all columns; ask `examine` first whether it is UTF-8.
    """
    seen: dict[str, int] = {}
    for record in records(path):
        if isinstance(record, RefusedRow):
            yield record
            continue
        try:
            row = _row(record, today)
            _check_not_seen(row.child_id, record.line, seen)
        except CannotBeTaken as reason:
            cells = tuple(record.cells[column] for column in COLUMNS)
            yield RefusedRow(record.line, str(reason), cells)
        else:
            yield row


def row_sha(row: RegisterRow) -> str:
    """A fingerprint of what the row says: the same again means that nothing changed."""
    return hashlib.sha256(row.model_dump_json(exclude={"notes"}).encode()).hexdigest()


def _row(record: Record, today: date) -> RegisterRow:
    cells = {column: text_of(column, record.cells[column], LONGEST) for column in COLUMNS}
    dob = past_date_of("dob", cells["dob"], today)
    expected = date_of("expected_date", cells["expected_date"])
    if expected and expected > today + FURTHEST_EXPECTED:
        raise CannotBeTaken("expected_date is more than a year away")
    nhs_number, upn = read_nhs_number(cells["nhs_number"]), read_upn(cells["upn"])

    row = RegisterRow(
        child_id=_child_id(cells["child_id"]),
        given_names=cells["given_names"],
        family_name=cells["family_name"],
        dob=dob,
        dob_quality=_quality(cells["dob_quality"], dob, expected),
        expected_date=expected,
        sex=sex_of(cells["sex"]),
        nhs_number=nhs_number.number or cells["nhs_number"],
        upn=upn.number or cells["upn"],
        address_line=cells["address_line"],
        postcode=cells["postcode"],
        previous_addresses=_pairs("previous_addresses", cells),
        aliases=_pairs("aliases", cells),
        mother_name=cells["mother_name"],
        mother_dob=past_date_of("mother_dob", cells["mother_dob"], today),
        notes=_notes(cells, nhs_number, upn),
    )
    if not (row.given_names or row.family_name or row.expected_date):
        raise CannotBeTaken("there is no name")
    return row


def _check_not_seen(child_id: str, line: int, seen: dict[str, int]) -> None:
    """The first row of an id is kept; ids that differ only in capitals or width collide."""
    folded = unicodedata.normalize("NFKC", child_id).casefold()
    if (first := seen.setdefault(folded, line)) != line:
        raise CannotBeTaken(f"the same child_id is on line {first}, which was kept")


# ---------------------------------------------------------------- cells


def _child_id(cell: str) -> str:
    if not cell:
        raise CannotBeTaken("child_id is empty")
    return cell


_NEEDS_A_DATE = frozenset({"exact", "estimated", "placeholder"})
_HAS_NO_DATE = frozenset({"unknown", "expected"})
_Quality = Literal["exact", "estimated", "placeholder", "unknown", "expected"]


def _quality(cell: str, dob: date | None, expected: date | None) -> _Quality:
    """What was stated, when the dates bear it out; worked out from them when it is empty."""
    if not cell:
        return "exact" if dob else ("expected" if expected else "unknown")
    quality = cell.lower()
    if quality not in _NEEDS_A_DATE | _HAS_NO_DATE:
        raise CannotBeTaken("dob_quality is not exact, estimated, placeholder, unknown, expected")
    if quality in _NEEDS_A_DATE and not dob:
        raise CannotBeTaken(f"dob_quality is {quality} and dob is empty")
    if quality in _HAS_NO_DATE and dob:
        raise CannotBeTaken(f"dob_quality is {quality} and there is a dob")
    if quality == "expected" and not expected:
        raise CannotBeTaken("dob_quality is expected and expected_date is empty")
    return quality  # type: ignore[return-value]  # one of the five by now


def _pairs(column: str, cells: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """ "one|two;one|two" as pairs; a part without a bar is a first half alone."""
    parts = (part.partition("|") for part in cells[column].split(";") if part.strip(" |"))
    pairs = tuple((first.strip(), second.strip()) for first, _, second in parts)
    longest = HALVES[column]
    if any(len(half) > most for pair in pairs for half, most in zip(pair, longest, strict=True)):
        raise CannotBeTaken(f"{column} holds a part longer than {longest[0]}|{longest[1]}")
    return pairs


# ---------------------------------------------------------------- notes

_FORMULA_STARTS = ("=", "+", "@", "-")


def _notes(cells: dict[str, str], nhs_number: Identifier, upn: Identifier) -> tuple[str, ...]:
    numbers = (("nhs_number", nhs_number), ("upn", upn))
    notes = [
        f"{column} {_UNSOUND[number.soundness]} and is kept, but recognises nobody"
        for column, number in numbers
        if cells[column] and number.soundness in _UNSOUND
    ]
    notes += [
        f"{column} looks like a formula and is kept as text"
        for column, cell in cells.items()
        if cell.startswith(_FORMULA_STARTS)
    ]
    return tuple(notes)


_UNSOUND = {
    Soundness.WRONG_CHECK_DIGIT: "has a wrong check digit",
    Soundness.NOT_A_NUMBER: "is not such a number",
}
