"""By when a handover is to be read, and what it must say."""

from datetime import datetime, timedelta

from mash_triage.access.roles import Role
from mash_triage.clocks.lengths import promise_due
from mash_triage.clocks.moments import Moment
from mash_triage.clocks.rules import working_day_start
from mash_triage.clocks.working_days import BankHolidays
from mash_triage.errors import NotReady
from mash_triage.text import storable
from mash_triage.thresholds.levels import Edition

MOST_CHARACTERS = 5_000

QUESTIONS = {
    "done": "What was done to protect this child? Say so if nothing was.",
    "outstanding": "What is still to do, and by when? Say so if nothing is.",
    "who_knows": "Who knows of it: family, police, hospital, others? Say so if nobody does.",
}
"""Action taken, action outstanding and who knows: the handover that Calderdale's procedures ask."""


ONE_HOUR = timedelta(hours=1)  # after opening, where the edition promises nothing


def read_by(given_at: datetime, edition: Edition, holidays: BankHolidays) -> datetime:
    """By when the day is to have read it: as the edition promises, else an hour after the next
    opening, or after it was given while the front door was open.
    """
    for promise in edition.promise:
        if Moment.HANDED_OVER in promise.starts:
            return promise_due(promise, given_at, edition.clocks, holidays)
    return working_day_start(given_at, edition.clocks, holidays) + ONE_HOUR


def checked(part: str, words: str) -> str:
    """The words of one part as they are kept; refused when there are none."""
    written = storable(words).strip()
    if not written:
        raise NotReady(QUESTIONS[part])
    if len(written) > MOST_CHARACTERS:
        raise NotReady(f"One answer is too long: shorten it to {MOST_CHARACTERS} characters.")
    return written


def is_of_the_day(role: Role | None) -> bool:
    """May somebody with this role say that the day has read it? The night tells itself nothing."""
    return role != Role.OUT_OF_HOURS
