"""Both decision clocks: the worked examples, and a slow oracle that walks minute by minute."""

import os
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mash_triage.clocks.rules import (
    ClockKind,
    ClockStage,
    close_after_working_days,
    due_times,
    is_overdue,
    one_working_day,
    red_due,
    share_used,
    stage_of_clock,
    within_24_hours,
    working_day_start,
    working_days_past,
    working_days_taken,
)
from mash_triage.clocks.working_days import BankHolidays
from mash_triage.thresholds.levels import ClockTimes, read_edition

TIMES = read_edition(Path(__file__).parents[2] / "levels_of_need" / "default").clocks
ENGLAND = BankHolidays()
LONDON = ZoneInfo("Europe/London")
SOAK = os.environ.get("MASH_SOAK") == "1"
MINUTE = timedelta(minutes=1)


def london(*parts: int, fold: int = 0) -> datetime:
    """An instant by its London wall clock, in UTC."""
    return datetime(*parts, tzinfo=LONDON, fold=fold).astimezone(UTC)


@pytest.mark.parametrize(
    ("received", "starts", "due"),
    [
        pytest.param(
            london(2026, 11, 20, 16, 30),
            london(2026, 11, 20, 16, 30),
            london(2026, 11, 23, 16, 30),
            id="Friday 16:30 is due Monday 16:30",
        ),
        pytest.param(
            london(2026, 11, 21, 11),
            london(2026, 11, 23, 9),
            london(2026, 11, 24, 9),
            id="Saturday 11:00 starts Monday 09:00",
        ),
        pytest.param(
            london(2026, 11, 20, 17),
            london(2026, 11, 23, 9),
            london(2026, 11, 24, 9),
            id="Friday 17:00 is outside already",
        ),
        pytest.param(
            london(2026, 11, 20, 16, 59, 59),
            london(2026, 11, 20, 16, 59, 59),
            london(2026, 11, 23, 16, 59, 59),
            id="the last second of Friday is inside",
        ),
        pytest.param(
            london(2026, 11, 19, 9),
            london(2026, 11, 19, 9),
            london(2026, 11, 20, 9),
            id="the minute of opening is inside",
        ),
        pytest.param(
            london(2026, 11, 19, 3),
            london(2026, 11, 19, 9),
            london(2026, 11, 20, 9),
            id="before opening waits for it the same day",
        ),
        pytest.param(
            datetime(2026, 3, 27, 16, 30, tzinfo=UTC),
            datetime(2026, 3, 27, 16, 30, tzinfo=UTC),
            datetime(2026, 3, 30, 15, 30, tzinfo=UTC),
            id="over the spring night: the same local time",
        ),
        pytest.param(
            datetime(2026, 10, 23, 15, 30, tzinfo=UTC),
            datetime(2026, 10, 23, 15, 30, tzinfo=UTC),
            datetime(2026, 10, 26, 16, 30, tzinfo=UTC),
            id="over the autumn night: the same local time",
        ),
        pytest.param(
            london(2026, 4, 2, 16),
            london(2026, 4, 2, 16),
            london(2026, 4, 7, 16),
            id="Maundy Thursday is due Tuesday after Easter",
        ),
        pytest.param(
            london(2026, 12, 24, 18),
            london(2026, 12, 29, 9),
            london(2026, 12, 30, 9),
            id="Christmas Eve evening, with the substitute day on the 28th",
        ),
    ],
)
def test_a_working_day_clock(received, starts, due):
    assert working_day_start(received, TIMES, ENGLAND) == starts
    assert one_working_day(received, TIMES, ENGLAND) == due


@pytest.mark.parametrize(
    ("received", "due"),
    [
        pytest.param(
            london(2026, 3, 28, 12), london(2026, 3, 29, 13), id="the spring night is an hour short"
        ),
        pytest.param(
            london(2026, 10, 24, 12), london(2026, 10, 25, 11), id="the autumn night an hour long"
        ),
        pytest.param(
            london(2026, 10, 25, 1, 30, fold=1),
            datetime(2026, 10, 26, 1, 30, tzinfo=UTC),
            id="in the hour that comes twice, the second time",
        ),
        pytest.param(london(2026, 12, 25, 9), london(2026, 12, 26, 9), id="on Christmas Day"),
    ],
)
def test_24_hours_are_always_elapsed_hours(received, due):
    assert within_24_hours(received) == due


def test_due_times_come_back_in_utc_whatever_zone_they_were_given_in():
    received = datetime(2026, 7, 3, 16, 30, tzinfo=LONDON)
    for due in due_times(received, TIMES, ENGLAND):
        assert due.started_at.tzinfo is UTC
        assert due.due_at.tzinfo is UTC
    assert red_due(received, TIMES).tzinfo is UTC


