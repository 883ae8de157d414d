"""How long promises may take: worked examples, and a slow oracle that walks day by day and minute
by minute through sixteen years.
"""

import os
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from holidays import country_holidays
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from mash_triage.clocks.lengths import (
    PAST,
    latest_end,
    next_point_at,
    point_at,
    points_reached,
    promise_due,
)
from mash_triage.clocks.working_days import BankHolidays
from mash_triage.thresholds.levels import read_edition
from mash_triage.thresholds.promises import Promise

EDITIONS = Path(__file__).parents[2] / "levels_of_need"
TIMES = read_edition(EDITIONS / "default").clocks
LONDON = ZoneInfo("Europe/London")
CLOSED = date(2026, 11, 24)
HOLIDAYS = BankHolidays(added={CLOSED: "Offices closed"}, removed={date(2026, 5, 4): "Election"})
SOAK = bool(os.environ.get("MASH_SOAK"))
DAY, MINUTE, HOUR = timedelta(days=1), timedelta(minutes=1), timedelta(hours=1)


def london(*parts: int, fold: int = 0) -> datetime:
    return datetime(*parts, tzinfo=LONDON, fold=fold).astimezone(UTC)


def promise(**said) -> Promise:
    plain = {
        "code": "something",
        "words": "Something",
        "starts": ["decided"],
        "stops": ["seen"],
        "owner": "worker",
        "source": "This partnership.",
    }
    return Promise.model_validate({**plain, **said}, strict=False)


def due(started: datetime, **length) -> datetime:
    return promise_due(promise(**length), started, TIMES, HOLIDAYS)


# ---------------------------------------------------------------- worked examples

FRIDAY = london(2026, 11, 20, 16, 30)
SATURDAY = london(2026, 11, 21, 11)


@pytest.mark.parametrize(
    ("started", "length", "expected"),
    [
        pytest.param(
            london(2026, 3, 28, 12), {"within_hours": 24}, london(2026, 3, 29, 13),
            id="24 hours elapse, also in the night when an hour is skipped"),
        pytest.param(
            london(2026, 3, 28, 12), {"within_days": 1}, london(2026, 3, 29, 12),
            id="a day of the calendar keeps its time of day through summer time"),
        pytest.param(
            london(2026, 10, 24, 12), {"within_hours": 72}, london(2026, 10, 27, 11),
            id="72 hours, an hour of them twice"),
        pytest.param(
            FRIDAY, {"within_working_days": 1}, london(2026, 11, 23, 16, 30),
            id="one working day, to the same time"),
        pytest.param(
            FRIDAY, {"within_working_days": 1, "until_close": True}, london(2026, 11, 23, 17),
            id="one working day, to the day's close"),
        pytest.param(
            FRIDAY, {"within_working_days": 2}, london(2026, 11, 25, 16, 30),
            id="a local closure day does not count"),
        pytest.param(
            SATURDAY, {"within_working_days": 1}, london(2026, 11, 25, 9),
            id="what comes on a Saturday counts from Monday's opening"),
        pytest.param(
            FRIDAY, {"within_working_days": 15, "until_close": True}, london(2026, 12, 14, 17),
            id="a conference on the fifteenth working day after"),
        pytest.param(
            london(2026, 11, 19, 20), {"within_working_days": 15, "until_close": True},
            london(2026, 12, 11, 17),
            id="of a discussion held in the evening, on the fifteenth after that very day"),
        pytest.param(
            SATURDAY, {"within_working_days": 1, "until_close": True}, london(2026, 11, 23, 17),
            id="what was found on a Saturday, by the close of the Monday"),
        pytest.param(
            london(2026, 6, 3, 23, 30), {"within_working_days": 1, "until_close": True},
            london(2026, 6, 4, 17),
            id="in a summer night the day is that of London"),
        pytest.param(
            SATURDAY, {"before_time_of_day": time(8, 30)}, london(2026, 11, 23, 8, 30),
            id="school begins on Monday"),
        pytest.param(
            london(2026, 11, 23, 8, 29), {"before_time_of_day": time(8, 30)},
            london(2026, 11, 23, 8, 30),
            id="a minute before school begins"),
        pytest.param(
            london(2026, 11, 23, 8, 30), {"before_time_of_day": time(8, 30)},
            london(2026, 11, 25, 8, 30),
            id="as school begins it is too late for today, and tomorrow all is closed"),
        pytest.param(
            FRIDAY, {"within_opening_hours": 1}, london(2026, 11, 23, 9, 30),
            id="half an hour is left on Friday, the other half is Monday's"),
        pytest.param(
            london(2026, 11, 20, 16), {"within_opening_hours": 1}, london(2026, 11, 20, 17),
            id="what fills the day ends at its close"),
        pytest.param(
            london(2026, 11, 20, 3), {"hours_after_opening": 1}, london(2026, 11, 20, 10),
            id="a night is handed over an hour after opening"),
        pytest.param(
            london(2026, 11, 23, 10), {"hours_after_opening": 1}, london(2026, 11, 25, 10),
            id="what is handed over by day is read after the next opening"),
    ],
)  # fmt: skip
def test_worked_examples(started, length, expected):
    assert due(started, **length) == expected


