"""Putting a message into the outbox, in the transaction of the deed that it tells of."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.queries import fetch_user
from mash_triage.access.roles import Permission, Role
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.errors import NotReady
from mash_triage.outbox.kinds import Channel, EventKind, Kind
from mash_triage.outbox.models import OutboxMessage, WebhookEndpoint
from mash_triage.outbox.rules import STATUS, State, check_address, check_message
from mash_triage.settings import settings

MAIL_OFF = "Mail is not set up, so nothing can be sent. Give the link by another safe way."


def post(
    session: Session,
    kind: Kind,
    *,
    to_user: UUID | None = None,
    to_address: str | None = None,
    link: str = "/",
    reference: str = "",
    once: str | None = None,
    by: Actor,
    at: datetime,
) -> UUID | None:
    """Put one mail into the outbox, in the transaction of the deed that it tells of.

    To an account, or to the address of somebody without one. `link` is the path of a page with at
    most one id or reference; `reference` is the ten characters or empty. What has the same `once`
    is posted once. Gives the message's id; nothing while mail is off, or if it was posted before.
    """
    check_message(kind, link, reference)
    if (to_user is None) == (to_address is None):
        raise ValueError("a mail goes to one account or to one address")
    if settings().mail_by == "off":
        return None
    return _add(
        session,
        channel=Channel.MAIL,
        kind=kind,
        to_user=to_user,
        to_address=None if to_address is None else check_address(to_address),
        link=link,
        reference=reference,
        once=once,
        by=by,
        at=at,
    )


def mail_account_link(session: Session, user_id: UUID, *, by: Actor, at: datetime) -> UUID:
    """Have a one-time link mailed to the person. The secret is made when the mail is sent, so that
    it lies nowhere; the 48 hours begin then.
    """
    by.require(Permission.MANAGE_ACCOUNTS)
    user = fetch_user(session, user_id)
    if user.deactivated_at is not None or user.role == Role.API_CLIENT:
        raise NotReady("This account is closed. Open it again first.")
    if settings().mail_by == "off":
        raise NotReady(MAIL_OFF)
    message_id = _add(
        session, channel=Channel.MAIL, kind=Kind.ACCOUNT_LINK, to_user=user.id, by=by, at=at
    )
    trail.record(session, AuditKind.LINK_MAILED, about=user.id, by=by, at=at)
    assert message_id is not None
    return message_id


def post_webhook(
    session: Session,
    kind: EventKind,
    *,
    endpoint_id: UUID,
    reference: str = "",
    status: str = "",
    once: str | None = None,
    by: Actor,
    at: datetime,
) -> UUID | None:
    """Put one notice for an agency's system into the outbox, in the caller's transaction.

    What is sent is `id, kind, reference, status, at` and nothing else; `status` is a code.
    """
    check_message(Kind.NEWS, "/", reference)
    if status and not STATUS.fullmatch(status):
        raise ValueError("a status is a code in small letters")
    endpoint = session.get(WebhookEndpoint, endpoint_id)
    if endpoint is None or endpoint.closed_at is not None:
        return None
    return _add(
        session,
        channel=Channel.WEBHOOK,
        kind=kind,
        endpoint_id=endpoint.id,
        reference=reference,
        status=status,
        once=once,
        by=by,
        at=at,
    )


def _add(
    session: Session, *, once: str | None = None, by: Actor, at: datetime, **told: object
) -> UUID | None:
    message = OutboxMessage(
        id=uuid4(),
        **told,
        once=once,
        state=State.WAITING,
        next_at=at,
        posted_by=by.name,
        posted_at=at,
    )
    if once is None:
        session.add(message)
        return message.id
    session.flush()  # so that what fails below is this row alone
    try:
        with session.begin_nested():
            session.add(message)
    except IntegrityError:
        if session.scalar(select(OutboxMessage.id).where(OutboxMessage.once == once)) is None:
            raise
        return None
    return message.id
