"""From what is known of a child to a suggested level and route, with the rules that fired.

A suggestion informs and never decides. It is worked out from the edition's own rules only: the
same facts give the same words, ticking one more indicator never lowers anything, what is not
known never lowers anything, and nothing cancels a trigger.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, Field

from mash_triage.thresholds.routes import Answer, Rag, Route
from mash_triage.thresholds.shapes import Edition, Indicator, Rule, Seen, When


class FactsForSuggestion(BaseModel):
    """What is known of one child when a suggestion is worked out. It is frozen with a decision.

    `age_days` is None when not known, and for an unborn child. `repeat_3_months` and
    `repeat_12_months` count earlier contacts of the child or the household. `strengths` are kept
    with the facts and change nothing here.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    age_days: int | None = Field(default=None, ge=0)
    unborn: bool = False
    non_mobile: Answer = Answer.NOT_KNOWN
    police_protection: bool = False
    in_danger_now: Answer = Answer.NOT_KNOWN
    safe_adult_named: Answer = Answer.NOT_KNOWN
    indicators: tuple[str, ...] = ()
    strengths: tuple[str, ...] = ()
    repeat_3_months: int = Field(default=0, ge=0)
    repeat_12_months: int = Field(default=0, ge=0)


class FiredRule(BaseModel):
    """A rule of the edition that fired, in its own words, with the facts that fed it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rule: str
    words: str
    page: int | None
    indicators: tuple[str, ...]
    facts: tuple[str, ...]
    level: int | None
    route: Route | None


class OpenQuestion(BaseModel):
    """A rule that would fire if a fact that is not known were known to be so."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rule: str
    words: str
    not_known: tuple[str, ...]


class Suggestion(BaseModel):
    """What the rules propose for one child. `rag_floor` is the rating it may not be below."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    level: int
    route: Route
    rag_floor: Rag | None
    check_999: bool
    do_not_contact_family: bool
    ask_manager_to_comment: bool
    triggered: bool
    enough_known: bool
    rules: tuple[FiredRule, ...]
    open_questions: tuple[OpenQuestion, ...]
    not_in_edition: tuple[str, ...]


def days_at_age(years: int) -> int:
    """The most days a child can have lived by this birthday.

    Also the age in days to give for a child known only to be so many years old. On the birthday
    itself, in some years, a child is still taken for a day as younger: the cautious side.
    """
    return 365 * years + -(-years // 4)


def suggest(edition: Edition, facts: FactsForSuggestion) -> Suggestion:
    """The level and route that the edition's rules propose for these facts, and why."""
    case = _Case.of(edition, facts)
    judged = [(rule, _judge(rule, case)) for rule in edition.rule]
    fired = [(rule, judgement) for rule, judgement in judged if judgement.holds]
    rules = [rule for rule, _ in fired]

    return Suggestion(
        level=max((r.level for r in rules if r.level), default=edition.level[0].number),
        route=_greatest(rules) or edition.level[0].routes[0],
        rag_floor=_most_urgent(rules),
        check_999=any(r.check_999 for r in rules),
        do_not_contact_family=any(r.do_not_contact_family for r in rules),
        ask_manager_to_comment=any(r.ask_manager_to_comment for r in rules),
        triggered=case.triggered,
        enough_known=any(r.level and not r.when.nothing_seen for r in rules),
        rules=tuple(_fired(rule, judgement) for rule, judgement in fired),
        open_questions=tuple(_open(rule, j) for rule, j in judged if j.holds is None),
        not_in_edition=tuple(sorted(set(facts.indicators) - edition.indicators_by_code.keys())),
    )


def _greatest(rules: list[Rule]) -> Route | None:
    routes = [rule.route for rule in rules if rule.route is not None]
    return max(routes, key=lambda route: route.weight, default=None)


def _most_urgent(rules: list[Rule]) -> Rag | None:
    ratings = {rule.rag for rule in rules}
    return next((rag for rag in Rag if rag in ratings), None)


def _fired(rule: Rule, judgement: "_Judgement") -> FiredRule:
    return FiredRule(
        rule=rule.code,
        words=rule.words,
        page=rule.page,
        indicators=judgement.indicators,
        facts=judgement.facts,
        level=rule.level,
        route=rule.route,
    )


