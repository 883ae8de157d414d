"""By when something handed on is due: as the contact's own edition promises, or on a named day."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from mash_triage.clocks.lengths import end_of_day, latest_end, promise_due
from mash_triage.clocks.moments import Moment
from mash_triage.contacts.actions import bank_holidays
from mash_triage.contacts.models import ContactChild
from mash_triage.thresholds.queries import edition_of


def due_after(
    session: Session, child: ContactChild, started_by: Moment | None, moment: datetime
) -> datetime | None:
    """When the promise that this starts is due; none where the edition has no such promise."""
    edition = edition_of(session, child.contact.edition_id)
    promised = (p for p in edition.promise if started_by in p.starts and not p.set_with_it)
    due = (promise_due(p, moment, edition.clocks, bank_holidays()) for p in promised)
    return min(due, default=None)


def latest_after(
    session: Session, child: ContactChild, started_by: Moment | None, moment: datetime
) -> datetime | None:
    """The last moment that a person may name as the end of what this starts; none where the edition
    says none.
    """
    edition = edition_of(session, child.contact.edition_id)
    promised = (p for p in edition.promise if started_by in p.starts)
    latest = (latest_end(p, moment, edition.clocks, bank_holidays()) for p in promised)
    return min((each for each in latest if each is not None), default=None)


def end_of(session: Session, child: ContactChild, day: date) -> datetime:
    """Closing time on a day that a person named."""
    return end_of_day(day, edition_of(session, child.contact.edition_id).clocks)
