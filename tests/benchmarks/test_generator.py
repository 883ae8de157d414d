"""The registers and contacts that the benchmark makes: the truth it is measured by must be true."""

import csv
from collections import Counter

import pytest

from benchmarks.matching.asking import SHARES
from benchmarks.matching.generate import generate
from mash_triage.people.identifiers import Soundness, read_nhs_number, read_upn

FILES = ("register.csv", "people.csv", "queries.csv", "truth.csv")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A small register with its contacts, as lists of rows by file."""
    folder = tmp_path_factory.mktemp("made")
    generate(folder, children=3_000, queries=900, seed="test")
    return {name: read(folder / name) for name in FILES}


@pytest.fixture(scope="module")
def register(made):
    return {row["child_id"]: row for row in made["register.csv"]}


def read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_one_seed_makes_one_set_of_files_and_another_seed_another(tmp_path):
    for folder, seed in (("one", "a"), ("same", "a"), ("other", "b")):
        generate(tmp_path / folder, children=400, queries=100, seed=seed)
    for name in FILES:
        text = (tmp_path / "one" / name).read_bytes()
        assert text == (tmp_path / "same" / name).read_bytes()
        assert text != (tmp_path / "other" / name).read_bytes()


def test_every_row_of_the_register_has_its_own_id_and_the_size_is_as_asked(made, register):
    assert len(made["register.csv"]) == len(register) == 3_000


def test_numbers_are_sound_and_nobody_shares_one(register):
    for column, of in (("nhs_number", read_nhs_number), ("upn", read_upn)):
        numbers = [row[column] for row in register.values() if row[column]]
        assert all(of(number).soundness is Soundness.OK for number in numbers)
        shared = [number for number, n in Counter(numbers).items() if n > 1]
        assert len(shared) <= 0.01 * len(numbers)  # those of children filed twice


def test_twins_share_a_birth_date_where_both_are_known_exactly(made, register):
    pairs = [(row["child_id"], row["twin"]) for row in made["people.csv"] if row["twin"]]
    exact = [
        (register[one]["dob"], register[other]["dob"])
        for one, other in pairs
        if register[one]["dob_quality"] == register[other]["dob_quality"] == "exact"
    ]
    assert len(exact) > 20
    assert all(one == other for one, other in exact)


def test_postcodes_do_not_exist(made):
    rows = [*made["register.csv"], *made["queries.csv"]]
    assert all(row["postcode"].startswith("ZA") for row in rows if row["postcode"])


def test_the_truth_names_children_of_the_register_and_every_kind_of_error(made, register):
    truth = made["truth.csv"]
    assert [row["query_id"] for row in truth] == [row["query_id"] for row in made["queries.csv"]]
    assert {row["kind"] for row in truth} == set(SHARES)
    for row in truth:
        assert (row["child_id"] in register) == (row["on_register"] == "1")
        named = {*row["twins"].split(";"), *row["siblings"].split(";")} - {""}
        assert named <= register.keys()
        assert row["child_id"] not in named


def test_a_clean_contact_says_what_the_register_says(made, register):
    queries = {row["query_id"]: row for row in made["queries.csv"]}
    clean = [row for row in made["truth.csv"] if row["kind"] == "clean" and row["child_id"]]
    agreeing = 0
    for row in clean:
        said, known = queries[row["query_id"]], register[row["child_id"]]
        agreeing += (said["dob"], said["family_name"].lower()) == (
            known["dob"], known["family_name"].lower(),
        )  # fmt: skip
    assert agreeing >= 0.9 * len(clean)  # the register has its own gaps and slips


def test_brothers_and_sisters_off_the_register_are_asked_about(made):
    off = [row for row in made["truth.csv"] if row["on_register"] == "0"]
    assert sum(bool(row["siblings"]) for row in off) > 30
    assert sum(not row["siblings"] for row in off) > 30
    assert any(row["twins"] for row in off)
