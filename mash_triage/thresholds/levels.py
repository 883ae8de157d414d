"""Reading an edition of the levels of need: a sound one, or one sentence with file and key.

The exact text of an edition is what is stored and hashed; a contact keeps the edition it was
screened under even when the file is gone.
"""

import hashlib
import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from mash_triage.thresholds.checks import faults_of
from mash_triage.thresholds.clock_times import ClockTimes
from mash_triage.thresholds.shapes import Edition, Indicator, Level, Rule

__all__ = [
    "ClockTimes",
    "Edition",
    "EditionFault",
    "Indicator",
    "Level",
    "Rule",
    "read_edition",
    "sha256_of",
    "shipped_editions",
]

EDITION_FILE = "edition.toml"
LARGEST_FILE = 256 * 1024  # bytes; the default edition takes about 50 kB
DEEPEST_NESTING = 20  # brackets or dotted parts; the shape needs 5
LONGEST_KEY = 60  # characters of an unknown key that a fault repeats
LONGEST_WORDS = 200  # characters of the parser's own words

PLAIN_WORDS = {
    "missing": "this key is missing",
    "extra_forbidden": "this key is not known",
    "string_type": "must be text",
    "int_type": "must be a whole number",
    "bool_type": "must be true or false",
    "tuple_type": "must be a list",
    "list_type": "must be a list",
    "model_type": "must be a table",
    "model_attributes_type": "must be a table",
    "string_too_short": "must not be empty",
    "too_short": "must not be empty",
    "string_pattern_mismatch": "must be a code: small letters, digits and underscores",
}
"""Faults of single values by pydantic's name for them; any other keeps pydantic's own words."""


class EditionFault(Exception):
    """An edition that cannot be used: where, and why, in words its owner can act on."""

    def __init__(self, file: str, key: str, words: str) -> None:
        super().__init__(f"{file}: {key}: {words}")
        self.file = file
        self.key = key
        self.words = words


def sha256_of(text: str) -> str:
    """The sha256 of an edition's exact text in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def shipped_editions(folder: Path) -> tuple[Path, ...]:
    """The edition files under the levels-of-need folder, by name; none if there is no folder."""
    return tuple(sorted(folder.glob(f"*/{EDITION_FILE}")))


def read_edition(source: Path | str) -> Edition:
    """An edition from its file or folder (a Path) or from its text (a str).

    EditionFault says what is wrong with it, and where.
    """
    if isinstance(source, str):
        return _from_text(source, "(stored edition)")
    file = source / EDITION_FILE if source.is_dir() else source
    return _from_text(_text_of(file), str(file))


def _text_of(file: Path) -> str:
    """The text of a file, no more than a little of which is read when it is too large."""
    try:
        with file.open("rb") as opened:
            raw = opened.read(LARGEST_FILE + 1)
    except OSError as fault:
        raise EditionFault(str(file), "(file)", "cannot be read") from fault
    _refuse_large(len(raw), str(file))
    try:
        return raw.decode()
    except UnicodeDecodeError as fault:
        raise EditionFault(str(file), "(file)", "is not text in UTF-8") from fault


def _from_text(text: str, file: str) -> Edition:
    try:
        _refuse_large(len(text.encode()), file)
    except UnicodeEncodeError as fault:
        raise EditionFault(file, "(file)", "holds half a character") from fault
    if not _is_shallow(text):
        raise EditionFault(file, "(file)", f"is nested deeper than {DEEPEST_NESTING}")
    try:
        told = json.dumps(tomllib.loads(text), default=str)
    except tomllib.TOMLDecodeError as fault:
        raise EditionFault(file, "(file)", f"is not TOML: {str(fault)[:LONGEST_WORDS]}") from fault
    except ValueError as fault:  # a number with more digits than Python reads
        raise EditionFault(file, "(file)", "holds a number that is too long") from fault
    return _checked(told, file)


def _checked(told: str, file: str) -> Edition:
    try:
        edition = Edition.model_validate_json(told)
    except ValidationError as fault:
        first = fault.errors(include_url=False, include_input=False)[0]
        raise EditionFault(file, _key(first["loc"]), _plain(first)) from fault
    for key, words in faults_of(edition):
        raise EditionFault(file, key, words)
    return edition


def _refuse_large(size: int, file: str) -> None:
    if size > LARGEST_FILE:
        raise EditionFault(file, "(file)", f"is larger than {LARGEST_FILE // 1024} kB")


def _key(place: tuple[int | str, ...]) -> str:
    """A place as a dotted path: ("indicator", 12, "level") → indicator[12].level."""
    parts = (f"[{part}]" if isinstance(part, int) else f".{_part(part)}" for part in place)
    return "".join(parts).lstrip(".") or "(file)"


def _part(key: str) -> str:
    """A key as it can stand in one line: quoted and cut short when it is not a plain one."""
    return key if key.isidentifier() and len(key) <= LONGEST_KEY else repr(key[:LONGEST_KEY])


def _plain(fault: Any) -> str:
    """A pydantic fault in plain words."""
    if fault["type"] == "value_error":
        return str(fault["ctx"]["error"])
    if fault["type"] in ("enum", "literal_error"):
        return f"must be one of {fault['ctx']['expected']}"
    own: str = fault["msg"]
    return PLAIN_WORDS.get(fault["type"], own[0].lower() + own[1:])


def _is_shallow(text: str) -> bool:
    """Whether brackets and dotted keys stay within the cap; asked before the text is parsed.

    Deep nesting and long dotted keys make a TOML parser slow or exhaust its stack.
    """
    depth = dots = 0
    for sign in _outside_strings(text):
        depth += (sign in "[{") - (sign in "]}")
        dots = dots + 1 if sign == "." else 0 if sign in "[]{}=,\n" else dots
        if depth > DEEPEST_NESTING or dots > DEEPEST_NESTING:
            return False
    return True


def _outside_strings(text: str) -> Iterator[str]:
    """The characters of a TOML text that stand outside its strings and comments."""
    place = 0
    while place < len(text):
        sign = text[place]
        if sign in "\"'":
            place = _end_of_string(text, place)
        elif sign == "#":
            place = _found_or_end(text.find("\n", place), text)
        else:
            yield sign
            place += 1


def _end_of_string(text: str, start: int) -> int:
    """The place just after the string that starts here; an unclosed one ends with its line."""
    quote = text[start]
    fence = quote * 3 if text.startswith(quote * 3, start) else quote
    place = start + len(fence)
    while place < len(text):
        if text[place] == "\\" and quote == '"':
            place += 2
        elif text.startswith(fence, place):
            return place + len(fence)
        elif text[place] == "\n" and len(fence) == 1:
            return place
        else:
            place += 1
    return len(text)


def _found_or_end(place: int, text: str) -> int:
    return len(text) if place < 0 else place
