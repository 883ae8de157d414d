"""A child is found again although something was written differently."""

import os
import random
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mash_triage.matching.identity import identity, identity_of_row
from mash_triage.matching.keys import birth_years, keys_of, query_keys, slips_of
from mash_triage.people.register import read_register

SECRET = b"a secret of this installation"
SAMPLE = Path(__file__).parents[1] / "data" / "register_sample.csv"
ROWS = list(read_register(SAMPLE, today=date(2026, 11, 20)))
TODAY = date(2026, 11, 20)

LEILA = {
    "given_names": "Leila Noor",
    "family_name": "Haddad-Stone",
    "dob": date(2015, 4, 3),
    "addresses": (("Flat 2, 27 Station Lane", "ZA7 6RR"),),
    "mother_name": "Mona Haddad",
    "mother_dob": date(1988, 5, 6),
}


def meet(reported, known):
    return query_keys(identity(**reported), SECRET) & keys_of(identity(**known), SECRET)


def test_keys_are_signed_48_bit_and_the_same_in_every_process():
    keys = keys_of(identity(**LEILA), SECRET)
    assert all(-(2**47) <= key < 2**47 for key in keys)
    assert any(key < 0 for key in keys)
    code = (
        "from datetime import date\n"
        "from mash_triage.matching.identity import identity\n"
        "from mash_triage.matching.keys import keys_of\n"
        f"print(sorted(keys_of(identity(**{LEILA!r}), {SECRET!r})))"
    ).replace("datetime.date(", "date(")
    seeded = {**os.environ, "PYTHONHASHSEED": "7"}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=seeded, check=True
    )
    assert done.stdout.strip() == str(sorted(keys))


def test_another_secret_makes_other_keys():
    child = identity(**LEILA)
    assert keys_of(child, SECRET).isdisjoint(keys_of(child, b"another secret"))


def test_the_asking_side_asks_for_all_that_is_filed():
    for row in ROWS:
        child = identity_of_row(row)
        assert keys_of(child, SECRET) <= query_keys(child, SECRET)


def test_about_two_dozen_keys_a_child():
    sizes = [len(keys_of(identity_of_row(row), SECRET)) for row in ROWS]
    assert 18 <= sum(sizes) / len(sizes) <= 28


@pytest.mark.parametrize(
    "reported",
    [
        {"given_names": "Leila", "family_name": "Haddad"},
        {"given_names": "Haddad", "family_name": "Leila"},
        {"given_names": "Leila Haddad"},
        {"given_names": "Layla", "family_name": "Hadad"},
        {"given_names": "Leila", "family_name": "Haddadstone", "dob": date(2015, 4, 3)},
        {"given_names": "Noor", "dob": date(2015, 4, 3)},
        {"given_names": "Leila", "dob": date(2015, 3, 4)},
        {"given_names": "Leila", "dob": date(2015, 4, 4)},
        {"given_names": "Leila", "dob": date(2015, 4, 13)},
        {"given_names": "Leila", "dob": date(2015, 5, 3)},
        {"given_names": "Leila", "dob": date(2014, 4, 3)},
        {"given_names": "Leila", "dob": date(2005, 4, 3)},
        {"given_names": "L", "family_name": "Haddad", "age_years": 11, "age_as_of": TODAY},
        {"given_names": "Leila", "family_name": "Hadock", "age_years": 13, "age_as_of": TODAY},
        {"given_names": "Lailah", "addresses": (("", "za76rr"),)},
        {"given_names": "Wrong", "addresses": (("27 Station Ln", "ZA7 6RR"),)},
        {"given_names": "Leila", "addresses": (("27 Station Lane", ""),)},
        {"given_names": "X", "dob": date(2015, 4, 3), "addresses": (("", "ZA7 6AA"),)},
        {"mother_name": "Haddad Mona"},
        {"given_names": "Unborn", "mother_dob": date(1988, 5, 6)},
        {"given_names": "Lily", "aliases": (("Leila", "Stone"),)},
    ],
)
def test_leila_is_found_though_reported_as(reported):
    assert meet(reported, LEILA)


@pytest.mark.parametrize(
    ("reported", "known"),
    [
        ({"nhs_number": "9990000018"}, {"nhs_number": "999 000 0018"}),
        ({"upn": "L201060514834"}, {"upn": "L201060514834"}),
        ({"given_names": "Leila", "family_name": "Stone"},
         {"given_names": "Lily", "family_name": "Haddad", "aliases": (("Leila", "Stone"),)}),
        ({"given_names": "Leila", "addresses": (("3 Old Road", "ZA2 2BB"),)},
         {"given_names": "Leila", "previous_addresses": (("3 Old Road", "ZA2 2BB"),)}),
        ({"given_names": "Amira", "mother_dob": date(1990, 1, 2)},
         {"given_names": "Unborn", "mother_dob": date(1990, 1, 2)}),
        ({"family_name": "Mononym"}, {"given_names": "Mononym"}),
    ],
)  # fmt: skip
def test_these_two_meet(reported, known):
    assert meet(reported, known)


