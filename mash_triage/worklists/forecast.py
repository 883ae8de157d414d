"""Which children will run out of time before the shift ends, if all goes on as it does now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from mash_triage.clocks.lengths import closing_of, local_day, next_opening
from mash_triage.clocks.rules import at_local, working_day_start
from mash_triage.clocks.working_days import BankHolidays, is_working_day
from mash_triage.thresholds.levels import ClockTimes

DAYS_LOOKED_AT = 5  # working days before today: a week says how fast, and forgets holidays soon
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Pace:
    """How many children were decided in so many opening hours."""

    decided: int
    open_for: timedelta

    @property
    def an_hour(self) -> float:
        """Decisions in an hour that the front door is open."""
        return self.decided / (self.open_for / HOUR) if self.open_for else 0.0


@dataclass(frozen=True)
class Forecast:
    """Who has run out of time already, and who will, each with when her turn would come.

    `until` is when the next shift begins: who runs out in the night can only be decided before
    `closes_at`.
    """

    past: tuple[UUID, ...]
    will_breach: tuple[tuple[UUID, datetime | None], ...]
    closes_at: datetime
    until: datetime
    pace: Pace

    @property
    def assumption(self) -> str:
        """The pace in words, so that nobody takes it for more than it is."""
        hours = round(self.pace.open_for / HOUR)
        return (
            f"Assumed: {self.pace.an_hour:.1f} decisions an hour, as in the last {hours} opening "
            f"hours ({self.pace.decided} decided), and whoever has least time left comes first."
        )


def shift(at: datetime, times: ClockTimes, holidays: BankHolidays) -> tuple[datetime, datetime]:
    """When this shift closes, or the next one where none is on; and when the one after opens."""
    closes = closing_of(working_day_start(at, times, holidays), times)
    return closes, next_opening(closes, times, holidays)


def time_looked_at(
    at: datetime, times: ClockTimes, holidays: BankHolidays
) -> tuple[datetime, timedelta]:
    """Since when decisions are counted, and how long the front door has been open since then."""
    whole = closing_of(at, times) - at_local(local_day(at, times), times.opens, times)
    day, days, since, open_for = local_day(at, times), 0, at, timedelta()
    while days < DAYS_LOOKED_AT:
        if is_working_day(day, week=times.weekdays, holidays=holidays):
            since = at_local(day, times.opens, times)
            if day == local_day(at, times):
                open_for += min(max(at - since, timedelta()), whole)
            else:
                open_for += whole
                days += 1
        day -= timedelta(days=1)
    return since, open_for


def forecast(
    waiting: Sequence[tuple[UUID, datetime]],
    pace: Pace,
    *,
    at: datetime,
    closes_at: datetime,
    until: datetime,
    begins: datetime,
) -> Forecast:
    """Children with their due times, decided one after another at this pace, least time first.

    `begins` is when work goes on: now, or at the next opening.
    """
    queue = sorted(waiting, key=lambda each: each[1])
    past = tuple(child for child, due in queue if due < at)
    will = []
    for place, (child, due) in enumerate(queue, start=1):
        turn = begins + place * HOUR / pace.an_hour if pace.an_hour else None
        if at <= due < until and (turn is None or turn > min(due, closes_at)):
            will.append((child, turn))
    return Forecast(past, tuple(will), closes_at, until, pace)
