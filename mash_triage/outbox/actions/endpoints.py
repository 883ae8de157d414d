"""Where agencies' systems want notices: added, given a new secret, closed."""

from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.queries import fetch_agency
from mash_triage.access.roles import Permission
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.errors import NotFound, NotReady
from mash_triage.outbox.models import WebhookEndpoint
from mash_triage.outbox.rules import check_endpoint_url
from mash_triage.outbox.signing import secret_of
from mash_triage.settings import settings


def add_endpoint(
    session: Session, agency_id: UUID, url: str, *, by: Actor, at: datetime
) -> tuple[UUID, str]:
    """Send an agency's notices to this address from now on: its id, and its secret to hand over."""
    by.require(Permission.MANAGE_ACCOUNTS)
    fetch_agency(session, agency_id)
    check_endpoint_url(url, may_stay_local=settings().webhooks_may_stay_local)
    endpoint = WebhookEndpoint(
        id=uuid4(), agency_id=agency_id, url=url, generation=1, added_by=by.name, added_at=at
    )
    secret = secret_of(endpoint.id, 1)
    session.add(endpoint)
    host = urlsplit(url).hostname
    told = {"agency": agency_id, "host": host}
    trail.record(session, AuditKind.WEBHOOK_ADDED, about=endpoint.id, by=by, at=at, **told)
    return endpoint.id, secret


def renew_secret(session: Session, endpoint_id: UUID, *, by: Actor, at: datetime) -> str:
    """A new secret for an endpoint. For a week notices are signed with the one before as well."""
    endpoint = _open(session, endpoint_id, by=by)
    endpoint.generation, endpoint.renewed_at = endpoint.generation + 1, at
    trail.record(session, AuditKind.WEBHOOK_SECRET_RENEWED, about=endpoint.id, by=by, at=at)
    return secret_of(endpoint.id, endpoint.generation)


def close_endpoint(session: Session, endpoint_id: UUID, *, by: Actor, at: datetime) -> None:
    """No more notices to this address; those that wait are dropped when their turn comes."""
    endpoint = _open(session, endpoint_id, by=by)
    endpoint.closed_by, endpoint.closed_at = by.name, at
    trail.record(session, AuditKind.WEBHOOK_CLOSED, about=endpoint.id, by=by, at=at)


def _open(session: Session, endpoint_id: UUID, *, by: Actor) -> WebhookEndpoint:
    by.require(Permission.MANAGE_ACCOUNTS)
    endpoint = session.get(
        WebhookEndpoint, endpoint_id, with_for_update=True, populate_existing=True
    )
    if endpoint is None:
        raise NotFound
    if endpoint.closed_at is not None:
        raise NotReady("This endpoint is closed. Add a new one.")
    return endpoint
