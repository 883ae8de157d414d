"""What a record says about who a child is, and its stored form."""

import json
from datetime import date
from pathlib import Path

from mash_triage.matching.identity import Identity, identity, identity_of_row
from mash_triage.matching.normalise import DobQuality
from mash_triage.people.register import read_register

SAMPLE = Path(__file__).parents[1] / "data" / "register_sample.csv"
REGISTER = list(read_register(SAMPLE, today=date(2026, 11, 20)))


def test_every_child_of_the_sample_comes_back_from_its_stored_form():
    for row in REGISTER:
        child = identity_of_row(row)
        assert Identity.from_json(json.loads(json.dumps(child.to_json()))) == child


def test_a_reported_child_comes_back_from_its_stored_form():
    child = identity(
        given_names="Zoë", family_name="O'Neill", age_years=0, age_as_of=date(2026, 11, 20),
        expected_date=date(2026, 9, 1), nhs_number="9990000019", mother_name="Ann O'Neill",
        aliases=(("Zo", "Hale"),),
    )  # fmt: skip
    assert Identity.from_json(json.loads(json.dumps(child.to_json()))) == child
    assert child.age_years == 0


def test_what_is_not_known_is_not_stored():
    assert identity(given_names="Ada").to_json() == {
        "name": ["Ada", ""],
        "dob_quality": "unknown",
    }


def test_only_sound_numbers_recognise_a_child():
    child = identity(nhs_number="9990000019", upn="A201060514834")
    assert (child.nhs_number, child.nhs_unsure, child.upn) == (None, "9990000019", None)


def test_an_age_counts_only_with_the_day_it_was_said():
    assert identity(age_years=7).age_years is None
    assert identity(age_years=7, age_as_of=date(2026, 11, 20)).age_years == 7


def test_a_placeholder_date_is_no_birth_date():
    child = identity(dob=date(1970, 1, 1))
    assert (child.dob, child.dob_quality) == (None, DobQuality.PLACEHOLDER)


def test_sex_counts_when_it_is_male_or_female():
    assert [identity(sex=sex).sex for sex in ("M", "F", "U", None)] == ["M", "F", None, None]


def test_an_address_that_says_nothing_is_left_out():
    child = identity(addresses=(("", ""), ("", "none"), ("1 Elm Rd", "")))
    assert [place.line for place in child.places] == ["1 Elm Rd"]


def test_the_current_address_comes_first_and_is_marked():
    child = identity(
        addresses=(("1 Elm Rd", "ZA1 1AA"),), previous_addresses=(("2 Low Rd", "ZA1 1AB"),)
    )
    assert [place.current for place in child.places] == [True, False]


def test_a_child_without_an_address_on_the_register_has_no_place():
    row = REGISTER[0].model_copy(
        update={"address_line": "", "postcode": "", "previous_addresses": ()}
    )
    assert identity_of_row(row).places == ()
