"""The lines of a register file, whatever state it is in, and the file of those refused.

A stray quotation mark must not swallow the good rows after it, nor one enormous cell the memory,
so lines are gathered here and only then read as CSV.
"""

import csv
import hashlib
import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from mash_triage.errors import Refused

COLUMNS = (
    "child_id", "given_names", "family_name", "dob", "dob_quality", "expected_date", "sex",
    "nhs_number", "upn", "address_line", "postcode", "previous_addresses", "aliases",
    "mother_name", "mother_dob",
)  # fmt: skip

LINE_LIMIT = 1_000_000  # bytes
CELL_LIMIT = 10_000  # characters
# The library stops at 131,072 of its own accord and would not say which cell was too long.
csv.field_size_limit(max(csv.field_size_limit(), LINE_LIMIT))
LINES_IN_A_ROW = 20  # an address may hold line breaks inside quotation marks; not many


class RegisterFault(Refused):
    """The file as a whole cannot be read as a register."""


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that was not taken: the line it starts on, why, and its cells as far as readable."""

    line: int
    reason: str
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """The cells of one row by column, and the line it starts on (the header is line 1)."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class RegisterFile:
    """What is known of a file before its rows are read: for progress and for the trail."""

    path: Path
    sha256: str
    lines: int


def examine(path: Path) -> RegisterFile:
    """Read the file once for its hash and its encoding. RegisterFault when it is not UTF-8 text.

    A few damaged lines among good accented ones cost only those lines. Where there are more of
    them than of the good ones, the whole file was written in another encoding, and importing it
    would lose exactly the children with accents in their names.
    """
    digest, lines, accented, damaged = hashlib.sha256(), 0, 0, list[int]()
    with _opened(path) as file:
        starts_a_line = True
        for text in iter(lambda: file.readline(LINE_LIMIT), b""):
            digest.update(text)
            lines += starts_a_line
            is_whole = starts_a_line and len(text) < LINE_LIMIT
            starts_a_line = text.endswith(b"\n")
            if is_whole and not text.isascii():
                if _is_utf8(text):
                    accented += 1
                else:
                    damaged.append(lines)
    if len(damaged) > accented:
        raise RegisterFault(
            f"The file is not in UTF-8 (first seen on line {damaged[0]}): "
            'save it as "CSV UTF-8" and import it again.'
        )
    return RegisterFile(path, digest.hexdigest(), lines)


def records(path: Path, columns: Sequence[str] = COLUMNS) -> Iterator[Record | RefusedRow]:
    """Every row as cells or as refused, in order. RegisterFault when the header is not right."""
    lines = _Lines(path)
    with lines.file:
        order = _columns(lines, columns)
        for line, text in lines:
            yield from _record(line, text, lines, order)


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as fault:
        reason = (fault.strerror or "unknown fault").lower()
        raise RegisterFault(f"The file {path.name} cannot be opened: {reason}.") from None


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


# ---------------------------------------------------------------- lines


class _Lines:
    """The lines of a file with their numbers, of bounded length, with some pushed back."""

    def __init__(self, path: Path) -> None:
        self.file = _opened(path)
        self._number = 0
        self._waiting: list[tuple[int, str | None]] = []

    def __iter__(self) -> Iterator[tuple[int, str | None]]:
        while (line := self.following()) is not None:
            yield line

    def following(self) -> tuple[int, str | None] | None:
        """The next line and its number; its text is None when it was over the limit."""
        if self._waiting:
            return self._waiting.pop(0)
        raw = self.file.readline(LINE_LIMIT)
        if not raw:
            return None
        self._number += 1
        if len(raw) == LINE_LIMIT and not raw.endswith(b"\n"):
            while (rest := self.file.readline(LINE_LIMIT)) and not rest.endswith(b"\n"):
                pass
            return self._number, None
        return self._number, raw.decode("utf-8", "surrogateescape")

    def put_back(self, lines: list[tuple[int, str | None]]) -> None:
        """Let these lines come again, before all others."""
        self._waiting[:0] = lines


def _columns(lines: _Lines, columns: Sequence[str]) -> list[str]:
    first = lines.following()
    header = (first[1] if first else "") or ""
    if not header.strip("\ufeff \r\n"):
        raise RegisterFault("The file has no header row.")
    cells = _cells(header.removeprefix("\ufeff")) or []
    order = [cell.strip().lower() for cell in cells]
    missing = [column for column in columns if column not in order]
    if missing:
        raise RegisterFault(f"The header row lacks these columns: {', '.join(missing)}.")
    twice = [column for column in columns if order.count(column) > 1]
    if twice:
        raise RegisterFault(f"The header row has these columns twice: {', '.join(twice)}.")
    return order


def _record(
    line: int, text: str | None, lines: _Lines, order: list[str]
) -> Iterator[Record | RefusedRow]:
    if text is None:
        yield RefusedRow(line, f"the line is longer than {LINE_LIMIT:,} bytes")
    elif text.strip():
        gathered, cells = _gathered(text, lines, len(order))
        if cells is None:
            yield RefusedRow(line, "a quotation mark is not closed, or stands inside a cell")
        elif len(cells) != len(order):
            reason = f"the row has {len(cells)} cells and the header has {len(order)}"
            yield RefusedRow(line, reason, tuple(cells))
        else:
            yield Record(line, dict(zip(order, cells, strict=True)))
        lines.put_back(gathered if cells is None else [])


def _gathered(
    text: str, lines: _Lines, width: int
) -> tuple[list[tuple[int, str | None]], list[str] | None]:
    """The further lines a row runs over and its cells; no cells when it never comes to an end."""
    further: list[tuple[int, str | None]] = []
    whole = text
    while whole.count('"') % 2 and len(further) < LINES_IN_A_ROW:
        after = lines.following()
        if after is None or after[1] is None:
            further += [after] if after else []
            break
        further.append(after)
        whole += after[1]
    cells = _cells(whole) if whole.count('"') % 2 == 0 else None
    if further and cells is not None and len(cells) != width:
        cells = None
    return further, cells


def _cells(text: str) -> list[str] | None:
    """The cells of one row; None when its quotation marks are not in order."""
    try:
        rows = list(csv.reader([text], strict=True))
    except csv.Error:
        return None
    return rows[0] if rows else []


# ---------------------------------------------------------------- the file of refused rows

_FORMULA = re.compile(r"\s*[=+\-@|]")
SHOWN_OF_A_CELL = 500  # characters


def rejected_path(path: Path) -> Path:
    """`X.rejected.csv` beside `X.csv`."""
    return path.with_name(f"{path.stem}.rejected.csv")


def write_rejected(
    path: Path, rows: Iterable[RefusedRow], columns: Sequence[str] = COLUMNS
) -> Path | None:
    """Write the refused rows beside the register, for its owner's eyes only, and say where.

    The columns are the file's own, with line and reason in front, so a mended row can be imported
    from it. A cell that a spreadsheet would run as a formula gets an apostrophe in front. With
    nothing refused, an older file of refused rows is taken away and None returned.
    """
    target = rejected_path(path)
    refused = list(rows)
    if not refused:
        target.unlink(missing_ok=True)
        return None
    handle, made = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")  # mode 0600
    with os.fdopen(handle, "w", encoding="utf-8-sig", errors="replace", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("line", "reason", *columns))
        for row in refused:
            writer.writerow((row.line, row.reason, *map(_harmless, row.cells)))
    Path(made).replace(target)
    return target


def _harmless(cell: str) -> str:
    shown = cell[:SHOWN_OF_A_CELL]
    return f"'{shown}" if _FORMULA.match(shown) else shown
