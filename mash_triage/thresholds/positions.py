"""On which line each key of an edition stands, because Python's TOML parser does not say.

A key's place is its path: the names of tables and keys, and numbers from 0 for the entries of a
list: `("rule", 7, "when", "seen", "codes")`. The text is read once, sign by sign; what its parser
would refuse ends the reading there, and the places found so far are kept.
"""

import tomllib

from mash_triage.thresholds.toml_tokens import Sign, signs_of

Place = tuple[str | int, ...]
Lines = dict[Place, int]

_PUNCTUATION = frozenset("[]{}=,.\n")
_END = Sign("", 0, 0)


def lines_of(text: str) -> Lines:
    """The line, counted from 1, on which each key, table and list entry of a TOML text begins.

    A table that only a longer header or a dotted key opens stands where that is written; the whole
    text, `()`, on line 1.
    """
    return _Reading(text).lines


def line_of(place: Place, lines: Lines) -> int:
    """The line of a place; for what is missing, that of the nearest table around it."""
    while place not in lines:
        place = place[:-1]
    return lines[place]


def place_at_end(text: str) -> Place:
    """What was being said where a text breaks off: a key's path, or its table's, or `()`."""
    return _Reading(text).place


class _Broken(Exception):
    """The text is not TOML from here on."""


class _Reading:
    """One reading of a text: `lines` fills up, and `place` is what is being read."""

    def __init__(self, text: str) -> None:
        self.lines: Lines = {(): 1}
        self.place: Place = ()
        self._table: Place = ()
        self._entries: dict[Place, int] = {}  # tables that repeat, and the number of the last
        self._signs = signs_of(text)
        self._now = next(self._signs, _END)
        try:
            while self._now is not _END:
                self._statement()
        except _Broken:
            pass

    # ---- signs

    def _next(self) -> Sign:
        """The sign that stands here; the reading moves on to the one after it."""
        sign, self._now = self._now, next(self._signs, _END)
        return sign

    def _expect(self, wanted: str) -> None:
        if self._now.text != wanted:
            raise _Broken
        self._next()

    def _skip_line_ends(self) -> None:
        while self._now.text == "\n":
            self._next()

    # ---- statements: a header, or a key and its value

    def _statement(self) -> None:
        self.place = self._table
        if self._now.text == "[":
            self._header()
        elif self._now.text != "\n":
            self._pair(self._table)
        if self._now is not _END:
            self._expect("\n")

    def _header(self) -> None:
        """A table, `[a.b]`, or one more entry of a list of tables, `[[a.b]]`."""
        self._expect("[")
        repeats = self._now.text == "["
        if repeats:
            self._expect("[")
        *before, (name, line) = self._key()
        around: Place = ()
        for part, at in before:
            around = self._last_entry(self._seen((*around, part), at))
        table = self._seen((*around, name), line)
        if repeats:
            self._entries[table] = self._entries.get(table, -1) + 1
        self.place = self._table = self._seen(self._last_entry(table), line)
        for _bracket in range(1 + repeats):
            self._expect("]")

    def _last_entry(self, table: Place) -> Place:
        """A header's part that names a list of tables means the last of them so far."""
        number = self._entries.get(table)
        return table if number is None else (*table, number)

    def _pair(self, table: Place) -> None:
        place = table
        for part, line in self._key():
            place = self._seen((*place, part), line)
        self.place = place
        self._expect("=")
        self._value(place)

    def _key(self) -> list[tuple[str, int]]:
        """The parts of a dotted key, each with its line."""
        parts = [self._part()]
        while self._now.text == ".":
            self._next()
            parts.append(self._part())
        return parts

    def _part(self) -> tuple[str, int]:
        if self._now is _END or self._now.text in _PUNCTUATION:
            raise _Broken
        sign = self._next()
        return _without_quotes(sign.text), sign.line

    def _seen(self, place: Place, line: int) -> Place:
        """Note a place where it is first met."""
        self.lines.setdefault(place, line)
        return place

    # ---- values

    def _value(self, place: Place) -> None:
        if self._now.text == "[":
            self._list(place)
        elif self._now.text == "{":
            self._inline_table(place)
        else:
            self._plain_value()

    def _plain_value(self) -> None:
        """A string, or what may be several signs: `1.5`, `2025-04-01 09:00:00`."""
        before = self._now
        while self._now is not _END and self._now.text not in "[]{}=,\n":
            self._next()
        if self._now is before:
            raise _Broken

    def _list(self, place: Place) -> None:
        self._expect("[")
        number = 0
        self._skip_line_ends()
        while self._now.text != "]":
            if self._now is _END:
                raise _Broken
            self.place = self._seen((*place, number), self._now.line)
            self._value((*place, number))
            number += 1
            self._skip_line_ends()
            if self._now.text != "]":
                self._expect(",")
                self._skip_line_ends()
        self._expect("]")
        self.place = place

    def _inline_table(self, place: Place) -> None:
        self._expect("{")
        while self._now.text != "}":
            self._pair(place)
            if self._now.text != "}":
                self._expect(",")
        self._expect("}")
        self.place = place


def _without_quotes(key: str) -> str:
    """A key as its parser reads it: quotes taken off, escapes resolved."""
    if key[0] not in "\"'":
        return key
    if key[0] == "'" or "\\" not in key:
        return key[1:-1]
    try:
        read: str = tomllib.loads(f"key = {key}")["key"]
    except tomllib.TOMLDecodeError:
        raise _Broken from None
    return read
