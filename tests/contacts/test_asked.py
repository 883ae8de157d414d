"""For whom a question matters: what a child shows, an interpreter, how the child is understood."""

from datetime import date

import pytest

from mash_triage.contacts.asked import asks_interpreter, is_grown_up, is_observed

MONDAY = date(2026, 1, 12)
BABY = {"age": {"kind": "age", "age_years": 1}}
SEVEN = {"age": {"kind": "age", "age_years": 7}}
UNBORN = {"age": {"kind": "unborn"}}


@pytest.mark.parametrize(
    ("child", "observed"),
    [
        (BABY, True),
        (SEVEN, False),
        ({**SEVEN, "communication": "Makaton signs"}, True),
        ({**SEVEN, "communication": {"missing": "not_asked"}}, False),
        (UNBORN, False),
        ({}, False),
    ],
)
def test_of_a_baby_and_of_a_child_with_signs_it_is_asked_what_the_child_shows(child, observed):
    assert is_observed(child, on=MONDAY) is observed


@pytest.mark.parametrize(
    ("child", "asked"),
    [
        (SEVEN, False),
        ({**SEVEN, "language": "English"}, False),
        ({**SEVEN, "language": "Tigrinya"}, True),
        ({**SEVEN, "disabled": "yes"}, True),
        ({**SEVEN, "language": {"missing": "not_known"}}, False),
        ({**UNBORN, "language": "Tigrinya"}, False),
    ],
)
def test_another_language_or_a_disability_asks_for_interpreter_and_way_of_speaking(child, asked):
    assert asks_interpreter(child) is asked


@pytest.mark.parametrize(
    ("age", "grown"),
    [
        ({"kind": "born", "date_of_birth": "2008-01-12"}, True),  # eighteen today
        ({"kind": "born", "date_of_birth": "2008-01-13"}, False),
        ({"kind": "age", "age_years": "18"}, True),
        ({"kind": "age", "age_years": 17}, False),
        ({"kind": "unborn"}, False),
    ],
)
def test_somebody_is_grown_up_from_the_eighteenth_birthday(age, grown):
    assert is_grown_up({"age": age}, on=MONDAY) is grown
