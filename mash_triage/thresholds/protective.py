"""What strengths may do: let some rules come out one step lower, never a trigger's.

Each rule is lowered by itself and by one step at most, however many strengths there are, so that
another rule that stands keeps its level. What is not known never lowers.
"""

from mash_triage.thresholds.conditions import Case, judge
from mash_triage.thresholds.routes import Route
from mash_triage.thresholds.shapes import Edition, Protective, Rule

Step = tuple[int, Route]
"""A level with one of its routes."""


def steps(edition: Edition) -> tuple[Step, ...]:
    """Every level with each of its routes, from the lowest to the highest."""
    return tuple(
        (level.number, route)
        for level in edition.level
        for route in sorted(level.routes, key=lambda route: route.weight)
    )


def one_lower(edition: Edition, step: Step) -> Step:
    """The step below; the lowest has none below it."""
    ladder = steps(edition)
    return ladder[max(ladder.index(step) - 1, 0)]


def may_lower(rule: Rule) -> bool:
    """Whether strengths may lower this rule at all: never a trigger, never section 47."""
    return rule.level is not None and not rule.trigger and rule.route is not Route.S47


def lowering(rule: Rule, edition: Edition, case: Case) -> Protective | None:
    """The entry by which strengths lower this rule for this child, if there is one."""
    if case.triggered or not may_lower(rule):
        return None
    return next((each for each in edition.protective if _lowers(each, rule, case)), None)


def _lowers(each: Protective, rule: Rule, case: Case) -> bool:
    if rule.code not in each.lowers:
        return False
    seen = set(each.strengths).intersection(case.facts.strengths)
    return len(seen) >= each.at_least and not _is_held_back(each, case)


def _is_held_back(each: Protective, case: Case) -> bool:
    return each.unless is not None and judge(each.unless, case).holds is not False
