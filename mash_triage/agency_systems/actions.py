"""What changes the keys of agencies' systems: adding one, noting its use, revoking it."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.models import Agency, UserAccount
from mash_triage.access.queries import fetch_agency
from mash_triage.access.roles import Permission, Role
from mash_triage.access.rules import filled
from mash_triage.access.sessions import fingerprint, new_token
from mash_triage.agency_systems.models import ApiKey
from mash_triage.agency_systems.rules import (
    KEY_LASTS,
    LIVE_AT_ONCE,
    NOTE_USE_EVERY,
    PREFIX,
    TWO_LIVE_KEYS,
    UNLESS_SAID,
    check_lasts,
    check_scopes,
)
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.errors import NotFound, NotReady


def add_api_key(
    session: Session,
    agency_id: UUID,
    system: str,
    *,
    scopes: Collection[str] = UNLESS_SAID,
    lasts: timedelta = KEY_LASTS,
    by: Actor,
    at: datetime,
) -> str:
    """A new key for a system of an agency: the secret, shown once; only its sha256 is kept.

    A second key of the same system is how a key is replaced without a break: both work until the
    old one is revoked. A third is refused.
    """
    by.require(Permission.MANAGE_ACCOUNTS)
    agency = fetch_agency(session, agency_id)
    system = filled(system, "Enter the name of the agency's system.")[:100]
    kept = check_scopes(scopes)
    check_lasts(lasts)
    account = _account_of(session, agency, by=by, at=at)
    if _live_keys(session, agency_id, system, at=at) >= LIVE_AT_ONCE:
        raise NotReady(TWO_LIVE_KEYS)

    token = PREFIX + new_token()
    key = ApiKey(
        agency_id=agency_id,
        user_id=account.id,
        system=system,
        token_sha256=fingerprint(token),
        scopes=kept,
        added_by=by.name,
        added_at=at,
        expires_at=at + lasts,
    )
    session.add(key)
    session.flush()  # the trail names the new key by its id
    trail.record(session, AuditKind.API_KEY_ADDED, about=key.id, by=by, at=at, scopes=kept)
    return token


def revoke_api_key(session: Session, key_id: UUID, *, by: Actor, at: datetime) -> None:
    """End a key at once. One that was revoked before stays as it is."""
    by.require(Permission.MANAGE_ACCOUNTS)
    key = session.get(ApiKey, key_id)
    if key is None:
        raise NotFound()
    if key.revoked_at is not None:
        return
    key.revoked_by, key.revoked_at = by.name, at
    trail.record(session, AuditKind.API_KEY_REVOKED, about=key.id, by=by, at=at)


def note_key_used(session: Session, key_id: UUID, *, at: datetime) -> None:
    """Remember when a key was last used, to within five minutes. Never moves backwards."""
    session.execute(
        update(ApiKey)
        .where(
            ApiKey.id == key_id,
            or_(ApiKey.last_used_at.is_(None), ApiKey.last_used_at < at - NOTE_USE_EVERY),
        )
        .values(last_used_at=at)
    )


def _account_of(session: Session, agency: Agency, *, by: Actor, at: datetime) -> UserAccount:
    """The one account of an agency's systems, held, and made with its first key. Nobody can sign
    in to it: it has no password, and its role none to set.
    """
    session.scalars(select(Agency.id).where(Agency.id == agency.id).with_for_update()).one()
    if agency.closed_at is not None:
        raise NotReady("This agency is closed.")
    account = session.scalars(
        select(UserAccount)
        .where(UserAccount.agency_id == agency.id, UserAccount.role == Role.API_CLIENT)
        .order_by(UserAccount.added_at)
    ).first()
    if account is None:
        account = UserAccount(
            email=f"{agency.id}@systems.invalid",
            name=f"{agency.name}, its system"[:200],
            role=Role.API_CLIENT,
            agency_id=agency.id,
            added_by=by.name,
            added_at=at,
        )
        session.add(account)
        session.flush()
        trail.record(
            session, AuditKind.ACCOUNT_ADDED, about=account.id, by=by, at=at, role=account.role
        )
    return account


def _live_keys(session: Session, agency_id: UUID, system: str, *, at: datetime) -> int:
    return (
        session.scalar(
            select(func.count(ApiKey.id)).where(
                ApiKey.agency_id == agency_id,
                func.lower(ApiKey.system) == system.lower(),
                ApiKey.revoked_at.is_(None),
                ApiKey.expires_at > at,
            )
        )
        or 0
    )
