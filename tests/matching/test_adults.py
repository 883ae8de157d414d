"""Adults of a household: possible in words, confirmed by a named person or not at all."""

from datetime import date

import pytest
from sqlalchemy import select

from mash_triage.contacts.models import ContactAdult
from mash_triage.errors import Changed, NotFound, NotReady
from mash_triage.matching.actions import (
    confirm_adult,
    record_new_adult,
    record_new_person,
    rule_out_adult,
    undo_adult,
)
from mash_triage.matching.adults import KnownAdult, NamedAdult, adults_among, possible
from mash_triage.matching.found_through import found_through_household
from mash_triage.matching.household import adults_on_contact
from mash_triage.people.actions import restrict_person
from mash_triage.people.models import Person, Relationship
from tests import stories
from tests.stories import HOUR, MONDAY_NINE

AT = MONDAY_NINE + HOUR
BORN = date(1988, 4, 2)
ROSA = {"name": "Rosa Thornbury", "relationship": "mother", "date_of_birth": "1988-04-02",
        "lives_with_child": "yes"}  # fmt: skip
PAUL = {"name": "Paul Ashe", "relationship": "mother's partner", "date_of_birth": "1985-01-09",
        "lives_with_child": "yes", "worry_about_them": "yes"}  # fmt: skip
ELSEWHERE = {"home": {"address_line": "80 Quarry Road", "postcode": "ZA9 1AB"},
             "given_names": "Leo", "family_name": "Marsh", "sex": "M",
             "age": {"kind": "born", "date_of_birth": "2019-09-01"}}  # fmt: skip
THIRD = {"home": {"address_line": "3 Far Close", "postcode": "ZA7 7AA"},
         "given_names": "Ada", "family_name": "Marsh"}  # fmt: skip


def named(name="Rosa Thornbury", dob=BORN, relationship="mother"):
    return NamedAdult(0, name, relationship, dob, "yes", worry=False)


def known(given="Rosa", family="Thornbury", dob=BORN, *, address=False, mother=False):
    return KnownAdult(1, given, family, dob, same_address=address, mother_on_record=mother)


# ---------------------------------------------------------------- the rule


@pytest.mark.parametrize(
    ("said", "on_record", "is_possible"),
    [
        (named(), known(), True),
        (named("Mrs Roza Thornbury"), known(), True),
        (named("ROSA  THORNBURY"), known(), True),
        (named(), known(family="Ashe"), True),  # married since, or named before
        (named(dob=date(1988, 2, 4)), known(), True),  # day and month turned round
        (named(dob=None), known(), False),  # a name alone
        (named(dob=None), known(address=True), True),
        (named(dob=None), known(mother=True), True),
        (named(dob=None, relationship="aunt"), known(mother=True), False),
        (named(dob=date(1988, 4, 3)), known(), False),
        (named(dob=date(1988, 4, 3)), known(address=True), True),  # one slip, at one address
        (named(dob=date(1960, 9, 30)), known(address=True), False),  # mother and daughter
        (named("Vera Thornbury"), known(address=True), False),
        (named(""), known(), False),
    ],
)
def test_whom_an_adult_may_be(said, on_record, is_possible):
    assert (possible(said, on_record) is not None) is is_possible


def test_it_says_what_speaks_for_against_and_what_is_not_known():
    found = possible(named("Roza Ashe", dob=None), known(address=True))
    assert found.speaks_for == (
        "a given name that sounds alike",
        "the same address as the child",
    )
    assert found.speaks_against == ("another family name",)
    assert found.not_known == ("the date of birth",)


def test_brothers_sisters_and_those_under_age_are_no_adults():
    household = [
        {"name": "Rosa", "relationship": "mother"},
        {"name": "Leo", "relationship": "half-brother"},
        {"name": "Tom", "relationship": "lodger", "date_of_birth": "2010-01-01"},
        {"name": "Ann", "relationship": "grandmother"},
    ]
    found = adults_among(household, on=date(2026, 1, 12))
    assert [(each.name, each.position) for each in found] == [("Rosa", 0), ("Ann", 3)]


# ---------------------------------------------------------------- offered and answered


@pytest.fixture
def rosa(session):
    return stories.an_adult(session, "Rosa", "Thornbury", dob=BORN).id


