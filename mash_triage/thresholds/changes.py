"""What would change a suggestion: the fewest answers that would raise or lower its route.

They are the questions to ask next. Each set was found by asking the rules anew with those answers,
and leaving any one of them out would not raise (or lower) the route.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from mash_triage.thresholds.facts import FactsForSuggestion
from mash_triage.thresholds.lowering import lowering
from mash_triage.thresholds.protective import Step
from mash_triage.thresholds.questions import question_for
from mash_triage.thresholds.quick import rules_of
from mash_triage.thresholds.raising import raising
from mash_triage.thresholds.routes import Route
from mash_triage.thresholds.shapes import Edition
from mash_triage.thresholds.what_if import Chosen, WhatIf


@dataclass(frozen=True, slots=True)
class WouldBe:
    """One answer that would have to be so (or not so), and the question that finds it out.

    Of `codes`, indicators or strengths, any `how_many` do: the rules treat them alike, and those
    nearest to what is known come first. A fact has its `value` instead.
    """

    kind: str
    is_so: bool
    codes: tuple[str, ...]
    how_many: int
    fact: str
    value: Any
    question: str


@dataclass(frozen=True, slots=True)
class Change:
    """A smallest set of answers with which the suggested route would be another one."""

    facts: tuple[WouldBe, ...]
    level: int
    route: Route
    raises: bool
    words: str


def what_would_change(edition: Edition, facts: FactsForSuggestion) -> tuple[Change, ...]:
    """Every smallest set of one to three answers that changes the route, most useful first.

    Useful are few questions, those that nobody has answered yet before those about something that
    was not seen, and what is near to what was seen before what is far from it.
    """
    rules = rules_of(edition)
    ranked: list[tuple[tuple[int, ...], Change]] = []
    for search, raises in ((raising, True), (lowering, False)):
        what = WhatIf(rules, facts)
        asked = _Asked(edition, what)
        for chosen, step in _smallest(search(what), what, raises=raises):
            would = tuple(asked.answer(n, chosen.count(n)) for n in dict.fromkeys(chosen))
            change = Change(would, step[0], step[1], raises, _words(edition, step))
            farthest = max(asked.nearness(each) for each in would)
            ranked.append((_rank(change, farthest, len(chosen), what.now), change))
    ranked.sort(key=lambda each: each[0])
    return tuple(change for _, change in ranked)


def _smallest(
    sets: Iterable[Chosen], what: WhatIf, *, raises: bool
) -> Iterator[tuple[Chosen, Step]]:
    """Those sets of which no part changes the route in the same way, with what they give.

    Where an answer that says less does the same (under 13 instead of under 1), only that stays.
    """
    found: dict[Chosen, Step] = {}
    for chosen in sorted({each for each in sets if each}, key=lambda each: (len(each), each)):
        parts = (part for size in range(1, len(chosen)) for part in combinations(chosen, size))
        if any(part in found for part in parts):
            continue
        step = what.step(chosen)
        by = step[1].weight - what.now[1].weight
        if by > 0 if raises else by < 0:
            found[chosen] = step
    for chosen, step in found.items():
        if all(found.get(weaker) != step for weaker in what.weaker(chosen)):
            yield chosen, step


class _Asked:
    """The answers of one child as questions, each with how near it is to what is known."""

    def __init__(self, edition: Edition, what: WhatIf) -> None:
        known = edition.indicators_by_code
        seen = [known[code] for code in what.facts.indicators if code in known]
        self._edition = edition
        self._what = what
        self._themes = {indicator.theme for indicator in seen}
        self._domains = {indicator.domain for indicator in seen}
        self._made: dict[tuple[int, int], WouldBe] = {}

    def answer(self, number: int, how_many: int) -> WouldBe:
        """A possible answer with its question; the indicators nearest to what was seen first."""
        made = self._made.get((number, how_many))
        if made is not None:
            return made
        possible = self._what.possible[number]
        codes = possible.codes
        if possible.kind == "indicator" and len(codes) > 1:
            codes = tuple(sorted(codes, key=self._distance))
        made = self._made[number, how_many] = WouldBe(
            kind=possible.kind,
            is_so=possible.is_so,
            codes=codes,
            how_many=how_many,
            fact=possible.fact,
            value=possible.value,
            question=question_for(self._edition, possible, codes, how_many),
        )
        return made

    def nearness(self, would: WouldBe) -> int:
        """0 for a fact that nobody knows, 1 for what somebody judged already, then by theme."""
        if would.kind == "fact":
            return 2 if would.fact in LESS_LIKELY else 0
        if would.kind == "strength" or not would.is_so:
            return 1
        return self._distance(would.codes[0])

    def _distance(self, code: str) -> int:
        """Of the same theme as something seen 1, of the same domain 2, otherwise 3."""
        indicator = self._edition.indicators_by_code[code]
        if indicator.theme in self._themes:
            return 1
        return 2 if indicator.domain in self._domains else 3


LESS_LIKELY = frozenset({"police_protection", "repeat_3_months", "repeat_12_months"})
"""Facts that are known unless something is amiss, so that asking again is seldom the first step."""


def _words(edition: Edition, step: Step) -> str:
    return f"It would be level {step[0]}, {edition.route_of(step[1]).words}."


def _rank(change: Change, farthest: int, how_many: int, now: Step) -> tuple[int, ...]:
    gain = abs(change.route.weight - now[1].weight)
    return (how_many + farthest, how_many, farthest, -gain, not change.raises)
