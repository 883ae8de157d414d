"""What two editions of the levels of need say of one child, and which rule made the difference."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from mash_triage.thresholds.quick import Result, Rules
from mash_triage.thresholds.routes import Route
from mash_triage.thresholds.shapes import Edition
from mash_triage.thresholds.suggest import FactsForSuggestion

CodeMap = Mapping[str, tuple[str, ...]]
"""An indicator's code in the facts, and the codes that say the same in another edition."""


class Move(StrEnum):
    """Where the new edition puts a child whom the old one put somewhere."""

    UP = "up"
    STAY = "stay"
    DOWN = "down"


class Compared(NamedTuple):
    """Both results for one child. `rule` made the difference: for a move up it is one of the new
    edition, for a move down one of the old edition; none where neither edition has such a rule.
    """

    old: Result
    new: Result
    move: Move
    rule: str | None


@dataclass(frozen=True)
class Side:
    """One of the two editions, with its rules made ready, and how it reads foreign codes."""

    edition: Edition
    rules: Rules
    also_read: CodeMap

    def unknown(self, facts: FactsForSuggestion) -> set[str]:
        """The codes in the facts that this edition does not have, and no map explains."""
        known = self.edition.indicators_by_code
        return {
            code for code in facts.indicators if code not in known and code not in self.also_read
        }

    def result(self, facts: FactsForSuggestion) -> Result:
        """What its rules give."""
        return self.rules.result(self.in_its_own_codes(facts))

    def in_its_own_codes(self, facts: FactsForSuggestion) -> FactsForSuggestion:
        """The same facts with every indicator by this edition's codes."""
        if self.also_read.keys().isdisjoint(facts.indicators):
            return facts
        known = self.edition.indicators_by_code
        codes = (
            own
            for code in facts.indicators
            for own in ((code,) if code in known else self.also_read[code])
        )
        return facts.model_copy(update={"indicators": tuple(dict.fromkeys(codes))})


class Comparison:
    """Two editions side by side. Routes are the same everywhere and give the direction of a move;
    levels add to it only where both editions have the same levels with the same routes.
    """

    def __init__(
        self,
        old: Edition,
        new: Edition,
        *,
        read_by_old: CodeMap | None = None,
        read_by_new: CodeMap | None = None,
    ) -> None:
        self.old = Side(old, Rules(old), read_by_old or {})
        self.new = Side(new, Rules(new), read_by_new or {})
        self.levels_compare = _levels(old) == _levels(new)

    def unknown(self, facts: FactsForSuggestion) -> set[str]:
        """The codes in the facts that one of the editions lacks: nobody could say where it puts
        this child, so it is counted apart.
        """
        return self.old.unknown(facts) | self.new.unknown(facts)

    def of(self, facts: FactsForSuggestion) -> Compared:
        """What both editions say of these facts."""
        old, new = self.old.result(facts), self.new.result(facts)
        height, was = self._height(new), self._height(old)
        if height == was:
            return Compared(old, new, Move.STAY, None)
        by_route = old.route is not new.route
        if height > was:
            return Compared(old, new, Move.UP, _maker(self.new.edition, new, by_route))
        return Compared(old, new, Move.DOWN, _maker(self.old.edition, old, by_route))

    def _height(self, result: Result) -> tuple[int, int]:
        return result.route.weight, result.level if self.levels_compare else 0


def _levels(edition: Edition) -> list[tuple[int, tuple[Route, ...]]]:
    return [(level.number, level.routes) for level in edition.level]


def _maker(edition: Edition, result: Result, by_route: bool) -> str | None:
    """The first rule that fired and gives this route (or, at the same route, this level), or more:
    something that works well may have lowered it since.
    """
    fired = set(result.rules)
    for rule in edition.rule:
        if rule.code not in fired or rule.route is None or rule.level is None:
            continue
        enough = (
            rule.route.weight >= result.route.weight if by_route else rule.level >= result.level
        )
        if enough:
            return rule.code
    return None
