"""Numbers and postcodes as people write them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mash_triage.people.identifiers import (
    Soundness,
    read_nhs_number,
    read_upn,
    show_postcode,
    tidy_postcode,
)

OK, WRONG, NOT = Soundness.OK, Soundness.WRONG_CHECK_DIGIT, Soundness.NOT_A_NUMBER


@pytest.mark.parametrize(
    ("written", "soundness", "number"),
    [
        ("999 000 0018", OK, "9990000018"),
        ("999-000-0018", OK, "9990000018"),
        (" 9990000018 ", OK, "9990000018"),
        ("９９９００００018", OK, "9990000018"),
        ("9990000019", WRONG, "9990000019"),
        ("99900000", NOT, ""),
        ("999000001X", NOT, ""),
        ("0000000000", NOT, ""),
        ("1111111111", NOT, ""),
        ("", NOT, ""),
        (None, NOT, ""),
    ],
)
def test_an_nhs_number_is_read_with_its_soundness(written, soundness, number):
    read = read_nhs_number(written)
    assert (read.soundness, read.number) == (soundness, number)


@pytest.mark.parametrize(
    ("written", "soundness", "temporary"),
    [
        ("L201060514834", OK, False),
        ("l2010 6051 4834", OK, False),
        ("A201060514834", WRONG, False),
        ("L20106051483", NOT, False),
        ("S201060514834", NOT, False),
        ("L2O1060514834", NOT, False),
        ("call the school", NOT, False),
    ],
)
def test_a_pupil_number_is_read_with_its_soundness(written, soundness, temporary):
    read = read_upn(written)
    assert (read.soundness, read.temporary) == (soundness, temporary)


@pytest.mark.parametrize("authority", ["838", "839", "940", "941", "942", "943"])
def test_an_authority_younger_than_the_library_is_no_fault(authority):
    right = [
        letter + authority + "060514834"
        for letter in "ABCDEFGHJKLMNPQRTUVWXYZ"
        if read_upn(letter + authority + "060514834").soundness is OK
    ]
    assert len(right) == 1


def test_a_temporary_pupil_number_is_sound_but_proves_nothing_later():
    sound = [
        read
        for letter in "ABCDEFGHJKLMNPQRTUVWXYZ"
        if (read := read_upn(letter + "20106051483B")).soundness is OK
    ]
    assert len(sound) == 1
    assert sound[0].temporary
    assert sound[0].stable is None


def test_only_a_sound_lasting_number_is_stable():
    assert read_nhs_number("9990000018").stable == "9990000018"
    assert read_nhs_number("9990000019").stable is None
    assert read_upn("L201060514834").stable == "L201060514834"


@pytest.mark.parametrize(
    ("written", "tidy", "shown"),
    [
        ("za1 1aa", "ZA11AA", "ZA1 1AA"),
        ("ZA11AA", "ZA11AA", "ZA1 1AA"),
        (" z a 1 - 1 a a ", "ZA11AA", "ZA1 1AA"),
        ("ZA12 3BC", "ZA123BC", "ZA12 3BC"),
        ("ZA7 OTJ", "ZA70TJ", "ZA7 0TJ"),
        ("ZA7 lTJ", "ZA71TJ", "ZA7 1TJ"),
        ("ZA1 10A", "ZA11OA", "ZA1 1OA"),
        ("Z1", None, "Z1"),
        (" not known ", None, "not known"),
        ("", None, ""),
        (None, None, ""),
    ],
)
def test_a_postcode_is_tidied_and_shown(written, tidy, shown):
    assert tidy_postcode(written) == tidy
    assert show_postcode(written) == shown


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=40))
def test_no_text_makes_reading_fail(text):
    assert read_nhs_number(text).soundness in Soundness
    assert read_upn(text).soundness in Soundness
    assert show_postcode(text) == show_postcode(show_postcode(text))
