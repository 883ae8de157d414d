"""What is withheld of a contact is not matched with either."""

from datetime import date

import pytest

from mash_triage.matching.actions import record_new_person, suggest_matches
from mash_triage.matching.levels import Field, Level
from mash_triage.matching.queries import identity_of_child
from mash_triage.people.actions import restrict_person
from tests import stories
from tests.stories import HOUR, MONDAY_NINE

AT = MONDAY_NINE + HOUR


@pytest.fixture
def pair(session, amara, beth):
    """Mia and her brother Leo on one contact; Leo known. Mia is on record from before."""
    earlier = stories.a_child(session, sent_by=amara)
    record_new_person(session, earlier.id, by=beth, at=AT)
    receipt = stories.a_receipt(session, {}, {"given_names": "Leo", "sex": "M"}, sent_by=amara)
    mia, leo = stories.children_of(session, receipt)
    record_new_person(session, leo.id, by=beth, at=AT)
    return mia, leo


def mother_level(session, child, *, by):
    first = suggest_matches(session, child.id, by=by, at=AT).candidates[0]
    return {line.field: line for line in first.levels}[Field.MOTHER]


def test_the_mother_of_a_withheld_household_is_neither_compared_nor_shown(
    session, beth, carol, dan, pair
):
    mia, leo = pair
    assert mother_level(session, mia, by=beth).level is Level.EXACT
    restrict_person(
        session, leo.person_id, reason="x", review_on=date(2026, 6, 1),
        readers=[carol.user_id, dan.user_id], by=carol, at=AT,
    )  # fmt: skip
    assert identity_of_child(session, mia, by=beth).mother_shown == ""
    line = mother_level(session, mia, by=beth)
    assert (line.level, line.reported) == (Level.UNKNOWN, "")
    assert identity_of_child(session, mia, by=carol).mother_shown == "Rosa Thornbury"
