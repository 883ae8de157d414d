"""A child renamed by adoption: only those named find the child by the old name, or know it."""

import csv
import json
from datetime import date

import pytest
from sqlalchemy import select, text

from mash_triage.access.actor import Actor
from mash_triage.audit.events import AuditEvent
from mash_triage.contacts.history import contacts_about, earlier_contacts
from mash_triage.contacts.queries import fetch_child
from mash_triage.errors import NotFound, NotReady
from mash_triage.matching.actions import (
    confirm_match,
    import_register,
    lift_name_restriction,
    restrict_name,
    suggest_matches,
    undo_match,
)
from mash_triage.matching.former_names import former_names_of
from mash_triage.matching.identity import identity
from mash_triage.matching.queries import search
from mash_triage.people.models import Person
from mash_triage.people.queries import closed_to_all_deciders, record_of_person
from mash_triage.people.register_file import COLUMNS
from mash_triage.worklists.board import board
from mash_triage.worklists.my_contacts import my_contacts
from tests import stories
from tests.stories import HOUR, MONDAY_NINE

OPERATOR = Actor.job("people import")
AT = MONDAY_NINE + HOUR
BORN = date(2017, 3, 9)
AMELIA = {"child_id": "C1", "given_names": "Amelia Grace", "family_name": "Whitcombe",
          "dob": "2017-03-09", "dob_quality": "exact", "sex": "F",
          "address_line": "80 Quarry Road", "postcode": "ZA9 1AB",
          "aliases": "Kayla|Marsh;Millie|Whitcombe"}  # fmt: skip
OTHER = {"child_id": "C2", "given_names": "Rowan", "family_name": "Quince", "dob": "2011-11-11",
         "dob_quality": "exact", "sex": "M", "address_line": "3 Far Close",
         "postcode": "ZA7 7AA"}  # fmt: skip
BY_OLD_NAME = {"given_names": "Kayla", "family_name": "Marsh",
               "home": {"address_line": "12 Mill Lane", "postcode": "ZA1 4QT"}}  # fmt: skip
OLD = identity(given_names="Kayla", family_name="Marsh", dob=BORN, sex="F")
NEW = identity(given_names="Amelia", family_name="Whitcombe", dob=BORN, sex="F")


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "register.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        rows = csv.DictWriter(out, COLUMNS)
        rows.writeheader()
        rows.writerows([AMELIA, OTHER])
    return path


@pytest.fixture
def amelia(session, file):
    import_register(session, file, by=OPERATOR, at=MONDAY_NINE)
    return session.scalars(select(Person.id).where(Person.register_id == "C1")).one()


@pytest.fixture
def restricted(session, carol, dan, amelia):
    """The old name, known to Carol and Dan alone."""
    return restrict(session, amelia, carol, dan)


def restrict(session, person_id, *readers, given="Kayla", family="Marsh"):
    return restrict_name(
        session, person_id, given, family, reason="Adopted in 2021", review_on=date(2026, 6, 1),
        readers=[each.user_id for each in readers], by=readers[0], at=AT,
    )  # fmt: skip


def found(session, sought, *, by):
    return {each.id: each for each in search(session, sought, by=by).candidates}


# ---------------------------------------------------------------- found, or not


def test_those_named_still_find_the_child_by_the_old_name(session, carol, amelia, restricted):
    first = search(session, OLD, by=carol).candidates[0]
    assert (first.id, str(first.band)) in {(amelia, "likely"), (amelia, "possible")}
    assert [each.name for each in former_names_of(session, amelia, by=carol)] == ["Kayla Marsh"]


def test_for_others_the_record_never_had_it_but_for_the_duty_manager(
    session, beth, amelia, carol, dan
):
    assert amelia in found(session, OLD, by=beth)
    assert not search(session, OLD, by=beth).ask_duty_manager
    restrict(session, amelia, carol, dan)

    answer = search(session, OLD, by=beth)
    assert amelia not in {e.id for e in answer.candidates if str(e.band) != "unlikely"}
    assert "Kayla" not in repr([each.levels for each in answer.candidates if each.id == amelia])
    assert all(each.id > 0 for each in answer.candidates)
    assert answer.ask_duty_manager
    assert not search(session, OLD, by=carol).ask_duty_manager
    assert former_names_of(session, amelia, by=beth) == []


def test_the_name_that_the_child_bears_now_finds_her_as_before(session, beth, amelia, carol, dan):
    before = search(session, NEW, by=beth)
    restrict(session, amelia, carol, dan)
    after = search(session, NEW, by=beth)
    assert [(e.id, e.band, e.probability) for e in after.candidates] == [
        (e.id, e.band, e.probability) for e in before.candidates
    ]
    assert not after.ask_duty_manager
    millie = identity(given_names="Millie", family_name="Whitcombe", dob=BORN)
    assert amelia in found(session, millie, by=beth)  # her other name is nobody's secret


def test_the_old_name_stands_in_no_table_but_the_restrictions_own(session, amelia, restricted):
    session.flush()
    tables = ("person", "person_alias", "match_feature", "match_term", "audit_event", "match_run")
    for table in tables:
        rows = session.execute(text(f"SELECT * FROM {table}")).all()
        told = json.dumps([list(map(str, row)) for row in rows]).lower()
        assert "kayla" not in told, table
        assert table != "person" or "amelia" in told


