"""Editing one part of a text: that part says what was wanted, and nothing else is touched."""

import os
import tomllib
from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mash_triage.editions.draft_text import (
    KEY,
    KINDS,
    Part,
    code_of,
    entries,
    tables_in,
    values_of,
    with_part,
    with_values,
)
from mash_triage.settings import ROOT
from mash_triage.thresholds.examine import examine
from mash_triage.thresholds.levels import shipped_editions

FILES = shipped_editions(ROOT / "levels_of_need")
TEXT = (ROOT / "levels_of_need" / "default" / "edition.toml").read_text("utf-8")
TABLES = tables_in(TEXT)
SOAK = os.environ.get("MASH_SOAK") == "1"


def parts_of(tables) -> list[Part]:
    """Every part of an edition."""
    return [
        Part(kind, code)
        for kind in KINDS
        for code in ([code_of(kind, e) for e in entries(tables, kind)] if kind in KEY else [""])
    ]


PARTS = parts_of(TABLES)
ADDED = {
    "rule": {
        "words": "New.",
        "when": {"seen": {"codes": ["neglect"], "at_least": 2}},
        "rag": "red",
    },
    "indicator": {"words": "A “new” one\nof two lines", "groups": ["injury"], "check_999": True},
    "level": {"name": "Between", "meaning": "x", "routes": ["s17"]},
    "theme": {"words": "New"},
}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parent.name)
def test_a_part_saved_as_it_is_leaves_the_text_as_it_is(file):
    text = file.read_text("utf-8")
    tables = tables_in(text)
    for part in [
        Part("indicator", code_of("indicator", tables["indicator"][0])),
        *parts_of(tables)[:9],
    ]:
        assert with_part(text, part, values_of(tables, part)) == text


def test_the_comments_and_everything_else_stay_as_they_were():
    hungry = Part("indicator", "persistent_hunger")
    new = with_part(TEXT, hungry, {**values_of(TABLES, hungry), "level": 2})
    changed = [(a, b) for a, b in zip(TEXT.splitlines(), new.splitlines(), strict=True) if a != b]
    assert changed == [("level = 3", "level = 2")]


@pytest.mark.parametrize("kind", ADDED)
def test_a_new_entry_is_added_and_taken_out_again(kind):
    number = kind == "level"
    part = Part(kind, "3" if number else "made_up")
    values = {KEY[kind]: 3 if number else "made_up", **ADDED[kind]}
    before = with_part(TEXT, part, None) if number else TEXT
    added = with_part(before, part, values)
    assert values_of(tables_in(added), part) == values
    assert added.count("#") == TEXT.count("#")
    assert tables_in(with_part(added, part, None)) == tables_in(before)
    if number:
        assert [each["number"] for each in tables_in(added)["level"]] == [1, 2, 3, 4]


VALUES = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=12),
    st.integers(-9, 9),
    st.booleans(),
    st.dates(date(2000, 1, 1)),
    st.times().map(lambda told: time(told.hour, told.minute)),
    st.lists(st.sampled_from(["a", "b", 'c"d']), max_size=3),
    st.dictionaries(st.sampled_from(["seen", "level", "x y"]), st.integers(1, 3), max_size=2),
)
NAMES = st.sampled_from(["words", "level", "when", "groups", "effective_to", "meaning", "odd key"])


@settings(max_examples=400 if SOAK else 25)
@given(st.sampled_from(PARTS), st.dictionaries(NAMES, VALUES, max_size=4), st.booleans())
def test_any_edit_of_any_part_says_exactly_what_was_wanted(part, values, keeps):
    named = {KEY[part.kind]: values_of(TABLES, part)[KEY[part.kind]]} if part.is_entry else {}
    before = values_of(TABLES, part) if keeps else {}
    if not part.kind:
        values = {name: each for name, each in values.items() if name == "effective_to"}
    wanted = {**before, **values, **named}
    assert tomllib.loads(with_part(TEXT, part, wanted)) == with_values(TABLES, part, wanted)


@pytest.mark.parametrize(
    "text",
    [
        'indicator = [{code = "a", level = 1}, {code = "b"}]\n',
        '[[indicator]]\ncode = "a"\nlevel = 1\n[rule]\nx = 1\n[[indicator]]\ncode = "b"\n',
        "indicator = 3\n",
        "",
    ],
    ids=["inline", "split", "not a list", "nothing"],
)
def test_a_text_laid_out_otherwise_is_edited_too(text):
    part = Part("indicator", "a")
    assert values_of(tables_in(with_part(text, part, {"code": "a", "level": 2})), part) == {
        "code": "a",
        "level": 2,
    }


def test_an_edited_edition_is_still_sound():
    for part in PARTS[::7]:
        told = {**values_of(TABLES, part)}
        assert examine(with_part(TEXT, part, told)).edition is not None
