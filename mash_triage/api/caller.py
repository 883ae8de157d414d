"""Who calls: the key in the header, the agency's limit, and work for it off the event loop."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import TypeVar

from anyio import CapacityLimiter, to_thread
from sqlalchemy.orm import Session
from starlette.requests import Request

from mash_triage.access.sessions import fingerprint
from mash_triage.agency_systems.actions import note_key_used
from mash_triage.agency_systems.queries import Caller, caller_with
from mash_triage.agency_systems.rules import Scope
from mash_triage.api.limits import Limits
from mash_triage.api.problems import Problem
from mash_triage.clocks.now import now
from mash_triage.db.engine import Database
from mash_triage.settings import settings

STRANGERS_AT_ONCE = 2  # looking up keys that were never good here takes no more than this

T = TypeVar("T")


@lru_cache(maxsize=1)
def _limits() -> Limits:
    chosen = settings()
    return Limits(chosen.api_burst, chosen.api_calls_a_minute / 60)


@dataclass
class Door:
    """What every call goes through: the database, the limits, and the clock. Without limits of its
    own it has those of the settings, which are read with the first call.
    """

    database: Callable[[], Database]
    own_limits: Limits | None = None
    clock: Callable[[], datetime] = now
    strangers: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(STRANGERS_AT_ONCE))

    @property
    def limits(self) -> Limits:
        """What each agency may do at once."""
        return self.own_limits or _limits()


@dataclass
class Call:
    """One call that showed something like a key. `wait` is how many seconds the agency is over its
    limit; it is known early, before the database was asked, if the key was good before.
    """

    door: Door
    token: str
    at: datetime
    wait: int = 0
    counted: bool = False

    @property
    def over_limit(self) -> bool:
        """Has this agency no call left at this moment?"""
        return self.wait > 0

    def refuse_over_limit(self) -> None:
        """End the call if the agency has called too often."""
        if self.over_limit:
            raise Problem(
                429,
                f"Your agency calls too often. Try again in {self.wait} seconds. A contact with "
                "danger.in_danger_now = yes is always taken.",
                headers={"Retry-After": str(self.wait)},
            )

    async def caller(self, scope: Scope) -> Caller:
        """Whose key this is, if it may be used for this; otherwise the call ends here."""
        door, sha256 = self.door, fingerprint(self.token)
        agency_id = door.limits.known.get(sha256)
        limiter = door.limits.workers_of(agency_id) if agency_id else door.strangers
        found = await to_thread.run_sync(self._find, limiter=limiter)
        if found is None:
            door.limits.known.pop(sha256, None)
            raise _no_key()
        door.limits.remember(sha256, found.agency_id)
        if not self.counted:
            self.wait, self.counted = door.limits.take(found.agency_id), True
        if scope not in found.scopes:
            raise Problem(403, f"This key may not be used to {scope}.")
        return found

    def _find(self) -> Caller | None:
        with self.door.database().look() as session:
            found = caller_with(session, self.token, at=self.at)
        if found and found.use_to_note:
            with self.door.database().work() as session:
                note_key_used(session, found.key_id, at=self.at)
        return found

    async def work(self, caller: Caller, do: Callable[[Session], T]) -> T:
        """One transaction that may write, off the event loop."""

        def whole() -> T:
            with self.door.database().work() as session:
                return do(session)

        async with self.door.limits.turn_to_write(caller.agency_id, over_limit=self.over_limit):
            return await self._beside(caller, whole)

    async def look(self, caller: Caller, do: Callable[[Session], T]) -> T:
        """One transaction that only reads, off the event loop."""

        def whole() -> T:
            with self.door.database().look() as session:
                return do(session)

        return await self._beside(caller, whole)

    async def _beside(self, caller: Caller, whole: Callable[[], T]) -> T:
        limiter = self.door.limits.workers_of(caller.agency_id)
        return await to_thread.run_sync(whole, limiter=limiter)


def begin(request: Request) -> Call:
    """The start of every call: its key as shown, counted if it was good before."""
    door: Door = request.app.state.door
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    if kind.lower() != "bearer" or not token.strip():
        raise _no_key()
    call = Call(door, token.strip(), door.clock())
    agency_id = door.limits.known.get(fingerprint(call.token))
    if agency_id is not None:
        call.wait, call.counted = door.limits.take(agency_id), True
    return call


def _no_key() -> Problem:
    words = "Show a valid key: Authorization: Bearer mash_..."
    return Problem(401, words, headers={"WWW-Authenticate": "Bearer"})
