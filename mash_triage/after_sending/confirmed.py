"""The calls that a professional has confirmed in writing herself, as she sees them again."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.after_sending.models import ContactAddition
from mash_triage.contacts.models import Contact, WrittenConfirmation


@dataclass(frozen=True)
class ConfirmedCall:
    """Which call, when she confirmed it, and her words."""

    reference: str
    at: datetime
    words: str


def confirmed_calls(session: Session, *, by: Actor) -> list[ConfirmedCall]:
    """Her own confirmations, newest first; of the contact itself nothing but its reference."""
    by.require(Permission.SUBMIT_CONTACT)
    rows = session.execute(
        select(Contact.reference, ContactAddition.added_at, ContactAddition.words)
        .join(WrittenConfirmation, WrittenConfirmation.contact_id == Contact.id)
        .join(
            ContactAddition,
            and_(
                ContactAddition.contact_id == Contact.id,
                ContactAddition.added_by == WrittenConfirmation.came_by,
                ContactAddition.added_at == WrittenConfirmation.came_at,
            ),
        )
        .where(WrittenConfirmation.came_by == by.user_id)
        .order_by(ContactAddition.added_at.desc())
    )
    return [ConfirmedCall(row.reference, row.added_at, row.words) for row in rows]
