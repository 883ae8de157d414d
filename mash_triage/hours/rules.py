"""Where the time from receipt to decision went, cut into parts that always add up to the whole.

Every moment belongs to one part. Outside opening hours comes first, whatever the stage: nobody was
expected to work then. Otherwise the child's status says it; a child with a worker waits for an
agency while one has not replied, and is being matched until somebody said who the child is.
"""

import itertools
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from mash_triage.clocks.rules import opening_hours
from mash_triage.clocks.working_days import BankHolidays
from mash_triage.contacts.status import (
    WAITING_FOR_MANAGER,
    WAITING_FOR_SCREENING,
    Status,
    Step,
    in_their_order,
)
from mash_triage.thresholds.levels import ClockTimes

MINUTE = timedelta(minutes=1)
_NEVER = datetime.max.replace(tzinfo=UTC)


class Stage(StrEnum):
    """Whom or what the child waited for, or who worked; in the order of the picture."""

    QUEUE = "queue"
    MATCHING = "matching"
    AGENCY = "agency"
    REFERRER = "referrer"
    WORKER = "worker"
    MANAGER = "manager"
    OUTSIDE = "outside"


@dataclass(frozen=True)
class Moved:
    """One step of the child's way."""

    moved_from: Status
    moved_to: Status
    moved_at: datetime


@dataclass(frozen=True)
class AgencyWait:
    """An agency was asked, and replied or has not yet."""

    agency: str
    since: datetime
    until: datetime | None = None


@dataclass(frozen=True)
class Known:
    """Somebody said who the child is, until that was taken back."""

    since: datetime
    until: datetime | None = None


@dataclass(frozen=True)
class Way:
    """One child's way from receipt to decision, or to now."""

    began: datetime
    ended: datetime
    moves: tuple[Step, ...] = ()
    known: tuple[Known, ...] = ()
    agencies: tuple[AgencyWait, ...] = ()


@dataclass(frozen=True)
class Part:
    """A stretch of the way. `agency` is named where the child waited for one."""

    stage: Stage
    since: datetime
    until: datetime
    agency: str = ""

    @property
    def label(self) -> tuple[Stage, str]:
        """What stretches are added up by."""
        return self.stage, self.agency


def parts_of(way: Way, times: ClockTimes, holidays: BankHolidays) -> tuple[Part, ...]:
    """The way cut into stretches, each the next one's beginning: together they are the whole."""
    if way.ended <= way.began:
        return ()
    way = replace(way, moves=in_their_order(way.moves))
    opened = list(opening_hours(way.began, way.ended, times, holidays))
    parts: list[Part] = []
    cuts = _cuts(way, opened)
    for since, until in itertools.pairwise(cuts):
        is_open = any(opens <= since < closes for opens, closes in opened)
        stage, agency = _stage(way, since) if is_open else (Stage.OUTSIDE, "")
        if parts and parts[-1].label == (stage, agency):
            parts[-1] = replace(parts[-1], until=until)
        else:
            parts.append(Part(stage, since, until, agency))
    return tuple(parts)


def minutes_of(parts: Sequence[Part]) -> Counter[tuple[Stage, str]]:
    """Whole minutes by stage and agency. They add up to the whole minutes of the way: a minute
    that two stretches share belongs to the one in which it ends.
    """
    minutes: Counter[tuple[Stage, str]] = Counter()
    for part in parts:
        began = parts[0].since
        minutes[part.label] += (part.until - began) // MINUTE - (part.since - began) // MINUTE
    return +minutes


def in_sum(each: Iterable[Counter[tuple[Stage, str]]]) -> Counter[tuple[Stage, str]]:
    """The minutes of several children together."""
    whole: Counter[tuple[Stage, str]] = Counter()
    for minutes in each:
        whole.update(minutes)
    return whole


def _cuts(way: Way, opened: Iterable[tuple[datetime, datetime]]) -> list[datetime]:
    """Every moment at which the part may change, with both ends, in order."""
    moments = {way.began, way.ended}
    moments.update(each.moved_at for each in way.moves)
    moments.update(moment for pair in opened for moment in pair)
    spans: list[Known | AgencyWait] = [*way.known, *way.agencies]
    for span in spans:
        moments.update((span.since, span.until or _NEVER))
    return sorted(moment for moment in moments if way.began <= moment <= way.ended)


def _stage(way: Way, moment: datetime) -> tuple[Stage, str]:
    """Where the child stood at this moment within opening hours."""
    status = Status.RECEIVED
    for move in way.moves:
        if move.moved_at <= moment:
            status = move.moved_to
    if status in WAITING_FOR_SCREENING:
        return Stage.QUEUE, ""
    if status is Status.AWAITING_REFERRER:
        return Stage.REFERRER, ""
    if status in WAITING_FOR_MANAGER:
        return Stage.MANAGER, ""
    agency = _held_up_by(way.agencies, moment)
    if agency:
        return Stage.AGENCY, agency
    is_known = any(each.since <= moment < (each.until or _NEVER) for each in way.known)
    return (Stage.WORKER if is_known else Stage.MATCHING), ""


def _held_up_by(agencies: Iterable[AgencyWait], moment: datetime) -> str:
    """Of those who had not replied, the one that replied last held the child up; of several that
    have not replied yet, the one asked first.
    """
    waiting = [each for each in agencies if each.since <= moment < (each.until or _NEVER)]
    if not waiting:
        return ""
    last = max(each.until or _NEVER for each in waiting)
    return min((each.since, each.agency) for each in waiting if (each.until or _NEVER) == last)[1]
