"""Who is this child? Offered with reasons, answered by a named person, and undone with a reason."""

import csv
from datetime import date

import pytest
from sqlalchemy import select

from mash_triage.access.actor import Actor
from mash_triage.audit.events import AuditEvent
from mash_triage.errors import Changed, NotFound, NotReady
from mash_triage.matching.actions import (
    confirm_match,
    import_register,
    record_new_person,
    reject_match,
    suggest_matches,
    undo_match,
)
from mash_triage.matching.models import MatchDecision, MatchRun
from mash_triage.matching.queries import answers_of, pictures_of_people
from mash_triage.matching.score import Band
from mash_triage.people.actions import restrict_person
from mash_triage.people.models import Household, Person
from mash_triage.people.register_file import COLUMNS
from mash_triage.text import NOTE
from tests import stories
from tests.stories import HOUR, MONDAY_NINE

OPERATOR = Actor.job("people import")
AT = MONDAY_NINE + HOUR

MIA = {"child_id": "C1", "given_names": "Mia", "family_name": "Thornbury", "dob": "2017-03-09",
       "dob_quality": "exact", "sex": "F", "address_line": "12 Mill Lane",
       "postcode": "ZA1 4QT"}  # fmt: skip
TWIN = {**MIA, "child_id": "C2", "given_names": "Isla"}
NAMESAKE = {**MIA, "child_id": "C3", "address_line": "80 Quarry Road", "postcode": "ZA9 1AB"}
STRANGER = {**MIA, "child_id": "C4", "given_names": "Bartholomew", "family_name": "Quince",
            "dob": "2011-11-11", "sex": "M", "address_line": "3 Far Close",
            "postcode": "ZA7 7AA"}  # fmt: skip


def on_the_register(session, folder, *children):
    """These children on the register; their record numbers by register id."""
    file = folder / "register.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        rows = csv.DictWriter(out, COLUMNS)
        rows.writeheader()
        rows.writerows(children)
    import_register(session, file, by=OPERATOR, at=MONDAY_NINE)
    found = session.execute(select(Person.register_id, Person.id).where(Person.kind == "child"))
    return {row.register_id: row.id for row in found}


@pytest.fixture
def ids(session, tmp_path):
    return on_the_register(session, tmp_path, MIA, TWIN, NAMESAKE, STRANGER)


@pytest.fixture
def child(session, ids, amara):
    return stories.a_child(session, sent_by=amara)


# ---------------------------------------------------------------- what is offered


def test_the_child_stands_first_and_is_likely_her_twin_is_not(session, beth, ids, child):
    found = suggest_matches(session, child.id, by=beth, at=AT)

    assert found.too_thin is None
    assert found.candidates[0].id == ids["C1"]
    assert ids["C4"] not in [each.id for each in found.candidates]
    assert found.candidates[0].band is Band.LIKELY
    assert all(each.band is not Band.LIKELY for each in found.candidates[1:])


def test_the_other_given_name_at_the_same_home_could_be_a_twin(session, beth, ids, child):
    found = suggest_matches(session, child.id, by=beth, at=AT).candidates
    twin = next(each for each in found if each.id == ids["C2"])
    assert twin.could_be_sibling
    assert any("name" in words.lower() for words in twin.differs)


def test_what_was_offered_is_kept_without_the_words_searched_with(session, beth, child):
    found = suggest_matches(session, child.id, by=beth, at=AT)
    run = session.scalars(select(MatchRun)).one()
    line = session.scalars(select(AuditEvent).where(AuditEvent.kind == "match:suggested")).one()

    offered = [each.id for each in found.candidates]
    assert [each["person_id"] for each in run.candidates] == line.detail["offered"] == offered
    assert (run.shown_to, run.shown_at) == (beth.user_id, AT)
    kept = str(run.candidates) + run.query_sha256 + str(line.detail)
    assert not any(word in kept for word in ("Mia", "Thornbury", "2017", "Mill"))


def test_with_too_little_to_search_it_says_what_to_ask_for(session, beth, ids, amara):
    nobody = {"given_names": "Mia", "family_name": {"missing": "not_known"}, "home": {},
              "age": {"kind": "unborn"}}  # fmt: skip
    child = stories.a_child(session, nobody, sent_by=amara, household=[])
    found = suggest_matches(session, child.id, by=beth, at=AT)
    assert found.candidates == ()
    assert "too little" in found.too_thin


def test_a_search_links_nobody(session, beth, child):
    suggest_matches(session, child.id, by=beth, at=AT)
    assert child.person_id is None


# ---------------------------------------------------------------- restricted records


def restrict(session, person_id, *, by):
    restrict_person(
        session,
        person_id,
        reason="A colleague's family",
        review_on=date(2026, 4, 1),
        readers=[by.user_id, stories.a_manager(session, "Eve Marlow").user_id],
        by=by,
        at=AT,
    )


def test_a_restricted_record_is_not_there_but_the_duty_manager_is_named(
    session, beth, carol, ids, child
):
    before = suggest_matches(session, child.id, by=beth, at=AT)
    restrict(session, ids["C1"], by=carol)
    after = suggest_matches(session, child.id, by=beth, at=AT)

    left = [each.id for each in before.candidates if each.id != ids["C1"]]
    assert [each.id for each in after.candidates] == left
    assert (before.ask_duty_manager, after.ask_duty_manager) == (False, True)
    for deed in (confirm_match, reject_match):
        with pytest.raises(NotFound):
            deed(session, child.id, ids["C1"], by=beth, at=AT)
    assert ids["C1"] not in pictures_of_people(session, list(ids.values()), by=beth)


