"""The worked contacts for measuring: whole, by the taxonomy, and agreed on as their README says."""

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
import yaml

from mash_triage.thresholds.levels import read_edition

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "tests" / "data" / "narratives"
FILES = ("tuning_1", "tuning_2", "tuning_3", "untouched")
INBOX = tuple(f"inbox_{number}" for number in range(1, 7))
ROUTES = {"universal", "early_help", "s17", "s47"}
CODES = {each.code for each in read_edition(ROOT / "levels_of_need" / "default").indicator}


def read(name):
    return yaml.load((FOLDER / f"{name}.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader)


@cache
def contacts(*files):
    return [each for name in files or FILES for each in read(name)["vignettes"]]


@cache
def second_reader():
    readings = [*read("second_reader")["readings"], *read("second_reader_inbox")["readings"]]
    return {each["id"]: each for each in readings}


def test_a_third_of_them_stays_untouched_and_each_was_read_twice():
    numbers = [each["id"] for each in contacts()]
    assert len(numbers) == len(set(numbers)) >= 150
    assert len(contacts("untouched")) * 3 >= len(numbers)
    assert set(second_reader()) == {*numbers, *(each["id"] for each in contacts(*INBOX))}


def test_labels_are_of_the_taxonomy_and_say_nothing_twice():
    for each in contacts(*FILES, *INBOX):
        said = each["expected"]
        seen, not_seen = set(said["indicators"]), set(said["not_indicators"])
        assert seen | not_seen <= CODES, each["id"]
        assert not seen & not_seen, each["id"]
        assert said["route"] in said["acceptable_routes"], each["id"]
        assert set(said["acceptable_routes"]) <= ROUTES, each["id"]


def test_every_indicator_is_met_somewhere_and_no_narrative_begins_like_another():
    met = {code for each in contacts() for code in each["expected"]["indicators"]}
    assert met == CODES
    beginnings = Counter(" ".join(each["narrative"].split()[:4]).lower() for each in contacts())
    assert max(beginnings.values()) == 1


def test_no_number_or_postcode_in_them_is_anybodys():
    text = "\n".join(each["narrative"] for each in contacts(*FILES, *INBOX))
    postcodes = re.findall(r"\b[A-Z]{1,2}[0-9][0-9A-Z]? [0-9][A-Z]{2}\b", text)
    assert all(each.startswith("ZA") for each in postcodes)
    for number in re.findall(r"\b0[0-9][0-9 ]{8,12}[0-9]\b", text):
        assert number.replace(" ", "").startswith(("01632960", "07700900")), number


def agreement(*files):
    """Route the same, second route acceptable to the first, kappa, danger the same, micro-F1."""
    pairs = [(each["expected"], second_reader()[each["id"]]) for each in contacts(*files)]
    of = len(pairs)
    same = sum(one["route"] == other["route"] for one, other in pairs) / of
    acceptable = sum(other["route"] in one["acceptable_routes"] for one, other in pairs) / of
    first, second = (Counter(pair[side]["route"] for pair in pairs) for side in (0, 1))
    by_chance = sum(first[route] * second[route] for route in ROUTES) / of**2
    danger = sum(one["immediate_danger"] == other["immediate_danger"] for one, other in pairs) / of
    codes = [(set(one["indicators"]), set(other["indicators"])) for one, other in pairs]
    both = sum(len(one & other) for one, other in codes)
    f1 = 2 * both / sum(len(one) + len(other) for one, other in codes)
    return same, acceptable, (same - by_chance) / (1 - by_chance), danger, f1


@pytest.mark.parametrize(
    ("row", "files"),
    [
        ("all 162", ()),
        ("untouched 54", ("untouched",)),
        ("inbox, odd half", INBOX[::2]),
        ("inbox, even half", INBOX[1::2]),
    ],
)
def test_the_two_readers_agree_as_the_readme_says(row, files):
    line = next(
        each for each in (FOLDER / "README.md").read_text("utf-8").splitlines() if row in each
    )
    said = [float(cell) for cell in line.split("|")[2:-1]]
    assert said == pytest.approx(agreement(*files), abs=0.0051)