@pytest.mark.parametrize(
    ("reported", "known"),
    [
        ({}, {}),
        ({"given_names": "🦊"}, {"given_names": "🦊"}),
        ({"nhs_number": "9990000019"}, {"nhs_number": "9990000019"}),
        ({"nhs_number": "1111111111"}, {"nhs_number": "1111111111"}),
        ({"dob": date(1970, 1, 1), "given_names": "Ada", "family_name": "Quill"},
         {"dob": date(1970, 1, 1), "given_names": "Ada", "family_name": "Hale"}),
        ({"given_names": "Ada", "addresses": (("", "ZZ99 3VZ"),)},
         {"given_names": "Ada", "family_name": "Quill", "addresses": (("", "ZZ99 3VZ"),)}),
        ({"mother_name": "Mona"}, {"mother_name": "Mona"}),
    ],
)  # fmt: skip
def test_what_says_nothing_brings_nobody_together(reported, known):
    assert not meet(reported, known)


def test_slips_of_a_date_stay_on_the_calendar():
    assert date(2015, 3, 4) in slips_of(identity(dob=date(2015, 4, 3)))
    assert date(2015, 4, 3) not in slips_of(identity(dob=date(2015, 4, 3)))
    assert date(2023, 2, 28) in slips_of(identity(dob=date(2023, 3, 28)))
    assert slips_of(identity(dob=date.max))
    assert slips_of(identity(dob=date.min))
    assert slips_of(identity()) == set()


def test_an_age_leaves_six_birth_years_open():
    aged = identity(age_years=7, age_as_of=TODAY)
    assert birth_years(aged) == [2016, 2017, 2018, 2019, 2020, 2021]
    assert birth_years(identity()) == []


# ---------------------------------------------------------------- the whole sample, with slips


def a_typo(text, chance):
    where = chance.randrange(1, len(text)) if len(text) > 1 else 0
    return text[:where] + chance.choice("aeiou") + text[where:]


def with_age_only(row, chance):
    if not row.dob or row.dob_quality == "placeholder":
        return {}
    return {"dob": None, "age_years": (TODAY - row.dob).days // 365 + chance.choice((-1, 0, 1))}


SLIPS = {
    "a typo in the given name": lambda row, chance: {
        "given_names": a_typo(row.given_names, chance)},
    "a typo in the family name": lambda row, chance: {
        "family_name": a_typo(row.family_name, chance)},
    "names swapped": lambda row, chance: {
        "given_names": row.family_name, "family_name": row.given_names},
    "an alias": lambda row, chance: dict(
        zip(("given_names", "family_name"), row.aliases[0], strict=True)) if row.aliases else {},
    "moved": lambda row, chance: {"addresses": (("400 Far Away", "ZA9 9ZZ"),)},
    "a day out": lambda row, chance: {
        "dob": row.dob and row.dob + timedelta(days=chance.choice((-1, 1)))},
    "age only": with_age_only,
    "only the first given name": lambda row, chance: {"given_names": row.given_names.split()[0]},
}  # fmt: skip


@pytest.mark.parametrize("slip", SLIPS)
def test_every_child_of_the_sample_is_found_in_spite_of(slip):
    chance = random.Random(slip)
    lost = []
    for row in ROWS:
        reported = {
            "given_names": row.given_names, "family_name": row.family_name, "dob": row.dob,
            "age_as_of": TODAY, "addresses": ((row.address_line, row.postcode),),
        }  # fmt: skip
        reported |= SLIPS[slip](row, chance)
        found = query_keys(identity(**reported), SECRET) & keys_of(identity_of_row(row), SECRET)
        if not found:
            lost.append(row.child_id)
    assert lost == []


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=200), st.text(max_size=200), st.dates(), st.text(max_size=20))
def test_no_text_makes_keys_fail_or_multiply(given_names, family_name, dob, postcode):
    child = identity(
        given_names=given_names, family_name=family_name, dob=dob, addresses=(("1", postcode),)
    )
    assert len(keys_of(child, SECRET)) < 400
    assert len(query_keys(child, SECRET)) < 800


def test_case_accents_and_spaces_make_the_same_keys():
    plain = identity(given_names="Zoe Marie", family_name="ONeill", dob=date(2015, 1, 2))
    other = identity(given_names=" ZOË  marie ", family_name="O'Néill", dob=date(2015, 1, 2))
    assert keys_of(plain, SECRET) == keys_of(other, SECRET)
    assert query_keys(plain, SECRET) == query_keys(other, SECRET)