def test_the_record_shows_its_other_names_without_it(session, beth, amelia, restricted):
    assert record_of_person(session, amelia, by=beth).other_names == ("Millie Whitcombe",)


def test_an_import_does_not_bring_it_back(session, beth, file, amelia, restricted):
    again = import_register(session, file, by=OPERATOR, at=AT)
    assert (again.added, again.changed, again.same) == (0, 0, 2)
    changed = file.read_text("utf-8").replace("80 Quarry Road", "81 Quarry Road")
    file.write_text(changed, encoding="utf-8")
    assert import_register(session, file, by=OPERATOR, at=AT).changed == 1
    assert record_of_person(session, amelia, by=beth).other_names == ("Millie Whitcombe",)
    assert amelia not in {
        e.id for e in search(session, OLD, by=beth).candidates if str(e.band) != "unlikely"
    }


# ---------------------------------------------------------------- contacts under the old name


def test_a_contact_under_the_old_name_is_seen_by_those_named_and_its_sender(
    session, amara, beth, carol, dan, amelia
):
    early = stories.a_child(session, BY_OLD_NAME, sent_by=amara)
    confirm_match(session, early.id, amelia, by=carol, at=AT)
    assert fetch_child(session, early.id, by=beth)
    restrict(session, amelia, carol, dan)
    late = stories.a_child(session, BY_OLD_NAME, sent_by=amara, at=AT)
    confirm_match(session, late.id, amelia, by=carol, at=AT)
    session.flush()

    now = stories.a_child(
        session, {"given_names": "Amelia", "family_name": "Whitcombe"}, sent_by=amara, at=AT
    )
    confirm_match(session, now.id, amelia, by=beth, at=AT)
    session.flush()
    for each in (early, late):
        with pytest.raises(NotFound):
            fetch_child(session, each.id, by=beth)
        assert fetch_child(session, each.id, by=dan)
    assert "Kayla" not in repr(board(session, by=beth, at=AT))
    assert earlier_contacts(session, now, by=beth) == []
    assert {e.name for e in contacts_about(session, amelia, by=beth)} == {"Amelia Whitcombe"}
    assert len(contacts_about(session, amelia, by=carol)) == 3
    assert "Kayla" in repr(my_contacts(session, by=amara))


def test_another_name_that_a_contact_gives_away_closes_it_too(
    session, amara, beth, carol, amelia, restricted
):
    told = {"given_names": "Amelia", "family_name": "Whitcombe",
            "aliases": [{"given_names": "Kayla Jo", "family_name": "Marsh"}]}  # fmt: skip
    child = stories.a_child(session, told, sent_by=amara)
    confirm_match(session, child.id, amelia, by=carol, at=AT)
    session.flush()
    with pytest.raises(NotFound):
        fetch_child(session, child.id, by=beth)
    undo_match(session, child.id, because="x", by=carol, at=AT)
    session.flush()
    assert fetch_child(session, child.id, by=beth)


def test_what_the_one_named_was_offered_tells_the_trail_nothing(
    session, amara, carol, amelia, restricted
):
    child = stories.a_child(session, BY_OLD_NAME, sent_by=amara)
    assert amelia in [
        each.id for each in suggest_matches(session, child.id, by=carol, at=AT).candidates
    ]
    kept = [str(line.detail) for line in session.scalars(select(AuditEvent))]
    assert not any("Kayla" in each or "Marsh" in each for each in kept)


# ---------------------------------------------------------------- restricting and lifting


def test_lifting_needs_a_reason_and_one_who_may_know_it(
    session, amara, beth, carol, amelia, restricted
):
    eve = stories.a_manager(session, "Eve Marlow")
    child = stories.a_child(session, BY_OLD_NAME, sent_by=amara)
    confirm_match(session, child.id, amelia, by=carol, at=AT)
    with pytest.raises(NotFound):
        lift_name_restriction(session, restricted.id, because="x", by=eve, at=AT)
    with pytest.raises(NotReady, match="why"):
        lift_name_restriction(session, restricted.id, because=" ", by=carol, at=AT)
    lift_name_restriction(session, restricted.id, because="The family asks", by=carol, at=AT)
    session.flush()
    assert amelia in found(session, OLD, by=beth)
    assert set(record_of_person(session, amelia, by=beth).other_names) == {
        "Kayla Marsh", "Millie Whitcombe",
    }  # fmt: skip
    assert fetch_child(session, child.id, by=beth)


@pytest.mark.parametrize(
    ("given", "family", "words"),
    [("", " ", "Write the name"), ("Amelia", "Whitcombe", "bears that name now")],
)
def test_what_cannot_be_restricted(session, carol, dan, amelia, given, family, words):
    with pytest.raises(NotReady, match=words):
        restrict(session, amelia, carol, dan, given=given, family=family)


def test_it_needs_two_managers_like_any_restriction(session, carol, amelia):
    with pytest.raises(NotReady, match="two qualified managers"):
        restrict(session, amelia, carol)


def test_when_its_readers_have_left_a_manager_is_told_of_it(
    session, carol, dan, amelia, restricted
):
    eve = stories.a_manager(session, "Eve Marlow")
    assert closed_to_all_deciders(session, by=eve) == 0
    for reader in (carol, dan):
        session.execute(
            text("UPDATE user_account SET role = 'auditor' WHERE name = :name"),
            {"name": reader.name},
        )
    assert closed_to_all_deciders(session, by=eve) == 1
