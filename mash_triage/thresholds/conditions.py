"""Whether what a rule asks holds of a child: yes, no, or not known; and what that rests on."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from mash_triage.thresholds.facts import FactsForSuggestion, days_at_age
from mash_triage.thresholds.routes import Answer
from mash_triage.thresholds.shapes import Edition, Indicator, Seen, When

Known = bool | None
"""Whether something holds; None: not known."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition that asks for no indicator: how it is judged, and the fact that settles it."""

    holds: Callable[[Any, FactsForSuggestion], Known]
    fact: str


def _is_under(years: int, facts: FactsForSuggestion) -> Known:
    if facts.unborn:
        return True
    return None if facts.age_days is None else facts.age_days < days_at_age(years)


def _is_yes(name: str, facts: FactsForSuggestion) -> Known:
    answer = getattr(facts, name)
    return None if answer is Answer.NOT_KNOWN else answer in (True, Answer.YES)


def _had_help(asked: tuple[str, ...], facts: FactsForSuggestion) -> Known:
    had = facts.help_before
    return None if had is None else any(help in had for help in asked)


CONDITIONS: dict[str, Condition] = {
    "nothing_seen": Condition(lambda _, facts: not facts.indicators, "indicators"),
    "age_under_years": Condition(_is_under, "age_days"),
    "answered_yes": Condition(_is_yes, ""),
    "no_safe_adult_named": Condition(
        lambda _, facts: facts.safe_adult_named is not Answer.YES, "safe_adult_named"
    ),
    "earlier_in_3_months": Condition(
        lambda count, facts: facts.repeat_3_months >= count, "repeat_3_months"
    ),
    "earlier_in_12_months": Condition(
        lambda count, facts: facts.repeat_12_months >= count, "repeat_12_months"
    ),
    "help_before": Condition(_had_help, "help_before"),
}
"""Every such condition that a rule can name. `answered_yes` names its fact itself."""

Asked = tuple[str, Any]
"""One such condition as a rule asks it: its name, and the value given."""


def asked_by(when: When) -> Iterator[Asked]:
    """The conditions of a rule that ask for no indicator and no trigger."""
    for name in CONDITIONS:
        if value := getattr(when, name):
            yield name, value


def fact_of(asked: Asked, facts: FactsForSuggestion) -> str:
    """The fact that settles a condition."""
    name, value = asked
    if name == "age_under_years" and facts.unborn:
        return "unborn"
    return CONDITIONS[name].fact or str(value)


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether all that is asked holds, and the indicators and facts on which that rests."""

    holds: Known
    indicators: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    not_known: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """The facts laid beside the edition: accepted indicators once each, in its order."""

    facts: FactsForSuggestion
    seen: tuple[Indicator, ...]
    triggered: bool = False

    @classmethod
    def of(cls, edition: Edition, facts: FactsForSuggestion) -> "Case":
        """The case for these facts, and whether a trigger fires in it."""
        accepted = set(facts.indicators)
        seen = tuple(i for code, i in edition.indicators_by_code.items() if code in accepted)
        case = cls(facts, seen)
        triggers = (rule for rule in edition.rules if rule.trigger)
        return cls(facts, seen, triggered=any(judge(rule.when, case).holds for rule in triggers))

    def fitting(self, asked: Seen) -> tuple[Indicator, ...]:
        """The accepted indicators of one kind."""
        return tuple(indicator for indicator in self.seen if asked.fits(indicator))


def judge(when: When, case: Case) -> Judgement:
    """All conditions together: one that fails settles it, then one not known."""
    codes: dict[str, None] = {}
    fed: list[str] = []
    not_known: list[str] = []
    answers: list[Known] = []
    for kind in when.kinds:
        fitting = case.fitting(kind)
        answers.append(kind.is_met_by(fitting))
        codes |= dict.fromkeys(indicator.code for indicator in fitting)
    if when.with_trigger:
        answers.append(case.triggered)
        fed.append("triggered")
    for asked in asked_by(when):
        name, value = asked
        holds = CONDITIONS[name].holds(value, case.facts)
        answers.append(holds)
        (not_known if holds is None else fed).append(fact_of(asked, case.facts))
    return Judgement(_together(answers), tuple(codes), tuple(fed), tuple(not_known))


def _together(answers: list[Known]) -> Known:
    return False if False in answers else None if None in answers else True
