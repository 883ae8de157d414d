"""Facts into words: London times, time left, ages, stages, ratings, sources.

The only place where a moment in UTC becomes a time that people read. Plain text comes out, never
HTML; names and other words that people wrote pass through untouched.
"""

from datetime import date, datetime, timedelta
from enum import StrEnum

from mash_triage.clocks.rules import ClockKind, ClockStage
from mash_triage.clocks.working_days import LONDON, london_day
from mash_triage.contacts.status import STAGE_WORDS, Status
from mash_triage.thresholds.routes import Rag

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
IN_HOURS_UNTIL = 48 * HOUR  # a longer time is said in days and hours

# ---------------------------------------------------------------- moments and days


def london(moment: datetime) -> datetime:
    """The same moment on a London clock."""
    return moment.astimezone(LONDON)


def time_words(moment: datetime, *, seconds: bool = False) -> str:
    """The time of day in London: `14:35`, or `14:35:05`."""
    return f"{london(moment):%H:%M:%S}" if seconds else f"{london(moment):%H:%M}"


def date_words(day: date) -> str:
    """A day in full: `12 January 2026`."""
    return f"{day.day} {day:%B %Y}"


def short_date(day: date) -> str:
    """A day for a table: `Mon 12 Jan`."""
    return f"{day:%a} {day.day} {day:%b}"


def week_words(monday: date) -> str:
    """A week by its first day, for a table: `12 Jan 2026`."""
    return f"{monday.day} {monday:%b %Y}"


def moment_words(moment: datetime) -> str:
    """A moment in full: `12 January 2026 at 14:35`."""
    return f"{date_words(london_day(moment))} at {time_words(moment)}"


def near_words(moment: datetime, *, at: datetime) -> str:
    """A moment as said around `at`: `today 14:35`, `yesterday 09:10`, `Mon 12 Jan 14:35`."""
    day, today = london_day(moment), london_day(at)
    near = {today: "today", today - DAY: "yesterday", today + DAY: "tomorrow"}
    return f"{near.get(day) or _far(day, today)} {time_words(moment)}"


def _far(day: date, today: date) -> str:
    return short_date(day) if day.year == today.year else f"{short_date(day)} {day.year}"


# ---------------------------------------------------------------- lengths of time


