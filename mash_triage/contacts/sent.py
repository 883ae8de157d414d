"""A contact as it was sent, for the receipt and its printed copy."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.queries import fetch_user
from mash_triage.contacts.pictures import ClockPicture, clocks_of
from mash_triage.contacts.queries import fetch_contact
from mash_triage.contacts.reference import tidy_reference
from mash_triage.contacts.seen import contact_seen
from mash_triage.errors import NotFound


@dataclass(frozen=True)
class SentPicture:
    """What was sent, by whom, when it reached us, and both clocks, which its children share.

    `withheld` says so where a child on it is closed to whoever reads it.
    """

    id: UUID
    reference: str
    received_at: datetime
    sent_by: str
    sent_by_id: UUID
    channel: str
    agency_name: str
    in_danger_now: str
    submission: dict[str, Any]
    withheld: str | None
    edition_id: UUID
    clocks: tuple[ClockPicture, ...]


def picture_of_sent(session: Session, reference: str, *, by: Actor) -> SentPicture:
    """The contact with this reference, if it is this person's to see; otherwise `NotFound`."""
    tidy = tidy_reference(reference)
    if tidy is None:
        raise NotFound()
    contact = fetch_contact(session, tidy, by=by)
    seen = contact_seen(session, contact, by=by)
    return SentPicture(
        id=contact.id,
        reference=contact.reference,
        received_at=contact.received_at,
        sent_by=fetch_user(session, contact.submitted_by).name,
        sent_by_id=contact.submitted_by,
        channel=contact.channel,
        agency_name=contact.agency.name,
        in_danger_now=contact.in_danger_now,
        submission=seen.submission,
        withheld=seen.withheld,
        edition_id=contact.edition_id,
        clocks=clocks_of(session, seen.children[0].id),
    )
