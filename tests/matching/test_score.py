"""Order, bands and reasons; twins, brothers and sisters held apart."""

import json
from datetime import date
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mash_triage.matching.explain import explanation, probability_again
from mash_triage.matching.identity import identity
from mash_triage.matching.minimum import enough_to_search
from mash_triage.matching.register_facts import RegisterFacts
from mash_triage.matching.score import (
    COULD_BE_SIBLING,
    Band,
    score,
)
from mash_triage.matching.siblings import TWO_NHS_NUMBERS

TODAY = date(2026, 11, 20)
MILL = (("12 Mill Lane", "ZA1 1AA"),)
ELM = (("4 Elm Road", "ZA5 5BB"),)
DAY, OTHER_DAY = date(2015, 4, 13), date(2012, 9, 30)


def child(given_names, family_name="Quill", dob=DAY, addresses=MILL, **more):
    return identity(
        given_names=given_names, family_name=family_name, dob=dob, addresses=addresses, **more
    )


def one(reported, known):
    return score(reported, [("x", known)]).candidates[0]


def order(reported, **known):
    return [candidate.id for candidate in score(reported, known.items()).candidates]


def aged(given_names, age, **more):
    return child(given_names, dob=None, age_years=age, age_as_of=TODAY, **more)


# ---------------------------------------------------------------- the right child above the other

RIGHT_ABOVE_OTHER = {
    "a twin with another name": (
        child("Leila"), child("Leila"), child("Oscar")),
    "a twin with a name alike in sound": (
        child("Leila"), child("Leila"), child("Lena")),
    "a twin whose name contains the other's": (
        child("Oliver"), child("Oliver"), child("Olive")),
    "a twin and a typo": (
        child("Jmaes"), child("James"), child("Jonas")),
    "a twin and a transliteration": (
        child("Mohamed"), child("Muhammad"), child("Ahmed")),
    "a twin and only an initial": (
        child("R"), child("Riley"), child("Jay")),
    "a twin and swapped names": (
        child("Quill", "Leila"), child("Leila"), child("Oscar")),
    "a twin and a swapped day and month": (
        child("Leila", dob=date(2015, 4, 3)), child("Leila", dob=date(2015, 3, 4)),
        child("Oscar", dob=date(2015, 3, 4))),
    "a twin when the family has moved": (
        child("Leila", addresses=ELM), child("Leila"), child("Oscar")),
    "a twin when the child has another surname now": (
        child("Leila", "Hale"), child("Leila"), child("Oscar")),
    "a twin under an alias": (
        child("Lily"), child("Leila", aliases=(("Lily", "Quill"),)), child("Oscar")),
    "a twin of the other sex and a short name": (
        child("Sam", sex="F"), child("Samira", sex="F"), child("Samuel", sex="M")),
    "a twin whose second name is the first of the child": (
        child("Rose"), child("Rose May"), child("May Rose")),
    "twins who share a first name": (
        child("Geoffrey Liam"), child("Geoffrey Liam"), child("Geoffrey Charlie")),
    "a twin, known by the NHS number": (
        child("Leia", nhs_number="9990000018"), child("Leila", nhs_number="9990000018"),
        child("Leia", nhs_number="9990000026")),
    "a twin, the NHS number one slip out": (
        child("Lea", nhs_number="9990000019"), child("Leila", nhs_number="9990000018"),
        child("Leo", nhs_number="9990000026")),
    "an older brother and an age only": (
        aged("Leila", 11), child("Leila"), child("Oscar", dob=OTHER_DAY)),
    "an older brother who fits the age better": (
        aged("Leila", 13), child("Leila"), child("Oscar", dob=OTHER_DAY)),
    "a sister of one name but another birth date": (
        child("Amina"), child("Amina"), child("Amina", dob=OTHER_DAY)),
    "a brother when no birth date was given": (
        child("Leila", dob=None), child("Leila"), child("Oscar", dob=OTHER_DAY)),
    "a brother at the new address": (
        child("Leila", addresses=ELM), child("Leila"),
        child("Oscar", dob=OTHER_DAY, addresses=ELM)),
    "a half-brother with the mother's name": (
        child("Leila", mother_name="Mona Hale"), child("Leila", mother_name="Mona Hale"),
        child("Oscar", "Hale", OTHER_DAY, mother_name="Mona Hale")),
    "a step-sister in one house": (
        child("Leila"), child("Leila"), child("Lena", "Stone", OTHER_DAY)),
    "a father of one name": (
        child("Aaron"), child("Aaron"), child("Aaron", dob=date(1988, 1, 7))),
    "a namesake at another address": (
        child("Leila"), child("Leila"), child("Leila", dob=OTHER_DAY, addresses=ELM)),
    "a namesake born the same day": (
        child("Leila"), child("Leila"), child("Leila", addresses=ELM)),
    "a neighbour in the same building": (
        child("Leila", addresses=(("Flat 2, 9 High Street", "ZA1 1AA"),)),
        child("Leila", addresses=(("Flat 2, 9 High Street", "ZA1 1AA"),)),
        child("Lena", "Stone", addresses=(("Flat 3, 9 High Street", "ZA1 1AA"),))),
    "a sister of another surname, Kaur and Singh": (
        child("Jasleen", "Kaur"), child("Jasleen", "Kaur"), child("Jasdeep", "Singh")),
    "a brother whose surname is another patronymic": (
        child("Abdi", "Farah"), child("Abdi", "Farah"), child("Ayaan", "Farah", OTHER_DAY)),
    "a child of one word for a name": (
        child("Abdi", ""), child("Abdi", ""), child("Ayaan", "")),
    "a twin when the birth date on the record is a placeholder": (
        child("Leila"), child("Leila", dob=date(1970, 1, 1)),
        child("Oscar", dob=date(1970, 1, 1))),
    "a brother and an unborn child now born": (
        child("Nora", mother_name="Mona Quill"),
        child("Unborn", dob=None, expected_date=date(2015, 4, 20), mother_name="Mona Quill"),
        child("Oscar", dob=OTHER_DAY, mother_name="Mona Quill")),
}  # fmt: skip