@pytest.fixture
def child(session, amara):
    return stories.a_child(session, sent_by=amara, household=[ROSA, PAUL])


def confirm(session, child, person_id, *, by, position=0):
    confirm_adult(session, child.id, position, person_id, by=by, at=AT)


def test_an_adult_is_offered_and_linked_only_by_a_person(session, beth, rosa, child):
    mother, partner = adults_on_contact(session, child.id, by=beth)
    assert [each.person_id for each in mother.possible] == [rosa]
    assert (partner.possible, mother.link) == ((), None)
    assert session.scalars(select(ContactAdult)).all() == []

    confirm_adult(session, child.id, 0, rosa, reason="Known since 2019", by=beth, at=AT)
    mother, _ = adults_on_contact(session, child.id, by=beth)
    assert (mother.possible, mother.link.by_name) == ((), beth.name)
    with pytest.raises(Changed, match="said already"):
        confirm_adult(session, child.id, 0, rosa, by=beth, at=AT)
    with pytest.raises(NotReady, match="Another adult"):
        confirm_adult(session, child.id, 1, rosa, by=beth, at=AT)


def test_a_no_is_remembered_and_a_yes_is_undone_with_a_reason(session, beth, rosa, child):
    rule_out_adult(session, child.id, 0, rosa, reason="Her cousin", by=beth, at=AT)
    mother, _ = adults_on_contact(session, child.id, by=beth)
    assert (mother.possible, mother.answers[0].answer) == ((), "different")
    with pytest.raises(NotFound):
        undo_adult(session, child.id, 0, because="x", by=beth, at=AT)
    made = record_new_adult(session, child.id, 0, by=beth, at=AT + HOUR)
    assert (made.kind, made.given_names, made.family_name, made.dob) == (
        "adult", "Rosa", "Thornbury", BORN,
    )  # fmt: skip
    with pytest.raises(NotReady, match="why"):
        undo_adult(session, child.id, 0, because=" ", by=beth, at=AT)
    undo_adult(session, child.id, 0, because="Mistyped", by=beth, at=AT)
    mother, _ = adults_on_contact(session, child.id, by=beth)
    assert (mother.link, mother.answers[0].undone_because) == (None, "Mistyped")


def test_only_an_adult_of_the_household_is_linked_and_only_to_an_adult(session, beth, rosa, child):
    with pytest.raises(NotFound):
        confirm_adult(session, child.id, 7, rosa, by=beth, at=AT)
    mia = record_new_person(session, child.id, by=beth, at=AT)
    with pytest.raises(NotReady, match="record of a child"):
        confirm_adult(session, child.id, 0, mia.id, by=beth, at=AT)


def test_an_adult_without_birth_date_or_address_is_asked_after(session, amara, beth):
    nameless = {**ROSA, "date_of_birth": {"missing": "not_known"}}
    child = stories.a_child(session, {"home": {}}, sent_by=amara, household=[nameless])
    (mother,) = adults_on_contact(session, child.id, by=beth)
    assert "date of birth" in mother.too_thin


# ---------------------------------------------------------------- found through them


@pytest.fixture
def family(session, amara, beth, rosa):
    """Leo, of another name and address, whose mother is Rosa; and a contact about him before."""
    leo = stories.a_child(
        session, ELSEWHERE, sent_by=amara, household=[ROSA, PAUL],
        danger={"in_danger_now": "yes", "what_is_happening": "x", "safe_adult_named": "no"},
    )  # fmt: skip
    record_new_person(session, leo.id, by=beth, at=AT)
    confirm(session, leo, rosa, by=beth)
    paul = record_new_adult(session, leo.id, 1, by=beth, at=AT)
    return leo, paul


def test_children_contacts_and_warnings_are_found_through_confirmed_adults(
    session, amara, beth, rosa, family
):
    leo, paul = family
    session.add(Relationship(person_id=leo.person_id, other_id=rosa, kind="mother"))
    mia = stories.a_child(session, sent_by=amara, at=AT, household=[ROSA, PAUL])
    assert found_through_household(session, mia.id, by=beth).contacts == ()  # nobody said so yet

    confirm(session, mia, rosa, by=beth)
    confirm(session, mia, paul.id, by=beth, position=1)
    found = found_through_household(session, mia.id, by=beth)
    (other,) = found.children
    assert (other.person_id, other.name) == (leo.person_id, "Leo Marsh")
    assert set(other.through) >= {"Rosa Thornbury"}
    (earlier,) = found.contacts
    assert earlier.contact_child_id == leo.id
    assert set(earlier.through) == {"Rosa Thornbury", "Paul Ashe"}
    assert [each.words for each in found.warnings] == [
        "There was a worry about Paul Ashe.",
        "Somebody was reported to be in danger.",
    ]


