"""By when something handed on is due, by the opening hours of the contact's own edition."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from mash_triage.clocks.rules import after_working_days
from mash_triage.contacts.actions import bank_holidays
from mash_triage.contacts.models import ContactChild
from mash_triage.thresholds.queries import edition_of


def days_after(session: Session, child: ContactChild, moment: datetime, days: int) -> datetime:
    """The end of so many working days from a moment."""
    times = edition_of(session, child.contact.edition_id).clocks
    return after_working_days(moment, days, times, bank_holidays())


def end_of(session: Session, child: ContactChild, day: date) -> datetime:
    """Closing time on a day that a person named."""
    times = edition_of(session, child.contact.edition_id).clocks
    return datetime.combine(day, times.closes, tzinfo=times.zone)