def _open(rule: Rule, judgement: "_Judgement") -> OpenQuestion:
    return OpenQuestion(rule=rule.code, words=rule.words, not_known=judgement.not_known)


@dataclass(frozen=True)
class _Judgement:
    """Whether something holds (None: not known), and what it rests on."""

    holds: bool | None
    indicators: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    not_known: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Case:
    """The facts laid beside the edition: accepted indicators once each, in its order."""

    facts: FactsForSuggestion
    seen: tuple[Indicator, ...]
    triggered: bool = False

    @classmethod
    def of(cls, edition: Edition, facts: FactsForSuggestion) -> "_Case":
        accepted = set(facts.indicators)
        seen = tuple(i for code, i in edition.indicators_by_code.items() if code in accepted)
        case = cls(facts, seen)
        triggers = (rule for rule in edition.rule if rule.trigger)
        return cls(facts, seen, triggered=any(_judge(rule, case).holds for rule in triggers))


def _judge(rule: Rule, case: _Case) -> _Judgement:
    """All conditions of a rule together: one that fails settles it, then one not known."""
    parts = tuple(_conditions(rule.when, case))
    answers = {part.holds for part in parts}
    return _Judgement(
        holds=False if False in answers else None if None in answers else True,
        indicators=tuple(dict.fromkeys(code for part in parts for code in part.indicators)),
        facts=tuple(fact for part in parts for fact in part.facts),
        not_known=tuple(fact for part in parts for fact in part.not_known),
    )


def _conditions(when: When, case: _Case) -> Iterator[_Judgement]:
    for name, judge in CONDITIONS.items():
        if getattr(when, name):
            yield judge(when, case)


def _seen(when: When, case: _Case) -> _Judgement:
    return _enough(when.seen, case)


def _also_seen(when: When, case: _Case) -> _Judgement:
    return _enough(when.also_seen, case)


def _enough(asked: Seen | None, case: _Case) -> _Judgement:
    assert asked is not None  # narrows the type: only called when the rule asks for it
    fitting = tuple(indicator for indicator in case.seen if asked.fits(indicator))
    return _Judgement(asked.is_met_by(fitting), indicators=tuple(i.code for i in fitting))


def _nothing_seen(_when: When, case: _Case) -> _Judgement:
    return _Judgement(not case.facts.indicators, facts=("indicators",))


def _with_trigger(_when: When, case: _Case) -> _Judgement:
    return _Judgement(case.triggered, facts=("triggered",))


def _age_under_years(when: When, case: _Case) -> _Judgement:
    if case.facts.unborn:
        return _Judgement(True, facts=("unborn",))
    if case.facts.age_days is None:
        return _Judgement(None, not_known=("age_days",))
    under = case.facts.age_days < days_at_age(when.age_under_years or 0)
    return _Judgement(under, facts=("age_days",))


def _answered_yes(when: When, case: _Case) -> _Judgement:
    name = when.answered_yes or ""
    answer = getattr(case.facts, name)
    if answer is Answer.NOT_KNOWN:
        return _Judgement(None, not_known=(name,))
    return _Judgement(answer is True or answer is Answer.YES, facts=(name,))


def _no_safe_adult_named(_when: When, case: _Case) -> _Judgement:
    named = case.facts.safe_adult_named is Answer.YES
    return _Judgement(not named, facts=("safe_adult_named",))


def _earlier_in_3_months(when: When, case: _Case) -> _Judgement:
    enough = case.facts.repeat_3_months >= (when.earlier_in_3_months or 0)
    return _Judgement(enough, facts=("repeat_3_months",))


def _earlier_in_12_months(when: When, case: _Case) -> _Judgement:
    enough = case.facts.repeat_12_months >= (when.earlier_in_12_months or 0)
    return _Judgement(enough, facts=("repeat_12_months",))


CONDITIONS: dict[str, Callable[[When, _Case], _Judgement]] = {
    "seen": _seen,
    "also_seen": _also_seen,
    "nothing_seen": _nothing_seen,
    "with_trigger": _with_trigger,
    "age_under_years": _age_under_years,
    "answered_yes": _answered_yes,
    "no_safe_adult_named": _no_safe_adult_named,
    "earlier_in_3_months": _earlier_in_3_months,
    "earlier_in_12_months": _earlier_in_12_months,
}
"""Every condition a rule can name, and how it is judged."""