def test_whoever_is_named_sees_it_and_is_not_sent_to_herself(session, carol, ids, child):
    restrict(session, ids["C1"], by=carol)
    found = suggest_matches(session, child.id, by=carol, at=AT)
    assert found.candidates[0].id == ids["C1"]
    assert not found.ask_duty_manager


def test_a_restricted_stranger_sends_nobody_to_the_duty_manager(session, beth, carol, ids, child):
    restrict(session, ids["C4"], by=carol)
    assert not suggest_matches(session, child.id, by=beth, at=AT).ask_duty_manager


# ---------------------------------------------------------------- this child, not this child


def test_this_child_says_who_and_when(session, beth, ids, child):
    confirm_match(session, child.id, ids["C1"], reason="Same\x00 school", by=beth, at=AT)

    person = session.get_one(Person, ids["C1"])
    assert (child.person_id, child.household_id) == (person.id, person.household_id)
    (answer,) = answers_of(session, child.id, by=beth)
    assert (answer.answer, answer.by_name, answer.at) == ("same", beth.name, AT)
    assert answer.reason == f"Same{NOTE} school"
    row = session.scalars(select(MatchDecision)).one()
    assert ["dob", "exact"] in [list(map(str, each)) for each in row.levels]


def test_not_this_child_is_remembered_and_links_nothing(session, beth, ids, child):
    reject_match(session, child.id, ids["C2"], reason="Her sister", by=beth, at=AT)
    assert child.person_id is None
    (answer,) = answers_of(session, child.id, by=beth)
    assert (answer.answer, answer.person_name) == ("different", "Isla Thornbury")


def test_a_new_child_gets_a_record_that_the_next_search_finds(session, amara, beth, ids):
    noah = {"given_names": "Noah", "sex": "M", "aliases": [{"given_names": "Nono"}],
            "age": {"kind": "born", "date_of_birth": "2024-05-05"}}  # fmt: skip
    child = stories.a_child(session, noah, sent_by=amara)
    made = record_new_person(session, child.id, by=beth, at=AT)

    assert (child.person_id, made.origin, made.added_by) == (made.id, "contact", beth.name)
    assert made.household_id == session.get_one(Person, ids["C1"]).household_id
    again = stories.a_child(session, noah, sent_by=amara, at=AT)
    assert suggest_matches(session, again.id, by=beth, at=AT).candidates[0].id == made.id


@pytest.mark.parametrize(
    ("number", "kept"),
    [("999 000 0018", "9990000018"), ("9" * 280, None), ("999 000 0010", None), ("none", None)],
    ids=["good", "endless", "wrong check digit", "a word"],
)
def test_a_new_record_keeps_only_a_number_that_passes_its_check(session, amara, beth, number, kept):
    child = stories.a_child(session, {"nhs_number": number, "upn": number}, sent_by=amara)
    made = record_new_person(session, child.id, by=beth, at=AT)
    session.flush()
    assert (made.nhs_number, made.upn) == (kept, None)


def test_a_confidential_address_makes_no_household(session, amara, beth):
    home = {"address_line": "1 Refuge", "postcode": "ZA1 1AA", "confidential": True}
    child = stories.a_child(session, {"home": home}, sent_by=amara)
    made = record_new_person(session, child.id, by=beth, at=AT)
    assert made.household_id is None
    assert session.scalars(select(Household)).all() == []


# ---------------------------------------------------------------- once, and undone


def test_a_linked_child_is_not_linked_again_before_the_link_is_undone(session, beth, ids, child):
    confirm_match(session, child.id, ids["C1"], by=beth, at=AT)
    with pytest.raises(Changed, match="Undo the link"):
        confirm_match(session, child.id, ids["C3"], by=beth, at=AT)
    with pytest.raises(Changed):
        record_new_person(session, child.id, by=beth, at=AT)
    with pytest.raises(NotReady, match="Undo the link"):
        reject_match(session, child.id, ids["C1"], by=beth, at=AT)
    assert child.person_id == ids["C1"]


def test_a_link_is_undone_with_a_reason_that_stays(session, beth, carol, ids, child):
    confirm_match(session, child.id, ids["C1"], by=beth, at=AT)
    undo_match(session, child.id, because="It is her\x00 cousin", by=carol, at=AT + HOUR)

    assert (child.person_id, child.household_id) == (None, None)
    (answer,) = answers_of(session, child.id, by=beth)
    assert (answer.undone_by_name, answer.undone_at) == (carol.name, AT + HOUR)
    assert answer.undone_because == f"It is her{NOTE} cousin"
    confirm_match(session, child.id, ids["C3"], by=beth, at=AT + 2 * HOUR)
    assert child.person_id == ids["C3"]


def test_undoing_needs_a_reason_and_a_link(session, beth, ids, child):
    with pytest.raises(NotFound, match="no link"):
        undo_match(session, child.id, because="x", by=beth, at=AT)
    confirm_match(session, child.id, ids["C1"], by=beth, at=AT)
    with pytest.raises(NotReady, match="why"):
        undo_match(session, child.id, because="  ", by=beth, at=AT)


def test_who_a_decided_child_is_no_longer_changes(session, amara, beth, carol, ids):
    child = stories.a_decided_child(session, sent_by=amara, screened_by=beth, decided_by=carol)
    with pytest.raises(NotReady, match="decided"):
        undo_match(session, child.id, because="x", by=beth, at=AT + 4 * HOUR)
    assert child.person_id is not None