def test_a_length_that_comes_with_the_promise_is_not_worked_out():
    with pytest.raises(ValueError, match="needs a due time of its own"):
        due(FRIDAY, set_with_it=True)


# ---------------------------------------------------------------- the slow oracle


@cache
def counts(day: date) -> bool:
    """A working day, by the holidays package itself."""
    if day.weekday() > 4 or day == CLOSED:
        return False
    return day == date(2026, 5, 4) or day not in england(day.year)


@cache
def england(year: int):
    return country_holidays("GB", subdiv="ENG", years=year)


def is_open(minute: datetime) -> bool:
    local = minute.astimezone(LONDON)
    return counts(local.date()) and time(9) <= local.time() < time(17)


def slow_due(started: datetime, length: dict) -> datetime:
    local = started.astimezone(LONDON)
    kind, much = next((kind, much) for kind, much in length.items() if kind != "until_close")
    if kind == "within_hours":
        moment = started
        for _minute in range(much * 60):
            moment += MINUTE
        return moment
    if kind == "within_days":
        day = local.date()
        for _day in range(much):
            day += DAY
        return datetime.combine(day, local.time(), LONDON).astimezone(UTC)
    moment = started
    if kind == "within_opening_hours":
        left = much * 60
        while left:
            left -= is_open(moment)
            moment += MINUTE
        return moment
    if kind == "hours_after_opening":
        while not (is_open(moment) and moment.astimezone(LONDON).time() == time(9)) or (
            moment == started and is_open(moment)
        ):
            moment += MINUTE
        return moment + much * HOUR
    day, clock = local.date(), local.time()
    if kind == "before_time_of_day":
        while not (counts(day) and datetime.combine(day, much, LONDON) > started):
            day += DAY
        return datetime.combine(day, much, LONDON).astimezone(UTC)
    if length.get("until_close"):
        for _day in range(much):
            day += DAY
            while not counts(day):
                day += DAY
        return datetime.combine(day, time(17), LONDON).astimezone(UTC)
    if not counts(day) or clock >= time(17):
        day, clock = day + DAY, time(9)
        while not counts(day):
            day += DAY
    clock, left = max(clock, time(9)), much
    while left:
        day += DAY
        left -= counts(day)
    return datetime.combine(day, clock, LONDON).astimezone(UTC)


minutes = st.integers(0, 16 * 365 * 24 * 60).map(
    lambda minute: datetime(2020, 1, 1, tzinfo=UTC) + minute * MINUTE
)
lengths = st.one_of(
    st.fixed_dictionaries({"within_hours": st.sampled_from([1, 4, 24, 48, 72])}),
    st.fixed_dictionaries({"within_days": st.integers(1, 10)}),
    st.fixed_dictionaries({"within_opening_hours": st.integers(1, 20)}),
    st.fixed_dictionaries({"hours_after_opening": st.integers(0, 3)}),
    st.fixed_dictionaries({"before_time_of_day": st.sampled_from([time(8, 30), time(15)])}),
    st.fixed_dictionaries(
        {
            "within_working_days": st.sampled_from([1, 2, 3, 5, 7, 15, 45]),
            "until_close": st.booleans(),
        }
    ),
)  # fmt: skip


