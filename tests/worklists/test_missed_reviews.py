"""A daily review that was missed shows until the child is decided, by the rule of working days."""

from datetime import timedelta

import pytest

from mash_triage.clocks.rules import within_24_hours, working_days_past
from mash_triage.contacts.actions import bank_holidays
from mash_triage.decisions.actions import record_daily_review
from mash_triage.worklists.board import board, decision_queue
from tests import stories
from tests.stories import HOUR, MONDAY_NINE

DAY = timedelta(days=1)
TUESDAY_TEN = MONDAY_NINE + DAY + HOUR


@pytest.fixture
def child(session, amara):
    return stories.a_child(session, sent_by=amara)


def lacks(session, by, at):
    (row,) = board(session, by=by, at=at).open
    return row.lacks_review


def review(session, child, by, at):
    record_daily_review(session, child.id, "Police are there", by=by, at=at)


def test_a_day_that_was_missed_shows_though_today_was_reviewed(session, beth, carol, child):
    review(session, child, carol, TUESDAY_TEN + DAY)
    assert lacks(session, beth, TUESDAY_TEN + DAY)
    assert decision_queue(session, by=carol, at=TUESDAY_TEN + DAY).lack_review == (), "not today's"
    saturday = TUESDAY_TEN + 4 * DAY
    assert lacks(session, beth, saturday)


def test_nothing_lacks_when_every_working_day_was_reviewed(session, beth, carol, child):
    for n in range(4):
        assert lacks(session, beth, TUESDAY_TEN + n * DAY)
        review(session, child, carol, TUESDAY_TEN + n * DAY)
        assert not lacks(session, beth, TUESDAY_TEN + n * DAY)
    assert not lacks(session, beth, TUESDAY_TEN + 4 * DAY), "on Saturday nothing new is due"


def test_a_review_on_a_saturday_does_not_stand_for_a_working_day(session, beth, carol, child):
    for n in (0, 1, 2, 4):
        review(session, child, carol, TUESDAY_TEN + n * DAY)
    assert lacks(session, beth, TUESDAY_TEN + 4 * DAY), "Friday was missed"


@pytest.mark.parametrize("hours", [24, 24.1, 32.5, 40, 47.9, 48.1, 96, 120])
def test_the_board_and_the_rule_say_the_same(session, beth, child, hours):
    at = MONDAY_NINE + timedelta(hours=hours)
    times = board(session, by=beth, at=at).times
    due = within_24_hours(child.received_at)
    assert lacks(session, beth, at) == bool(working_days_past(due, at, times, bank_holidays()))


def test_late_after_closing_time_the_first_review_is_due_the_next_morning(session, amara, beth):
    stories.a_child(session, sent_by=amara, at=MONDAY_NINE + 9 * HOUR)
    tuesday_night = MONDAY_NINE + DAY + 10 * HOUR
    assert not lacks(session, beth, tuesday_night)
    assert lacks(session, beth, tuesday_night + 15 * HOUR)