@pytest.mark.parametrize("story", RIGHT_ABOVE_OTHER)
def test_the_child_stands_above(story):
    reported, right, other = RIGHT_ABOVE_OTHER[story]
    assert order(reported, right=right, other=other) == ["right", "other"]
    assert one(reported, right).band is not Band.UNLIKELY
    both = score(reported, [("right", right), ("other", other)]).candidates
    assert all(each.band is not Band.LIKELY for each in both if each.id == "other")


# ---------------------------------------------------------------- the words about siblings

COULD_BE = {
    "born the same day at one address": (child("Leila"), child("Oscar")),
    "born the same day, one surname, moved": (child("Leila"), child("Oscar", addresses=ELM)),
    "born the same day at one address, another surname": (child("Leila"), child("Oscar", "Hale")),
    "Oliver and Olive": (child("Oliver"), child("Olive")),
    "an initial that fits both": (child("R"), child("Riley")),
    "the second name of the one is the other's": (child("Rose May"), child("May")),
    "twins who share a first name": (child("Geoffrey Liam"), child("Geoffrey Charlie")),
    "alike in sound and of another sex": (child("Ali", sex="M"), child("Ally", sex="F")),
    "alike in sound with two NHS numbers": (
        child("Shanna", nhs_number="9990000018"), child("Shannan", nhs_number="9990000026")),
    "the sibling's NHS number on the wrong child": (
        child("Leila", nhs_number="9990000018"), child("Oscar", nhs_number="9990000018")),
    "two expected at one time": (
        identity(given_names="Ada", family_name="Quill", expected_date=date(2027, 1, 2)),
        identity(given_names="Ben", family_name="Quill", expected_date=date(2027, 1, 2))),
    "brother and sister of one home": (child("Leila"), child("Oscar", dob=OTHER_DAY)),
    "brother and sister of one home, no birth date": (child("Leila", dob=None), child("Oscar")),
    "an earlier home": (
        child("Leila"), child("Oscar", addresses=ELM, previous_addresses=MILL)),
}  # fmt: skip


