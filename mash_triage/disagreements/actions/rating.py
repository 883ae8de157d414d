"""How a contact went for whoever sent it: one question, once."""

from datetime import datetime

from sqlalchemy import exists
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.contacts.models import ContactChild
from mash_triage.contacts.queries import fetch_contact
from mash_triage.disagreements.experience import SCORES
from mash_triage.disagreements.models import Experience
from mash_triage.errors import Changed, NotAllowed, NotReady
from mash_triage.text import storable


def rate_experience(
    session: Session, reference: str, score: int, words: str = "", *, by: Actor, at: datetime
) -> Experience:
    """Whoever sent a contact says how it went, from 1 to 5, once a child on it is decided."""
    by.require(Permission.GIVE_FEEDBACK)
    contact = fetch_contact(session, reference, by=by)
    if contact.submitted_by != by.user_id:
        raise NotAllowed("Only whoever sent the contact says how it went.")
    is_decided = exists().where(
        ContactChild.contact_id == contact.id, ContactChild.decided_at.is_not(None)
    )
    if not session.scalar(is_decided.select()):
        raise NotReady("Say how it went when you have read the outcome.")
    if score not in SCORES:
        raise NotReady("Choose from 1 to 5.")
    row = Experience(
        contact_id=contact.id,
        score=score,
        words=storable(words.strip()),
        rated_by=by.user_id,
        rated_at=at,
    )
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError as twice:
        raise Changed("You have said already how this contact went. Thank you.") from twice
    trail.record(session, AuditKind.EXPERIENCE_RATED, about=contact.id, by=by, at=at, score=score)
    return row
