"""How long a promise may take: its due time, and the points at which somebody is told.

Day 0 is the day it starts. Working days and opening hours are those of the edition, in its own time
zone. Where whole working days are counted, until the close of the last, what takes place in the
evening counts from that day; where working time is counted, from the next opening.
"""

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta

from mash_triage.clocks.rules import (
    after_working_days,
    at_local,
    close_after_working_days,
    working_day_start,
)
from mash_triage.clocks.working_days import BankHolidays, is_working_day, next_working_day
from mash_triage.thresholds.levels import ClockTimes
from mash_triage.thresholds.promises import Promise
from mash_triage.thresholds.shapes import Rating

SUNDAY = 6
PAST = 100
"""The point at which a promise is broken; the warning points before it are percents of its time."""


def promise_due(
    promise: Promise,
    counted_from: datetime,
    times: ClockTimes,
    holidays: BankHolidays,
) -> datetime:
    """When a promise counted from this moment is due; ValueError where its length comes with it."""
    if promise.within_hours is not None:
        return counted_from.astimezone(UTC) + timedelta(hours=promise.within_hours)
    if promise.within_days is not None:
        local = counted_from.astimezone(times.zone)
        later = local.date() + timedelta(days=promise.within_days)
        return at_local(later, local.time(), times)
    if promise.within_opening_hours is not None:
        allowed = timedelta(hours=promise.within_opening_hours)
        return after_opening_hours(counted_from, allowed, times, holidays)
    if promise.within_working_days is not None:
        count = close_after_working_days if promise.until_close else after_working_days
        return count(counted_from, promise.within_working_days, times, holidays)
    if promise.hours_after_opening is not None:
        opening = next_opening(counted_from, times, holidays)
        return opening + timedelta(hours=promise.hours_after_opening)
    if promise.before_time_of_day is not None:
        return next_time_of_day(counted_from, promise.before_time_of_day, times, holidays)
    raise ValueError(f"the promise {promise.code!r} needs a due time of its own")


def latest_end(
    promise: Promise, counted_from: datetime, times: ClockTimes, holidays: BankHolidays
) -> datetime | None:
    """The last moment that may come with a promise of this length; none where it says none. Where
    its last day is a Sunday or a bank holiday, it is the next day that is neither.
    """
    if promise.at_most_days is None:
        return None
    last = local_day(counted_from, times) + timedelta(days=promise.at_most_days)
    while last.weekday() == SUNDAY or holidays.name_of(last) is not None:
        last += timedelta(days=1)
    return at_local(last, time.max, times)


def rating_due(
    rating: Rating, rated_at: datetime, times: ClockTimes, holidays: BankHolidays
) -> datetime | None:
    """By when a child with this rating is to be dealt with, as the edition says; none where it does
    not.
    """
    if rating.within_hours is not None:
        return rated_at.astimezone(UTC) + timedelta(hours=rating.within_hours)
    if rating.within_working_days is not None:
        return after_working_days(rated_at, rating.within_working_days, times, holidays)
    return None


def after_opening_hours(
    moment: datetime, allowed: timedelta, times: ClockTimes, holidays: BankHolidays
) -> datetime:
    """When so much time has run while the front door was open."""
    start = working_day_start(moment, times, holidays)
    while (closes := closing_of(start, times)) < start + allowed:
        allowed -= closes - start
        start = working_day_start(closes, times, holidays)
    return start + allowed


def next_opening(moment: datetime, times: ClockTimes, holidays: BankHolidays) -> datetime:
    """The first opening after this moment, also where the front door is open now."""
    start = working_day_start(moment, times, holidays)
    if start > moment:
        return start
    day = next_working_day(local_day(moment, times), week=times.weekdays, holidays=holidays)
    return at_local(day, times.opens, times)


def next_time_of_day(
    moment: datetime, clock: time, times: ClockTimes, holidays: BankHolidays
) -> datetime:
    """When it is this time of day for the first time after a moment, on a working day."""
    today = local_day(moment, times)
    if is_working_day(today, week=times.weekdays, holidays=holidays):
        soon = at_local(today, clock, times)
        if soon > moment:
            return soon
    day = next_working_day(today, week=times.weekdays, holidays=holidays)
    return at_local(day, clock, times)


def closing_of(moment: datetime, times: ClockTimes) -> datetime:
    """The closing time of the day on which a moment falls."""
    return at_local(local_day(moment, times), times.closes, times)


def local_day(moment: datetime, times: ClockTimes) -> date:
    """The day of a moment where the front door is."""
    return moment.astimezone(times.zone).date()


def end_of_day(day: date, times: ClockTimes) -> datetime:
    """The close of a day that somebody named as the last one for something."""
    return at_local(day, times.closes, times)


def point_at(started_at: datetime, due_at: datetime, point: int) -> datetime:
    """When a point is reached; the last one at the due time."""
    if point >= PAST:
        return due_at
    return started_at + (due_at - started_at) * point / PAST


def points_reached(
    started_at: datetime, due_at: datetime, points: Collection[int], *, at: datetime
) -> list[int]:
    """The points that were passed by now, the breach among them."""
    return [p for p in (*points, PAST) if point_at(started_at, due_at, p) < at]


def next_point_at(
    started_at: datetime, due_at: datetime, points: Collection[int], raised: Collection[int] = ()
) -> datetime | None:
    """When the next point that was not raised yet is reached; none when nothing is left. A warning
    below one that was raised already is no longer given.
    """
    left = [p for p in (*points, PAST) if p > max(raised, default=0)]
    return point_at(started_at, due_at, left[0]) if left else None
