"""By when an agency answers: by the rating, in elapsed hours, opening hours, or half of what is
left to the decision. No clock stops for it.
"""

from datetime import UTC, datetime, timedelta

from mash_triage.clocks.opening import NONE, after_opening, opening_between
from mash_triage.clocks.working_days import BankHolidays
from mash_triage.enquiries.questions import Questions
from mash_triage.thresholds.clock_times import ClockTimes
from mash_triage.thresholds.routes import Rag


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
