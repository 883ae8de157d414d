"""How often each agency may call: a bucket of calls that fills up again, in this process.

Every replica keeps its own buckets, so that a call over the limit costs neither a statement nor a
lock: what one agency may send in all is the limit times the replicas.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from math import ceil
from time import monotonic
from uuid import UUID

from anyio import CapacityLimiter, sleep

AT_ONCE = 2  # calls of one agency that the database works on at the same moment
WRITING_AT_ONCE = 1
"""Contacts stored at the same moment, of all agencies: those that wait are let in by turns. Left to
the database they would poll for it, and whoever asks most often would be let in most often."""

MOST_KNOWN = 10_000


@dataclass
class Bucket:
    """The calls that one agency has left."""

    left: float
    filled_at: float


@dataclass
class Limits:
    """The buckets of all agencies: `burst` calls at once, and `a_second` more each second.

    `known` remembers to which agency a key belonged when it was last shown, to count a call before
    the database is asked. It never lets anybody in.
    """

    burst: int
    a_second: float
    clock: Callable[[], float] = monotonic
    known: dict[str, UUID] = field(default_factory=dict)
    buckets: dict[UUID, Bucket] = field(default_factory=dict)
    at_work: dict[UUID, CapacityLimiter] = field(default_factory=dict)
    writing: dict[UUID, CapacityLimiter] = field(default_factory=dict)
    rests_until: dict[UUID, float] = field(default_factory=dict)
    writers: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(WRITING_AT_ONCE))

    def take(self, agency_id: UUID) -> int:
        """Count one call; gives the seconds to wait when there is none left, else 0."""
        now = self.clock()
        bucket = self.buckets.setdefault(agency_id, Bucket(self.burst, now))
        bucket.left = min(self.burst, bucket.left + (now - bucket.filled_at) * self.a_second)
        bucket.filled_at = now
        if bucket.left < 1:
            return max(1, ceil((1 - bucket.left) / self.a_second))
        bucket.left -= 1
        return 0

    def remember(self, key_sha256: str, agency_id: UUID) -> None:
        """This key was good, and belonged to this agency."""
        if len(self.known) >= MOST_KNOWN:
            self.known.clear()
        self.known[key_sha256] = agency_id

    def workers_of(self, agency_id: UUID) -> CapacityLimiter:
        """What bounds how much of the database one agency takes up, however much it sends."""
        if agency_id not in self.at_work:
            self.at_work[agency_id] = CapacityLimiter(AT_ONCE)
        return self.at_work[agency_id]

    @asynccontextmanager
    async def turn_to_write(self, agency_id: UUID, *, over_limit: bool) -> AsyncIterator[None]:
        """A turn to write: each agency waits with one contact at a time, so that one that sends a
        hundred is before another only once. Over its limit it also rests after each for as long as
        that took, so that another mostly finds the way free.
        """
        own = self.writing.setdefault(agency_id, CapacityLimiter(1))
        async with own:
            if over_limit:
                await sleep(max(0.0, self.rests_until.get(agency_id, 0.0) - self.clock()))
            async with self.writers:
                began = self.clock()
                try:
                    yield
                finally:
                    ended = self.clock()
                    self.rests_until[agency_id] = ended + (ended - began)
