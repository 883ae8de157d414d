"""Short and pet forms, sounds and spellings: which names are one name, and which two sisters."""

import tomllib

import pytest

from mash_triage.matching.levels import Level
from mash_triage.matching.names import given_names, spelling
from mash_triage.matching.nicknames import LISTS, are_forms_of_one_name, other_forms


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("bob", "robert"), ("ellie", "eleanor"), ("alfie", "alfred"), ("mo", "muhammad"),
        ("abdi", "abdirahman"), ("fatou", "fatima"), ("harry", "harpreet"), ("sukhi", "sukhdeep"),
        ("kuba", "jakub"), ("gosia", "malgorzata"), ("ola", "aleksandra"), ("wojtek", "wojciech"),
        ("sasha", "oleksandr"), ("ionut", "ion"), ("tobi", "oluwatobiloba"), ("ada", "adrianna"),
        ("manny", "emmanuel"), ("tinashe", "nash"), ("zosia", "zofia"), ("ibby", "ibrahim"),
    ],
)  # fmt: skip
def test_a_short_form_is_known_from_either_side(short, full):
    assert are_forms_of_one_name(short, full)
    assert are_forms_of_one_name(full, short)
    assert full in other_forms(short)


@pytest.mark.parametrize(
    ("one", "other"),
    [("amy", "millie"), ("ella", "bella"), ("alan", "albert"), ("jas", "jaz"), ("leila", "oscar")],
)
def test_two_short_forms_of_one_name_may_be_two_sisters(one, other):
    assert not are_forms_of_one_name(one, other)


def test_a_short_form_counts_for_every_spelling_of_its_name():
    assert given_names(("mo",), ("mohammed",)).level is Level.NICKNAME
    assert given_names(("kuba",), ("jakob",)).level is Level.NICKNAME


def test_our_own_list_holds_a_hundred_names_and_no_name_twice_within_one():
    _english, ours = (tomllib.loads(path.read_text("utf-8")) for path in LISTS)
    assert len(ours) > 100
    assert all(full not in forms for full, forms in ours.items())


@pytest.mark.parametrize(
    ("one", "other"), [("ali", "ella"), ("ava", "eve"), ("muhammad", "maddie"), ("nia", "ian")]
)
def test_one_consonant_in_common_is_no_likeness(one, other):
    assert spelling(one, other) is not Level.SOUNDS_ALIKE
