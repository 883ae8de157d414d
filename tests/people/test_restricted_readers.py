"""A restricted record never vanishes from all who could decide for the child."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from mash_triage.access.actions import change_user
from mash_triage.access.models import Agency, UserAccount
from mash_triage.access.roles import Role
from mash_triage.audit.events import AuditEvent
from mash_triage.contacts.queries import children_visible_to
from mash_triage.errors import NotAllowed, NotReady
from mash_triage.people.actions import lift_restriction, name_reader, restrict_person
from mash_triage.people.models import Person
from mash_triage.people.queries import closed_to_all_deciders
from mash_triage.people.restricted import restriction_of
from tests import stories
from tests.stories import HOUR, MONDAY_NINE

AT = MONDAY_NINE + 2 * HOUR
LATER = MONDAY_NINE + timedelta(days=30)


@pytest.fixture
def child(session, amara, beth):
    return stories.a_child_taken_up(session, sent_by=amara, screened_by=beth)


def restrict(session, child, *readers, by):
    restrict_person(
        session,
        child.person_id,
        reason="A colleague's family",
        review_on=date(2026, 4, 12),
        readers=[reader.user_id for reader in readers],
        by=by,
        at=AT,
    )


def change(session, actor, ada, **changes):
    """The administrator changes an account, knowing nothing of restricted records."""
    user = session.get_one(UserAccount, actor.user_id)
    facts = {"role": actor.role, "qualified": actor.qualified, "agency_id": actor.agency_id}
    change_user(session, user.id, seen=user.version, **{**facts, **changes}, by=ada, at=LATER)
    session.flush()


def sees(session, child, by):
    return child.id in {each.id for each in session.scalars(children_visible_to(by))}


def test_two_qualified_managers_are_named_where_there_are_two(session, beth, carol, dan, child):
    for too_few in ((carol,), (carol, beth)):
        with pytest.raises(NotReady, match="at least two qualified managers"):
            restrict(session, child, *too_few, by=carol)
    restrict(session, child, carol, dan, by=carol)


@pytest.mark.parametrize(
    "gone", [{"active": False}, {"qualified": False}, {"role": Role.SOCIAL_WORKER}], ids=str
)
def test_one_is_enough_where_there_is_only_one(session, ada, beth, carol, dan, child, gone):
    change(session, dan, ada, **gone)
    with pytest.raises(NotReady, match="at least one qualified manager"):
        restrict(session, child, beth, by=carol)
    restrict(session, child, carol, by=carol)


LEAVING = [
    {"active": False},
    {"qualified": False},
    {"role": Role.SOCIAL_WORKER},
    {"role": Role.ANALYST},
]


@pytest.mark.parametrize("leaving", LEAVING, ids=str)
def test_a_record_whose_last_decider_leaves_is_counted_and_opened_by_another(
    session, ada, beth, carol, dan, child, leaving
):
    eve = stories.a_manager(session, "Eve Marlow")
    restrict(session, child, beth, carol, dan, by=carol)
    change(session, carol, ada, **leaving)
    assert closed_to_all_deciders(session, by=eve) == 0
    change(session, dan, ada, **leaving)
    assert closed_to_all_deciders(session, by=eve) == 1
    assert not sees(session, child, eve)

    named = name_reader(session, eve.user_id, "Both managers have left.", by=eve, at=LATER)

    assert named == 1
    assert closed_to_all_deciders(session, by=eve) == 0
    assert sees(session, child, eve)
    found = restriction_of(session, child.person_id, by=eve)
    assert eve.name in found.readers
    assert found.reason == (
        "A colleague's family\nEve Marlow was named by Eve Marlow: Both managers have left."
    )


def test_nobody_who_signs_in_through_a_closed_agency_counts(session, carol, dan, child):
    restrict(session, child, carol, dan, by=carol)
    eve = stories.a_manager(session, "Eve Marlow", agency="Hill School")
    agency = session.get_one(Agency, carol.agency_id)
    agency.closed_by, agency.closed_at = "Ada Brandt", AT
    session.flush()
    assert closed_to_all_deciders(session, by=eve) == 1


def test_it_is_on_the_trail_with_ids_only(session, ada, carol, dan, child):
    eve = stories.a_manager(session, "Eve Marlow")
    restrict(session, child, carol, dan, by=carol)
    for leaver in (carol, dan):
        change(session, leaver, ada, active=False)
    name_reader(session, eve.user_id, "Mia's aunt asked", by=eve, at=LATER)

    ref = session.get_one(Person, child.person_id).ref
    line = session.scalars(select(AuditEvent).order_by(AuditEvent.seq.desc()).limit(1)).one()
    assert (line.kind, line.about) == ("person:restricted", str(ref))
    assert line.by_user == eve.user_id
    assert line.detail == {"because": "no qualified reader", "named": str(eve.user_id)}


def test_it_opens_no_record_that_somebody_can_still_decide_on(session, carol, dan, child):
    eve = stories.a_manager(session, "Eve Marlow")
    restrict(session, child, carol, dan, by=carol)
    with pytest.raises(NotReady, match="can be opened"):
        name_reader(session, eve.user_id, "Curious", by=eve, at=LATER)
    assert not sees(session, child, eve)


def test_a_lifted_restriction_is_not_counted(session, ada, carol, dan, child):
    eve = stories.a_manager(session, "Eve Marlow")
    restrict(session, child, carol, dan, by=carol)
    lift_restriction(session, child.person_id, because="x", by=carol, at=LATER)
    for leaver in (carol, dan):
        change(session, leaver, ada, active=False)
    assert closed_to_all_deciders(session, by=eve) == 0


def test_only_a_qualified_manager_counts_names_and_is_named(session, ada, beth, carol, dan, child):
    eve = stories.a_manager(session, "Eve Marlow")
    finn = stories.a_manager(session, "Finn Hale", qualified=False)
    restrict(session, child, carol, dan, by=carol)
    for leaver in (carol, dan):
        change(session, leaver, ada, active=False)
    for other in (beth, finn, ada):
        with pytest.raises(NotAllowed):
            closed_to_all_deciders(session, by=other)
        with pytest.raises(NotAllowed):
            name_reader(session, eve.user_id, "x", by=other, at=LATER)
    for unfit in (beth, finn, carol):
        with pytest.raises(NotReady, match="qualified manager"):
            name_reader(session, unfit.user_id, "x", by=eve, at=LATER)
    with pytest.raises(NotReady, match="Say why"):
        name_reader(session, eve.user_id, " ", by=eve, at=LATER)
