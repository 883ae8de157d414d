"""A child as known, and what else could turn out to be so: each possible answer as a few bits.

Indicators that every rule in question treats alike are taken together, so that a hundred of them
come down to a few kinds. An answer that was given is taken as it is. An indicator or a strength is
somebody's judgement, so that it may turn out not to be so.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from mash_triage.thresholds.conditions import CONDITIONS, Asked
from mash_triage.thresholds.facts import FactsForSuggestion, days_at_age
from mash_triage.thresholds.protective import Step
from mash_triage.thresholds.quick import Child, Kind, Laid, Rules
from mash_triage.thresholds.routes import Answer

MOST_TOGETHER = 3
"""A set of answers is never larger."""

Chosen = tuple[int, ...]
"""Some of the answers, by number and in order; one of them as often as it must be so."""


@dataclass(frozen=True, slots=True)
class Possible:
    """One answer that could turn out to be so, or not to be so.

    `codes` are indicators or strengths of which any one does; a fact has its new `value` instead.
    """

    kind: Literal["indicator", "strength", "fact"]
    is_so: bool
    codes: tuple[str, ...] = ()
    bits: tuple[int, ...] = ()
    fact: str = ""
    value: Any = None
    clears: int = 0
    holds: int = 0


class WhatIf:
    """The possible answers for one child, and what the rules give with some of them."""

    def __init__(self, rules: Rules, facts: FactsForSuggestion) -> None:
        self.rules = rules
        self.facts = facts
        self.child = rules.child(facts)
        self.now = rules.step(self.child)
        self.possible: list[Possible] = []
        self.aside: set[int] = set()
        self._less: dict[int, list[int]] = {}
        self._others = any(code not in rules.bit_of for code in facts.indicators)
        self._nothing_seen = rules.asked.get(("nothing_seen", True), 0)

    def add(self, possible: Iterable[Possible]) -> None:
        """Take these answers into account."""
        self.possible.extend(possible)

    def set_aside(self, numbers: Iterable[int]) -> None:
        """Ask for these no more: whatever more is asked beside them is too much."""
        self.aside.update(numbers)

    def left(self) -> Child:
        """The child as if every indicator that was set aside were seen already."""
        seen = self.child.seen
        for number in self.aside:
            if self.possible[number].kind == "indicator":
                seen |= sum(self.possible[number].bits)
        return self.child._replace(seen=seen)

    def take_together(self, alike: Iterable[Possible]) -> None:
        """Ask for indicators by these kinds from now on, instead of by finer ones."""
        added = list(alike)
        self.set_aside([n for n, each in enumerate(self.possible) if each.kind == "indicator"])
        self.add(added)

    def go_together(self, chosen: Chosen) -> bool:
        """Whether these can all be so at once, and are few enough to be asked."""
        if len(chosen) > MOST_TOGETHER:
            return False
        different = set(chosen)
        if len(different) < len(chosen) and any(
            chosen.count(n) > max(len(self.possible[n].codes), 1) for n in different
        ):
            return False
        facts = [fact for n in different if (fact := self.possible[n].fact)]
        return len(facts) == len(set(facts))

    def weaker(self, chosen: Chosen) -> Iterator[Chosen]:
        """The same answers, but for one on a fact that says less than it does here."""
        for place, number in enumerate(chosen):
            if self.possible[number].fact:
                for other in self._saying_less(number):
                    yield tuple(sorted((*chosen[:place], other, *chosen[place + 1 :])))

    def _saying_less(self, number: int) -> list[int]:
        known = self._less.get(number)
        if known is None:
            answer = self.possible[number]
            known = self._less[number] = [
                other
                for other, each in enumerate(self.possible)
                if each.fact == answer.fact
                and each.holds != answer.holds
                and each.holds & ~answer.holds == 0
            ]
        return known

    def with_answers(self, chosen: Chosen) -> Child:
        """The child as the rules would see one with these answers."""
        seen, strengths = self.child.seen, self.child.strengths
        holding, may_hold = self.child.holding, self.child.may_hold
        for number in dict.fromkeys(chosen):
            answer = self.possible[number]
            bits = sum(answer.bits[: chosen.count(number)])
            if answer.kind == "indicator":
                seen = seen | bits if answer.is_so else seen & ~bits
            elif answer.kind == "strength":
                strengths = strengths | bits if answer.is_so else strengths & ~bits
            else:
                holding = holding & ~answer.clears | answer.holds
                may_hold = may_hold & ~answer.clears | answer.holds
        bare = 0 if seen or self._others else self._nothing_seen
        holding = holding & ~self._nothing_seen | bare
        return Child(seen, holding, may_hold & ~self._nothing_seen | bare, strengths)

    def step(self, chosen: Chosen) -> Step:
        """The level and route with these answers, by the rules asked anew."""
        return self.rules.step(self.with_answers(chosen))


def indicators_alike(rules: Rules, child: Child, kinds: list[Kind]) -> Iterator[Possible]:
    """Indicators not accepted yet that these kinds ask for, those taken together that are alike."""
    alike: dict[tuple[int, ...], list[str]] = {}
    for code, bit in rules.bit_of.items():
        if not child.seen & bit and any(kind.fitting & bit for kind in kinds):
            alike.setdefault(tuple(kind.place_of(bit) for kind in kinds), []).append(code)
    for codes in alike.values():
        bits = tuple(rules.bit_of[code] for code in codes)
        yield Possible("indicator", True, codes=tuple(codes), bits=bits)


def accepted_one_by_one(rules: Rules, child: Child) -> Iterator[Possible]:
    """Each accepted indicator, as one that may turn out not to be so."""
    for code, bit in rules.bit_of.items():
        if child.seen & bit:
            yield Possible("indicator", False, codes=(code,), bits=(bit,))


def strengths_one_by_one(rules: Rules, child: Child, used: int) -> Iterator[Possible]:
    """Each strength that an entry names: one that is there may not be so, another may be so."""
    for code, bit in rules.strength_bits.items():
        if used & bit:
            there = bool(child.strengths & bit)
            yield Possible("strength", not there, codes=(code,), bits=(bit,))


def answers_unknown(
    rules: Rules, facts: FactsForSuggestion, asked: int, *, to_raise: bool
) -> Iterator[Possible]:
    """Answers that nobody has, or that may grow, as far as these conditions ask for them."""
    conditions = [each for each, bit in rules.asked.items() if bit & asked]
    values = _graver(facts, conditions) if to_raise else _milder(facts, conditions, rules)
    for fact, of_fact_values in values.items():
        of_fact = [(each, bit) for each, bit in rules.asked.items() if _rests_on(each, fact)]
        for value in of_fact_values:
            new = facts.model_copy(update={fact: value})
            yield Possible(
                "fact",
                True,
                fact=fact,
                value=value,
                clears=sum(bit for _, bit in of_fact),
                holds=sum(bit for (name, v), bit in of_fact if CONDITIONS[name].holds(v, new)),
            )


def _rests_on(asked: Asked, fact: str) -> bool:
    name, value = asked
    return (CONDITIONS[name].fact or value) == fact


def _graver(facts: FactsForSuggestion, conditions: list[Asked]) -> dict[str, list[Any]]:
    """For each fact, the answers that could make one of these conditions hold."""
    values: dict[str, list[Any]] = {}
    for name, value in conditions:
        fact = CONDITIONS[name].fact or value
        if CONDITIONS[name].holds(value, facts):
            continue
        if name == "answered_yes" and getattr(facts, fact) in (Answer.NOT_KNOWN, False):
            values[fact] = [Answer.YES if getattr(facts, fact) is Answer.NOT_KNOWN else True]
        elif name == "age_under_years" and facts.age_days is None:
            values.setdefault(fact, []).append(days_at_age(value) - 1)
        elif name == "help_before" and facts.help_before is None:
            known = values.setdefault(fact, [])
            known.extend((help,) for help in value if (help,) not in known)
        elif name in ("earlier_in_3_months", "earlier_in_12_months"):
            values.setdefault(fact, []).append(value)
    return values


def _milder(
    facts: FactsForSuggestion, conditions: list[Asked], rules: Rules
) -> dict[str, list[Any]]:
    """For each fact that is not known, the answer by which none of these conditions holds."""
    values: dict[str, list[Any]] = {}
    for name, value in conditions:
        fact = CONDITIONS[name].fact or value
        if CONDITIONS[name].holds(value, facts) is not None:
            continue
        if name == "answered_yes":
            values[fact] = [Answer.NO]
        elif name == "age_under_years":
            oldest = max(years for each, years in rules.asked if each == name)
            values[fact] = [days_at_age(oldest)]
        elif name == "help_before":
            values[fact] = [()]
    return values


def kinds_of(rules: Rules, laid: Iterable[Laid]) -> list[Kind]:
    """The kinds of indicator that some rules ask for, or that hold their softening back."""
    bits = bits_of(laid)
    return [kind for kind, bit in rules.kinds.items() if bits & bit]


def bits_of(laid: Iterable[Laid]) -> int:
    """All that some rules ask, with what holds their softening back."""
    bits = 0
    for each in laid:
        bits |= each.needs
        for softening in each.softenings:
            bits |= softening.unless or 0
    return bits
