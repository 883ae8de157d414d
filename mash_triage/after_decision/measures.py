"""How timely what follows a decision was: each measure a plain function of facts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from mash_triage.clocks.moments import Moment
from mash_triage.small_counts import is_small


@dataclass(frozen=True)
class Kept:
    """One promise of one child: what keeps it, what started it, by when it was due, and when it
    was kept. One that is no longer wanted is not among them.
    """

    keeps: Moment
    started_with: Moment
    due_at: datetime
    kept_at: datetime | None


@dataclass(frozen=True)
class HeldDiscussion:
    """A discussion that was held: who must attend did, and for how many children section 47
    enquiries started, once it is closed.
    """

    is_quorate: bool
    closed_for: int = 0
    started_for: int = 0


@dataclass(frozen=True)
class Measure:
    """So many of those counted met it. `code` is the number by which the sector knows it."""

    code: str
    words: str
    met: int
    counted: int

    @property
    def is_small(self) -> bool:
        """Would showing it tell of one to five children: met, not met, or in all?"""
        return any(map(is_small, (self.met, self.counted, self.counted - self.met)))


def strategy_in_time(promises: Iterable[Kept], *, at: datetime) -> Measure:
    """K18: discussions held in time, since one was needed."""
    words = "Strategy discussion held in time"
    return _in_time("K18", words, promises, Moment.STRATEGY_HELD, at=at)


def strategy_quorate(discussions: Iterable[HeldDiscussion]) -> Measure:
    """K19: discussions that children's social care, police and health attended."""
    held = list(discussions)
    met = sum(each.is_quorate for each in held)
    return Measure("K19", "Social care, police and health attended", met, len(held))


def strategy_to_s47(discussions: Iterable[HeldDiscussion]) -> Measure:
    """K20: children for whom section 47 enquiries started, of those discussed."""
    held = list(discussions)
    met, counted = (
        sum(each.started_for for each in held),
        sum(each.closed_for for each in held),
    )
    return Measure("K20", "Discussed children with section 47 enquiries", met, counted)


def conference_in_time(promises: Iterable[Kept], *, at: datetime) -> Measure:
    """K21: conferences held within 15 working days of the strategy discussion."""
    return _in_time("K21", "Conference held in time", promises, Moment.CONFERENCE_HELD, at=at)


def assessed_in_time(promises: Iterable[Kept], *, at: datetime) -> Measure:
    """K23: assessments authorised within 45 working days of the referral."""
    words = "Assessment authorised in time"
    return _in_time("K23", words, promises, Moment.ASSESSMENT_AUTHORISED, at=at)


def seen_at_risk(promises: Iterable[Kept], *, at: datetime) -> Measure:
    """K24: children decided for section 47 who were seen in time. Blank counts as not seen."""
    of_s47 = [each for each in promises if each.started_with is Moment.S47_DECIDED]
    return _in_time("K24", "At risk: seen in time", of_s47, Moment.SEEN, at=at)


def seen_for_assessment(promises: Iterable[Kept], *, at: datetime) -> Measure:
    """K25: children decided for section 17 who were seen in time. Blank counts as not seen."""
    of_s17 = [each for each in promises if each.started_with is Moment.S17_DECIDED]
    return _in_time("K25", "For assessment: seen in time", of_s17, Moment.SEEN, at=at)


def allocated_in_time(promises: Iterable[Kept], *, at: datetime) -> Measure:
    """K26: accepted children who were allocated to a worker in time."""
    return _in_time("K26", "Allocated in time", promises, Moment.ALLOCATED, at=at)


def measures(
    promises: Iterable[Kept], discussions: Iterable[HeldDiscussion], *, at: datetime
) -> tuple[Measure, ...]:
    """All of them, in the order of their numbers."""
    kept, held = list(promises), list(discussions)
    return (
        strategy_in_time(kept, at=at),
        strategy_quorate(held),
        strategy_to_s47(held),
        conference_in_time(kept, at=at),
        assessed_in_time(kept, at=at),
        seen_at_risk(kept, at=at),
        seen_for_assessment(kept, at=at),
        allocated_in_time(kept, at=at),
    )


SPREAD: tuple[tuple[str, int | None], ...] = (
    ("0 to 10", 10),
    ("11 to 20", 20),
    ("21 to 30", 30),
    ("31 to 40", 40),
    ("41 to 45", 45),
    ("46 and more", None),
)
"""Bands of working days from the referral to the assessment's authorising."""


def spread(working_days: Iterable[int]) -> dict[str, int]:
    """How many fall into each band, every band named: a heap before day 45 is no care for urgency
    (Worcestershire 2017).
    """
    counts = dict.fromkeys((name for name, _last in SPREAD), 0)
    for taken in working_days:
        counts[next(name for name, last in SPREAD if last is None or taken <= last)] += 1
    return counts


def _in_time(
    code: str, words: str, promises: Iterable[Kept], keeps: Moment, *, at: datetime
) -> Measure:
    """One counts once it was kept or its time has run out; not kept by then is not in time."""
    of_it = [each for each in promises if each.keeps is keeps]
    counted = [each for each in of_it if each.kept_at is not None or each.due_at < at]
    met = sum(each.kept_at is not None and each.kept_at <= each.due_at for each in counted)
    return Measure(code, words, met, len(counted))
