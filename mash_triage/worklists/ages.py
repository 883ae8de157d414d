"""How old a child was when a contact came, in words and in years."""

from datetime import date, datetime

from mash_triage.clocks.working_days import london_day
from mash_triage.contacts.answers import completed_years


def years_of(dob: date | None, age_years: int | None, *, unborn: bool, on: datetime) -> int | None:
    """Completed years on the day of the contact, 0 before the birth; none where nobody said."""
    if unborn:
        return 0
    return age_years if dob is None else completed_years(dob, on=london_day(on))


def age_in_words(dob: date | None, age_years: int | None, *, unborn: bool, on: datetime) -> str:
    """A child's age on the day of the contact, short: `7`, `5 months`, `unborn`, `about 9`."""
    if unborn:
        return "unborn"
    if dob is not None:
        return age_on(dob, on)
    return "not known" if age_years is None else f"about {age_years}"


def age_on(dob: date, moment: datetime) -> str:
    """Completed years, or months under two years, of somebody born on `dob`."""
    day = london_day(moment)
    months = (day.year - dob.year) * 12 + day.month - dob.month - (day.day < dob.day)
    if months < 0:
        return "not born yet"
    if months >= 24:
        return str(months // 12)
    return "1 month" if months == 1 else f"{months} months"
