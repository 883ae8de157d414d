"""Opening time: how much of it lies between two moments, and when so much of it has passed."""

from datetime import UTC, date, datetime, timedelta

from mash_triage.clocks.working_days import BankHolidays, is_working_day, next_working_day
from mash_triage.thresholds.clock_times import ClockTimes

NONE = timedelta(0)


def opening_between(
    start: datetime, end: datetime, times: ClockTimes, holidays: BankHolidays
) -> timedelta:
    """How long the front door is open between two moments."""
    whole, day = NONE, start.astimezone(times.zone).date()
    while day <= end.astimezone(times.zone).date():
        opens, closes = _hours_of(day, times)
        if is_working_day(day, week=times.weekdays, holidays=holidays):
            whole += max(NONE, min(closes, end) - max(opens, start))
        day += timedelta(days=1)
    return whole


def after_opening(
    start: datetime, length: timedelta, times: ClockTimes, holidays: BankHolidays
) -> datetime:
    """The moment by which the front door has been open for so long since the start."""
    day, left = start.astimezone(times.zone).date(), length
    if not is_working_day(day, week=times.weekdays, holidays=holidays):
        day = next_working_day(day, week=times.weekdays, holidays=holidays)
    while True:
        opens, closes = _hours_of(day, times)
        begins = max(opens, start)
        if begins + left <= closes:
            return (begins + left).astimezone(UTC)
        left -= max(NONE, closes - begins)
        day = next_working_day(day, week=times.weekdays, holidays=holidays)


def _hours_of(day: date, times: ClockTimes) -> tuple[datetime, datetime]:
    opens = datetime.combine(day, times.opens, tzinfo=times.zone)
    closes = datetime.combine(day, times.closes, tzinfo=times.zone)
    return opens.astimezone(UTC), closes.astimezone(UTC)
