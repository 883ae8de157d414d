"""Repeat contacts count by child and household, the family's own as much as professionals'."""

from datetime import date, timedelta

import pytest

from mash_triage.contacts.history import earlier_contacts, how_many_earlier, repeat_counts
from mash_triage.contacts.models import Contact
from mash_triage.matching.actions import confirm_adult, record_new_person, undo_adult
from mash_triage.people.actions import restrict_person
from mash_triage.screening.facts import suggestion_for
from tests import stories
from tests.stories import MONDAY_NINE

DAY = timedelta(days=1)
ROSA = {"name": "Rosa Thornbury", "relationship": "mother", "lives_with_child": "yes"}
LEO = {"given_names": "Leo", "home": {"address_line": "80 Quarry Road", "postcode": "ZA9 1AB"}}


@pytest.fixture
def rosa(session):
    return stories.an_adult(session, "Rosa", "Thornbury").id


def contact(session, amara, beth, person_id, *told, at, adult=ROSA):
    """A contact whose child is a new record, and on which somebody said who the mother is."""
    child = stories.a_child(session, *told, sent_by=amara, at=at, household=[adult])
    record_new_person(session, child.id, by=beth, at=at)
    if person_id is not None:
        confirm_adult(session, child.id, 0, person_id, by=beth, at=at)
    session.flush()
    return child


def test_contacts_about_brothers_at_other_addresses_count_through_their_mother(
    session, amara, beth, rosa
):
    contact(session, amara, beth, rosa, LEO, at=MONDAY_NINE - 200 * DAY)
    contact(session, amara, beth, rosa, LEO, at=MONDAY_NINE - 80 * DAY)
    mia = contact(session, amara, beth, None, at=MONDAY_NINE)
    assert repeat_counts(session, mia, by=beth) == (0, 0)

    confirm_adult(session, mia.id, 0, rosa, by=beth, at=MONDAY_NINE)
    assert repeat_counts(session, mia, by=beth) == (1, 2)
    assert how_many_earlier(session, mia, by=beth) == 2
    assert {each.name for each in earlier_contacts(session, mia, by=beth)} == {"Leo Thornbury"}
    facts, suggestion = suggestion_for(session, mia, by=beth)
    assert (facts.repeat_3_months, facts.repeat_12_months) == (1, 2)
    assert suggestion.ask_manager_to_comment

    undo_adult(session, mia.id, 0, because="Another Rosa", by=beth, at=MONDAY_NINE)
    assert repeat_counts(session, mia, by=beth) == (0, 0)


def test_the_second_in_three_months_and_the_third_in_twelve_ask_for_a_comment(
    session, amara, beth, rosa
):
    long_ago = contact(session, amara, beth, rosa, LEO, at=MONDAY_NINE - 200 * DAY)
    assert not suggestion_for(session, long_ago, by=beth)[1].ask_manager_to_comment
    second = contact(session, amara, beth, rosa, LEO, at=MONDAY_NINE - 100 * DAY)
    assert not suggestion_for(session, second, by=beth)[1].ask_manager_to_comment
    third = contact(session, amara, beth, rosa, at=MONDAY_NINE)
    assert suggestion_for(session, third, by=beth)[1].ask_manager_to_comment


def test_a_familys_own_contact_counts_like_a_professionals(session, amara, beth, rosa):
    earlier = contact(session, amara, beth, rosa, LEO, at=MONDAY_NINE - 10 * DAY)
    mia = contact(session, amara, beth, rosa, at=MONDAY_NINE)
    before = repeat_counts(session, mia, by=beth)
    session.get_one(Contact, earlier.contact_id).source_code = "1A"
    assert repeat_counts(session, mia, by=beth) == before == (1, 1)


def test_an_adult_who_lives_elsewhere_makes_no_household(session, amara, beth, rosa):
    away = {**ROSA, "lives_with_child": "no"}
    contact(session, amara, beth, rosa, LEO, at=MONDAY_NINE - 10 * DAY, adult=away)
    mia = contact(session, amara, beth, rosa, at=MONDAY_NINE)
    assert repeat_counts(session, mia, by=beth) == (0, 0)


def test_one_contact_about_two_children_counts_once(session, amara, beth, rosa):
    contact(session, amara, beth, rosa, LEO, {**LEO, "given_names": "Tom"},
            at=MONDAY_NINE - 10 * DAY)  # fmt: skip
    mia = contact(session, amara, beth, rosa, at=MONDAY_NINE)
    assert repeat_counts(session, mia, by=beth) == (1, 1)


def test_what_a_restricted_child_was_about_does_not_count_for_others(
    session, amara, beth, carol, dan, rosa
):
    leo = contact(session, amara, beth, rosa, LEO, at=MONDAY_NINE - 10 * DAY)
    mia = contact(session, amara, beth, rosa, at=MONDAY_NINE)
    restrict_person(
        session, leo.person_id, reason="x", review_on=date(2026, 6, 1),
        readers=[carol.user_id, dan.user_id], by=carol, at=MONDAY_NINE,
    )  # fmt: skip
    assert repeat_counts(session, mia, by=beth) == (0, 0)
    assert repeat_counts(session, mia, by=carol) == (1, 1)
