"""When each clock starts, runs out, and how far it has run.

Every time given and returned is aware and in UTC; opening hours are read in the edition's own
time zone. No clock is ever paused, and lateness is asked with `at`, never stored.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from mash_triage.clocks.working_days import BankHolidays, is_working_day, next_working_day
from mash_triage.thresholds.levels import ClockTimes

TWENTY_FOUR_HOURS = timedelta(hours=24)  # elapsed, the local measure; the law's is a working day


class ClockKind(StrEnum):
    """The clocks of a child on a contact."""

    WITHIN_24_HOURS = "within_24_hours"
    ONE_WORKING_DAY = "one_working_day"
    RED_4_HOURS = "red_4_hours"


class ClockStage(StrEnum):
    """How far a clock has run. These are not the ratings red, amber and green."""

    IN_TIME = "in_time"
    HALF_USED = "half_used"
    NEARLY_USED = "nearly_used"
    PAST = "past"


@dataclass(frozen=True)
class DueTime:
    """One clock that starts with a contact: which, from when, and due when."""

    kind: ClockKind
    started_at: datetime
    due_at: datetime


def within_24_hours(received_at: datetime) -> datetime:
    """When 24 hours have elapsed since receipt, on any day and through any change of the clocks."""
    return _utc(received_at) + TWENTY_FOUR_HOURS


def working_day_start(received_at: datetime, times: ClockTimes, holidays: BankHolidays) -> datetime:
    """When the working-day clock starts: at receipt, or outside opening hours at the next opening.

    The minute of closing is already outside.
    """
    local = received_at.astimezone(times.zone)
    today, clock = local.date(), local.time()
    if not is_working_day(today, week=times.weekdays, holidays=holidays) or clock >= times.closes:
        following = next_working_day(today, week=times.weekdays, holidays=holidays)
        return at_local(following, times.opens, times)
    return at_local(today, times.opens, times) if clock < times.opens else _utc(received_at)


def one_working_day(received_at: datetime, times: ClockTimes, holidays: BankHolidays) -> datetime:
    """The same local time on the working day after the working-day clock started.

    Friday 16:30 is due Monday 16:30; Saturday 11:00 starts Monday 09:00 and is due Tuesday 09:00.
    Source: Working Together to Safeguard Children, decision within one working day.
    """
    started = working_day_start(received_at, times, holidays).astimezone(times.zone)
    due_day = next_working_day(started.date(), week=times.weekdays, holidays=holidays)
    return at_local(due_day, started.time(), times)


def after_working_days(
    moment: datetime, days: int, times: ClockTimes, holidays: BankHolidays
) -> datetime:
    """The end of so many working days from a moment, counted as the working-day clock is: none of
    them is the close of the day on which counting starts, else the same local time that many
    working days later.
    """
    started = working_day_start(moment, times, holidays).astimezone(times.zone)
    day = started.date()
    for _each in range(days):
        day = next_working_day(day, week=times.weekdays, holidays=holidays)
    return at_local(day, started.time() if days else times.closes, times)


def close_after_working_days(
    moment: datetime, days: int, times: ClockTimes, holidays: BankHolidays
) -> datetime:
    """The close of the last of so many working days after the day of a moment. What takes place in
    the evening or on a Saturday took place on that day: the next working day is the first.
    """
    day = moment.astimezone(times.zone).date()
    for _each in range(days):
        day = next_working_day(day, week=times.weekdays, holidays=holidays)
    return at_local(day, times.closes, times)


def working_days_taken(
    since: datetime, until: datetime, times: ClockTimes, holidays: BankHolidays
) -> int:
    """How many working days from the day of one moment to the day of another: 0 on that day itself,
    counted as `close_after_working_days` counts them.
    """
    first = since.astimezone(times.zone).date()
    last = until.astimezone(times.zone).date()
    days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
    return sum(is_working_day(day, week=times.weekdays, holidays=holidays) for day in days)


def red_due(rated_at: datetime, times: ClockTimes) -> datetime:
    """When a child rated red is to be dealt with: hours elapsed since the rating."""
    return _utc(rated_at) + timedelta(hours=times.red_within_hours)


def due_times(
    received_at: datetime, times: ClockTimes, holidays: BankHolidays
) -> tuple[DueTime, DueTime]:
    """Both clocks that start when a contact is received."""
    received = _utc(received_at)
    return (
        DueTime(ClockKind.WITHIN_24_HOURS, received, within_24_hours(received)),
        DueTime(
            ClockKind.ONE_WORKING_DAY,
            working_day_start(received, times, holidays),
            one_working_day(received, times, holidays),
        ),
    )


def is_overdue(due_at: datetime, *, at: datetime) -> bool:
    """Whether the due time has passed; exactly at it there is still no lateness."""
    return at > due_at


def share_used(started_at: datetime, due_at: datetime, at: datetime) -> float:
    """How much of a clock has run, from 0.0 before or at its start to 1.0 when due or past."""
    if at >= due_at:
        return 1.0
    return max(0.0, (at - started_at) / (due_at - started_at))


def stage_of_clock(
    started_at: datetime, due_at: datetime, times: ClockTimes, *, at: datetime
) -> ClockStage:
    """How far a clock has run, in the steps that the edition sets."""
    if is_overdue(due_at, at=at):
        return ClockStage.PAST
    percent = share_used(started_at, due_at, at) * 100
    if percent >= times.nearly_used_at_percent:
        return ClockStage.NEARLY_USED
    return ClockStage.HALF_USED if percent >= times.half_used_at_percent else ClockStage.IN_TIME


def points_of_clocks(times: ClockTimes) -> tuple[int, ...]:
    """Where somebody is warned of a decision clock: when it is nearly used."""
    return (times.nearly_used_at_percent,)


def working_days_past(
    due_at: datetime, at: datetime, times: ClockTimes, holidays: BankHolidays
) -> tuple[date, ...]:
    """The working days on which a child past its time needs a manager's review, up to `at`.

    A day counts when the front door was still open after the clock ran out; today counts from its
    opening, or from the due time when that is later.
    """
    last = at.astimezone(times.zone).date()
    first = due_at.astimezone(times.zone).date()
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return tuple(
        day
        for day in days
        if is_working_day(day, week=times.weekdays, holidays=holidays)
        and due_at < at_local(day, times.closes, times)
        and max(due_at, at_local(day, times.opens, times)) < at
    )


def opening_hours(
    since: datetime, until: datetime, times: ClockTimes, holidays: BankHolidays
) -> Iterator[tuple[datetime, datetime]]:
    """When the front door opens and closes on each working day that touches this time."""
    day, last = since.astimezone(times.zone).date(), until.astimezone(times.zone).date()
    while day <= last:
        if is_working_day(day, week=times.weekdays, holidays=holidays):
            yield at_local(day, times.opens, times), at_local(day, times.closes, times)
        day += timedelta(days=1)


def at_local(day: date, clock: time, times: ClockTimes) -> datetime:
    """A local day and time as an instant in UTC.

    A time that the clocks skip in spring is read as if they had not yet changed; one that comes
    twice in autumn is the first of the two.
    """
    return _utc(datetime.combine(day, clock.replace(fold=0), tzinfo=times.zone))


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)
