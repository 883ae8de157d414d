"""A referral is for a child not already open; and nothing is asked for a day that is past."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, update

from mash_triage.decisions.actions import record_decision
from mash_triage.decisions.models import Referral
from mash_triage.decisions.queries import decision_of, recent_referral
from mash_triage.decisions.rules import DirectionFacts
from mash_triage.errors import NotReady
from mash_triage.matching.actions import confirm_match
from mash_triage.screening.actions import send_for_decision, take_up
from mash_triage.thresholds.routes import DepartureReason, Outcome, Route
from tests import stories
from tests.stories import HOUR, MONDAY_NINE

TODAY = MONDAY_NINE.date()
YESTERDAY = TODAY - timedelta(days=1)
S17 = {
    "outcome": Outcome.S17_ASSESSMENT,
    "route": Route.S17,
    "level": 4,
    "departure": DepartureReason.PROFESSIONAL_JUDGEMENT,
    "departure_words": "Seen.",
}


@pytest.fixture
def first(session, amara, beth, carol):
    return stories.a_decided_child(
        session, sent_by=amara, screened_by=beth, decided_by=carol, **S17
    )


def again(session, first, amara, beth, *, at):
    """The same child on another contact, waiting for a manager."""
    child = stories.a_child(session, sent_by=amara, at=at)
    take_up(session, child.id, by=beth, at=at)
    confirm_match(session, child.id, first.person_id, by=beth, at=at)
    stories.screen(session, child, by=beth, at=at)
    send_for_decision(session, child.id, by=beth, at=at)
    return child


def decide(session, child, by, *, at, **changes):
    facts = stories.a_decision(
        repeat_comment="Again.", agreement_due_on=at.date() + timedelta(days=2), **changes
    )
    record_decision(session, child.id, facts, by=by, at=at)
    return decision_of(session, child.id, by=by)


def referrals(session):
    session.flush()
    return session.scalar(select(func.count()).select_from(Referral))


def test_soon_after_a_referral_it_is_asked_whether_that_work_is_open(
    session, amara, beth, carol, first
):
    at = MONDAY_NINE + timedelta(days=30)
    child = again(session, first, amara, beth, at=at)
    with pytest.raises(NotReady, match="accepted as a referral on 12 January 2026"):
        decide(session, child, carol, at=at, **S17)
    assert referrals(session) == 1


def test_while_that_work_is_open_the_decision_stands_without_a_second_referral(
    session, amara, beth, carol, first
):
    at = MONDAY_NINE + timedelta(days=30)
    child = again(session, first, amara, beth, at=at)
    found = decide(session, child, carol, at=at, already_open="yes", **S17)
    assert (found.outcome, found.already_open, found.is_referral) == (
        Outcome.S17_ASSESSMENT,
        True,
        False,
    )
    assert referrals(session) == 1


def test_after_that_work_has_ended_it_is_a_rereferral(session, amara, beth, carol, first):
    at = MONDAY_NINE + timedelta(days=30)
    child = again(session, first, amara, beth, at=at)
    found = decide(session, child, carol, at=at, already_open="no", **S17)
    assert (found.is_referral, found.is_rereferral, found.already_open) == (True, True, False)


@pytest.mark.parametrize("days", [30, 100])
def test_it_is_not_asked_for_other_endings_nor_after_ninety_days(
    session, amara, beth, carol, first, days
):
    at = MONDAY_NINE + timedelta(days=days)
    child = again(session, first, amara, beth, at=at)
    ending = S17 if days > 90 else {}
    found = decide(session, child, carol, at=at, already_open="yes", **ending)
    assert (found.is_referral, found.already_open) == (days > 90, False)


def test_a_first_referral_is_made_whatever_is_answered(session, amara, beth, carol):
    child = stories.a_child_awaiting_decision(session, sent_by=amara, screened_by=beth)
    at = MONDAY_NINE + 3 * HOUR
    assert recent_referral(session, child.person_id, at=at) is None
    assert decide(session, child, carol, at=at, already_open="yes", **S17).is_referral
    assert recent_referral(session, child.person_id, at=at) == date(2026, 1, 12)


def test_a_referral_of_a_child_whom_nobody_named_is_no_other_childs(session, amara, beth, carol):
    child = stories.a_child_awaiting_decision(session, sent_by=amara, screened_by=beth)
    at = MONDAY_NINE + 3 * HOUR
    decide(session, child, carol, at=at, already_open="no", **S17)
    session.execute(update(Referral).values(person_id=None))
    assert recent_referral(session, None, at=at) is None


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"directions": (DirectionFacts("Call", "Beth", YESTERDAY),)}, "A direction is done today"),
        ({"agreement_due_on": YESTERDAY}, "The family is asked today or later"),
    ],
    ids=["direction", "agreement"],
)
def test_nothing_is_asked_for_a_day_that_is_past(session, amara, beth, carol, changes, words):
    child = stories.a_child_awaiting_decision(session, sent_by=amara, screened_by=beth)
    at = MONDAY_NINE + 3 * HOUR
    with pytest.raises(NotReady, match=words):
        record_decision(session, child.id, stories.a_decision(**changes), by=carol, at=at)
    today = {key: TODAY for key in changes if key == "agreement_due_on"}
    fine = stories.a_decision(directions=(DirectionFacts("Call", "Beth", TODAY),), **today)
    record_decision(session, child.id, fine, by=carol, at=at)