def test_both_clocks_start_with_a_contact_and_red_adds_its_own():
    received = london(2026, 11, 21, 11)
    elapsed, working = due_times(received, TIMES, ENGLAND)

    assert (elapsed.kind, elapsed.started_at) == (ClockKind.WITHIN_24_HOURS, received)
    assert elapsed.due_at == received + timedelta(hours=24)
    assert (working.kind, working.started_at) == (
        ClockKind.ONE_WORKING_DAY,
        london(2026, 11, 23, 9),
    )
    assert working.due_at == london(2026, 11, 24, 9)
    assert red_due(received, TIMES) == received + timedelta(hours=4)


def test_a_local_closure_day_moves_the_working_day_clock():
    closed = BankHolidays(added={date(2026, 11, 23): "Offices closed"})
    assert one_working_day(london(2026, 11, 20, 16), TIMES, closed) == london(2026, 11, 24, 16)


def test_opening_times_in_the_skipped_hour_and_the_doubled_hour_still_give_one_instant():
    changed = {"opens": time(1, 30), "closes": time(23), "working_week": ("sunday", "saturday")}
    night = ClockTimes(**(TIMES.model_dump() | changed))
    assert one_working_day(london(2026, 3, 28, 1, 30), night, ENGLAND) == london(2026, 3, 29, 2, 30)
    assert one_working_day(london(2026, 10, 24, 1, 30), night, ENGLAND) == datetime(
        2026, 10, 25, 0, 30, tzinfo=UTC
    )


# ---- how far a clock has run ------------------------------------------------------------------

START = london(2026, 11, 23, 9)
DUE = START + timedelta(hours=24)


@pytest.mark.parametrize(
    ("hours", "share", "stage"),
    [
        (-1, 0.0, ClockStage.IN_TIME),
        (0, 0.0, ClockStage.IN_TIME),
        (11.99, 11.99 / 24, ClockStage.IN_TIME),
        (12, 0.5, ClockStage.HALF_USED),
        (19.19, 19.19 / 24, ClockStage.HALF_USED),
        (19.2, 0.8, ClockStage.NEARLY_USED),
        (24, 1.0, ClockStage.NEARLY_USED),
        (24.01, 1.0, ClockStage.PAST),
    ],
)
def test_a_clock_has_run_so_far(hours, share, stage):
    at = START + timedelta(hours=hours)
    assert share_used(START, DUE, at) == pytest.approx(share)
    assert stage_of_clock(START, DUE, TIMES, at=at) is stage


def test_exactly_at_the_due_time_nothing_is_late():
    assert not is_overdue(DUE, at=DUE)
    assert is_overdue(DUE, at=DUE + timedelta(microseconds=1))


def test_a_clock_without_length_is_used_up():
    assert share_used(DUE, DUE, DUE) == 1.0


@pytest.mark.parametrize(
    ("due", "at", "days"),
    [
        pytest.param(london(2026, 11, 24, 9), london(2026, 11, 24, 8), [], id="not yet past"),
        pytest.param(
            london(2026, 11, 24, 11), london(2026, 11, 24, 11, 1), [24], id="the day it runs out"
        ),
        pytest.param(
            london(2026, 11, 24, 18), london(2026, 11, 25, 8), [], id="overnight nobody is due"
        ),
        pytest.param(
            london(2026, 11, 24, 18), london(2026, 11, 25, 10), [25], id="next day from its opening"
        ),
        pytest.param(
            london(2026, 11, 20, 11),
            london(2026, 11, 24, 10),
            [20, 23, 24],
            id="a weekend needs no review",
        ),
        pytest.param(
            london(2026, 12, 24, 11),
            london(2026, 12, 30, 10),
            [24, 29, 30],
            id="nor do Christmas and its substitute day",
        ),
    ],
)
def test_a_review_is_due_on_each_working_day_past_the_time(due, at, days):
    assert [day.day for day in working_days_past(due, at, TIMES, ENGLAND)] == days


# ---- a slow oracle, with its own calendar -----------------------------------------------------

ONE_OFF = {
    date(2020, 5, 8): True,
    date(2020, 5, 4): False,
    date(2022, 6, 2): True,
    date(2022, 6, 3): True,
    date(2022, 5, 30): False,
    date(2022, 9, 19): True,
    date(2023, 5, 8): True,
}
"""Days that were proclaimed or moved, apart from the standing rules."""


