"""From a file to the tables in its text: sound TOML of a bearable size, or one fault."""

import json
import re
import tomllib
from pathlib import Path

from mash_triage.thresholds.findings import FILE, Finding, key_of
from mash_triage.thresholds.plain_faults import of_toml
from mash_triage.thresholds.positions import place_at_end
from mash_triage.thresholds.toml_tokens import first_beyond_bounds, signs_of

LARGEST_FILE = 256 * 1024  # bytes; the default edition takes about 50 kB
LONGEST_NUMBER = 4300  # digits; Python reads no more

_WHERE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_BYTE_ORDER_MARK = "\ufeff"  # some editors of text begin a file with it


class NotToml(Exception):
    """A text that cannot be taken for TOML at all, and its one fault."""

    def __init__(self, fault: Finding) -> None:
        super().__init__(fault.words)
        self.fault = fault


def text_of(file: Path) -> str:
    """The text of a file, no more than a little of which is read when it is too large."""
    try:
        if file.exists() and not file.is_file():  # a pipe would wait for ever
            raise NotToml(Finding(FILE, None, "is not a file of text"))
        with file.open("rb") as opened:
            raw = opened.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as fault:
        raise NotToml(Finding(FILE, None, "cannot be read")) from fault
    _refuse_large(len(raw))
    try:
        return raw.decode()
    except UnicodeDecodeError as fault:
        line = raw.count(b"\n", 0, fault.start) + 1
        raise NotToml(Finding(FILE, line, "is not text in UTF-8")) from fault


def tables_in(text: str) -> str:
    """The tables of a TOML text, as JSON; NotToml says where and why it has none."""
    try:
        _refuse_large(len(text.encode()))
    except UnicodeEncodeError as fault:
        line = text.count("\n", 0, fault.start) + 1
        raise NotToml(Finding(FILE, line, "holds half a character")) from fault
    if beyond := first_beyond_bounds(text):
        raise _broken(text, beyond[0].start, beyond[1])
    try:
        return json.dumps(tomllib.loads(text), default=str)
    except tomllib.TOMLDecodeError as fault:
        raise _not_toml(text, str(fault)) from fault
    except ValueError as fault:
        raise _broken(text, _long_number(text), "holds a number that is too long") from fault


def plain_text(text: str) -> str:
    """The same text as every line number counts it: one kind of line end, no byte order mark."""
    return text.removeprefix(_BYTE_ORDER_MARK).replace("\r\n", "\n")


def _refuse_large(size: int) -> None:
    if size > LARGEST_FILE:
        raise NotToml(Finding(FILE, None, f"is larger than {LARGEST_FILE // 1024} kB"))


def _not_toml(text: str, told: str) -> NotToml:
    """The parser's own words, its line and column turned into a key and a line."""
    where = _WHERE.search(told)
    start = len(text)
    if where and where[1]:
        start = _start_of_line(text, int(where[1])) + int(where[2]) - 1
    return _broken(text, start, of_toml(_WHERE.sub("", told)))


def _start_of_line(text: str, line: int) -> int:
    start = 0
    for _line in range(line - 1):
        start = text.index("\n", start) + 1
    return start


def _long_number(text: str) -> int:
    """Where a number stands that Python refuses to read."""
    long = (sign.start for sign in signs_of(text) if len(sign.text) > LONGEST_NUMBER)
    return next(long, len(text))


def _broken(text: str, start: int, words: str) -> NotToml:
    before = text[:start]
    line = before.count("\n") + 1
    return NotToml(Finding(key_of(place_at_end(before)), line, words))
