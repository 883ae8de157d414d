"""docs/requirements.md names every requirement once, and only tests and files that there are."""

import ast
import re
from functools import lru_cache
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parents[1]
PAGE = (HERE / "docs" / "requirements.md").read_text("utf-8")
HOW_MANY = {"A": 15, "B": 10, "C": 15, "D": 6, "E": 10, "F": 9, "G": 19}
"""The requirements that the reports imply, by their letter."""

EVERY_ONE = [f"{letter}{n}" for letter, last in HOW_MANY.items() for n in range(1, last + 1)]
NOT_TRIED = ", not yet tried by removing"
"""A standing with these words is not settled: its tests are looked for once somebody tried."""

STANDINGS = {"met", f"met{NOT_TRIED}", "partly", f"partly{NOT_TRIED}", "later"}

ROW = re.compile(
    r"^- \*\*([A-G]\d+)\*\* \(P[123]\) \*\*([^*]+)\*\*: (.*?)(?=^- \*\*|^## |\Z)", re.M | re.S
)
TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
TRIED = re.compile(r"`((?:mash_triage|levels_of_need|pages)/[\w/]+\.\w+)`")
ROWS = [pytest.param(*row, id=row[0]) for row in ROW.findall(PAGE)]


@lru_cache
def functions_of(file: str) -> frozenset[str]:
    """The functions of a file of tests; none where there is no such file."""
    path = HERE / file
    if not path.is_file():
        return frozenset()
    tree = ast.parse(path.read_text("utf-8"))
    return frozenset(each.name for each in tree.body if isinstance(each, ast.FunctionDef))


def test_every_requirement_stands_on_the_page_once_and_in_order():
    assert [row.values[0] for row in ROWS] == EVERY_ONE
    assert len(re.findall(r"^- \*\*[A-G]\d", PAGE, re.M)) == len(ROWS), "a row is not read"


@pytest.mark.parametrize(("code", "standing", "words"), ROWS)
def test_a_row_says_how_it_stands_and_by_what(code, standing, words):
    assert standing in STANDINGS
    tests = TEST.findall(words)
    assert bool(tests) == (standing != "later"), "a test shows whatever works"
    assert ("Missing: " in words) == standing.startswith("partly"), "what is missing is said"
    assert [file for file in TRIED.findall(words) if not (HERE / file).is_file()] == []
    if NOT_TRIED not in standing:
        assert [name for file, name in tests if name not in functions_of(file)] == []
    if standing == "met":
        assert TRIED.search(words.partition("Removed to try: ")[2]), "a line was taken away to see"
