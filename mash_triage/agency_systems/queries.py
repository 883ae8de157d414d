"""Whose key this is, and an administrator's list of keys."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.models import Agency, UserAccount
from mash_triage.access.queries import actor_for
from mash_triage.access.roles import Permission
from mash_triage.access.sessions import fingerprint
from mash_triage.agency_systems.models import ApiKey
from mash_triage.agency_systems.rules import NOTE_USE_EVERY, Scope, is_live


@dataclass(frozen=True)
class Caller:
    """A system that showed a live key: for whom it acts, and what the key may do."""

    key_id: UUID
    by: Actor
    agency_id: UUID
    scopes: frozenset[Scope]
    use_to_note: bool


def caller_with(session: Session, token: str, *, at: datetime) -> Caller | None:
    """Whose key this is; None for one that never was, has expired, or was revoked, and when its
    account or agency is closed.
    """
    found = session.execute(
        select(ApiKey, UserAccount, Agency.closed_at)
        .join(UserAccount, UserAccount.id == ApiKey.user_id)
        .join(Agency, Agency.id == ApiKey.agency_id)
        .where(ApiKey.token_sha256 == fingerprint(token))
    ).one_or_none()
    if found is None:
        return None
    key, user, closed_at = found
    if closed_at or user.deactivated_at or not is_live(key.expires_at, key.revoked_at, at=at):
        return None
    return Caller(
        key_id=key.id,
        by=actor_for(user),
        agency_id=key.agency_id,
        scopes=frozenset(map(Scope, key.scopes.split())),
        use_to_note=key.last_used_at is None or at - key.last_used_at > NOTE_USE_EVERY,
    )


@dataclass(frozen=True)
class KeyPicture:
    """A key as the administrator sees it. There is no secret in it to see."""

    id: UUID
    agency: str
    system: str
    scopes: tuple[Scope, ...]
    added_by: str
    added_at: datetime
    expires_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None

    def is_live(self, at: datetime) -> bool:
        """Does it work at this moment?"""
        return is_live(self.expires_at, self.revoked_at, at=at)


def api_keys(session: Session, *, by: Actor) -> list[KeyPicture]:
    """All keys by agency and system, the newest of each first."""
    by.require(Permission.MANAGE_ACCOUNTS)
    rows = session.execute(
        select(ApiKey, Agency.name)
        .join(Agency, Agency.id == ApiKey.agency_id)
        .order_by(Agency.name, ApiKey.system, ApiKey.added_at.desc())
    )
    return [
        KeyPicture(
            id=key.id,
            agency=agency,
            system=key.system,
            scopes=tuple(map(Scope, key.scopes.split())),
            added_by=key.added_by,
            added_at=key.added_at,
            expires_at=key.expires_at,
            last_used_at=key.last_used_at,
            revoked_at=key.revoked_at,
        )
        for key, agency in rows
    ]
