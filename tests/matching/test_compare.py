"""One pair, field by field: same, close, different, not known."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mash_triage.matching.compare import (
    compare,
    from_stored,
    in_words,
    levels_of,
    stored,
)
from mash_triage.matching.identity import identity, name
from mash_triage.matching.levels import (
    FIELD_NAMES,
    SOMETIMES,
    WORDS,
    Field,
    Level,
    Verdict,
    verdict_of,
)
from mash_triage.matching.names import second_names_differ
from mash_triage.matching.weights import WEIGHED, shipped_weights

TODAY = date(2026, 11, 20)


def level(field, reported, known):
    return dict(levels_of(identity(**reported), identity(**known))).get(field)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Leila", "LEILA", Level.EXACT),
        ("Demi-Lee", "Demilee", Level.EXACT),
        ("Leila", "Leila Noor", Level.SHARES_FIRST),
        ("Noor", "Leila Noor", Level.SHARES_OTHER),
        ("Muhammad", "Mohamed", Level.SOUNDS_ALIKE),
        ("Anne-Marie", "Annmarie", Level.SOUNDS_ALIKE),
        ("Charlotte", "Charlottle", Level.CLOSE),
        ("Oliver", "Olive", Level.CLOSE),
        ("Jayden", "Kayden", Level.SIMILAR),
        ("Daniel", "Danny", Level.NICKNAME),
        ("Kuba", "Jakub", Level.NICKNAME),
        ("Amy", "Millie", Level.DIFFERENT),
        ("Ali", "Ella", Level.DIFFERENT),
        ("Geoffrey Liam", "Geoffrey Charlie", Level.FIRST_ONLY),
        ("Geoffrey L", "Geoffrey Liam", Level.SHARES_FIRST),
        ("Dalton", "Danilo", Level.WEAK),
        ("R", "Riley", Level.INITIAL),
        ("Riley", "J", Level.DIFFERENT),
        ("Leila", "Oscar", Level.DIFFERENT),
        ("Baby", "Leila", Level.UNKNOWN),
    ],
)
def test_two_given_names_stand_to_each_other_as(one, other, expected):
    family = {"family_name": "Quill"}
    assert level(Field.GIVEN, {"given_names": one} | family, {"given_names": other} | family) is (
        expected
    )


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Haddad", "HADDAD", Level.EXACT),
        ("Haddad-Stone", "Stone Haddad", Level.EXACT),
        ("Haddad Stone", "Haddadstone", Level.EXACT),
        ("Stone", "Haddad-Stone", Level.PART),
        ("Kowalski", "Kovalsky", Level.SOUNDS_ALIKE),
        ("Kowalski", "Kowalska", Level.SOUNDS_ALIKE),
        ("Richardson", "Richardsen", Level.SOUNDS_ALIKE),
        ("Thompson", "Thomson", Level.CLOSE),
        ("Marsden", "Marden", Level.CLOSE),
        ("Walker", "Wall", Level.WEAK),
        ("Barton", "Barrow", Level.SIMILAR),
        ("Quill", "Haddad", Level.DIFFERENT),
        ("", "Haddad", Level.UNKNOWN),
    ],
)
def test_two_family_names_stand_to_each_other_as(one, other, expected):
    given = {"given_names": "Ada"}
    assert level(Field.FAMILY, {"family_name": one} | given, {"family_name": other} | given) is (
        expected
    )


def test_swapped_names_are_read_the_other_way_round_and_said():
    reported = {"given_names": "Quill", "family_name": "Aaron"}
    known = {"given_names": "Aaron", "family_name": "Quill"}
    assert level(Field.GIVEN, reported, known) is Level.EXACT
    assert level(Field.NAMES, reported, known) is Level.SWAPPED


def test_an_alias_of_either_side_is_used_and_said():
    married = {"given_names": "Ada", "family_name": "Hale", "aliases": (("Ada", "Quill"),)}
    before = {"given_names": "Ada", "family_name": "Quill"}
    assert level(Field.NAMES, before, married) is Level.ALIAS
    assert level(Field.NAMES, married, before) is Level.ALIAS
    assert level(Field.FAMILY, married, before) is Level.EXACT


def test_names_as_written_win_when_they_fit_as_well():
    both = {"given_names": "Hassan", "family_name": "Hassan", "aliases": (("Hassan", "Hassan"),)}
    assert level(Field.NAMES, both, both) is None


BORN = {"dob": date(2015, 4, 3)}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (BORN, BORN, Level.EXACT),
        (BORN, {"dob": date(2015, 3, 4)}, Level.DAY_MONTH_SWAPPED),
        (BORN, {"dob": date(2015, 4, 13)}, Level.ONE_PART),
        (BORN, {"dob": date(2014, 4, 3)}, Level.ONE_PART),
        (BORN, {"dob": date(2015, 11, 30)}, Level.YEAR_ONLY),
        (BORN, {"dob": date(2012, 11, 30)}, Level.DIFFERENT),
        (BORN, {"dob": date(1970, 1, 1)}, Level.UNKNOWN),
        (BORN, {}, Level.UNKNOWN),
        (BORN, {"dob": date(2015, 1, 1), "stated_quality": "estimated"}, Level.ESTIMATED_YEAR),
        (BORN, {"dob": date(2016, 1, 1), "stated_quality": "estimated"}, Level.AGE_NEAR),
        (BORN, {"dob": date(2013, 1, 1), "stated_quality": "estimated"}, Level.AGE_FAR),
        (BORN, {"dob": date(2012, 1, 1), "stated_quality": "estimated"}, Level.AGE_OUTSIDE),
        (BORN, {"age_years": 11, "age_as_of": TODAY}, Level.AGE_FITS),
        ({"age_years": 10, "age_as_of": TODAY}, BORN, Level.AGE_NEAR),
        ({"age_years": 13, "age_as_of": TODAY}, BORN, Level.AGE_FAR),
        ({"age_years": 3, "age_as_of": TODAY}, BORN, Level.AGE_OUTSIDE),
        ({"age_years": 3, "age_as_of": TODAY}, {}, Level.UNKNOWN),
        ({"expected_date": date(2027, 1, 1)}, {"expected_date": date(2027, 1, 20)},
         Level.EXPECTED_TOGETHER),
        ({"expected_date": date(2027, 1, 1)}, {"expected_date": date(2027, 3, 20)},
         Level.EXPECTED_APART),
        ({"expected_date": date(2015, 5, 1)}, BORN, Level.BORN_NEAR_EXPECTED),
        (BORN, {"expected_date": date(2015, 5, 1)}, Level.BORN_NEAR_EXPECTED),
        (BORN, {"expected_date": date(2016, 5, 1)}, Level.EXPECTED_APART),
        ({"expected_date": date(2016, 5, 1)}, {}, Level.UNKNOWN),
    ],
)  # fmt: skip
def test_two_births_stand_to_each_other_as(one, other, expected):
    assert level(Field.DOB, one, other) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("9990000018", "9990000018", Level.EXACT),
        ("9990000018", "9990000026", Level.DIFFERENT),
        ("9990000019", "9990000018", Level.ONE_SLIP),
        ("9990000108", "9990000018", Level.ONE_SLIP),
        ("9990000019", "9990000019", Level.EXACT),
        ("9991230019", "9990000018", Level.UNKNOWN),
        (None, "9990000018", Level.UNKNOWN),
    ],
)
def test_two_nhs_numbers_stand_to_each_other_as(one, other, expected):
    assert level(Field.NHS_NUMBER, {"nhs_number": one}, {"nhs_number": other}) is expected


def test_pupil_numbers_and_sex_are_compared():
    assert level(Field.UPN, {"upn": "L201060514834"}, {"upn": "L201060514834"}) is Level.EXACT
    assert level(Field.UPN, {"upn": "L201060514834"}, {"upn": "G201055720355"}) is Level.DIFFERENT
    assert level(Field.UPN, {"upn": "L201060514834"}, {"upn": "M201056723729"}) is Level.DIFFERENT
    assert level(Field.SEX, {"sex": "M"}, {"sex": "F"}) is Level.DIFFERENT
    assert level(Field.SEX, {"sex": "U"}, {"sex": "F"}) is Level.UNKNOWN


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (("Flat 2, 27 Station Lane", "ZA7 6RR"), ("27 STATION LN Flat 2", "za76rr"),
         Level.SAME_HOUSE),
        (("27 Station Lane", "ZA7 6RR"), ("Flat 2, 27 Station Lane", "ZA7 6RR"), Level.SAME_HOUSE),
        (("Flat 3, 27 Station Lane", "ZA7 6RR"), ("Flat 2, 27 Station Lane", "ZA7 6RR"),
         Level.SAME_POSTCODE),
        (("28 Station Lane", "ZA7 6RR"), ("27 Station Lane", "ZA7 6RR"), Level.SAME_POSTCODE),
        (("", "ZA7 6RR"), ("", "ZA7 6RR"), Level.SAME_POSTCODE),
        (("Rose Cottage", "ZA7 6RR"), ("Rose Cottage", "ZA7 6RR"), Level.SAME_HOUSE),
        (("Rose Cottage", "ZA7 6RR"), ("The Old Mill", "ZA7 6RR"), Level.SAME_POSTCODE),
        (("1 Mill Lane", "ZA7 1AA"), ("2 Elm Road", "ZA7 6RR"), Level.SAME_AREA),
        (("1 Mill Lane", "ZA1 1AA"), ("1 Mill Lane", "ZA7 6RR"), Level.DIFFERENT),
        (("27 Station Lane", ""), ("27 Station Lane", "ZA7 6RR"), Level.SAME_HOUSE),
        (("27 Station Lane", ""), ("27 Elm Road", "ZA7 6RR"), Level.DIFFERENT),
        (("Station Lane", ""), ("27 Station Lane", "ZA7 6RR"), Level.SAME_STREET),
        (("27 Station Lane", "ZA7 6RP"), ("27 Station Lane", "ZA7 6RR"),
         Level.SAME_HOUSE_OTHER_POSTCODE),
        (("27 Station Lane", "ZA6 7RR"), ("27 Station Lane", "ZA7 6RR"),
         Level.SAME_HOUSE_OTHER_POSTCODE),
        (("27 Station Lane", "ZA2 1AB"), ("27 Station Lane", "ZA7 6RR"), Level.DIFFERENT),
        (("28 Station Lane", "ZA7 6RP"), ("27 Station Lane", "ZA7 6RR"), Level.SAME_AREA),
        (("Station Lane", "ZA7 6RP"), ("Station Lane", "ZA7 6RR"), Level.SAME_AREA),
        (("", ""), ("27 Station Lane", "ZA7 6RR"), Level.UNKNOWN),
    ],
)  # fmt: skip
def test_two_addresses_stand_to_each_other_as(one, other, expected):
    assert level(Field.ADDRESS, {"addresses": (one,)}, {"addresses": (other,)}) is expected


def test_an_earlier_address_counts_as_an_earlier_one():
    here, there = ("1 Mill Lane", "ZA1 1AA"), ("2 Elm Road", "ZA2 2BB")
    moved = {"addresses": (there,), "previous_addresses": (here,)}
    next_door = {"addresses": (("3 Mill Lane", "ZA1 1AA"),)}
    assert level(Field.ADDRESS, {"addresses": (here,)}, moved) is Level.SAME_HOUSE_BEFORE
    assert level(Field.ADDRESS, next_door, moved) is Level.SAME_POSTCODE_BEFORE
    assert level(Field.ADDRESS, {"addresses": (there,)}, moved) is Level.SAME_HOUSE


ADA, BEN = date(1990, 1, 2), date(1991, 1, 2)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (("Ada Quill", ADA), ("Ada Quill", ADA), Level.SAME_AND_BORN),
        (("Ada Hale", ADA), ("Ada Quill", ADA), Level.SAME_AND_BORN),
        (("Ada Quill", None), ("Ada Quill", ADA), Level.EXACT),
        (("Aida Quil", None), ("Ada Quill", None), Level.EXACT),
        (("Ada Quill", BEN), ("Ada Quill", ADA), Level.PART),
        (("Ada Hale", None), ("Ada Quill", None), Level.PART),
        (("Ada Hale", BEN), ("Ada Quill", ADA), Level.DIFFERENT),
        (("Zara Hale", ADA), ("Ada Quill", ADA), Level.BORN_ONLY),
        (("Zara Quill", None), ("Ada Quill", ADA), Level.DIFFERENT),
        (("", ADA), ("Ada Quill", ADA), Level.BORN_ONLY),
        (("", ADA), ("Ada Quill", BEN), Level.UNKNOWN),
        (("", None), ("Ada Quill", ADA), Level.UNKNOWN),
    ],
)
def test_two_mothers_stand_to_each_other_as(one, other, expected):
    reported, known = ({"mother_name": each[0], "mother_dob": each[1]} for each in (one, other))
    assert level(Field.MOTHER, reported, known) is expected


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("Geoffrey Liam", "Geoffrey Charlie", True),
        ("Geoffrey Liam", "Geoffrey Liam Paul", False),
        ("Geoffrey", "Geoffrey Charlie", False),
    ],
)
def test_second_names_differ_only_when_both_have_them(one, other, differ):
    assert second_names_differ(name(one, ""), name(other, "")) is differ


# ---------------------------------------------------------------- words and stored form

REPORTED = identity(
    given_names="Muhammed", family_name="Kahn", dob=date(2017, 4, 3), sex="M",
    addresses=(("12 Mill Lane", "za11aa"),), nhs_number="9990000019",
)  # fmt: skip
KNOWN = identity(
    given_names="Mohammad", family_name="Khan", dob=date(2017, 3, 4), sex="F",
    addresses=(("12 Mill Lane", "ZA1 1AA"),), previous_addresses=(("", "ZA2 2BB"),),
    upn="L201060514834", aliases=(("Mo", "Khan"),),
    mother_name="Mona Khan", mother_dob=date(1990, 12, 1),
)  # fmt: skip


def test_both_values_are_laid_side_by_side_as_written():
    lines = {line.field: line for line in compare(REPORTED, KNOWN)}
    side_by_side = {field: (line.reported, line.known) for field, line in lines.items()}
    assert side_by_side == {
        Field.GIVEN: ("Muhammed", "Mohammad"),
        Field.FAMILY: ("Kahn", "Khan"),
        Field.DOB: ("3 April 2017", "4 March 2017"),
        Field.SEX: ("male", "female"),
        Field.NHS_NUMBER: ("9990000019", ""),
        Field.UPN: ("", "L201060514834"),
        Field.ADDRESS: ("12 Mill Lane, ZA1 1AA", "12 Mill Lane, ZA1 1AA; ZA2 2BB"),
        Field.MOTHER: ("", "Mona Khan, born 1 December 1990"),
    }
    assert lines[Field.DOB].words == "day and month swapped"
    assert lines[Field.DOB].verdict is Verdict.FOR
    assert lines[Field.SEX].verdict is Verdict.AGAINST
    assert lines[Field.UPN].verdict is Verdict.NOT_KNOWN


def test_ages_expected_dates_and_aliases_are_shown_too():
    aged = identity(given_names="Mo", family_name="Khan", age_years=9, age_as_of=TODAY)
    unborn = identity(family_name="Khan", expected_date=date(2027, 1, 5))
    lines = {line.field: line for line in compare(aged, KNOWN)}
    assert (lines[Field.DOB].reported, lines[Field.NAMES].known) == (
        "aged 9",
        "Mohammad Khan; Mo Khan",
    )
    lines = {line.field: line for line in compare(unborn, identity())}
    assert (lines[Field.DOB].reported, lines[Field.DOB].known) == ("expected 5 January 2027", "")


def test_levels_come_back_from_their_stored_form_without_any_value():
    levels = levels_of(REPORTED, KNOWN)
    assert from_stored(stored(levels)) == levels
    assert "Khan" not in str(stored(levels))
    assert in_words(from_stored(stored(levels)), REPORTED, KNOWN) == compare(REPORTED, KNOWN)


def test_every_level_that_has_words_has_a_weight_and_the_other_way_round():
    assert shipped_weights().table.keys() == WEIGHED
    assert {field for field, _ in WORDS} == set(FIELD_NAMES) == set(Field)
    assert {level for _, level in WORDS} == set(Level)


def test_what_speaks_against_weighs_against():
    for field, level in WEIGHED:
        weight = shipped_weights().of((field, level), size=100_000)
        if verdict_of(field, level) is Verdict.FOR:
            assert weight.stranger > 0, (field, level)
        if verdict_of(field, level) is Verdict.AGAINST:
            assert weight.stranger < 0, (field, level)


TEXT = st.text(max_size=20)
DATES = st.none() | st.dates()
CHILDREN = st.builds(
    identity,
    given_names=TEXT,
    family_name=TEXT,
    aliases=st.lists(st.tuples(TEXT, TEXT), max_size=2).map(tuple),
    dob=DATES,
    stated_quality=st.sampled_from([None, "exact", "estimated", "placeholder"]),
    age_years=st.none() | st.integers(0, 18),
    age_as_of=DATES,
    expected_date=DATES,
    sex=st.sampled_from([None, "M", "F", "U"]),
    nhs_number=st.sampled_from([None, "9990000018", "9990000026", "9990000019"]),
    upn=st.sampled_from([None, "L201060514834", "M201056723729"]),
    addresses=st.lists(st.tuples(TEXT, st.sampled_from(["", "ZA1 1AA", "ZA1 1AB"])), max_size=2)
    .map(tuple),
    mother_name=TEXT,
    mother_dob=DATES,
)  # fmt: skip


@settings(deadline=None, max_examples=100)
@given(CHILDREN, CHILDREN)
def test_any_two_children_can_be_compared_and_every_answer_has_words(one, other):
    lines = compare(one, other)
    assert [line.field for line in lines if line.field not in SOMETIMES] == [
        field for field in Field if field not in SOMETIMES
    ]


@settings(deadline=None, max_examples=100)
@given(CHILDREN)
def test_nothing_speaks_against_a_child_beside_itself(child):
    assert all(line.verdict is not Verdict.AGAINST for line in compare(child, child))
