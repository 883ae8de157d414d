"""The shape of an indicator and of a rule: what a rule may ask, and what may follow from it."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from mash_triage.thresholds.clock_times import Shape
from mash_triage.thresholds.facts import HelpBefore
from mash_triage.thresholds.routes import Rag, Route
from mash_triage.thresholds.words import Code, Words

Page = Annotated[int, Field(ge=1, le=9999)]
LevelNumber = Annotated[int, Field(ge=1, le=9)]
Count = Annotated[int, Field(ge=1, le=100)]
Mark = Literal["check_999", "do_not_contact_family"]
AskedFact = Literal["non_mobile", "disabled", "cannot_tell", "in_danger_now", "police_protection"]


class Indicator(Shape):
    """A sentence of the levels of need that may be seen in a contact.

    `level` is where it usually sits alone; without one it is a flag that only its rules give
    a meaning. `groups` are named by rules, and some by the floor (injury, sexual).
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

    With `different_themes`, themes are counted instead of indicators. `except_codes` never count.
    """

    codes: tuple[Code, ...] = ()
    except_codes: tuple[Code, ...] = ()
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
            and indicator.code not in self.except_codes
            and (self.group is None or self.group in indicator.groups)
            and (self.level is None or self.level == indicator.level)
            and (not self.themes or indicator.theme in self.themes)
            and (self.mark is None or bool(getattr(indicator, self.mark)))
        )

    def is_met_by(self, fitting: tuple[Indicator, ...]) -> bool:
        """Whether there are enough of the indicators that fit."""
        return self.count(fitting) >= self.at_least

    def count(self, fitting: tuple[Indicator, ...]) -> int:
        """How many of those that fit count: one an indicator, or one a theme."""
        return len({i.theme if self.different_themes else i.code for i in fitting})


class When(Shape):
    """When a rule fires: everything that is given here must hold.

    `also_seen` asks for a second kind of indicator; one that fits both counts for both.
    `help_before` holds when the child has or had any of the kinds of help named.
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
    help_before: tuple[HelpBefore, ...] = ()

    @model_validator(mode="after")
    def _asks_for_something(self) -> Self:
        if not any(getattr(self, name) for name in type(self).model_fields):
            raise ValueError("a rule must say when it applies")
        if self.also_seen and not self.seen:
            raise ValueError("also_seen goes with seen")
        return self

    @property
    def kinds(self) -> tuple[Seen, ...]:
        """The kinds of indicator asked for."""
        return tuple(seen for seen in (self.seen, self.also_seen) if seen is not None)


class Rule(Shape):
    """One rule in its own plain words: when it fires, and what follows.

    `source` is the law or guidance that a rule rests on, where it rests on one.
    """

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
    source: Words | None = None
    page: Page | None = None


class Protective(Shape):
    """Strengths that, seen together, let some rules come out one step lower, and never more.

    `lowers` names those rules: none may be a trigger or give section 47. Nothing is lowered when
    what stands under `unless` holds, or when it is not known whether it does.
    """

    code: Code
    words: Words
    strengths: Annotated[tuple[Code, ...], Field(min_length=1)]
    at_least: Count = 1
    lowers: Annotated[tuple[Code, ...], Field(min_length=1)]
    unless: When | None = None
    page: Page | None = None


class ConsentRule(Shape):
    """What the family's agreement means for one route, in words. It changes no level or route."""

    route: Route
    needed: bool
    words: Words
    when_refused: Words