@pytest.mark.parametrize("story", COULD_BE)
def test_the_words_about_siblings_stand_beside(story):
    assert one(*COULD_BE[story]).could_be_sibling


COULD_NOT_BE = {
    "the child herself": (child("Leila"), child("Leila")),
    "another spelling of her name": (child("Mohamed"), child("Muhammad")),
    "a further given name": (child("Leila"), child("Leila Noor")),
    "an alias": (child("Lily"), child("Leila", aliases=(("Lily", "Quill"),))),
    "no given name": (child("Baby"), child("Leila")),
    "a stranger born the same day": (child("Leila"), child("Oscar", "Stone", addresses=ELM)),
    "a stranger of one surname": (child("Leila"), child("Oscar", dob=OTHER_DAY, addresses=ELM)),
    "another family in one house": (child("Leila"), child("Oscar", "Stone", OTHER_DAY)),
}


@pytest.mark.parametrize("story", COULD_NOT_BE)
def test_the_words_about_siblings_are_left_out_for(story):
    assert not one(*COULD_NOT_BE[story]).could_be_sibling


def test_the_words_about_siblings_are_these():
    assert COULD_BE_SIBLING == "could be a twin or brother or sister"


# ---------------------------------------------------------------- bands, cautions, what settles it


def test_a_child_about_whom_everything_agrees_is_likely():
    sure = child("Leila Noor", nhs_number="9990000018", upn="L201060514834", sex="F")
    best = one(sure, sure)
    assert best.band is Band.LIKELY
    assert best.probability > 0.999


@pytest.mark.parametrize(
    ("reported", "known", "band"),
    [
        (child("Leila"), child("Oscar", "Stone", OTHER_DAY, ELM), Band.UNLIKELY),
        (child("Leila"), child("Oscar", dob=OTHER_DAY), Band.UNLIKELY),
        (child("Leila"), child("Oscar"), Band.POSSIBLE),
        (child("Leila"), child("Leila"), Band.LIKELY),
        (child("Leila", dob=None, addresses=()), child("Leila"), Band.POSSIBLE),
    ],
)
def test_a_candidate_stands_in_a_band(reported, known, band):
    assert one(reported, known).band is band


def test_two_valid_nhs_numbers_are_said_and_count_against():
    ours = child("Leila", nhs_number="9990000018")
    candidate = one(ours, child("Leila", nhs_number="9990000026"))
    assert candidate.cautions == (TWO_NHS_NUMBERS,)
    assert candidate.bits < one(ours, child("Leila")).bits
    assert one(ours, ours).cautions == ()


def test_what_differs_is_named_with_the_heaviest_first():
    candidate = one(child("Leila", sex="F"), child("Layla", dob=OTHER_DAY, addresses=ELM, sex="M"))
    assert candidate.differs == (
        "Date of birth: different",
        "Sex: different",
        "Address: different",
        "Given name: another spelling",
    )
    assert one(child("Leila"), child("Leila")).differs == ()


@pytest.mark.parametrize(
    ("reported", "known", "words"),
    [
        (child("Leila"), child("Leila", nhs_number="9990000018"),
         "Ask for the NHS number, which the record holds."),
        (aged("Leila", 11), child("Leila"), "Ask for the date of birth, which the record"),
        (child("Leila", dob=None), child("Leila"), "Ask for the date of birth, which the record"),
        (child("Baby"), child("Leila"), "Ask for the full given names, which the record"),
        (child("Leila"), child("Oscar"), "Check the full given names with the referrer."),
        (child("Leila"), child("Leila", addresses=ELM), "Check the address with the referrer."),
        (child("Leila"), child("Leila"), "Ask somebody who knows the child"),
        (child("Leila", nhs_number="9990000018"), child("Oscar", nhs_number="9990000018"),
         "Confirm with whoever gave the NHS number"),
    ],
)  # fmt: skip
def test_one_question_would_settle_it(reported, known, words):
    assert one(reported, known).what_would_settle_it.startswith(words)


# ---------------------------------------------------------------- what never changes the result

