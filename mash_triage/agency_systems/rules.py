"""What a key may do, how long it lasts, and how many of a system live beside each other."""

from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum

from mash_triage.errors import NotReady

KEY_LASTS = timedelta(days=365)
LONGEST = timedelta(days=2 * 365)
LIVE_AT_ONCE = 2  # the old key and the new one, while a system is changed over
PREFIX = "mash_"  # so that a key left lying in a file can be recognised for what it is
NOTE_USE_EVERY = timedelta(minutes=5)  # spares the database one write for every call

TWO_LIVE_KEYS = (
    "This system has two live keys already. Revoke the one that is no longer used, then add a new "
    "one."
)


class Scope(StrEnum):
    """What a key may be used for."""

    SEND = "send"
    READ = "read"
    ANSWER = "answer"


SCOPE_WORDS = {
    Scope.SEND: "Send contacts",
    Scope.READ: "Read what became of them",
    Scope.ANSWER: "Read and answer requests for information",
}
UNLESS_SAID = (Scope.SEND, Scope.READ)
"""Requests name children of whom the agency may know nothing: a key is given that by name."""


def check_scopes(scopes: Collection[str]) -> str:
    """The scopes as kept, in one order; refused when there is none or an unknown one."""
    if not scopes or set(scopes) - set(Scope):
        raise NotReady("Choose what the key may do: send, read, answer.")
    return " ".join(scope for scope in Scope if scope in scopes)


def check_lasts(lasts: timedelta) -> None:
    """Refuse a key that never works or works for more than two years."""
    if not timedelta(days=1) <= lasts <= LONGEST:
        raise NotReady("A key works for at least one day and at most two years.")


def is_live(expires_at: datetime, revoked_at: datetime | None, *, at: datetime) -> bool:
    """May this key be used at this moment?"""
    return revoked_at is None and at < expires_at
