"""By when a handover is to be read, and what it must say."""

from datetime import datetime, timedelta

from mash_triage.access.roles import Role
from mash_triage.clocks.rules import working_day_start
from mash_triage.clocks.working_days import BankHolidays
from mash_triage.errors import NotReady
from mash_triage.text import storable
from mash_triage.thresholds.levels import ClockTimes

MOST_CHARACTERS = 5_000

QUESTIONS = {
    "done": "What was done to protect this child? Say so if nothing was.",
    "outstanding": "What is still to do, and by when? Say so if nothing is.",
    "who_knows": "Who knows of it: family, police, hospital, others? Say so if nobody does.",
}
"""Action taken, action outstanding and who knows: the handover that Calderdale's procedures ask."""


def read_by(
    given_at: datetime, times: ClockTimes, holidays: BankHolidays, *, within: timedelta
) -> datetime:
    """By when the day has read it: so long after the next opening, or after it was given while the
    front door was open.
    """
    return working_day_start(given_at, times, holidays) + within


def checked(part: str, words: str) -> str:
    """The words of one part as they are kept; refused when there are none."""
    written = storable(words).strip()
    if not written:
        raise NotReady(QUESTIONS[part])
    return written[:MOST_CHARACTERS]


def is_of_the_day(role: Role | None) -> bool:
    """May somebody with this role say that the day has read it? The night tells itself nothing."""
    return role != Role.OUT_OF_HOURS
