"""The same rules without their words, for asking many times: a year of contacts, or what if.

The rules are laid out once as bits. A child is then a few whole numbers (which indicators are
accepted, which other conditions hold), so that a case met before is looked up and a new one costs
some hundred operations on numbers. The answers are those of `suggest`, which alone explains.
"""

from dataclasses import dataclass
from typing import NamedTuple

from mash_triage.thresholds.conditions import CONDITIONS, Asked, asked_by
from mash_triage.thresholds.facts import FactsForSuggestion
from mash_triage.thresholds.protective import Step, may_lower, one_lower
from mash_triage.thresholds.routes import Rag, Route
from mash_triage.thresholds.shapes import Edition, Rule, Seen, When

MOST_KEPT = 20_000  # cases whose result is kept; each takes some hundred bytes


@dataclass(frozen=True, slots=True)
class Result:
    """What the rules give for one child, without explanation; `rules` are those that fired."""

    level: int
    route: Route
    triggered: bool
    rag_floor: Rag | None
    enough_known: bool
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """Indicators that a rule asks to see, as bits: `at_least` of them, or of the themes."""

    themes: tuple[int, ...]
    fitting: int
    at_least: int

    def is_met_by(self, seen: int) -> bool:
        """Whether enough of these indicators are among those seen."""
        if self.themes:
            return self.count(seen) >= self.at_least
        return (seen & self.fitting).bit_count() >= self.at_least

    def count(self, seen: int) -> int:
        """How many of those seen count: one an indicator, or one a theme."""
        if not self.themes:
            return (seen & self.fitting).bit_count()
        return sum(1 for theme in self.themes if seen & theme)

    def adds(self, seen: int, bit: int) -> bool:
        """Whether one more indicator would count beside those seen."""
        return bool(self.fitting & bit) and self.count(seen | bit) > self.count(seen)

    def place_of(self, bit: int) -> int:
        """How this kind takes one indicator: not at all, or under which theme it counts."""
        if not self.fitting & bit:
            return 0
        return next((n for n, theme in enumerate(self.themes, start=1) if theme & bit), 1)


ANYTHING = Kind(themes=(), fitting=0, at_least=0)
"""What a rule asks that asks for no indicator."""


@dataclass(frozen=True, slots=True)
class Softening:
    """Strengths that lower a rule, as bits: `at_least` of them, unless `unless` may hold."""

    strengths: int
    at_least: int
    unless: int | None
    kinds: tuple[Kind, ...]

    def applies(self, strengths: int, may_hold: int) -> bool:
        """Whether the rule comes out one step lower."""
        is_held_back = self.unless is not None and self.unless & ~may_hold == 0
        return not is_held_back and (strengths & self.strengths).bit_count() >= self.at_least


@dataclass(frozen=True, slots=True)
class Laid:
    """A rule laid out: the bits that must hold, what it gives, and what may lower that."""

    rule: Rule
    kinds: tuple[Kind, ...]
    needs: int
    gives: Step | None
    lowered: Step | None
    softenings: tuple[Softening, ...]

    def sees_enough(self, seen: int) -> bool:
        """Whether there is enough of each kind of indicator that the rule asks for."""
        first, *more = self.kinds or (ANYTHING,)
        return first.is_met_by(seen) and (not more or more[0].is_met_by(seen))


class Child(NamedTuple):
    """A child as the rules see one: indicators, conditions that hold or may hold, strengths."""

    seen: int
    holding: int
    may_hold: int
    strengths: int


