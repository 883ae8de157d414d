"""What leaves the service from a list is a deed, on the trail; and filters kept by name."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.access.rules import filled
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.errors import NotReady
from mash_triage.worklists.agency_file import contacts_csv
from mash_triage.worklists.models import SavedFilter
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


MOST_FILTERS = 30  # of one person
LONGEST_NAME = 60


def save_filter(
    session: Session, name: str, choices: Mapping[str, Any], *, by: Actor, at: datetime
) -> None:
    """Keep what is chosen on the board under a name; the same name again replaces it."""
    by.require(Permission.SEE_FRONT_DOOR)
    plain = filled(name, "Give these filters a name.")[:LONGEST_NAME]
    hers = session.scalars(select(SavedFilter).where(SavedFilter.owner_id == by.user_id)).all()
    kept = next((each for each in hers if each.name == plain), None)
    if kept is None and len(hers) >= MOST_FILTERS:
        raise NotReady(f"You have {MOST_FILTERS} filters already. Remove one first.")
    kept = kept or SavedFilter(owner_id=by.user_id, name=plain)
    kept.choices, kept.saved_at = dict(choices), at
    session.add(kept)
    session.flush()  # the trail names it by its id
    trail.record(session, AuditKind.FILTER_SAVED, about=kept.id, by=by, at=at)


def remove_filter(session: Session, name: str, *, by: Actor, at: datetime) -> None:
    """Forget a filter of one's own; one that is gone already is no matter."""
    by.require(Permission.SEE_FRONT_DOOR)
    kept = session.scalars(
        select(SavedFilter).where(SavedFilter.owner_id == by.user_id, SavedFilter.name == name)
    ).first()
    if kept is not None:
        session.delete(kept)
        trail.record(session, AuditKind.FILTER_REMOVED, about=kept.id, by=by, at=at)
