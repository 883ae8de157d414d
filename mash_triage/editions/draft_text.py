"""The text of a draft, part by part: an edit changes one part and leaves every comment in place.

A part is one entry of a list (an indicator, a rule, a level), one table (the clocks), or what
stands at the top of the file. Values are those of TOML: text, numbers, true or false, days, times,
lists and tables.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, get_args, get_origin

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT, Table

from mash_triage.thresholds import toml_text
from mash_triage.thresholds.clock_times import Shape
from mash_triage.thresholds.levels import Edition
from mash_triage.thresholds.toml_text import plain_text

Values = Mapping[str, Any]
Tables = dict[str, Any]

PART_WORDS = {
    "": "Title, dates and notice",
    "clocks": "Clock times",
    "rag": "Rating",
    "promise": "Promise",
    "level": "Level",
    "route": "Route",
    "without_route": "Endings without a route",
    "outcome": "Outcome",
    "departure_reason": "Reason for departing",
    "concern": "Main worry",
    "strength": "What works well",
    "protective": "Protective rule",
    "consent": "Agreement",
    "domain": "Domain",
    "theme": "Theme",
    "group": "Group",
    "rule": "Rule",
    "indicator": "Indicator",
}
"""What each kind of part is called; a kind that is not named here goes by its key."""


def _entry_key(name: str) -> str | None:
    """What names an entry of this list, which is the first field of its shape; None: no list."""
    kind = Edition.model_fields[name].annotation
    shape = get_args(kind)[0] if get_origin(kind) is tuple else None
    return next(iter(shape.model_fields)) if shape else None


def _is_table(name: str) -> bool:
    kind = Edition.model_fields[name].annotation
    return isinstance(kind, type) and issubclass(kind, Shape)


KEY = {name: key for name in Edition.model_fields if (key := _entry_key(name))}
"""Each list of an edition with what names its entries: `code`, and `number` for a level."""

TABLES = tuple(name for name in Edition.model_fields if _is_table(name))
TOP = tuple(name for name in Edition.model_fields if name not in KEY and name not in TABLES)
"""What stands at the top of the file: id, title, dates, source, notice and the like."""

KINDS = ("", *sorted((*KEY, *TABLES), key=lambda name: (*PART_WORDS, name).index(name)))
"""Every kind of part, in the order of the document."""


def part_words(kind: str) -> str:
    """What a kind of part is called."""
    return PART_WORDS.get(kind) or kind.replace("_", " ").capitalize()


@dataclass(frozen=True)
class Part:
    """One part of an edition: the name of its list or table, and what names the entry in a list."""

    kind: str
    code: str = ""

    @property
    def is_entry(self) -> bool:
        """Is it one entry of a list?"""
        return self.kind in KEY


@lru_cache(maxsize=64)
def tables_in(text: str) -> Tables:
    """The tables of a draft; never to be changed. NotToml when the text has none."""
    plain = plain_text(text)
    toml_text.tables_in(plain)  # refuses what is too large, too deep, or not TOML
    return tomllib.loads(plain)


def entries(tables: Tables, kind: str) -> list[Tables]:
    """The entries of one list, as far as they are tables."""
    told = tables.get(kind)
    return [each for each in told if isinstance(each, dict)] if isinstance(told, list) else []


def code_of(kind: str, entry: Values) -> str:
    """What names this entry in its list."""
    return str(entry.get(KEY[kind], ""))


def name_of(part: Part, values: Values) -> str:
    """What people call this part: its words, name or code."""
    return str(values.get("words") or values.get("name") or part.code)


def values_of(tables: Tables, part: Part) -> Tables | None:
    """What a part says; None when it is not there."""
    if part.is_entry:
        return next(
            (e for e in entries(tables, part.kind) if code_of(part.kind, e) == part.code), None
        )
    if part.kind:
        told = tables.get(part.kind)
        return told if isinstance(told, dict) else None
    return {name: tables[name] for name in TOP if name in tables}


def with_values(tables: Tables, part: Part, values: Values | None) -> Tables:
    """The tables with one part changed, added, or (None) taken out; the others are shared."""
    if not part.is_entry:
        if part.kind:
            return {**tables, part.kind: dict(values or {})}
        return {**{n: each for n, each in tables.items() if n not in TOP}, **(values or {})}
    told = tables.get(part.kind)
    kept = list(told) if isinstance(told, list) else []
    place = _place(kept, part)
    if values is None:
        return {**tables, part.kind: [each for n, each in enumerate(kept) if n != place]}
    if place is None:
        kept.insert(_place_of_new(kept, part.kind, values), dict(values))
    else:
        kept[place] = dict(values)
    return {**tables, part.kind: kept}


def with_part(text: str, part: Part, values: Values | None) -> str:
    """The text with one part changed, added, or taken out. What others wrote stays as it is, down
    to the comments; a text laid out so that this cannot be done is written anew without them.
    """
    text = plain_text(text)
    wanted = with_values(tables_in(text), part, values)
    try:
        document = tomlkit.parse(text)
        _write(document, part, values)
        written = tomlkit.dumps(document)
        if tables_in(written) == wanted:
            return written
    except (TOMLKitError, AttributeError, TypeError, ValueError):
        pass  # lists of inline tables and the like
    return tomlkit.dumps(wanted)


# ---------------------------------------------------------------- writing


def _write(document: tomlkit.TOMLDocument, part: Part, values: Values | None) -> None:
    if not part.is_entry:
        _change(document[part.kind] if part.kind else document, values or {}, part)
        return
    if part.kind not in document:
        document.append(part.kind, tomlkit.aot())
    listed = document[part.kind]
    if not isinstance(listed, AoT):
        raise TypeError("not a list of tables")
    place = _place(list(listed), part)
    if values is None and place is not None:
        del listed[place]
    elif values is not None and place is not None:
        _change(listed[place], values, part)
    elif values is not None:
        listed.insert(_place_of_new(list(listed), part.kind, values), _new_entry(values))


def _change(table: Any, values: Values, part: Part) -> None:
    """Lay these values over a table, touching only what differs."""
    names = [name for name in table if part.kind or name in TOP]
    for name in names:
        if name not in values:
            del table[name]
    for name, value in values.items():
        if name not in table:
            _add(table, name, value)
        elif _plain(table[name]) != value and isinstance(value, dict):
            del table[name]
            _add(table, name, value)
        elif _plain(table[name]) != value:
            table[name] = value


def _new_entry(values: Values) -> Table:
    table = tomlkit.table()
    for name, value in values.items():
        _add(table, name, value)
    table.add(tomlkit.nl())
    return table


def _add(table: Any, name: str, value: Any) -> None:
    """A table inside a part is written with dotted keys: `when.seen.level = 3`."""
    if not isinstance(value, dict):
        table.append(name, value)
        return
    for path, leaf in _leaves(value):
        table.append(tomlkit.key([name, *path]), leaf)


def _leaves(value: Values, path: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], Any]]:
    found: list[tuple[tuple[str, ...], Any]] = []
    for name, each in value.items():
        inside = isinstance(each, dict) and each
        found += _leaves(each, (*path, name)) if inside else [((*path, name), each)]
    return found


def _plain(value: Any) -> Any:
    return value.unwrap() if hasattr(value, "unwrap") else value


def _place(listed: list[Any], part: Part) -> int | None:
    places = (n for n, each in enumerate(listed) if isinstance(each, dict))
    return next((n for n in places if code_of(part.kind, listed[n]) == part.code), None)


def _place_of_new(listed: list[Any], kind: str, values: Values) -> int:
    """Levels stand from the lowest to the highest; everything else is added at the end."""
    if kind != "level":
        return len(listed)
    return sum(1 for each in listed if _number(each) < _number(values))


def _number(level: Any) -> int:
    number = level.get("number") if hasattr(level, "get") else None
    return number if isinstance(number, int) else 0
