"""Children of whom both editions know the same are worked out once.

Rules read an age only by asking whether it is under so many years, and figures by age groups. So
an age counts by the span between two such limits, and very many frozen facts turn out alike.
"""

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from pydantic import ValidationError

from mash_triage.backtest.compare import Comparison, Side
from mash_triage.backtest.figures import AGE_LIMITS, Key, Way, keys_of_facts, way_of
from mash_triage.thresholds.conditions import CONDITIONS
from mash_triage.thresholds.suggest import FactsForSuggestion, days_at_age

MOST_KEPT = 20_000  # different facts whose keys are kept; each takes about a kilobyte


class Known(NamedTuple):
    """What follows from the facts alone: the counts, and the way from one route to the other,
    which is None for a child who is counted apart.
    """

    keys: tuple[Key, ...]
    way: Way | None


UNREADABLE = Known((("left", "unreadable"),), None)


class Alike:
    """What follows from the frozen facts of one child after the other."""

    def __init__(self, comparison: Comparison) -> None:
        self._comparison = comparison
        sides = (comparison.old, comparison.new)
        self._limits = sorted({*AGE_LIMITS, *(days for side in sides for days in _limits(side))})
        self._kept: dict[tuple[object, ...], Known] = {}

    def known(self, frozen: str) -> Known:
        """What follows from these facts (JSON)."""
        try:
            facts = FactsForSuggestion.model_validate_json(frozen)
        except ValidationError:
            return UNREADABLE
        case = self._case(facts)
        known = self._kept.get(case)
        if known is None:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            known = self._kept[case] = self._worked_out(facts)
        return known

    def _case(self, facts: FactsForSuggestion) -> tuple[object, ...]:
        """All the facts, the age as the span it lies in."""
        age = facts.age_days
        span = None if age is None else bisect_right(self._limits, age)
        return tuple((vars(facts) | {"age_days": span}).values())

    def _worked_out(self, facts: FactsForSuggestion) -> Known:
        if unknown := self._comparison.unknown(facts):
            return Known((("left", "unknown_codes"), *(("code", code) for code in unknown)), None)
        compared = self._comparison.of(facts)
        return Known(tuple(keys_of_facts(facts, compared)), way_of(compared))


def _limits(side: Side) -> Iterator[int]:
    """The ages in days at which an edition's rules change their answer."""
    for name, years in side.rules.asked:
        if CONDITIONS[name].fact == "age_days":
            yield days_at_age(years)
