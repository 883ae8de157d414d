"""How long a sign-in lasts: fifteen minutes without a deed, eight hours in all (ASVS 7.3)."""

import hashlib
import secrets
from datetime import datetime, timedelta
from enum import StrEnum

IDLE = timedelta(minutes=15)
ABSOLUTE = timedelta(hours=8)
WARN_BEFORE = timedelta(minutes=2)
NOTE_DEEDS_EVERY = timedelta(seconds=20)  # spares the database one write for every touch
TOKEN_BYTES = 32


class Over(StrEnum):
    """Why a sign-in is over; the words finish the sentence that begins "You were signed out"."""

    IDLE = "because nothing was done for 15 minutes"
    ABSOLUTE = "because 8 hours have passed since you signed in"
    SIGNED_OUT = "in this or another window"
    NEW_PASSWORD = "because a new password was set"  # noqa: S105  (words, not a password)
    ENDED_BY_ADMINISTRATOR = "by an administrator"
    ACCOUNT_CLOSED = "because the account is closed"


KEEPS_WORDS = frozenset({Over.IDLE, Over.ABSOLUTE, Over.SIGNED_OUT})
"""Endings after which what her own open page still sends is put into her own draft. After the
others the sender may be somebody else, and nothing is kept."""


def new_token() -> str:
    """A fresh secret of 256 bits for a cookie or a one-time link."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def fingerprint(token: str) -> str:
    """What is kept of a token: its sha256, 64 hexadecimal digits."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def ends_at(started_at: datetime, last_deed_at: datetime) -> datetime:
    """When this sign-in will be over if nothing more is done."""
    return min(last_deed_at + IDLE, started_at + ABSOLUTE)


def why_over(
    started_at: datetime, last_deed_at: datetime, ended_because: str | None, *, at: datetime
) -> Over | None:
    """Why this sign-in is over at this moment, or None while it lasts."""
    if ended_because is not None:
        return Over[ended_because]
    if at >= started_at + ABSOLUTE:
        return Over.ABSOLUTE
    if at >= last_deed_at + IDLE:
        return Over.IDLE
    return None
