"""What people set instead: a picture, a table, and one rule in full; words for those alone who may
open records.
"""

from datetime import timedelta
from uuid import uuid4

import pytest

from mash_triage.access import actions
from mash_triage.access.actor import Actor
from mash_triage.access.roles import Role
from mash_triage.decisions.actions import record_decision
from mash_triage.thresholds.routes import DepartureReason, Outcome, Route
from mash_triage.web.navigation import PAGES
from tests import stories
from tests.cast import ADA, AMARA, BETH, CAROL, MONDAY_NINE
from tests.stories import HOUR

LATER = MONDAY_NINE + timedelta(days=1)
RULE = "This usually sits at level 3: several agencies help under one plan."
WORDS = "Mia's older half-brother was hurt in the same way. **Look**"
S17 = {
    "outcome": Outcome.S17_ASSESSMENT,
    "route": Route.S17,
    "level": 4,
    "departure": DepartureReason.FACT_MISSING,
    "departure_words": WORDS,
}


def a_policy_lead(session) -> Actor:
    made = actions.add_user(
        session, "thea@rivermead.example", "Thea Marlowe", role=Role.POLICY_LEAD,
        agency_id=ADA.agency_id, by=ADA, at=MONDAY_NINE,
    )  # fmt: skip
    return Actor(made.name, made.id, Role.POLICY_LEAD, made.agency_id)


def decided(session, times: int, **changes) -> None:
    for _ in range(times):
        told = {"family_name": f"Quill{uuid4().hex[:6]}"}
        child = stories.a_child_awaiting_decision(session, told, sent_by=AMARA, screened_by=BETH)
        facts = stories.a_decision(repeat_comment="Again.", **changes)
        record_decision(session, child.id, facts, by=CAROL, at=MONDAY_NINE + 3 * HOUR)


@pytest.fixture
def opened(service_database, open_page_as):
    """The page as the policy lead or a manager sees it after these decisions."""

    def open_as(actor, *, followed=0, departed=0):
        with service_database.work() as session:
            lead = a_policy_lead(session)
            decided(session, followed)
            decided(session, departed, **S17)
        return open_page_as(actor or lead, "departures", at=LATER)

    return open_as


def choose_the_rule(app):
    (box,) = [each for each in app.selectbox if each.label == "Which rule?"]
    return box.select("usual_level_3").run()


def test_before_anything_is_decided_it_says_so(opened, drawn):
    page = drawn(opened(None))
    assert "No child has been decided yet" in page
    assert "do not replace professional judgement" not in page, "there is no edition to speak for"


def test_when_all_went_as_suggested_it_says_so(opened, drawn):
    page = drawn(opened(None, followed=1))
    assert "people set what was suggested" in page


def test_a_manager_sees_counts_and_words_exactly_as_they_were_written(opened, drawn):
    app = opened(CAROL, followed=1, departed=1)
    page = drawn(app)
    assert "do not replace professional judgement" in page
    assert "50% (1 of 2)" in page
    assert RULE in page
    assert app.get("vega_lite_chart") or app.get("arrow_vega_lite_chart")
    page = drawn(choose_the_rule(app))
    assert "Mia&#x27;s older half-brother was hurt in the same way. **Look**" in page
    assert "instead of level 3, early help" in page
    assert "/child?child=" in page


def test_the_owner_sees_no_count_of_one_to_five_and_no_words(opened, drawn):
    app = opened(None, followed=6, departed=1)
    page = drawn(app) + drawn(choose_the_rule(app))
    assert "too few to show" in page
    assert "1 of 7" not in page
    assert "6 of 7" not in page
    assert WORDS[:20] not in page
    assert "/child?child=" not in page
    assert "shown to those alone who may open records" in page


def test_it_stands_in_the_header_of_the_owner_alone():
    (entry,) = [each for each in PAGES if each.path == "departures"]
    lead = Actor("Thea Marlowe", uuid4(), Role.POLICY_LEAD, uuid4())
    assert entry.is_headed_for(lead)
    assert entry.is_for(CAROL)
    assert not entry.is_headed_for(CAROL)
    assert not entry.is_for(AMARA)
