"""The shape of an edition of the levels of need: frozen, strict, refusing what it does not know.

Every word a practitioner reads about levels, routes, indicators and rules comes from here, so an
edition is the partnership's own document in a form that can be checked and applied.
"""

from datetime import date
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from mash_triage.thresholds.clock_times import ClockTimes, Hours, Shape, WorkingDays
from mash_triage.thresholds.floor import floor_rules
from mash_triage.thresholds.promises import Promise
from mash_triage.thresholds.routes import DepartureReason, Outcome, Rag, Route
from mash_triage.thresholds.rule_shapes import (
    AskedFact,
    ConsentRule,
    Count,
    Indicator,
    LevelNumber,
    Mark,
    Page,
    Protective,
    Rule,
    Seen,
    When,
)
from mash_triage.thresholds.words import Code, Words

__all__ = [
    "AskedFact",
    "Code",
    "ConsentRule",
    "Count",
    "DepartureWords",
    "Edition",
    "Indicator",
    "Level",
    "LevelNumber",
    "Mark",
    "Named",
    "OutcomeWords",
    "Page",
    "Promise",
    "Protective",
    "Rating",
    "RouteWords",
    "Rule",
    "Seen",
    "When",
    "WithoutRoute",
    "Words",
]


class Named(Shape):
    """A code with the words people read: a domain, a theme, a concern, a strength."""

    code: Code
    words: Words
    meaning: Words | None = None


class Rating(Shape):
    """A RAG rating: its name, its meaning, and how soon such a contact is dealt with."""

    code: Rag
    words: Words
    meaning: Words
    within_hours: Hours | None = None
    within_working_days: Annotated[int, Field(ge=1, le=20)] | None = None


class Plain(Shape):
    """What a level or a route means, in words for those who live with it and work beside it.

    `families`: what happens for a child and those who care for the child. `partners`: what an
    agency does, and what it may expect.
    """

    families: Words
    partners: Words


class RouteClock(Shape):
    """Something that a route must bring about, and how soon after what.

    Exactly one of `at_once`, `within_hours` and `within_working_days` is given. `source` says who
    set the time: statutory guidance, or this partnership.
    """

    code: Code
    words: Words
    counted_from: Words
    source: Words
    at_once: bool = False
    within_hours: Hours | None = None
    within_working_days: WorkingDays | None = None

    @model_validator(mode="after")
    def _says_one_time(self) -> Self:
        given = (self.at_once, self.within_hours, self.within_working_days)
        if sum(map(bool, given)) != 1:
            raise ValueError("give one of at_once, within_hours and within_working_days")
        return self


class Level(Shape):
    """A level of need, and the routes a child at that level may take."""

    number: LevelNumber
    name: Words
    meaning: Words
    routes: Annotated[tuple[Route, ...], Field(min_length=1)]
    plain: Plain | None = None
    page: Page | None = None


class RouteWords(Shape):
    """A route's name and meaning here, the outcomes it allows, and the clocks it sets going."""

    code: Route
    words: Words
    meaning: Words
    outcomes: Annotated[tuple[Outcome, ...], Field(min_length=1)]
    plain: Plain | None = None
    clock: tuple[RouteClock, ...] = ()


class OutcomeWords(Shape):
    """An outcome's name for colleagues, and the sentence the referrer is told."""

    code: Outcome
    words: Words
    told_to_referrer: Words


class WithoutRoute(Shape):
    """The outcomes that end a contact without any route."""

    outcomes: tuple[Outcome, ...]


class DepartureWords(Shape):
    """The words of a reason for departing from a suggestion."""

    code: DepartureReason
    words: Words


class Edition(Shape):
    """One edition of a partnership's levels of need, complete.

    `owner` and `how_decided` are told to everybody who reads it; the open page and the printed
    document have words of their own where an edition has none.
    """

    id: Annotated[Code, Field(max_length=40)]
    title: Words
    effective_from: date
    effective_to: date | None = None
    source: Words
    notice: Words
    owner: Words | None = None
    how_decided: Words | None = None
    allow_plain_nfa: bool
    clocks: ClockTimes
    without_route: WithoutRoute
    rag: tuple[Rating, ...]
    promise: tuple[Promise, ...] = ()
    level: Annotated[tuple[Level, ...], Field(min_length=1)]
    route: tuple[RouteWords, ...]
    outcome: tuple[OutcomeWords, ...]
    departure_reason: tuple[DepartureWords, ...]
    concern: Annotated[tuple[Named, ...], Field(min_length=1)]
    strength: tuple[Named, ...]
    domain: tuple[Named, ...]
    theme: tuple[Named, ...]
    group: tuple[Named, ...]
    rule: Annotated[tuple[Rule, ...], Field(min_length=1)]
    protective: tuple[Protective, ...] = ()
    consent: tuple[ConsentRule, ...] = ()
    indicator: Annotated[tuple[Indicator, ...], Field(min_length=1)]

    @cached_property
    def indicators_by_code(self) -> dict[str, Indicator]:
        """Every indicator by its code, in the order of the document."""
        return {indicator.code: indicator for indicator in self.indicator}

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule that is asked: the floor that no edition can take away, then its own."""
        with_s47 = [level.number for level in self.level if Route.S47 in level.routes]
        highest = max(with_s47, default=self.level[-1].number)
        return (*floor_rules(highest, self.rule), *self.rule)

    @cached_property
    def trigger_codes(self) -> frozenset[str]:
        """The indicators on which a trigger rule rests, whatever else that rule asks for."""
        asked = [rule.when.seen for rule in self.rules if rule.trigger and rule.when.seen]
        return frozenset(
            each.code for each in self.indicator if any(seen.fits(each) for seen in asked)
        )

    def indicator_of(self, code: str) -> Indicator:
        """The indicator with this code; KeyError when the edition has none."""
        return self.indicators_by_code[code]

    def level_of(self, number: int) -> Level:
        """The level with this number; KeyError when the edition has none."""
        return {level.number: level for level in self.level}[number]

    def route_of(self, code: Route) -> RouteWords:
        """A route's words and outcomes."""
        return {route.code: route for route in self.route}[code]

    def outcome_of(self, code: Outcome) -> OutcomeWords:
        """An outcome's words."""
        return {outcome.code: outcome for outcome in self.outcome}[code]

    def rating_of(self, code: Rag) -> Rating:
        """A rating's words and times."""
        return {rating.code: rating for rating in self.rag}[code]

    def promise_of(self, code: str) -> Promise:
        """The promise with this code; KeyError when the edition has none."""
        return {promise.code: promise for promise in self.promise}[code]

    def rule_of(self, code: str) -> Rule:
        """The rule with this code; KeyError when the edition has none."""
        return {rule.code: rule for rule in self.rules}[code]

    def outcomes_for(self, route: Route | None) -> tuple[Outcome, ...]:
        """The outcomes a decision may name with this route, or with none."""
        return self.without_route.outcomes if route is None else self.route_of(route).outcomes

    def routes_for(self, level: int) -> tuple[Route, ...]:
        """The routes a child at this level may take."""
        return self.level_of(level).routes

    def words_of(self, kind: Literal["concern", "strength", "domain", "theme"], code: str) -> str:
        """The words of a concern, strength, domain or theme; KeyError when there is none."""
        named: tuple[Named, ...] = getattr(self, kind)
        return {one.code: one.words for one in named}[code]

    def departure_words(self, code: DepartureReason) -> str:
        """The words of a reason for departing from a suggestion."""
        return {reason.code: reason.words for reason in self.departure_reason}[code]