def duration_words(length: timedelta) -> str:
    """A length of time in whole minutes: `5 min`, `1 h 05 min`, `2 days 3 h`; never below zero."""
    minutes = max(0, length // MINUTE)
    hours, rest = divmod(minutes, 60)
    if length >= IN_HOURS_UNTIL:
        days, hours = divmod(hours, 24)
        return f"{days} days {hours} h" if hours else f"{days} days"
    return f"{hours} h {rest:02} min" if hours else f"{rest} min"


def time_left_words(due_at: datetime, *, at: datetime) -> str:
    """`1 h 05 min left`, or `past by 2 h 10 min` once the due time has gone by."""
    if at > due_at:
        return f"past by {duration_words(at - due_at)}"
    return f"{duration_words(due_at - at)} left"


CLOCK_WORDS: dict[ClockKind, str] = {
    ClockKind.WITHIN_24_HOURS: "24 hours",
    ClockKind.ONE_WORKING_DAY: "One working day",
    ClockKind.RED_4_HOURS: "Rated RED",
}

CLOCK_STAGE_WORDS: dict[ClockStage, str] = {
    ClockStage.IN_TIME: "in time",
    ClockStage.HALF_USED: "half of the time used",
    ClockStage.NEARLY_USED: "time nearly used",
    ClockStage.PAST: "past its time",
}

# ---------------------------------------------------------------- a child


def age_words(age: str) -> str:
    """The board's short age as people say it: `7` → `aged 7`, `about 9` → `aged about 9`."""
    if age == "not known":
        return "age not known"
    return f"aged {age}" if age[:1].isdigit() or age.startswith("about") else age


def stage_words(status: Status) -> str:
    """Where a child stands, for people at the front door."""
    return STAGE_WORDS[status]


RATING_WORDS: dict[Rag | None, str] = {
    Rag.RED: "RED",
    Rag.AMBER: "AMBER",
    Rag.GREEN: "GREEN",
    None: "Not rated yet",
}


def rating_words(rag: str | None) -> str:
    """The rating by its word; a colour never stands alone."""
    return RATING_WORDS[Rag(rag) if rag else None]


ANSWER_WORDS = {"yes": "Yes", "no": "No", "not_known": "Not known"}
SEX_WORDS = {"F": "Female", "M": "Male", "U": "Not known"}
ETHNICITY_WORDS: dict[str, str] = {
    "WBRI": "White British",
    "WIRI": "White Irish",
    "WIRT": "Traveller of Irish heritage",
    "WROM": "Gypsy or Roma",
    "WOTH": "Any other White background",
    "MWBC": "White and Black Caribbean",
    "MWBA": "White and Black African",
    "MWAS": "White and Asian",
    "MOTH": "Any other mixed background",
    "AIND": "Indian",
    "APKN": "Pakistani",
    "ABAN": "Bangladeshi",
    "CHNE": "Chinese",
    "AOTH": "Any other Asian background",
    "BCRB": "Black Caribbean",
    "BAFR": "Black African",
    "BOTH": "Any other Black background",
    "OOTH": "Any other ethnic group",
    "REFU": "Would rather not say",
    "NOBT": "Not known, or not asked",
}
"""Ethnicity codes of the children in need census, in words."""

# ---------------------------------------------------------------- where a contact came from

SOURCE_WORDS: dict[str, str] = {
    "1A": "Family member or carer",
    "1B": "Neighbour or acquaintance",
    "1C": "The child",
    "1D": "Another individual",
    "2A": "School",
    "2B": "Education service",
    "3A": "General practice",
    "3B": "Health visitor",
    "3C": "School nurse",
    "3D": "Other primary health",
    "3E": "Emergency department",
    "3F": "Other health",
    "4": "Housing",
    "5A": "Council, adult social care",
    "5B": "Council, other service",
    "5C": "Another authority",
    "5D": "Early help",
    "6": "Police",
    "7": "Court, probation or prison",
    "8": "Voluntary or other service",
    "9": "Anonymous",
    "10": "Not known",
}
"""Contact sources of the children in need census, shortened for the screen."""


def source_words(code: str) -> str:
    """A census source in words; a code from outside the list is shown as it is."""
    return SOURCE_WORDS.get(code, code)


class SourceGroup(StrEnum):
    """Kinds of agency, as the board sorts them; the value is the words shown."""

    POLICE = "Police"
    EDUCATION = "Education"
    HEALTH = "Health"
    COUNCIL = "Council"
    HOUSING = "Housing"
    PUBLIC = "Family and public"
    OTHER = "Other"


_GROUPS = {
    "1": SourceGroup.PUBLIC,
    "2": SourceGroup.EDUCATION,
    "3": SourceGroup.HEALTH,
    "4": SourceGroup.HOUSING,
    "5": SourceGroup.COUNCIL,
    "6": SourceGroup.POLICE,
    "9": SourceGroup.PUBLIC,
}


def source_group(code: str) -> SourceGroup:
    """The kind of agency behind a census source: its first digit, except `10`, not known."""
    return SourceGroup.OTHER if code == "10" else _GROUPS.get(code[:1], SourceGroup.OTHER)


# ---------------------------------------------------------------- counts


def percent_words(part: int, whole: int) -> str:
    """`92% (46 of 50)`; `none counted` when there was nothing to count. Rounded down, so that
    100% means all of them.
    """
    return f"{100 * part // whole}% ({part} of {whole})" if whole else "none counted"


def count_words(count: int, one: str, many: str) -> str:
    """`1 child`, `2 children`."""
    return f"{count} {one if count == 1 else many}"
