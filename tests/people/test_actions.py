"""Restricting a person's record: who may open it, until when it is reviewed, and lifting it."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from mash_triage.access.models import UserAccount
from mash_triage.contacts.queries import fetch_child
from mash_triage.errors import NotAllowed, NotFound, NotReady
from mash_triage.people.actions import lift_restriction, restrict_person
from mash_triage.people.models import Restriction
from mash_triage.people.queries import fetch_person
from mash_triage.people.restricted import lifted_restrictions, may_be_readers, restriction_of
from mash_triage.text import NOTE
from mash_triage.worklists.board import board
from mash_triage.worklists.my_contacts import my_contacts
from tests import stories
from tests.stories import HOUR, MONDAY_NINE

REVIEW = date(2026, 4, 12)
EVE = "Eve Marlow"


@pytest.fixture
def child(session, amara, beth):
    stories.a_manager(session, EVE)
    return stories.a_child_taken_up(session, sent_by=amara, screened_by=beth)


def restrict(session, child, *, by, **changes):
    """Restricted by default to whoever restricts and to Eve, so that it is closed to Dan."""
    eve = session.scalars(select(UserAccount.id).where(UserAccount.name == EVE)).one()
    told = {"reason": "A colleague's family", "review_on": REVIEW, "readers": [by.user_id, eve]}
    return restrict_person(
        session, child.person_id, **{**told, **changes}, by=by, at=MONDAY_NINE + 2 * HOUR
    )


def names_on_the_board(session, by):
    return [row.name for row in board(session, by=by, at=MONDAY_NINE + 3 * HOUR).open]


def test_only_those_named_still_find_the_child(session, amara, beth, carol, dan, child):
    restrict(session, child, by=carol)

    assert names_on_the_board(session, carol) == ["Mia Thornbury"]
    for other in (beth, dan):
        assert names_on_the_board(session, other) == []
        for fetch, wanted in ((fetch_child, child.id), (fetch_person, child.person_id)):
            with pytest.raises(NotFound):
                fetch(session, wanted, by=other)
    assert my_contacts(session, by=amara)[0].children[0].name == "Mia Thornbury"


def test_the_restriction_says_why_until_when_and_for_whom(session, carol, dan, child):
    restrict(session, child, by=carol, reason="Why\x00", readers=[carol.user_id, dan.user_id])
    found = restriction_of(session, child.person_id, by=dan)
    assert (found.reason, found.review_on) == (f"Why{NOTE}", REVIEW)
    assert found.readers == (carol.name, dan.name)


def test_lifting_opens_the_record_again_and_keeps_why(session, beth, carol, child):
    restriction = restrict(session, child, by=carol)
    lift_restriction(
        session, child.person_id, because="She moved teams", by=carol, at=MONDAY_NINE + 4 * HOUR
    )
    assert fetch_child(session, child.id, by=beth) is child
    assert restriction_of(session, child.person_id, by=beth) is None
    kept = session.get_one(Restriction, restriction.id)
    assert (kept.lifted_by, kept.lifted_because) == (carol.user_id, "She moved teams")
    (told,) = lifted_restrictions(session, child.person_id, by=carol)
    assert (told.reason, told.because) == (restriction.reason, "She moved teams")
    assert (told.restricted_by, told.lifted_by) == (carol.name, carol.name)
    restrict(session, child, by=carol)
    earlier = lifted_restrictions(session, child.person_id, by=carol)
    assert len(earlier) == 1, "not the one in force"


def test_it_can_be_restricted_a_second_time(session, beth, carol, child):
    restrict(session, child, by=carol)
    lift_restriction(session, child.person_id, because="x", by=carol, at=MONDAY_NINE + 4 * HOUR)
    restrict(session, child, by=carol)
    with pytest.raises(NotFound):
        fetch_child(session, child.id, by=beth)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"reason": " "}, "Say why"),
        ({"review_on": MONDAY_NINE.date()}, "after today"),
        ({"readers": ()}, "qualified manager"),
        ({"readers": ["beth"]}, "qualified manager"),
        ({"readers": ["carol", "amara"]}, "front door"),
        ({"readers": ["carol", "nobody"]}, "front door"),
    ],
    ids=str,
)
def test_what_a_restriction_lacks_is_said_in_words(session, carol, child, request, changes, words):
    if "readers" in changes:
        ids = [
            uuid4() if name == "nobody" else request.getfixturevalue(name).user_id
            for name in changes["readers"]
        ]
        changes = {"readers": ids}
    with pytest.raises(NotReady, match=words):
        restrict(session, child, by=carol, **changes)
    assert restriction_of(session, child.person_id, by=carol) is None


def test_a_restricted_record_is_not_restricted_twice(session, carol, child):
    restrict(session, child, by=carol)
    with pytest.raises(NotReady, match="already"):
        restrict(session, child, by=carol)


def test_lifting_needs_its_reason_and_a_reader(session, carol, dan, child):
    restrict(session, child, by=carol)
    later = {"at": MONDAY_NINE + timedelta(days=1)}
    with pytest.raises(NotReady):
        lift_restriction(session, child.person_id, because=" ", by=carol, **later)
    with pytest.raises(NotFound):
        lift_restriction(session, child.person_id, because="Curious", by=dan, **later)


def test_a_social_worker_restricts_nobody(session, beth, child):
    with pytest.raises(NotAllowed):
        restrict(session, child, by=beth)


def test_those_who_can_be_named_work_at_the_front_door(session, beth, carol, dan):
    named = {name for _, name in may_be_readers(session, by=carol)}
    assert named == {beth.name, carol.name, dan.name}
