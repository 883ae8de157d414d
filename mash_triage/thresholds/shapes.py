"""The shape of an edition of the levels of need: frozen, strict, refusing what it does not know.

Every word a practitioner reads about levels, routes, indicators and rules comes from here, so an
edition is the partnership's own document in a form that can be checked and applied.
"""

from datetime import date
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from mash_triage.thresholds.clock_times import ClockTimes, Hours, Shape
from mash_triage.thresholds.routes import DepartureReason, Outcome, Rag, Route

Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
Words = Annotated[str, Field(min_length=1, max_length=1000)]
Page = Annotated[int, Field(ge=1, le=9999)]
LevelNumber = Annotated[int, Field(ge=1, le=9)]
Count = Annotated[int, Field(ge=1, le=100)]
Mark = Literal["check_999", "do_not_contact_family"]
AskedFact = Literal["non_mobile", "in_danger_now", "police_protection"]


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


class Level(Shape):
    """A level of need, and the routes a child at that level may take."""

    number: LevelNumber
    name: Words
    meaning: Words
    routes: Annotated[tuple[Route, ...], Field(min_length=1)]
    page: Page | None = None


class RouteWords(Shape):
    """A route's name and meaning here, and the outcomes it allows."""

    code: Route
    words: Words
    meaning: Words
    outcomes: Annotated[tuple[Outcome, ...], Field(min_length=1)]


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


class Indicator(Shape):
    """A sentence of the levels of need that may be seen in a contact.

    `level` is where it usually sits alone; without one it is a flag that only its rules give
    a meaning. `groups` are named by rules (injury, sexual).
    `check_999`: ask at once whether the emergency services are needed.
    `do_not_contact_family`: the family is not approached before a strategy discussion.
    """

    code: Code
    words: Words
    definition: Words
    domain: Code
    theme: Code
    level: LevelNumber | None = None
    groups: tuple[Code, ...] = ()
    check_999: bool = False
    do_not_contact_family: bool = False
    page: Page | None = None


class Seen(Shape):
    """Which accepted indicators a rule asks for: all filters given must fit, `at_least` so many.

    With `different_themes`, themes are counted instead of indicators.
    """

    codes: tuple[Code, ...] = ()
    group: Code | None = None
    level: LevelNumber | None = None
    themes: tuple[Code, ...] = ()
    mark: Mark | None = None
    at_least: Count = 1
    different_themes: bool = False

    def fits(self, indicator: Indicator) -> bool:
        """Whether one accepted indicator is of the kind asked for."""
        return (
            (not self.codes or indicator.code in self.codes)
            and (self.group is None or self.group in indicator.groups)
            and (self.level is None or self.level == indicator.level)
            and (not self.themes or indicator.theme in self.themes)
            and (self.mark is None or bool(getattr(indicator, self.mark)))
        )

    def is_met_by(self, fitting: tuple[Indicator, ...]) -> bool:
        """Whether there are enough of the indicators that fit."""
        different = {i.theme if self.different_themes else i.code for i in fitting}
        return len(different) >= self.at_least


class When(Shape):
    """When a rule fires: everything that is given here must hold.

    `also_seen` asks for a second kind of indicator; one that fits both counts for both.
    """

    seen: Seen | None = None
    also_seen: Seen | None = None
    nothing_seen: bool = False
    with_trigger: bool = False
    age_under_years: Annotated[int, Field(ge=1, le=18)] | None = None
    answered_yes: AskedFact | None = None
    no_safe_adult_named: bool = False
    earlier_in_3_months: Count | None = None
    earlier_in_12_months: Count | None = None

    @model_validator(mode="after")
    def _asks_for_something(self) -> Self:
        if not any(getattr(self, name) for name in type(self).model_fields):
            raise ValueError("a rule must say when it applies")
        if self.also_seen and not self.seen:
            raise ValueError("also_seen goes with seen")
        return self


class Rule(Shape):
    """One rule in its own plain words: when it fires, and what follows."""

    code: Code
    words: Words
    when: When
    level: LevelNumber | None = None
    route: Route | None = None
    rag: Rag | None = None
    trigger: bool = False
    check_999: bool = False
    ask_manager_to_comment: bool = False
    do_not_contact_family: bool = False
    page: Page | None = None


class Edition(Shape):
    """One edition of a partnership's levels of need, complete."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
    title: Words
    effective_from: date
    effective_to: date | None = None
    source: Words
    notice: Words
    allow_plain_nfa: bool
    clocks: ClockTimes
    without_route: WithoutRoute
    rag: tuple[Rating, ...]
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
    indicator: Annotated[tuple[Indicator, ...], Field(min_length=1)]

    @cached_property
    def indicators_by_code(self) -> dict[str, Indicator]:
        """Every indicator by its code, in the order of the document."""
        return {indicator.code: indicator for indicator in self.indicator}

    @cached_property
    def trigger_codes(self) -> frozenset[str]:
        """The indicators on which a trigger rule rests, whatever else that rule asks for."""
        asked = [rule.when.seen for rule in self.rule if rule.trigger and rule.when.seen]
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

    def rule_of(self, code: str) -> Rule:
        """The rule with this code; KeyError when the edition has none."""
        return {rule.code: rule for rule in self.rule}[code]

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
