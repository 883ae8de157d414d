"""How an agency works with the hub, and that it has left."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.models import Agency
from mash_triage.access.queries import fetch_agency
from mash_triage.access.roles import Permission, Presence
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.errors import NotAllowed


def change_agency(
    session: Session,
    agency_id: UUID,
    *,
    presence: Presence,
    active: bool = True,
    by: Actor,
    at: datetime,
) -> Agency:
    """Say how an agency works with the hub, or that it has left: then its people no longer sign in
    and nobody asks it anything.
    """
    by.require(Permission.MANAGE_ACCOUNTS)
    agency = fetch_agency(session, agency_id)
    if not active and agency.id == by.agency_id:
        raise NotAllowed("This is your own agency. Another administrator must close it.")
    agency.presence = presence
    if active:
        agency.closed_by = agency.closed_at = None
    elif agency.closed_at is None:
        agency.closed_by, agency.closed_at = by.name, at
    told = {"presence": presence, "active": active}
    trail.record(session, AuditKind.AGENCY_CHANGED, about=agency.id, by=by, at=at, **told)
    return agency