class Rules:
    """The rules of one edition, made ready to be asked very often."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.bit_of = {code: 1 << n for n, code in enumerate(edition.indicators_by_code)}
        self.strength_bits = {each.code: 1 << n for n, each in enumerate(edition.strength)}
        self.kinds: dict[Kind, int] = {}
        self.asked: dict[Asked, int] = {}
        self._triggered = 1
        self._next = 2
        self.laid = tuple(self._laid(rule) for rule in edition.rules)
        self._counted = [
            (kind.fitting, kind.at_least, bit)
            for kind, bit in self.kinds.items()
            if not kind.themes
        ]
        self._themed = [(kind, bit) for kind, bit in self.kinds.items() if kind.themes]
        self.kind_bits = sum(self.kinds.values())
        self._triggers = tuple(laid.needs for laid in self.laid if laid.rule.trigger)
        self._lowest: Step = (edition.level[0].number, edition.level[0].routes[0])
        above = [
            (laid, _rank(laid.gives), laid.needs & ~self.kind_bits)
            for laid in self.laid
            if laid.gives
        ]
        self._from_the_top = sorted(above, key=lambda each: each[1], reverse=True)
        self._kept: dict[Child, Result] = {}

    def result(self, facts: FactsForSuggestion) -> Result:
        """What the rules give for these facts: level, route and rating as `suggest` gives them."""
        child = self.child(facts)
        kept = self._kept.get(child)
        if kept is None:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            kept = self._kept[child] = self._worked_out(child)
        return kept

    def child(self, facts: FactsForSuggestion) -> Child:
        """The facts as the rules see them."""
        seen = strengths = holding = may_hold = 0
        for code in facts.indicators:
            seen |= self.bit_of.get(code, 0)
        for code in facts.strengths:
            strengths |= self.strength_bits.get(code, 0)
        for (name, value), bit in self.asked.items():
            holds = CONDITIONS[name].holds(value, facts)
            if holds is not False:
                may_hold |= bit
                holding |= bit if holds else 0
        return Child(seen, holding, may_hold, strengths)

    def fired(self, child: Child) -> list[tuple[Laid, Step | None]]:
        """The rules that fire for this child, each with what it gives there."""
        holding = child.holding | self.kinds_met(child.seen)
        triggered = any(needs & ~holding == 0 for needs in self._triggers)
        holding |= self._triggered if triggered else 0
        may_hold, missing = child.may_hold | holding, ~holding
        return [
            (laid, laid.gives if triggered else _given(laid, child.strengths, may_hold))
            for laid in self.laid
            if not laid.needs & missing
        ]

    def kinds_met(self, seen: int) -> int:
        """The kinds of indicator of which enough are seen, as bits."""
        met = 0
        for fitting, at_least, bit in self._counted:
            if (seen & fitting).bit_count() >= at_least:
                met |= bit
        for kind, bit in self._themed:
            if kind.is_met_by(seen):
                met |= bit
        return met

    def step(self, child: Child) -> Step:
        """The level and route for this child: those of the highest rule that fires.

        A trigger stands highest, so that what is lowered below it does not count.
        """
        best, rank = self._lowest, _rank(self._lowest)
        for laid, ranked, needed in self._from_the_top:
            if ranked <= rank:
                break
            if not needed & ~child.holding and laid.sees_enough(child.seen):
                given = self._given(laid, child)
                if _rank(given) > rank:
                    best, rank = given, _rank(given)
        return best

    def _given(self, laid: Laid, child: Child) -> Step:
        assert laid.gives is not None  # narrows the type: only rules that give something
        if not laid.softenings or not child.strengths:
            return laid.gives
        may_hold = child.may_hold | self.kinds_met(child.seen)
        return _given(laid, child.strengths, may_hold) or laid.gives

    def _highest(self, fired: list[tuple[Laid, Step | None]]) -> Step:
        return max((given for _, given in fired if given), key=_rank, default=self._lowest)

    def _worked_out(self, child: Child) -> Result:
        fired = self.fired(child)
        level, route = self._highest(fired)
        ratings = {laid.rule.rag for laid, _ in fired}
        return Result(
            level=level,
            route=route,
            triggered=any(laid.rule.trigger for laid, _ in fired),
            rag_floor=next((rag for rag in Rag if rag in ratings), None),
            enough_known=any(
                laid.rule.level and not laid.rule.when.nothing_seen for laid, _ in fired
            ),
            rules=tuple(laid.rule.code for laid, _ in fired),
        )

    def _laid(self, rule: Rule) -> Laid:
        gives = None if rule.level is None or rule.route is None else (rule.level, rule.route)
        lowers = [each for each in self.edition.protective if rule.code in each.lowers]
        softenings = tuple(
            Softening(
                sum(self.strength_bits.get(code, 0) for code in set(each.strengths)),
                each.at_least,
                None if each.unless is None else self._needs(each.unless),
                () if each.unless is None else tuple(map(self._kind, each.unless.kinds)),
            )
            for each in lowers
        )
        can_lower = gives is not None and may_lower(rule) and softenings
        lowered = one_lower(self.edition, gives) if gives and can_lower else gives
        kinds = tuple(self._kind(seen) for seen in rule.when.kinds)
        return Laid(rule, kinds, self._needs(rule.when), gives, lowered, softenings)

    def _needs(self, when: When) -> int:
        """The bits of all that is asked."""
        needs = self._triggered if when.with_trigger else 0
        for seen in when.kinds:
            needs |= self.kinds.setdefault(self._kind(seen), self._claim())
        for asked in asked_by(when):
            needs |= self.asked.setdefault(asked, self._claim())
        return needs

    def _claim(self) -> int:
        bit, self._next = self._next, self._next << 1
        return bit

    def _kind(self, asked: Seen) -> Kind:
        themes: dict[str, int] = {}
        for indicator in self.edition.indicator:
            if asked.fits(indicator):
                bit = self.bit_of[indicator.code]
                themes[indicator.theme] = themes.get(indicator.theme, 0) | bit
        different = tuple(themes.values()) if asked.different_themes else ()
        return Kind(different, sum(themes.values()), asked.at_least)


def _rank(step: Step) -> tuple[int, int]:
    """The order of steps: by level, and within one by route."""
    return step[0], step[1].weight


def _given(laid: Laid, strengths: int, may_hold: int) -> Step | None:
    if any(each.applies(strengths, may_hold) for each in laid.softenings):
        return laid.lowered
    return laid.gives


_made: dict[int, Rules] = {}  # by the edition's identity, which lasts as long as its rules
MOST_MADE = 32


def rules_of(edition: Edition) -> Rules:
    """The rules of an edition, made ready once."""
    if id(edition) not in _made:
        if len(_made) >= MOST_MADE:
            _made.clear()
        _made[id(edition)] = Rules(edition)
    return _made[id(edition)]