NAMES = st.sampled_from(["Leila", "Oscar", "Layla", "Mohamed", "Muhammad", "R", "Zoë", "O'Neill"])
SOME_CHILD = st.builds(
    child,
    NAMES,
    NAMES,
    st.sampled_from([DAY, OTHER_DAY, date(2015, 1, 4), None]),
    st.sampled_from([MILL, ELM, ()]),
    sex=st.sampled_from(["M", "F", None]),
    nhs_number=st.sampled_from([None, "9990000018", "9990000026"]),
)
SMALL = settings(deadline=None, max_examples=60)


@SMALL
@given(SOME_CHILD, st.lists(SOME_CHILD, min_size=2, max_size=5))
def test_the_order_in_which_candidates_come_never_changes_the_result(reported, known):
    numbered = list(enumerate(known))
    expected = score(reported, numbered)
    assert all(score(reported, list(each)) == expected for each in permutations(numbered, None))


@SMALL
@given(SOME_CHILD, st.lists(SOME_CHILD, min_size=1, max_size=4))
def test_an_unrelated_child_never_changes_the_top_candidate(reported, known):
    stranger = child("Quentin", "Zwick", date(2003, 7, 29), (("1 Far Road", "ZA9 9ZZ"),))
    before = score(reported, list(enumerate(known))).candidates[0]
    after = score(reported, [*enumerate(known), (99, stranger)]).candidates[0]
    assert after.id == before.id
    assert after.band is before.band


@SMALL
@given(NAMES, NAMES, SOME_CHILD)
def test_case_accents_and_spaces_never_change_the_result(given_names, family_name, known):
    tidy = child(given_names, family_name)
    shouted = child(
        f"  {given_names.upper()} ".replace("Ë", "E"),
        family_name.lower().replace("'", "’") + " ",
        addresses=((" 12  MILL LN", "za11aa"),),
    )
    assert one(shouted, known).bits == one(tidy, known).bits


@SMALL
@given(SOME_CHILD, st.lists(SOME_CHILD, min_size=1, max_size=6))
def test_the_probability_can_be_worked_out_again_from_what_was_stored(reported, known):
    for candidate in score(reported, list(enumerate(known))).candidates:
        kept = json.loads(json.dumps(explanation(candidate)))
        assert abs(probability_again(kept) - candidate.probability) < 1e-9
        assert "Quill" not in str(kept)


def test_equal_candidates_stand_in_the_order_of_their_ids():
    twice = child("Leila")
    assert order(twice, b=twice, a=twice, c=twice) == ["a", "b", "c"]


def test_a_larger_register_makes_a_name_alone_prove_less():
    reported = child("Leila", dob=None, addresses=())
    known = child("Leila")
    small, large = (
        score(reported, [("x", known)], facts=RegisterFacts(size)).candidates[0].bits
        for size in (1_000, 1_000_000)
    )
    assert large < small


# ---------------------------------------------------------------- enough to search with


@pytest.mark.parametrize(
    "reported",
    [
        {"nhs_number": "9990000018"},
        {"upn": "L201060514834"},
        {"given_names": "Leila", "family_name": "Quill"},
        {"family_name": "Quill", "dob": DAY},
        {"family_name": "Quill", "expected_date": date(2027, 1, 1)},
        {"given_names": "Leila", "age_years": 0, "age_as_of": TODAY},
        {"addresses": MILL, "mother_name": "Mona Quill"},
    ],
)
def test_this_is_enough_to_search_with(reported):
    assert enough_to_search(identity(**reported)) is None


@pytest.mark.parametrize(
    ("reported", "words"),
    [
        ({}, "or two of a given name, a family name, a date of birth or age, an address or"),
        ({"given_names": "Leila"}, "or one of a family name, a date of birth or age, an address"),
        ({"given_names": "L", "family_name": "Quill"}, "or one of a given name, a date of birth"),
        ({"nhs_number": "9990000019", "family_name": "Quill"}, "ask for an NHS number, or one of"),
        ({"given_names": "Baby", "dob": date(1970, 1, 1)}, "or two of"),
        ({"addresses": (("Station Lane", ""),), "dob": DAY}, "or one of"),
    ],
)
def test_too_little_says_what_is_missing(reported, words):
    assert words in enough_to_search(identity(**reported))
