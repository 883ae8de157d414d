"""On which line a key stands: as tomllib reads the text, whatever way the text is written."""

import json
import os
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mash_triage.thresholds.positions import Place, line_of, lines_of, place_at_end

FOLDER = Path(__file__).parents[2] / "levels_of_need"
SOAK = os.environ.get("MASH_SOAK") == "1"


def places_in(tree: object, at: Place = ()) -> Iterator[Place]:
    """Every place of what tomllib has read."""
    yield at
    entries = tree.items() if isinstance(tree, dict) else enumerate(tree)
    for key, value in entries:
        if isinstance(value, dict | list):
            yield from places_in(value, (*at, key))
        else:
            yield (*at, key)


STORY = """\
# A comment with [[brackets]] and a = 1
title = "x" # and [another]
when.seen . codes = ["a",
  'b', # ]
  [1.5, 2],
]

[clocks]
"opens at" = 2025-04-01 09:00:00
words = \"""
[not.a.header]
key = 3\"""

[[rule]]
code = 'one'
when = { seen = { at_least = 2 }, also = [{ group = "x" }] }

[[rule]]
[rule.when]
"a.b\\u0021" = '''
'''
[[rule.page]]
number = 1
[[rule.page]]
[far.away]
"""


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (("title",), 2),
        (("when",), 3),
        (("when", "seen", "codes"), 3),
        (("when", "seen", "codes", 0), 3),
        (("when", "seen", "codes", 1), 4),
        (("when", "seen", "codes", 2), 5),
        (("when", "seen", "codes", 2, 1), 5),
        (("clocks",), 8),
        (("clocks", "opens at"), 9),
        (("clocks", "words"), 10),
        (("rule",), 14),
        (("rule", 0), 14),
        (("rule", 0, "when", "seen", "at_least"), 16),
        (("rule", 0, "when", "also", 0, "group"), 16),
        (("rule", 1), 18),
        (("rule", 1, "when"), 19),
        (("rule", 1, "when", "a.b!"), 20),
        (("rule", 1, "page", 0), 22),
        (("rule", 1, "page", 0, "number"), 23),
        (("rule", 1, "page", 1), 24),
        (("far",), 25),
        (("far", "away"), 25),
        ((), 1),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_every_way_of_writing_a_key_is_found_on_its_line(place, line, line_end):
    assert lines_of(STORY.replace("\n", line_end))[place] == line


def test_nothing_is_found_that_is_not_there():
    assert set(lines_of(STORY)) == set(places_in(tomllib.loads(STORY)))


def test_what_is_missing_is_looked_for_where_it_should_be():
    lines = lines_of(STORY)
    assert line_of(("rule", 1, "code"), lines) == 18
    assert line_of(("indicator",), lines) == 1


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*/edition.toml")), ids=lambda f: f.parent.name)
def test_every_key_of_a_shipped_edition_stands_on_its_line(file):
    text = file.read_text("utf-8")
    lines, rows = lines_of(text), text.split("\n")
    assert set(lines) == set(places_in(tomllib.loads(text)))
    for place, line in lines.items():
        assert not place or isinstance(place[-1], int) or place[-1] in rows[line - 1]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", ()),
        ("level = ", ("level",)),
        ("[[rule]]\nwords", ("rule", 0, "words")),
        ("[[rule]]\n", ("rule", 0)),
        ("[[rule]]\nwhen.codes = [1,\n 2", ("rule", 0, "when", "codes", 1)),
        ("a = {b = 1, c = {d", ("a", "c", "d")),
        ("[[rule]]\nwords = 'x'\n]]", ("rule", 0)),
        ('"\\q" = 1', ()),
    ],
)
def test_where_a_text_breaks_off_is_known(text, place):
    assert place_at_end(text) == place


@settings(deadline=None, max_examples=5000 if SOAK else 100)
@given(st.text(alphabet="[]{}=,.\"'#\\\nab1 ") | st.text())
def test_no_text_stops_the_reading_with_a_fault(text):
    lines = lines_of(text)
    assert lines[()] == 1
    assert list(lines.values()) == sorted(lines.values())
    assert place_at_end(text) in lines


# ---- whatever tomllib reads ---------------------------------------------------------------------

VALUES = st.sampled_from(
    [
        *("1", "0x1F", "1_000", "1.5", "-6.02e23", "inf", "-nan", "true"),
        *("2025-04-01", "09:00:00.5", "2025-04-01T09:00:00+01:00", "2025-04-01 09:00:00"),
        *('""', "''", '"a # [b] \\" \\\\"', "'c:\\d = {'", '"\\U0001F600"', '""""""'),
        *('"""\nx = [1]\n\\""" # "\n""""', "'''\n[[x]]\n'y\n'''", '"""a\\\n  ""b"""'),
    ]
)
KEYS = st.sampled_from(
    ["a", "b", "rule", "1", "x-y", "a.b", "", "é", 'q"', "q'", "#", "\t\x7f", "="]
)
TREES = st.recursive(
    VALUES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=12,
)


def spelt(key: str) -> str:
    """A key as it must be written: bare where it may be."""
    if re.fullmatch(r"[A-Za-z0-9_-]+", key):
        return key
    if "'" not in key and key.isprintable():
        return f"'{key}'"
    return json.dumps(key, ensure_ascii=False).replace("\x7f", "\\u007f")


class Writer:
    """Writes tables in one of the ways that TOML allows, drawn anew for each."""

    def __init__(self, draw) -> None:
        self.one_of = lambda *ways: draw(st.sampled_from(ways))
        self.rows: list[str] = []

    def table(self, tree: dict, header: str = "") -> None:
        later = []
        for key, value in tree.items():
            way = self.one_of("inline", "header", "dotted")
            tables = value if isinstance(value, list) else [value]
            if way == "header" and tables and all(isinstance(each, dict) for each in tables):
                later.append((spelt(key), value))
            elif way == "dotted" and isinstance(value, dict) and value:
                self.rows += [f"{spelt(key)} . {self.pair(*each)}" for each in value.items()]
            else:
                self.rows.append(self.pair(key, value) + self.one_of("", " # [x] = '"))
        for key, value in later:
            path = f"{header}.{key}" if header else key
            for entry in value if isinstance(value, list) else [value]:
                self.rows.append(f"[[ {path} ]]" if isinstance(value, list) else f" [{path}]")
                self.table(entry, path)

    def pair(self, key: str, value: object) -> str:
        return f"{spelt(key)} = {self.value(value)}"

    def value(self, value: object) -> str:
        if isinstance(value, dict):
            return "{ " + ", ".join(self.pair(*each) for each in value.items()) + " }"
        if isinstance(value, list):
            gap = self.one_of("", "\n", " # ] \n\n  ")
            end = self.one_of("", ",") if value else ""
            return f"[{gap}" + f",{gap}".join(map(self.value, value)) + f"{end}{gap}]"
        return str(value)


@st.composite
def documents(draw) -> str:
    writer = Writer(draw)
    writer.table(draw(st.dictionaries(KEYS, TREES, max_size=5)))
    return "\n".join(writer.rows)


@settings(deadline=None, max_examples=5000 if SOAK else 150)
@given(documents())
def test_every_place_that_tomllib_knows_is_found_and_its_line_holds_the_key(text):
    lines, rows = lines_of(text), text.split("\n")
    assert set(lines) == set(places_in(tomllib.loads(text)))
    for place, line in lines.items():
        assert not place or isinstance(place[-1], int) or spelt(place[-1]) in rows[line - 1]
