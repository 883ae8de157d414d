"""Dates as people type them: of birth, of an event, months and school times; never guessed.

A month without a day is the 15th and said to be estimated. Numbers are day, month, year.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.easter import easter  # type: ignore[import-untyped]

MONTHS = {
    name: n
    for n, names in enumerate(
        (
            "january jan", "february feb febuary", "march mar", "april apr", "may", "june jun",
            "july jul", "august aug", "september sept sep", "october oct", "november nov",
            "december dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
DAYS = {
    name: n
    for n, names in enumerate(
        (
            "monday mon", "tuesday tues tue", "wednesday weds wed", "thursday thurs thur thu",
            "friday fri", "saturday sat", "sunday sun",
        )
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_DAY = "(?P<weekday>" + "|".join(sorted(DAYS, key=len, reverse=True)) + r")(?=\b|s\b)"
_YEAR = (
    r"(?P<year>(?:19|20)\d\d|'?\d\d(?!\d|:\d|\s*(?:st|nd|rd|th|am|pm|mins?|%|/|weeks?"
    r"|wks?|days?|months?|mths?|years?|yrs?|hours?|hrs|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov"
    r"|dec)))"
)


@dataclass(frozen=True)
class When:
    """A day, and how well it is known: to the day, or only the month or season."""

    start: int
    end: int
    day: date
    exact: bool = True
    year_said: bool = False
    words: str = ""


_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<![\d/.-])(?P<y4>(?:19|20)\d\d)-(?P<m2>\d{1,2})-(?P<d2>\d{1,2})(?![\d-])",
        r"(?<![\d/.-])(?!(?<=\d"
        r" )1/2\b)(?P<d>\d{1,2})(?P<sep>[/.-])(?P<m>\d{1,2})(?:(?P=sep)(?P<y>\d{4}"
        r"|\d{2}))?(?![\d/%]|-\d|\.\d)",
        rf"(?<!\d)(?P<d3>\d{{1,2}})(?:st|nd|rd"
        rf"|th)?(?: of)? ?{_MONTH}(?:,? {_YEAR})?(?P<ly> last year)?",
        rf"\b{_MONTH} (?:the )?(?P<d4>\d{{1,2}})(?:st|nd|rd|th)\b(?:,? {_YEAR})?",
        rf"\b(?P<of>last|this|in|since|about|around|early|late|mid|end of|beginning of"
        rf"|until|till|before|from|of|next|for)? ?{_MONTH}(?: (?P<my>(?:19|20)\d\d))?"
        r"(?: \((?:on )?the (?P<pd>\d{1,2})(?:st|nd|rd|th)\))?(?P<lm> last year)?",
        rf"\b(?:(?P<lead>a week last|a week on|last|this|next|on|every) )?{_DAY}(?P<bl> before last"
        rf"| gone a week)?(?: (?P<n>\d{{1,2}})(?:st|nd|rd"
        rf"|th)? (?P<wm>(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*))?",
        r"\b(?P<word>today|tonight|this morning|this afternoon|this evening|yesterday"
        r"|last ni(?:ght|te)|yest|the day before yesterday|good friday|easter(?: (?:sunday|monday"
        r"|hols|holidays))?|christmas(?: day| eve)?|xmas|boxing day|new year(?:'?s?(?: eve| day)"
        r"|(?= |[,.]|$)(?! (?:group|class)))"
        r"|bonfire night|halloween)\b",
        r"\b(?P<count>\d{1,2}|a|an|one|two|three|four|five|six|couple of) (?P<unit>days?"
        r"|weeks?|wks?|months?|mths?) ago\b",
        r"\b(?:on )?the (?P<nth>\d{1,2})(?:st|nd|rd|th)(?: of (?P<whose>this|last) month)?\b"
        r"(?! (?:floor|time|of|one|year|child|baby|call|visit|day|week|month|form|grade))",
        r"(?<![\d\w])(?P<six>\d{2}(?:0[1-9]|1[0-2])(?:2[0-9]))(?!\d)",
    )
)


_DAY_OF_MONTH = re.compile(
    r"[ ,:]*(?:and |& |then )?(?:on )?(?:the )?(?P<day>\d{1,2})(?:st|nd|rd"
    r"|th)\b(?! of)(?! (?-i:[A-Z]))",
    re.IGNORECASE,
)


def dates_in(words: str, today: date) -> list[When]:
    """Every date in these words, the earlier ones first, none within another."""
    found: list[When] = []
    for pattern in _PATTERNS[:-1]:
        for one in pattern.finditer(words):
            if any(one.start() < other.end and other.start < one.end() for other in found):
                continue
            when = _when(one, today)
            if when is not None:
                found.append(when)
    for month in [when for when in found if not when.exact]:
        days = [*_days_of(month, words)]
        found = [when for when in found if not (days and when is month)] + days
    return sorted(found, key=lambda when: when.start)


def _days_of(month: When, words: str) -> Iterator[When]:
    """ "Two calls in Jan, 9th and 27th": the days said after a month."""
    at = month.end
    while one := _DAY_OF_MONTH.match(words, at):
        for day, exact, said in _real(
            month.day.year, month.day.month, int(one["day"]), said=month.year_said
        ):
            yield When(one.start("day"), one.end(), day, exact, said, one[0].strip(" ,&"))
        at = one.end()


def _when(one: re.Match[str], today: date) -> When | None:
    got = one.groupdict()
    for reads in (_numbers, _day_and_month, _month_only, _weekday, _named, _ago, _of_month):
        for day, exact, year_said in reads(got, today):
            start = one.start() + (len(one[0]) - len(one[0].lstrip()))
            return When(start, one.end(), day, exact, year_said, one[0].strip())
    return None


Read = Iterator[tuple[date, bool, bool]]


def _numbers(got: dict[str, str | None], today: date) -> Read:
    if got.get("y4"):
        yield from _real(int(got["y4"] or 0), int(got["m2"] or 0), int(got["d2"] or 0), said=True)
    elif got.get("m"):
        day, month, year = int(got["d"] or 0), int(got["m"] or 0), got.get("y")
        if year is None and got["sep"] != "/":
            return
        yield from _real(_year(year, today), month, day, said=year is not None)


def _day_and_month(got: dict[str, str | None], today: date) -> Read:
    number = got.get("d3") or got.get("d4")
    if number and got.get("month"):
        month, year = MONTHS[str(got["month"]).lower().rstrip(".")], got.get("year")
        if year:
            yield from _real(_year(year.strip("'"), today), month, int(number), said=True)
        elif got.get("ly"):
            yield from _real(today.year - 1, month, int(number), said=True)
        else:
            for day, _exact, _said in _real(today.year, month, int(number), said=False):
                yield (day, True, False)


def _month_only(got: dict[str, str | None], today: date) -> Read:
    if not got.get("month") or "my" not in got:
        return
    name, lead = str(got["month"]).lower().rstrip("."), got.get("of")
    if name in {"may", "mar", "jan", "sun", "march"} and not lead and not got.get("my"):
        return
    year = int(got["my"] or 0) if got.get("my") else today.year - bool(got.get("lm"))
    if said := got.get("pd"):
        for day, exact, _said in _real(year, MONTHS[name], int(said), said=False):
            yield last_before(When(0, 0, day), today), exact, True
        return
    day = date(year, MONTHS[name], 15)
    later = day > today and day.month != today.month
    if later and not got.get("my") and str(lead).lower() != "next":
        day = day.replace(year=year - 1)
    yield day, False, bool(got.get("my"))


def _weekday(got: dict[str, str | None], today: date) -> Read:
    name = got.get("weekday")
    if not name or str(got.get("lead")).lower() in {"next", "every"}:
        return
    if got.get("n") and str(got.get("wm")).lower() in MONTHS:
        yield from _real(today.year, MONTHS[str(got["wm"]).lower()], int(got["n"] or 0), said=False)
        return
    back = (today.weekday() - DAYS[name.lower()]) % 7
    lead = str(got.get("lead")).lower()
    back = back or (7 if lead == "last" or got.get("bl") else 0)
    back += 7 if lead == "a week last" or got.get("bl") else 0
    yield today - timedelta(days=back), True, False


def _named(got: dict[str, str | None], today: date) -> Read:
    word = (got.get("word") or "").lower()
    if not word:
        return
    if word in {"yesterday", "last night", "last nite", "yest"}:
        yield today - timedelta(days=1), True, False
    elif word == "the day before yesterday":
        yield today - timedelta(days=2), True, False
    elif word.startswith(("today", "tonight", "this ")):
        yield today, True, False
    else:
        day = _feast(word, today.year)
        yield (day if day <= today else _feast(word, today.year - 1)), True, False


def _feast(word: str, year: int) -> date:
    if word.startswith(("easter", "good")):
        days = {"good friday": -2, "easter monday": 1}.get(word, 0)
        sunday: date = easter(year)
        return sunday + timedelta(days=days)
    fixed = {
        "boxing": (12, 26),
        "bonfire": (11, 5),
        "halloween": (10, 31),
        "christmas eve": (12, 24),
    }
    for start, (month, day) in fixed.items():
        if word.startswith(start):
            return date(year, month, day)
    if word.startswith("new year"):
        return date(year, 12, 31) if "eve" in word else date(year, 1, 1)
    return date(year, 12, 25)


def _ago(got: dict[str, str | None], today: date) -> Read:
    if not got.get("unit"):
        return
    names = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
    count = str(got["count"]).lower()
    number = int(count) if count.isdecimal() else names.get(count, 2)
    days = {"d": 1, "w": 7, "m": 30}[str(got["unit"])[0].lower()]
    yield today - timedelta(days=number * days), days == 1, False


def _of_month(got: dict[str, str | None], today: date) -> Read:
    """ "on the 14th": of this month, or of the one before where that is still to come."""
    if not got.get("nth"):
        return
    number, month = int(got["nth"] or 0), today.replace(day=1)
    if got.get("whose") == "last" or (not got.get("whose") and number > today.day):
        month = (month - timedelta(days=1)).replace(day=1)
    yield from _real(month.year, month.month, number, said=False)


def _real(year: int, month: int, day: int, *, said: bool) -> Read:
    try:
        yield date(year, month, day), True, said
    except ValueError:
        return


def _year(written: str | None, today: date) -> int:
    """The year as written; two figures are of this century unless that is still to come."""
    if written is None:
        return today.year
    year = int(written)
    if len(written) == 4:
        return year
    return 2000 + year if 2000 + year <= today.year + 1 else 1900 + year


def last_before(when: When, today: date) -> date:
    """A day without its year as the last such day, for something that has happened."""
    if when.year_said or when.day <= today:
        return when.day
    return when.day.replace(year=when.day.year - 1)


def next_after(when: When, today: date) -> date:
    """A day without its year as the next such day, for something that is to come."""
    if when.year_said or when.day >= today:
        return when.day
    return when.day.replace(year=when.day.year + 1)
