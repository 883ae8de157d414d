"""Rules that came close, and how sure a suggestion is, in words."""

from collections.abc import Iterator
from dataclasses import dataclass

from mash_triage.thresholds.conditions import CONDITIONS, Case, asked_by
from mash_triage.thresholds.protective import Step
from mash_triage.thresholds.shapes import Edition, Rule, Seen
from mash_triage.thresholds.suggestion import (
    CLEAR,
    NOT_ENOUGH,
    CameClose,
    FiredRule,
    OpenQuestion,
)

COUNTS = {
    "earlier_in_3_months": "one more earlier contact in three months",
    "earlier_in_12_months": "one more earlier contact in twelve months",
}
"""Conditions that count, and what is missing when they are one short."""


@dataclass(frozen=True, slots=True)
class _Part:
    """One thing that a rule asks: how many, how many are there, and what one more would be."""

    asked: int
    there: int
    one_more: str = ""


def came_close(edition: Edition, case: Case, above: Step) -> tuple[CameClose, ...]:
    """The rules above this step that one thing more would make fire, the nearest first."""
    close = [each for rule in edition.rules for each in _close(rule, case, above)]
    return tuple(sorted(close, key=lambda each: (-each.met, -each.route.weight)))


def _close(rule: Rule, case: Case, above: Step) -> Iterator[CameClose]:
    if rule.level is None or rule.route is None:
        return
    if (rule.level, rule.route.weight) <= (above[0], above[1].weight):
        return
    parts = list(_parts(rule, case))
    met = sum(min(part.asked, part.there) for part in parts)
    short = [part for part in parts if part.there < part.asked]
    fed = dict.fromkeys(i.code for kind in rule.when.kinds for i in case.fitting(kind))
    if fed and len(short) == 1 and short[0].one_more and short[0].asked - short[0].there == 1:
        yield CameClose(
            rule=rule.code,
            words=rule.words,
            page=rule.page,
            missing=short[0].one_more,
            met=met,
            on_the_line=met > 1 and short[0].asked > 1,
            indicators=tuple(fed),
            level=rule.level,
            route=rule.route,
        )


def _parts(rule: Rule, case: Case) -> Iterator[_Part]:
    for kind in rule.when.kinds:
        yield _Part(kind.at_least, kind.count(case.fitting(kind)), _one_more(kind))
    for name, value in asked_by(rule.when):
        if name in COUNTS:
            yield _Part(value, getattr(case.facts, CONDITIONS[name].fact), COUNTS[name])
        else:
            yield _Part(1, int(CONDITIONS[name].holds(value, case.facts) is True))
    if rule.when.with_trigger:
        yield _Part(1, 0)


def _one_more(kind: Seen) -> str:
    more = "another" if kind.at_least > 1 else "an"
    theme = " from a different theme" if kind.different_themes else ""
    return f"{more} indicator of the kind that this rule names{theme}"


def confidence(
    edition: Edition,
    step: Step,
    rules: tuple[FiredRule, ...],
    close: tuple[CameClose, ...],
    questions: tuple[OpenQuestion, ...],
    *,
    triggered: bool,
    enough_known: bool,
) -> str:
    """How sure: clear, not enough known, or on the line between two levels or routes.

    A trigger is clear. Not enough is known where nothing sets a level, or where an answer that
    nobody has could make a trigger fire. A line runs to a rule that counts and is one short, and
    to what a rule would have given without the strengths that lowered it.
    """
    if triggered:
        return CLEAR
    if not enough_known or any(edition.rule_of(each.rule).trigger for each in questions):
        return NOT_ENOUGH
    lines = [(each.level, each.route) for each in close if each.on_the_line]
    lines += [_unlowered(edition, each) for each in rules if each.lowered_by]
    higher = [other for other in lines if (other[0], other[1].weight) > (step[0], step[1].weight)]
    if not higher:
        return CLEAR
    return _between(edition, step, min(higher, key=lambda other: (other[0], other[1].weight)))


def _unlowered(edition: Edition, fired: FiredRule) -> Step:
    rule = edition.rule_of(fired.rule)
    assert rule.level is not None  # only such rules are lowered
    assert rule.route is not None
    return rule.level, rule.route


def _between(edition: Edition, lower: Step, higher: Step) -> str:
    if lower[0] != higher[0]:
        return f"on the line between {lower[0]} and {higher[0]}"
    names = [edition.route_of(route).words for _, route in (lower, higher)]
    return f"on the line between {names[0]} and {names[1]}"
