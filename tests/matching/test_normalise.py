"""Names, addresses and birth dates in comparable form."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mash_triage.matching.normalise import (
    DobQuality,
    dob_quality,
    fold,
    given_tokens,
    name_tokens,
    place,
    skeleton,
)

TEXT = settings(deadline=None, max_examples=100)


@pytest.mark.parametrize(
    ("written", "tokens"),
    [
        ("Aaron  DANNY", ("aaron", "danny")),
        ("O'Neill", ("oneill",)),
        ("O’Neill", ("oneill",)),
        ("Zoë", ("zoe",)),
        ("Łukasz", ("lukasz",)),
        ("Strauß", ("strauss",)),
        ("Işık", ("isik",)),
        ("El-Amin", ("amin",)),
        ("van der Berg", ("berg",)),
        ("Le", ("le",)),
        ("Faria-Matos", ("faria", "matos")),
        ("DUPLICATE_Khan", ("khan",)),
        ("Khan (do not use)", ("khan",)),
        ("MIG_ERROR_Khan", ("khan",)),
        ("not known", ()),
        ("N/A", ()),
        ("Testa", ("testa",)),
        ("Smith 2", ("smith",)),
        ("محمّد", ("محمد",)),
        ("‏שרה", ("שרה",)),
        ("小明", ("小明",)),
        ("🦊", ()),
        ("", ()),
        ("a b c d e f g h i j", tuple("abcdefgh")),
    ],
)
def test_a_name_becomes_the_words_that_tell(written, tokens):
    assert name_tokens(written) == tokens


@pytest.mark.parametrize(
    ("written", "tokens"),
    [
        ("Unborn", ()),
        ("Baby Boy", ()),
        ("UNBORN BABY OF SARAH", ()),
        ("Twin 2", ()),
        ("Twin B", ()),
        ("Baby Oliver", ("oliver",)),
        ("Oliver Boy", ("oliver", "boy")),
    ],
)
def test_a_placeholder_is_no_given_name(written, tokens):
    assert given_tokens(written) == tokens


@pytest.mark.parametrize(
    "alike",
    [
        ("muhammad", "mohammed", "mohamed", "mohamad"),
        ("khan", "can", "kahn"),
        ("zainab", "sainab", "zaynab"),
        ("philip", "filip"),
        ("shaun", "sean"),
        ("wiktoria", "viktoria", "victoria"),
        ("thomas", "tomas"),
        ("yusuf", "yousef"),
        ("amina", "ameena", "aminah", "emina"),
        ("alexander", "aleksander"),
        ("wojciech", "vojciech"),
    ],
)
def test_spellings_of_one_sound_share_a_skeleton(alike):
    assert len({skeleton(word) for word in alike}) == 1


@pytest.mark.parametrize(("one", "other"), [("oliver", "oscar"), ("amina", "maria"), ("a", "b")])
def test_other_names_have_other_skeletons(one, other):
    assert skeleton(one) != skeleton(other)


def test_a_name_in_another_script_is_its_own_skeleton():
    assert skeleton("小明") == "小明"
    assert skeleton("") == ""


@pytest.mark.parametrize(
    ("line", "house", "flat", "street"),
    [
        ("27 Station Lane", "27", "", "stn ln"),
        ("27 STATION LN", "27", "", "stn ln"),
        ("Flat 2, 27 Station Lane", "27", "2", "stn ln"),
        ("Apt 2b 27a Station Lane", "27a", "2b", "stn ln"),
        ("27 A Station Lane", "27a", "", "stn ln"),
        ("12 St Johns Rd", "12", "", "st jns"),
        ("Rose Cottage", "", "", "rs ktg"),
        ("", "", "", ""),
    ],
)
def test_an_address_is_taken_apart(line, house, flat, street):
    taken = place(line, "za1 1aa")
    assert (taken.house, taken.flat, taken.street) == (house, flat, street)
    assert (taken.postcode, taken.sector, taken.area) == ("ZA11AA", "ZA11", "ZA1")


@pytest.mark.parametrize("postcode", ["NF1 1NF", "NF1 1FA", "ZZ99 3VZ", "none", ""])
def test_no_fixed_abode_is_no_postcode(postcode):
    assert place("No fixed abode", postcode).postcode == ""


@pytest.mark.parametrize(
    ("dob", "stated", "expected", "quality"),
    [
        (date(2015, 3, 2), None, None, DobQuality.EXACT),
        (date(2015, 1, 1), "estimated", None, DobQuality.ESTIMATED),
        (date(1900, 1, 1), "exact", None, DobQuality.PLACEHOLDER),
        (date(1970, 1, 1), None, None, DobQuality.PLACEHOLDER),
        (date(2015, 6, 6), "placeholder", None, DobQuality.PLACEHOLDER),
        (date(2015, 6, 6), "unknown", None, DobQuality.EXACT),
        (None, "exact", None, DobQuality.UNKNOWN),
        (None, None, date(2027, 1, 1), DobQuality.EXPECTED),
    ],
)
def test_a_birth_date_has_a_quality(dob, stated, expected, quality):
    assert dob_quality(dob, stated, expected_date=expected) is quality


@TEXT
@given(st.text(max_size=60))
def test_case_and_spaces_never_change_the_words_of_a_name(text):
    assert name_tokens(f"  {text} ") == name_tokens(text)
    assert name_tokens(" ".join(text.split())) == name_tokens(text)


@TEXT
@given(st.text("abcdefghijklmnopqrstuvwxyzłøß -'", max_size=40))
def test_capitals_never_change_the_words_of_a_name(text):
    assert name_tokens(text.upper()) == name_tokens(text)
    assert given_tokens(text.title()) == given_tokens(text)


@TEXT
@given(st.text("abcdefghijklmnopqrstuvwxyz ", max_size=40))
def test_accents_never_change_a_folded_text(text):
    assert fold("".join(c + "\u0301" for c in text)) == fold(text)


@TEXT
@given(st.text(max_size=60), st.text(max_size=60))
def test_no_text_makes_normalising_fail(line, postcode):
    assert all(skeleton(token) for token in name_tokens(line))
    assert place(line, postcode).current
