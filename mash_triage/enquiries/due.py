"""By when an agency answers: by the rating, in elapsed hours, opening hours, or half of what is
left to the decision. No clock stops for it.
"""

from datetime import UTC, date, datetime, timedelta

from mash_triage.clocks.working_days import BankHolidays, is_working_day, next_working_day
from mash_triage.enquiries.questions import Questions
from mash_triage.thresholds.clock_times import ClockTimes
from mash_triage.thresholds.routes import Rag

NONE = timedelta(0)


def reply_due(
    rag: Rag,
    asked_at: datetime,
    decision_due_at: datetime | None,
    questions: Questions,
    times: ClockTimes,
    holidays: BankHolidays,
) -> datetime:
    """By when a request of this rating is answered; once the time to decide has run out, as red."""
    within = questions.reply_within[rag]
    found = []
    if within.hours is not None:
        found.append(asked_at + timedelta(hours=within.hours))
    if within.opening_hours is not None:
        length = timedelta(hours=within.opening_hours)
        found.append(after_opening(asked_at, length, times, holidays))
    if within.half_way and decision_due_at is not None:
        left = opening_between(asked_at, decision_due_at, times, holidays)
        if left > NONE:
            found.append(after_opening(asked_at, left / 2, times, holidays))
    if not found and rag is not Rag.RED:
        return reply_due(Rag.RED, asked_at, None, questions, times, holidays)
    return min(found, default=asked_at).astimezone(UTC)


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
