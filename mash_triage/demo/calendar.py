"""When contacts reach Rivermead: weekdays and nights, school terms, August and Christmas.

All of it is a picture for a demo, not a rule; the clocks that bind the service are in `clocks`.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from random import Random

from mash_triage.clocks.working_days import LONDON, BankHolidays, london_day
from mash_triage.clocks.working_days import is_working_day as is_counted

ONE_DAY = timedelta(days=1)


HOLIDAYS = BankHolidays()
WEEKDAYS = frozenset(range(5))


def is_working_day(day: date) -> bool:
    """Monday to Friday, and not a bank holiday in England."""
    return is_counted(day, week=WEEKDAYS, holidays=HOLIDAYS)


def is_school_day(day: date) -> bool:
    """A working day outside the usual weeks of school holiday."""
    if not is_working_day(day):
        return False
    return not any(first <= day <= last for first, last in _breaks(day.year))


@lru_cache(maxsize=8)
def _breaks(year: int) -> tuple[tuple[date, date], ...]:
    spring = (date(year, 3, 15) + n * ONE_DAY for n in range(45))
    easter = next(day for day in spring if HOLIDAYS.name_of(day) == "Good Friday")
    return (
        (date(year, 1, 1), date(year, 1, 4)),
        (date(year, 2, 14), date(year, 2, 20)),
        (easter - 4 * ONE_DAY, easter + 9 * ONE_DAY),
        (date(year, 5, 25), date(year, 5, 31)),
        (date(year, 7, 23), date(year, 9, 2)),
        (date(year, 10, 24), date(year, 10, 31)),
        (date(year, 12, 20), date(year, 12, 31)),
    )


WEEK = {
    "police": (1.25, 1.0, 1.0, 1.0, 1.0, 0.62, 0.62),
    "hospital": (1.25, 1.0, 1.0, 1.0, 1.0, 0.8, 0.8),
    "public": (1.25, 1.0, 1.0, 1.0, 1.0, 0.45, 0.4),
    "office": (1.25, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0),
    "school": (1.25, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0),
}
"""How busy each weekday is, Monday first, by the rhythm of the source."""

HOURS = {
    "police": ((0, 3, 12), (6, 12, 30), (12, 18, 26), (18, 24, 32)),
    "hospital": ((0, 6, 12), (6, 12, 22), (12, 18, 34), (18, 24, 32)),
    "public": ((8, 12, 38), (12, 17, 42), (17, 22, 20)),
    "office": ((8, 12, 44), (12, 17, 52), (17, 19, 4)),
    "school": ((8, 11, 32), (11, 15, 40), (15, 17, 28)),
}
"""When in the day they come: from hour, to hour, how many in a hundred."""


def weight_of(day: date, rhythm: str) -> float:
    """How many contacts of this rhythm a day brings, next to an ordinary Tuesday."""
    if rhythm == "school" and not is_school_day(day):
        return 0.0
    if rhythm == "office" and not is_working_day(day):
        return 0.0
    season = 0.82 if day.month == 8 else 0.7 if (day.month, day.day) >= (12, 22) else 1.0
    return WEEK[rhythm][day.weekday()] * season


def moment_in(day: date, rhythm: str, chance: Random) -> datetime:
    """A moment of that day, in UTC, at an hour at which such contacts come."""
    spans = HOURS[rhythm]
    first, last, _ = chance.choices(spans, [span[2] for span in spans])[0]
    minutes = chance.randrange(first * 60, last * 60)
    local = datetime.combine(day, time(minutes // 60, minutes % 60), LONDON)
    return local.astimezone(UTC).replace(second=chance.randrange(60))


def is_staffed(moment: datetime) -> bool:
    """Whether a manager is there to decide: long weekdays, and a duty rota at weekends."""
    local = moment.astimezone(LONDON)
    if is_working_day(london_day(local)):
        return 8 <= local.hour < 20
    return 9 <= local.hour < 18


def school_year(born: date, on: date) -> int:
    """The English school year: 0 is Reception, 1 to 13 the years after, below 0 not at school.

    A child starts Reception in the September after the fourth birthday.
    """
    return _autumn(on) - _autumn(born) - 5


def _autumn(day: date) -> int:
    return day.year if day.month >= 9 else day.year - 1


def age_on(born: date, on: date) -> int:
    """Completed years; someone born on 29 February is a year older on 1 March."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