@settings(max_examples=20_000 if SOAK else 250, deadline=None)
@given(started=minutes, length=lengths)
def test_due_times_of_sixteen_years_are_those_of_the_slow_oracle(started, length):
    assert due(started, **length) == slow_due(started, length)


# ---------------------------------------------------------------- points


@given(
    started=minutes,
    takes=st.integers(1, 10_000),
    points=st.sets(st.integers(1, 99), max_size=4).map(sorted),
    until=st.integers(0, 12_000),
)
def test_each_point_is_reached_once_and_in_order(started, takes, points, until):
    due_at, at = started + takes * MINUTE, started + until * MINUTE
    reached = points_reached(started, due_at, points, at=at)
    following = next_point_at(started, due_at, points, reached)
    assert reached == sorted(reached)
    assert set(reached) <= {*points, PAST}
    assert following is None if PAST in reached else following >= at


def test_exactly_at_its_due_time_nothing_is_past():
    assert points_reached(FRIDAY, FRIDAY + HOUR, (50,), at=FRIDAY + HOUR) == [50]
    assert point_at(FRIDAY, FRIDAY + HOUR, PAST) == FRIDAY + HOUR


# ---------------------------------------------------------------- what an edition may say


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({}, "give one of"),
        ({"within_hours": 4, "within_days": 1}, "give one of"),
        ({"within_hours": 4, "until_close": True}, "goes with within_working_days"),
        ({"within_hours": 4, "at_most_days": 8}, "goes with set_with_it"),
        ({"within_hours": 4, "warn_at_percent": [80, 50]}, "must rise"),
        ({"within_hours": 4, "stops": ["decided"]}, "cannot end it"),
        ({"within_hours": 4, "stops": ["forgotten"]}, "Input should be"),
    ],
)
def test_a_promise_that_says_too_little_or_too_much_is_refused(said, words):
    with pytest.raises(ValidationError, match=words):
        promise(**said)


@pytest.mark.parametrize("name", ["default", "family_help", "split_levels", "three_levels"])
def test_every_shipped_edition_promises_what_guidance_asks_for(name):
    edition = read_edition(EDITIONS / name)
    days = {each.code: each.within_working_days for each in edition.promise}
    hours = {each.code: each.within_hours for each in edition.promise}
    assert (days["conference"], days["assessment"]) == (15, 45)
    assert (days["private_fostering_visit"], days["lado_told"]) == (7, 1)
    assert (hours["return_interview"], hours["police_protection"]) == (72, 72)
    most = {each.code: each.at_most_days for each in edition.promise}
    assert most["emergency_protection_order"] == 8
    assert most["emergency_protection_order_extended"] == 7
    assert (days["nrm_decision"], days["fgm_report"]) == (5, 1)
    assert edition.promise_of("school_told").before_time_of_day == time(8, 30)
    assert edition.promise_of("fgm_report_at_the_latest").within_days == 28


@pytest.mark.parametrize(
    ("made", "latest"),
    [
        pytest.param(date(2026, 11, 20), date(2026, 11, 28), id="eight days later, a Saturday"),
        pytest.param(date(2026, 11, 21), date(2026, 11, 30), id="not on the Sunday, on Monday"),
        pytest.param(date(2026, 12, 17), date(2026, 12, 29), id="not at Christmas"),
    ],
)
def test_an_order_may_run_to_the_end_of_its_eighth_day(made, latest):
    order = promise(set_with_it=True, at_most_days=8)
    end = latest_end(order, london(made.year, made.month, made.day, 15), TIMES, HOLIDAYS)
    assert end is not None
    assert end.astimezone(LONDON).date() == latest
    assert latest_end(promise(set_with_it=True), FRIDAY, TIMES, HOLIDAYS) is None
