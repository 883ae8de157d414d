"""By when something handed on is due: as the contact's own edition promises, or on a named day."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from mash_triage.clocks.lengths import end_of_day, promise_due
from mash_triage.clocks.moments import Moment
from mash_triage.contacts.actions import bank_holidays
from mash_triage.contacts.models import ContactChild
from mash_triage.thresholds.queries import edition_of


def due_after(
    session: Session, child: ContactChild, started_by: Moment | None, moment: datetime
) -> datetime | None:
    """When the promise that this starts is due; none where the edition has no such promise."""
    edition = edition_of(session, child.contact.edition_id)
    for promise in edition.promise:
        if started_by in promise.starts and not promise.set_with_it:
            return promise_due(promise, moment, edition.clocks, bank_holidays())
    return None


def end_of(session: Session, child: ContactChild, day: date) -> datetime:
    """Closing time on a day that a person named."""
    return end_of_day(day, edition_of(session, child.contact.edition_id).clocks)
