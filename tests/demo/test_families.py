"""The register of Rivermead: numbers that check, families that hold together."""

import csv
import io
from collections import Counter
from datetime import date

import pytest

from mash_triage.demo.families import (
    REGISTER_SIZE,
    newcomers,
    register,
)
from mash_triage.demo.names import agencies, people
from mash_triage.demo.register_file import REGISTER_COLUMNS, register_csv
from mash_triage.people.identifiers import Soundness, read_nhs_number, read_upn, tidy_postcode

AS_OF = date(2026, 11, 20)


@pytest.fixture(scope="module")
def families():
    return register(7, AS_OF)


@pytest.fixture(scope="module")
def children(families):
    return [child for family in families for child in family.children]


def test_the_register_has_its_size_and_no_child_twice(children):
    assert len(children) == REGISTER_SIZE
    assert len({child.child_id for child in children}) == REGISTER_SIZE


def test_the_same_seed_and_day_give_the_same_families():
    assert register(3, AS_OF, 200) == register(3, AS_OF, 200)
    assert register(3, AS_OF, 200) != register(4, AS_OF, 200)


def test_every_nhs_number_begins_999_and_checks(children):
    numbers = [child.nhs_number for child in children if child.nhs_number]
    assert len(set(numbers)) == len(numbers) > 8_000
    assert all(number.startswith("999") for number in numbers)
    assert {read_nhs_number(number).soundness for number in numbers} == {Soundness.OK}


def test_every_pupil_number_checks(children):
    numbers = [child.upn for child in children if child.upn]
    assert len(set(numbers)) == len(numbers) > 6_000
    assert {read_upn(number).soundness for number in numbers} == {Soundness.OK}


def test_all_are_under_eighteen_and_born(children):
    assert all(AS_OF.replace(year=AS_OF.year - 18) < child.born < AS_OF for child in children)


def test_there_are_brothers_sisters_and_twins_but_no_two_of_one_name(families):
    assert sum(len(family.children) > 1 for family in families) > len(families) * 0.4
    twins = [f for f in families if len({c.born for c in f.children}) < len(f.children)]
    assert len(twins) > 50
    assert all(max(Counter(c.name for c in f.children).values()) == 1 for f in families)


def test_a_mother_is_grown_before_her_first_child(families):
    assert all((f.children[0].born - f.mother.born).days > 16 * 365 for f in families)


def test_the_rows_are_those_of_the_register_form(families):
    rows = list(csv.DictReader(io.StringIO(register_csv(families[:400]))))
    assert tuple(rows[0]) == REGISTER_COLUMNS
    assert all((tidy_postcode(row["postcode"]) or "").startswith("ZA") for row in rows)
    assert any(row["aliases"] for row in rows)
    assert any(";" in row["previous_addresses"] for row in rows)


def test_newcomers_are_not_on_the_register():
    strangers = [child for family in newcomers(7, AS_OF, 300) for child in family.children]
    assert {child.child_id for child in strangers} == {None}
    assert len({child.key for child in strangers}) == 300


def test_rivermead_has_its_agencies_and_its_cast():
    assert 38 <= len(agencies()) <= 45
    emails = [person.email for person in people()]
    assert len(set(emails)) == len(emails)
    named = {person.name: person for person in people()}
    assert named["Amara Osei"].agency == "Hill School"
    assert named["Beth Hollis"].role == "social_worker"
    assert named["Carol Nkemelu"].role == "manager"
    assert named["Carol Nkemelu"].qualified
    assert named["Dev Patel"].agency != "Hill School"
    assert sum(p.role == "manager" and p.qualified for p in people()) >= 2


def test_telephones_and_addresses_reach_nobody():
    assert all(person.email.endswith(".example") for person in people())
    assert all(person.telephone.startswith("07700 900") for person in people())
    assert all(agency.telephone.startswith("01632 960") for agency in agencies())
