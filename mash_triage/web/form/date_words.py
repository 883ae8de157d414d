"""A date as people write one, in English order or ISO, read by a table of forms.

Day before month, as in England. What cannot be one real date is no date: nothing is guessed.
"""

import re
from datetime import date

MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_MONTH = r"(?P<month>[a-z]{3,9})\.?"
_YEAR = r"(?P<year>\d{4}|'?\d{2})"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?[,.]?\s+)?"
_TIME = r"(?:[t\s]+\d{1,2}[:.]\d{2}.*)?"
_BETWEEN = r"\s*[/.\-–—\s]\s*"

FORMS = tuple(
    re.compile(_WEEKDAY + form + _TIME)
    for form in (
        r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})",
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})",
        rf"(?P<day>\d{{1,2}}){_BETWEEN}(?P<month>\d{{1,2}}){_BETWEEN}{_YEAR}",
        rf"(?:the )?{_DAY}\s*[-/.]?\s*(?:of\s+)?{_MONTH}\s*[-/,.]?\s*{_YEAR}",
        rf"{_MONTH}\s*[-/.]?\s*(?:the\s+)?{_DAY}\s*,?[-/\s]\s*{_YEAR}",
        rf"(?P<year>\d{{4}})[-\s]{_MONTH}[-\s]{_DAY}",
    )
)
"""2017-03-09, 20170309, 9/3/17, 9 March 2017, March 9th, 2017, 2017 Mar 9; with a weekday before
or a time behind."""


def read_date(text: str, *, on: date) -> date | None:
    """The date that this says, or None. Of two digits the year is the latest one up to `on`'s."""
    plain = " ".join(text.casefold().replace("’", "'").split())
    for form in FORMS:
        if found := form.fullmatch(plain):
            return real_date(found["day"], found["month"], found["year"], on=on)
    return None


def real_date(day: str, month: str, year: str, *, on: date) -> date | None:
    """Three parts as one date: the month by number or name; None when there is no such day."""
    numbers = (day.strip(" .,").removesuffix("."), month_number(month), full_year(year, on=on))
    days = re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)?", numbers[0].casefold())
    if not days or numbers[1] is None or numbers[2] is None:
        return None
    try:
        return date(numbers[2], numbers[1], int(days[1]))
    except ValueError:
        return None


def month_number(text: str) -> int | None:
    """A month by its number, its name, or the first letters of it."""
    plain = text.strip(" .,").casefold()
    if re.fullmatch(r"\d{1,2}", plain):
        return int(plain)
    named = [n for n, name in enumerate(MONTHS, 1) if len(plain) >= 3 and name.startswith(plain)]
    return named[0] if len(named) == 1 else {"sept": 9}.get(plain)


def full_year(text: str, *, on: date) -> int | None:
    """A year of four digits, or of two: `17` is 2017, `85` is 1985."""
    plain = text.strip(" .,'")
    if re.fullmatch(r"\d{4}", plain):
        return int(plain)
    if not re.fullmatch(r"\d{2}", plain):
        return None
    century = on.year // 100 * 100
    return next(
        each for each in (century + int(plain), century - 100 + int(plain)) if each <= on.year + 1
    )
