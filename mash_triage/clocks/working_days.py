"""England's days: which day a moment is, which days the front door counts, and bank holidays.

Bank holidays come from the `holidays` package, substitute days and one-off holidays included. An
authority can add closure days or take a day out again in a small TOML file of its own:

    [add]
    2026-12-29 = "Offices closed"

    [remove]
    2026-05-04 = "Open for the election"
"""

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
ONE_DAY = timedelta(days=1)


def london_day(moment: datetime) -> date:
    """The day on which a moment falls for people in England; in summer it begins at 23:00 UTC."""
    return moment.astimezone(LONDON).date()


def last_months(today: date, before: int) -> list[date]:
    """The first day of this month and of so many before it, oldest first."""
    first, months = today.replace(day=1), []
    for _each in range(before + 1):
        months.append(first)
        first = (first - timedelta(days=1)).replace(day=1)
    return months[::-1]


class HolidayFault(Exception):
    """A file of local holidays that cannot be used, in words its owner can act on."""


@dataclass(frozen=True)
class BankHolidays:
    """England's bank holidays with an authority's own days added, and others taken out."""

    added: Mapping[date, str] = field(default_factory=dict)
    removed: Mapping[date, str] = field(default_factory=dict)

    @staticmethod
    @lru_cache(maxsize=16)
    def from_file(path: Path | None) -> "BankHolidays":
        """With the days of a local file, read once; without one, England's own days alone.

        Raises HolidayFault naming the file and what is wrong with it.
        """
        return BankHolidays() if path is None else _read(path)

    def name_of(self, day: date) -> str | None:
        """The name of the holiday on this day, or None when it is none."""
        if day in self.added:
            return self.added[day]
        return None if day in self.removed else _england(day.year).get(day)


def is_working_day(day: date, *, week: Collection[int], holidays: BankHolidays) -> bool:
    """Whether the front door counts this day; `week` holds its weekdays, Monday 0."""
    return day.weekday() in week and holidays.name_of(day) is None


def next_working_day(day: date, *, week: Collection[int], holidays: BankHolidays) -> date:
    """The first working day after this one. `week` must hold at least one weekday."""
    following = day + ONE_DAY
    while not is_working_day(following, week=week, holidays=holidays):
        following += ONE_DAY
    return following


@lru_cache(maxsize=64)
def _england(year: int) -> Mapping[date, str]:
    """One year's bank holidays in England, from the holidays package."""
    from holidays import country_holidays  # slow to import, and not needed by every command

    return dict(country_holidays("GB", subdiv="ENG", years=year, language="en_GB"))


def _read(path: Path) -> BankHolidays:
    try:
        told = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as fault:
        raise HolidayFault(f"{path}: cannot be read as TOML in UTF-8.") from fault
    for key in told:
        if key not in ("add", "remove"):
            raise HolidayFault(f"{path}: {key}: this key is not known; use add or remove.")
    return BankHolidays(
        added=_days(path, "add", told.get("add", {})),
        removed=_days(path, "remove", told.get("remove", {})),
    )


def _days(path: Path, key: str, told: object) -> Mapping[date, str]:
    if not isinstance(told, dict):
        raise HolidayFault(f'{path}: {key}: must be a table of days, as 2026-12-29 = "Closed".')
    return {_day(path, key, day): _name(path, f"{key}.{day}", told[day]) for day in told}


def _day(path: Path, key: str, told: str) -> date:
    try:
        return datetime.strptime(told, "%Y-%m-%d").date()  # noqa: DTZ007  (a day has no zone)
    except ValueError as fault:
        raise HolidayFault(f"{path}: {key}.{told}: must be a day, as 2026-12-29.") from fault


def _name(path: Path, key: str, told: object) -> str:
    if not isinstance(told, str) or not told.strip():
        raise HolidayFault(f"{path}: {key}: must be the holiday's name.")
    return told
