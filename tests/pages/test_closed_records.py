"""A restricted record whose readers have left, on the decisions page: a count, and naming one."""

from datetime import date, timedelta

import pytest
from sqlalchemy import update

from mash_triage.access.models import UserAccount
from mash_triage.people.actions import restrict_person
from mash_triage.people.restricted import restriction_of
from tests import stories
from tests.cast import MONDAY_NINE

LATER = MONDAY_NINE + timedelta(hours=3)


@pytest.fixture
def eve(service_database, amara, beth, carol, dan):
    """A manager who is not named, once Carol and Dan are; Dan is then no longer a manager."""
    with service_database.work() as session:
        child = stories.a_child_awaiting_decision(session, sent_by=amara, screened_by=beth)
        restrict_person(
            session,
            child.person_id,
            reason="A colleague's family",
            review_on=date(2026, 6, 1),
            readers=[carol.user_id, dan.user_id],
            by=carol,
            at=LATER,
        )
        return stories.a_manager(session, "Eve Marlow"), child.person_id


def left(database, *actors):
    with database.work() as session:
        session.execute(
            update(UserAccount)
            .where(UserAccount.id.in_([actor.user_id for actor in actors]))
            .values(role="analyst")
        )


def test_the_page_says_how_many_and_a_manager_is_named(
    service_database, open_page_as, drawn, carol, dan, eve
):
    manager, person_id = eve
    assert "can open" not in drawn(open_page_as(manager, "decisions", at=LATER))
    left(service_database, carol, dan)

    page = open_page_as(manager, "decisions", at=LATER)
    assert "No qualified manager can open 1 restricted record." in drawn(page)
    assert "Thornbury" not in drawn(page)
    page.selectbox(key="closed_records_who").set_value(manager.user_id)
    page.text_input(key="closed_records_why").set_value("Both have left.")
    next(each for each in page.button if each.label == "Name this manager").click().run()

    assert "No qualified manager" not in drawn(page)
    with service_database.look() as session:
        assert restriction_of(session, person_id, by=manager).readers[-1] == "Eve Marlow"


def test_a_manager_without_the_qualification_is_not_told(
    service_database, open_page_as, drawn, carol, dan, eve
):
    with service_database.work() as session:
        finn = stories.a_manager(session, "Finn Hale", qualified=False)
    left(service_database, carol, dan)
    assert "restricted record" not in drawn(open_page_as(finn, "decisions", at=LATER))