def easter_sunday(year: int) -> date:
    """The Gregorian computus, after Butcher (1876)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    m = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    n = h + m - 7 * ((a + 11 * h + 22 * m) // 451) + 114
    return date(year, n // 31, n % 31 + 1)


def monday(year: int, month: int, *, last: bool) -> date:
    days = [date(year, month, d) for d in (range(25, 32) if last else range(1, 8))]
    return next(day for day in days if day.weekday() == 0)


def standing_holidays(year: int) -> set[date]:
    """Bank holidays in England by the Banking and Financial Dealings Act 1971 and custom."""
    easter = easter_sunday(year)
    fixed = {easter - timedelta(2), easter + timedelta(1)}
    fixed |= {monday(year, 5, last=False), monday(year, 5, last=True), monday(year, 8, last=True)}
    for day in (date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)):
        while day.weekday() > 4 or day in fixed:
            day += timedelta(1)
        fixed.add(day)
    return fixed


HOLIDAYS = set().union(*(standing_holidays(year) for year in range(2019, 2038)))


def oracle_is_working(day: date) -> bool:
    holiday = ONE_OFF.get(day, day in HOLIDAYS)
    return day.weekday() < 5 and not holiday


def oracle_is_open(at: datetime) -> bool:
    local = at.astimezone(LONDON)
    return oracle_is_working(local.date()) and 9 <= local.hour < 17


def oracle_one_working_day(received: datetime) -> tuple[datetime, datetime]:
    """Walk on a minute at a time until open, then until that wall clock on a later working day."""
    start = received
    if not oracle_is_open(start):
        start = start.replace(second=0, microsecond=0) + MINUTE
        while not oracle_is_open(start):
            start += MINUTE
    begun = start.astimezone(LONDON)
    due = start + MINUTE
    while True:
        local = due.astimezone(LONDON)
        same_clock = (local.hour, local.minute) == (begun.hour, begun.minute)
        if same_clock and local.date() > begun.date() and oracle_is_working(local.date()):
            return start, due
        due += MINUTE


INSTANTS = st.datetimes(datetime(2020, 1, 1), datetime(2035, 12, 31), timezones=st.just(UTC))


@settings(deadline=None, max_examples=3000 if SOAK else 40)
@given(INSTANTS)
@example(london(2026, 3, 29, 0, 59))
@example(london(2026, 3, 29, 2, 0))
@example(london(2026, 10, 25, 1, 30, fold=0))
@example(london(2026, 10, 25, 1, 30, fold=1))
@example(london(2026, 4, 2, 16, 59))
@example(london(2026, 4, 2, 17, 0))
@example(london(2026, 12, 24, 16, 30))
@example(london(2026, 12, 28, 10, 0))
@example(london(2027, 12, 24, 12, 0))
@example(london(2021, 12, 31, 17, 0))
@example(london(2022, 9, 16, 16, 0))
@example(london(2020, 5, 7, 16, 0))
def test_the_working_day_clock_agrees_with_walking_minute_by_minute(received):
    start, due = oracle_one_working_day(received)
    assert working_day_start(received, TIMES, ENGLAND) == start
    assert one_working_day(received, TIMES, ENGLAND) == due


def test_the_calendar_agrees_with_the_rules_of_law_on_every_day_of_sixteen_years():
    first, days = date(2020, 1, 1), 16 * 366
    wrong = [
        day
        for day in (first + timedelta(n) for n in range(days))
        if day.year < 2036
        and day.weekday() < 5
        and (ENGLAND.name_of(day) is None) != oracle_is_working(day)
    ]
    assert wrong == []


@settings(deadline=None, max_examples=2000 if SOAK else 100)
@given(INSTANTS, st.timedeltas(timedelta(0), timedelta(days=10)))
def test_what_comes_later_is_never_due_earlier(received, later):
    assert one_working_day(received, TIMES, ENGLAND) <= one_working_day(
        received + later, TIMES, ENGLAND
    )
    assert one_working_day(received, TIMES, ENGLAND) > received


@settings(deadline=None, max_examples=2000 if SOAK else 100)
@given(INSTANTS, st.timedeltas(timedelta(-2), timedelta(days=30)))
def test_reviews_are_due_only_on_working_days_and_only_when_past(due, later):
    days = working_days_past(due, due + later, TIMES, ENGLAND)
    assert all(oracle_is_working(day) for day in days)
    assert list(days) == sorted(set(days))
    if later <= timedelta(0):
        assert days == ()
    if later > timedelta(days=7):
        assert days


@settings(deadline=None, max_examples=2000 if SOAK else 100)
@given(
    INSTANTS,
    st.timedeltas(timedelta(0), timedelta(days=5)),
    st.timedeltas(timedelta(-5), timedelta(days=9)),
)
def test_the_share_used_stays_between_nothing_and_all(start, length, passed):
    assert 0.0 <= share_used(start, start + length, start + passed) <= 1.0


@given(
    since=st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 1), timezones=st.just(UTC)),
    days=st.integers(0, 60),
)
def test_working_days_taken_are_those_that_a_due_time_counts(since, days):
    due = close_after_working_days(since, days, TIMES, ENGLAND)
    assert working_days_taken(since, due, TIMES, ENGLAND) == days
