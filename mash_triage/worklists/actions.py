"""What leaves the service from a list is a deed: it is on the trail."""

import hashlib
from datetime import datetime

from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.worklists.agency_file import contacts_csv
from mash_triage.worklists.my_contacts import my_contacts

MOST_EXPORTED = 10_000  # contacts


def export_contacts(session: Session, *, by: Actor, at: datetime) -> str:
    """The contacts of the agency as CSV text, for its lead; noted with number and digest."""
    by.require(Permission.SEE_AGENCY_CONTACTS)
    contacts = my_contacts(session, by=by, limit=MOST_EXPORTED)
    text = contacts_csv(contacts)
    digest = hashlib.sha256(text.encode()).hexdigest()
    kind = AuditKind.CONTACTS_EXPORTED
    about = by.agency_id
    trail.record(session, kind, about=about, by=by, at=at, contacts=len(contacts), sha256=digest)
    return text
