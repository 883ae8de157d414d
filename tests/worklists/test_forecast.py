"""Which children will run out of time before the shift ends, at the pace of the last days."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mash_triage.clocks.working_days import BankHolidays
from mash_triage.settings import settings
from mash_triage.thresholds.levels import read_edition
from mash_triage.worklists.forecast import Pace, forecast, shift, time_looked_at

HOUR = timedelta(hours=1)
TUESDAY_ONE = datetime(2026, 1, 13, 13, 0, tzinfo=UTC)
CLOSES, OPENS = TUESDAY_ONE + 4 * HOUR, TUESDAY_ONE + 20 * HOUR


@pytest.fixture(scope="module")
def times():
    return read_edition(settings().levels_of_need / "default").clocks


def at_pace(decided, dues, *, at=TUESDAY_ONE):
    waiting = [(uuid4(), at + due * HOUR) for due in dues]
    told = {"at": at, "closes_at": CLOSES, "until": OPENS, "begins": at}
    said = forecast(waiting, Pace(decided, 10 * HOUR), **told)
    places = {child: place for place, (child, _due) in enumerate(waiting)}
    return [places[child] for child, _turn in said.will_breach], [places[c] for c in said.past]


def test_at_one_an_hour_the_third_child_due_in_two_hours_is_late():
    assert at_pace(10, [2, 2, 2]) == ([2], [])


def test_who_is_late_already_is_counted_apart_and_still_takes_her_turn():
    assert at_pace(10, [-1, 1]) == ([1], [0])


def test_who_runs_out_in_the_night_must_be_decided_before_the_door_closes():
    assert at_pace(10, [10, 10, 10, 10, 10, 40]) == ([4], [])


def test_where_nobody_decides_everybody_due_will_be_late():
    assert at_pace(0, [1, 10, 40]) == ([0, 1], [])


@given(st.lists(st.floats(-5, 60), max_size=20), st.integers(0, 100), st.integers(0, 100))
def test_a_quicker_pace_never_makes_more_children_late(dues, slow, more):
    assert len(at_pace(slow + more, dues)[0]) <= len(at_pace(slow, dues)[0])


def test_a_shift_closes_today_and_the_next_opens_on_the_next_working_day(times):
    friday_night = datetime(2026, 1, 16, 20, 0, tzinfo=UTC)
    none = BankHolidays()
    assert shift(TUESDAY_ONE, times, none) == (CLOSES, OPENS)
    monday_close = datetime(2026, 1, 19, 17, 0, tzinfo=UTC)
    assert shift(friday_night, times, none)[0] == monday_close


def test_five_working_days_and_today_say_how_fast(times):
    since, open_for = time_looked_at(TUESDAY_ONE, times, BankHolidays())
    assert since == datetime(2026, 1, 6, 9, 0, tzinfo=UTC)
    assert open_for == (5 * 8 + 4) * HOUR
    assert (
        "Assumed: 0.5 decisions an hour"
        in forecast(
            [],
            Pace(22, open_for),
            at=TUESDAY_ONE,
            closes_at=CLOSES,
            until=OPENS,
            begins=TUESDAY_ONE,
        ).assumption
    )
