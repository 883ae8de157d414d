"""When a promise begins, what ends it, and for which of several it counts: facts, no session."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from mash_triage.clocks.moments import Moment
from mash_triage.clocks.working_days import london_day
from mash_triage.thresholds.promises import Promise


class Ended(StrEnum):
    """How a promise ended: it was kept, or it was no longer wanted."""

    KEPT = "kept"
    LAPSED = "lapsed"


class Happening(Protocol):
    """What is known of something that took place."""

    contact_child_id: UUID
    about: UUID
    moment: str
    took_place_at: datetime


class Running(Protocol):
    """What is known of a promise."""

    contact_child_id: UUID
    about: UUID
    started_at: datetime
    ended_at: datetime | None


def ended_by(promise: Promise, moment: Moment) -> Ended | None:
    """How this moment ends a promise, if it does."""
    if moment in promise.stops:
        return Ended.KEPT
    return Ended.LAPSED if moment in promise.lapses else None


def is_of(running: Running, happening: Happening) -> bool:
    """Is it of the same request, notice or task? Where either names none, of all of the child's."""
    child = running.contact_child_id
    return child in (running.about, happening.about) or running.about == happening.about


def counts_for(running: Running, happening: Happening) -> bool:
    """Did it take place on the day the promise started, or later? Within one day people write down
    first what comes to mind first; what was done on a day before was done for something else.
    """
    return london_day(happening.took_place_at) >= london_day(running.started_at)


def beginning_of(promise: Promise, record: Happening, known: Iterable[Happening]) -> datetime:
    """From when a promise is counted: what started it, or the latest moment that it names."""
    if promise.counted_from is None:
        return record.took_place_at
    earlier = (m.took_place_at for m in known if m.moment == promise.counted_from)
    return max(earlier, default=record.took_place_at)


def is_counted_from(promise: Promise, moment: Moment, known: Iterable[Happening]) -> bool:
    """Is a promise counted from this moment: the one that it names, or while that is not known,
    what started it?
    """
    if promise.counted_from is None or moment == promise.counted_from:
        return moment in {promise.counted_from, *promise.starts}
    named = any(m.moment == promise.counted_from for m in known)
    return moment in promise.starts and not named


def kept_already(
    promise: Promise,
    record: Happening,
    started_at: datetime,
    known: Iterable[Happening],
    before: Iterable[Running],
) -> datetime | None:
    """When a promise that starts now was kept already, because what keeps it was recorded first.
    What kept an earlier one does not keep the next.
    """
    used = max((each.ended_at for each in before if each.ended_at), default=None)
    child = record.contact_child_id
    kept = [
        m.took_place_at
        for m in known
        if m.moment in promise.stops
        and (child in (m.about, record.about) or m.about == record.about)
        and m.took_place_at >= started_at
        and (used is None or m.took_place_at > used)
    ]
    return min(kept, default=None)
