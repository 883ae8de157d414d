"""A professional who telephones is asked for the same in writing, and nothing waits for it.

She is written to where she gave an address of her work, since she cannot be told on a page; nobody
of the family or the public ever is.
"""

from contextlib import suppress
from datetime import datetime

from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.clocks.actions import happened
from mash_triage.clocks.moments import Moment
from mash_triage.clocks.rules import one_working_day
from mash_triage.clocks.working_days import BankHolidays
from mash_triage.contacts.codes import Channel, ReferrerKind
from mash_triage.contacts.models import Contact, WrittenConfirmation
from mash_triage.errors import NotReady
from mash_triage.outbox.actions import post
from mash_triage.outbox.kinds import Kind
from mash_triage.settings import settings
from mash_triage.thresholds.levels import ClockTimes


def is_to_be_confirmed(contact: Contact) -> bool:
    """A call from somebody at work; nobody of the family or the public is asked to write."""
    kind = contact.submission["referrer"].get("kind", ReferrerKind.PROFESSIONAL)
    return contact.channel == Channel.TELEPHONE and kind == ReferrerKind.PROFESSIONAL


def ask_for_confirmation(
    session: Session,
    contact: Contact,
    times: ClockTimes,
    holidays: BankHolidays,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Ask for it, due as many working days after the call as the authority has set."""
    if not is_to_be_confirmed(contact):
        return
    days = settings().written_confirmation_working_days
    due_at = confirmation_due(contact.received_at, times, holidays, days=days)
    session.add(WrittenConfirmation(contact_id=contact.id, due_at=due_at))
    happened(
        session,
        contact.children[0].id,
        Moment.PHONE_CONTACT,
        took_place_at=contact.received_at,
        about=contact.id,
        due_at=due_at,
        by=by,
        at=at,
    )
    address = contact.submission["referrer"].get("email")
    if isinstance(address, str):
        with suppress(NotReady):  # taken down by ear, it may be none
            post(
                session,
                Kind.CONFIRMATION_ASKED,
                to_address=address,
                reference=contact.reference,
                by=by,
                at=at,
            )


def note_confirmed(session: Session, contact: Contact, *, by: Actor, at: datetime) -> None:
    """It has come: the promise that waited for it is kept."""
    happened(
        session,
        contact.children[0].id,
        Moment.WRITTEN_CONFIRMATION,
        took_place_at=at,
        about=contact.id,
        by=by,
        at=at,
    )


def confirmation_due(
    received_at: datetime, times: ClockTimes, holidays: BankHolidays, *, days: int
) -> datetime:
    """So many working days after the call. Local practice: 24 hours (Walsall, Shropshire), 48
    hours (Nottingham City, Portsmouth), two working days (Herefordshire).
    """
    due_at = received_at
    for _day in range(days):
        due_at = one_working_day(due_at, times, holidays)
    return due_at
