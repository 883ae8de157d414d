"""One qualified person alone at night: only where it is allowed, marked, and reviewed by day."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from mash_triage.allocation.actions import record_conflict
from mash_triage.audit.events import AuditEvent, AuditKind
from mash_triage.clocks.working_days import BankHolidays
from mash_triage.decisions.actions import record_decision, review_night_decision
from mash_triage.decisions.alone import decided_alone
from mash_triage.decisions.queries import decision_of
from mash_triage.decisions.rules import is_night
from mash_triage.errors import Changed, NotAllowed, NotFound, NotReady
from mash_triage.settings import settings
from mash_triage.thresholds.levels import read_edition
from tests import stories
from tests.cast import MONDAY_NINE

EVENING = MONDAY_NINE + timedelta(hours=10)
MIDNIGHT = MONDAY_NINE + timedelta(hours=15)
TUESDAY_TEN = MONDAY_NINE + timedelta(hours=25)


@pytest.fixture
def allowed(monkeypatch):
    monkeypatch.setenv("MASH_NIGHT_SINGLE_DECIDER", "true")
    settings.cache_clear()
    yield
    monkeypatch.undo()
    settings.cache_clear()


def screened_by_carol(session, amara, carol):
    return stories.a_child_awaiting_decision(session, sent_by=amara, screened_by=carol, at=EVENING)


def decide(session, child, by, at):
    return record_decision(session, child.id, stories.a_decision(), by=by, at=at)


def test_it_is_night_while_the_front_door_is_closed():
    times = read_edition(settings().levels_of_need / "default").clocks
    assert is_night(EVENING, times, BankHolidays())
    assert not is_night(MONDAY_NINE, times, BankHolidays())


def test_nobody_decides_alone_where_it_is_not_allowed(session, amara, carol):
    child = screened_by_carol(session, amara, carol)
    with pytest.raises(NotAllowed, match="Somebody else decides"):
        decide(session, child, carol, MIDNIGHT)


@pytest.mark.usefixtures("allowed")
def test_by_day_nobody_decides_alone_either(session, amara, carol):
    child = stories.a_child_awaiting_decision(session, sent_by=amara, screened_by=carol)
    with pytest.raises(NotAllowed, match="Somebody else decides"):
        decide(session, child, carol, MONDAY_NINE + timedelta(hours=3))


@pytest.mark.usefixtures("allowed")
def test_at_night_it_is_marked_and_another_manager_reviews_it_by_ten(session, amara, carol, dan):
    child = screened_by_carol(session, amara, carol)
    decide(session, child, carol, MIDNIGHT)
    marked = decided_alone(session, by=dan)
    assert [(each.decided_by_name, each.due_at) for each in marked] == [(carol.name, TUESDAY_TEN)]
    review = marked[0].id
    with pytest.raises(NotAllowed):
        review_night_decision(session, review, "I agree", by=carol, at=TUESDAY_TEN)
    with pytest.raises(NotReady):
        review_night_decision(session, review, " ", by=dan, at=TUESDAY_TEN)
    alone = decision_of(session, child.id, by=carol).alone
    assert (alone.due_at, alone.reviewed_by_name, alone.words) == (TUESDAY_TEN, None, None)
    review_night_decision(session, review, " I agree ", by=dan, at=TUESDAY_TEN)
    assert decided_alone(session, by=dan) == []
    with pytest.raises(Changed):
        review_night_decision(session, review, "I agree", by=dan, at=TUESDAY_TEN)
    alone = decision_of(session, child.id, by=carol).alone
    assert (alone.reviewed_by_name, alone.words) == (dan.name, "I agree")
    noted = select(AuditEvent.by_name).where(
        AuditEvent.about == str(child.id), AuditEvent.kind == AuditKind.NIGHT_DECISION_REVIEWED
    )
    assert session.scalars(noted).all() == [dan.name]


@pytest.mark.usefixtures("allowed")
def test_the_nights_decision_on_a_closed_record_is_listed_for_its_readers_alone(
    session, amara, beth, carol, dan
):
    child = screened_by(session, amara, beth)
    decide(session, child, beth, MIDNIGHT)
    grace = stories.a_manager(session, "Grace Idowu")
    stories.restrict(session, child, readers=[grace, dan], by=dan, at=MIDNIGHT)
    assert decided_alone(session, by=carol) == []
    (marked,) = decided_alone(session, by=dan)
    with pytest.raises(NotFound):
        review_night_decision(session, marked.id, "I agree", by=carol, at=TUESDAY_TEN)


@pytest.mark.usefixtures("allowed")
def test_whoever_did_not_screen_leaves_nothing_to_review(session, amara, carol, dan):
    child = screened_by_carol(session, amara, carol)
    decide(session, child, dan, MIDNIGHT)
    assert decided_alone(session, by=carol) == []
    assert decision_of(session, child.id, by=carol).alone is None


# ---------------------------------------------------------------- one qualified person, no manager


def screened_by(session, amara, who, *, at=EVENING):
    return stories.a_child_awaiting_decision(session, sent_by=amara, screened_by=who, at=at)


def test_without_the_setting_only_a_manager_decides_at_night_too(session, amara, beth):
    child = screened_by(session, amara, beth)
    with pytest.raises(NotAllowed):
        decide(session, child, beth, MIDNIGHT)


@pytest.mark.usefixtures("allowed")
def test_a_qualified_social_worker_screens_and_decides_at_night_and_a_manager_reviews(
    session, amara, beth, carol
):
    child = screened_by(session, amara, beth)
    decide(session, child, beth, MIDNIGHT)
    (marked,) = decided_alone(session, by=carol)
    assert (marked.decided_by_name, marked.due_at) == (beth.name, TUESDAY_TEN)
    with pytest.raises(NotAllowed):
        review_night_decision(session, marked.id, "I agree", by=beth, at=TUESDAY_TEN)
    review_night_decision(session, marked.id, "I agree", by=carol, at=TUESDAY_TEN)
    assert decided_alone(session, by=carol) == []


@pytest.mark.usefixtures("allowed")
def test_a_manager_who_knows_the_family_leaves_the_nights_decision_to_another(
    session, amara, beth, carol, dan
):
    child = screened_by(session, amara, beth)
    decide(session, child, beth, MIDNIGHT)
    (marked,) = decided_alone(session, by=carol)
    record_conflict(session, child.id, carol.user_id, by=carol, at=TUESDAY_TEN)
    with pytest.raises(NotAllowed, match="related to this family"):
        review_night_decision(session, marked.id, "I agree", by=carol, at=TUESDAY_TEN)
    review_night_decision(session, marked.id, "I agree", by=dan, at=TUESDAY_TEN)
    assert decided_alone(session, by=carol) == []


@pytest.mark.usefixtures("allowed")
def test_what_no_manager_decided_is_reviewed_though_somebody_else_had_screened(
    session, amara, beth, carol
):
    child = screened_by(session, amara, carol)
    decide(session, child, beth, MIDNIGHT)
    assert [each.decided_by_name for each in decided_alone(session, by=carol)] == [beth.name]


@pytest.mark.usefixtures("allowed")
def test_by_day_and_without_the_qualification_she_does_not_decide(session, amara, beth):
    by_day = screened_by(session, amara, beth, at=MONDAY_NINE)
    with pytest.raises(NotAllowed, match="By day a manager decides"):
        decide(session, by_day, beth, MONDAY_NINE + timedelta(hours=3))
    child = screened_by(session, amara, beth)
    with pytest.raises(NotAllowed):
        decide(session, child, replace(beth, qualified=False), MIDNIGHT)
