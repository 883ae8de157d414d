"""A child as reported becomes a row: only what was said exactly is kept as exact."""

from datetime import date, datetime
from uuid import uuid4

from mash_triage.clocks.working_days import london_day
from mash_triage.contacts.answers import completed_years
from mash_triage.contacts.models import ContactChild
from mash_triage.contacts.reported_child import AgeOnly, Born, ReportedChild, Unborn
from mash_triage.contacts.shapes import Missing
from mash_triage.contacts.status import Status
from mash_triage.text import storable


def child_row(
    position: int, child: ReportedChild, *, received_at: datetime, at: datetime
) -> ContactChild:
    """The row of one child, with what it is searched and shown by."""
    age = child.age
    expected = age.expected_date if isinstance(age, Unborn) else None
    return ContactChild(
        id=uuid4(),
        position=position,
        status=Status.RECEIVED,
        status_since=at,
        reported_given_names=_said(child.given_names),
        reported_family_name=_said(child.family_name),
        reported_dob=_exact_birth_date(age),
        reported_age_years=_years_only(age, london_day(received_at)),
        reported_unborn=isinstance(age, Unborn),
        reported_expected_date=None if isinstance(expected, Missing) else expected,
        reported_sex=child.sex,
        received_at=received_at,
    )


def _exact_birth_date(age: Born | AgeOnly | Unborn) -> date | None:
    """A birth date that the referrer knows; an estimated one is searched for as an age."""
    return age.date_of_birth if isinstance(age, Born) and not age.estimated else None


def _years_only(age: Born | AgeOnly | Unborn, on: date) -> int | None:
    if isinstance(age, Born):
        return completed_years(age.date_of_birth, on=on) if age.estimated else None
    return age.age_years if isinstance(age, AgeOnly) else None


def _said(answer: str | Missing) -> str | None:
    return None if isinstance(answer, Missing) else storable(answer)
