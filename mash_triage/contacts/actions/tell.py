"""Telling whoever sent a contact that there is news of it: never what, only where to read it."""

from datetime import datetime

from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.contacts.codes import SENT_BY_THEMSELVES
from mash_triage.contacts.models import Contact
from mash_triage.outbox.actions import post
from mash_triage.outbox.kinds import Kind

WHERE = "/my_contacts"


def tell_sender(
    session: Session, contact: Contact, kind: Kind, *, link: str = WHERE, by: Actor, at: datetime
) -> None:
    """Post a mail to the account that sent this contact. Nobody is written to about one that was
    entered for somebody else: whoever called may not be safe where her mail is read.
    """
    if contact.channel not in SENT_BY_THEMSELVES:
        return
    sender, reference = contact.submitted_by, contact.reference
    post(session, kind, to_user=sender, link=link, reference=reference, by=by, at=at)