def test_children_of_the_address_are_found_but_not_through_a_confidential_one(
    session, amara, beth, family
):
    leo, _ = family
    lodger = stories.a_child(session, {**ELSEWHERE, "given_names": "Tom"}, sent_by=amara, at=AT,
                             household=[])  # fmt: skip
    (other,) = found_through_household(session, lodger.id, by=beth).children
    assert (other.person_id, other.through) == (leo.person_id, ("the reported address",))
    hidden = {**ELSEWHERE, "home": {**ELSEWHERE["home"], "confidential": True}}
    kept = stories.a_child(session, hidden, sent_by=amara, at=AT, household=[])
    assert found_through_household(session, kept.id, by=beth).children == ()


def test_a_house_of_many_is_no_household(session, amara, beth, family):
    leo, _ = family
    home = session.get_one(Person, leo.person_id).household_id
    for number in range(41):
        stories.an_adult(session, f"Guest{number}", "Of a hostel", household_id=home)
    again = stories.a_child(session, ELSEWHERE, sent_by=amara, at=AT, household=[])
    found = found_through_household(session, again.id, by=beth)
    assert (found.children, found.contacts) == ((), ())


# ---------------------------------------------------------------- restricted records


def restrict(session, person_id, *readers):
    restrict_person(
        session, person_id, reason="x", review_on=date(2026, 6, 1),
        readers=[each.user_id for each in readers], by=readers[0], at=AT,
    )  # fmt: skip


def test_for_others_a_restricted_child_is_not_found(session, amara, beth, carol, dan, rosa, family):
    leo, _ = family
    mia = stories.a_child(session, sent_by=amara, at=AT, household=[ROSA, PAUL])
    confirm(session, mia, rosa, by=beth)
    assert found_through_household(session, mia.id, by=beth).contacts
    restrict(session, leo.person_id, carol, dan)
    assert found_through_household(session, mia.id, by=beth) == type(
        found_through_household(session, mia.id, by=carol)
    )((), (), ())
    assert [each.contact_child_id for each in
            found_through_household(session, mia.id, by=carol).contacts] == [leo.id]  # fmt: skip


def test_a_restricted_adult_is_neither_offered_nor_leads_anywhere(
    session, amara, beth, carol, dan, rosa, family
):
    mia = stories.a_child(session, sent_by=amara, at=AT, household=[ROSA])
    restrict(session, rosa, carol, dan)
    (mother,) = adults_on_contact(session, mia.id, by=beth)
    assert mother.possible == ()
    with pytest.raises(NotFound):
        confirm(session, mia, rosa, by=beth)
    confirm(session, mia, rosa, by=carol)
    (mother,) = adults_on_contact(session, mia.id, by=beth)
    assert (mother.answers, mother.link) == ((), None)
    assert found_through_household(session, mia.id, by=beth).contacts == ()
    assert found_through_household(session, mia.id, by=carol).contacts


def test_a_withheld_household_leads_nowhere(session, amara, beth, carol, dan, rosa, family):
    receipt = stories.a_receipt(session, {}, THIRD, sent_by=amara, at=AT, household=[ROSA])
    mia, ada = stories.children_of(session, receipt)
    confirm(session, mia, rosa, by=beth)
    record_new_person(session, ada.id, by=beth, at=AT)
    assert found_through_household(session, mia.id, by=beth).contacts
    restrict(session, ada.person_id, carol, dan)
    assert adults_on_contact(session, mia.id, by=beth) == []
    assert found_through_household(session, mia.id, by=beth).contacts == ()
    with pytest.raises(NotFound):
        undo_adult(session, mia.id, 0, because="x", by=beth, at=AT)
    assert found_through_household(session, mia.id, by=carol).contacts
