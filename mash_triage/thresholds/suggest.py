"""From what is known of a child to a suggested level and route, with the rules that fired.

A suggestion informs and never decides. It is worked out from the floor and the edition's own rules
only: the same facts give the same words, ticking one more indicator never lowers anything, what is
not known never lowers anything, and nothing cancels a trigger.
"""

from mash_triage.thresholds.conditions import Case, Judgement, judge
from mash_triage.thresholds.facts import Consent, FactsForSuggestion, HelpBefore, days_at_age
from mash_triage.thresholds.nearly import came_close, confidence
from mash_triage.thresholds.protective import Step, lowering, one_lower
from mash_triage.thresholds.routes import Rag, Route
from mash_triage.thresholds.shapes import Edition, Rule
from mash_triage.thresholds.suggestion import CameClose, FiredRule, OpenQuestion, Suggestion

__all__ = [
    "CameClose",
    "Consent",
    "FactsForSuggestion",
    "FiredRule",
    "HelpBefore",
    "OpenQuestion",
    "Suggestion",
    "days_at_age",
    "suggest",
]


def suggest(edition: Edition, facts: FactsForSuggestion) -> Suggestion:
    """The level and route that the rules propose for these facts, and why."""
    case = Case.of(edition, facts)
    judged = [(rule, judge(rule.when, case)) for rule in edition.rules]
    fired = [rule for rule, judgement in judged if judgement.holds]
    rules = tuple(_fired(rule, j, edition, case) for rule, j in judged if j.holds)
    step = _highest(edition, rules)
    questions = tuple(
        OpenQuestion(rule=rule.code, words=rule.words, not_known=j.not_known)
        for rule, j in judged
        if j.holds is None and _would_add(rule, step)
    )
    close = () if case.triggered else came_close(edition, case, step)
    enough_known = any(rule.level and not rule.when.nothing_seen for rule in fired)
    return Suggestion(
        level=step[0],
        route=step[1],
        rag_floor=_most_urgent(fired),
        check_999=any(rule.check_999 for rule in fired),
        do_not_contact_family=any(rule.do_not_contact_family for rule in fired),
        ask_manager_to_comment=any(rule.ask_manager_to_comment for rule in fired),
        triggered=case.triggered,
        enough_known=enough_known,
        rules=rules,
        open_questions=questions,
        not_in_edition=tuple(sorted(set(facts.indicators) - edition.indicators_by_code.keys())),
        confidence=confidence(
            edition,
            step,
            rules,
            close,
            questions,
            triggered=case.triggered,
            enough_known=enough_known,
        ),
        came_close=close,
        consent=_consent(edition, step[1], facts.consent),
    )


def _highest(edition: Edition, rules: tuple[FiredRule, ...]) -> Step:
    """The highest level and the highest route, which the edition gives together."""
    lowest = edition.level[0]
    routes = [rule.route for rule in rules if rule.route is not None]
    return (
        max((rule.level for rule in rules if rule.level), default=lowest.number),
        max(routes, key=lambda route: route.weight, default=lowest.routes[0]),
    )


def _would_add(rule: Rule, step: Step) -> bool:
    """Whether a rule would give more than this, or something else than a level."""
    if rule.level is None or rule.route is None:
        return True
    return (rule.level, rule.route.weight) > (step[0], step[1].weight)


def _most_urgent(rules: list[Rule]) -> Rag | None:
    ratings = {rule.rag for rule in rules}
    return next((rag for rag in Rag if rag in ratings), None)


def _fired(rule: Rule, judgement: Judgement, edition: Edition, case: Case) -> FiredRule:
    level, route, entry = rule.level, rule.route, lowering(rule, edition, case)
    if entry is not None and level is not None and route is not None:
        level, route = one_lower(edition, (level, route))
    return FiredRule(
        rule=rule.code,
        words=rule.words,
        page=rule.page,
        indicators=judgement.indicators,
        facts=judgement.facts,
        level=level,
        route=route,
        source=rule.source,
        lowered_by=entry.words if entry else None,
        strengths=tuple(s for s in entry.strengths if s in case.facts.strengths) if entry else (),
    )


def _consent(edition: Edition, route: Route, consent: Consent) -> str | None:
    """What the family's agreement means for this route, in the edition's words."""
    for rule in edition.consent:
        if rule.route is route:
            return rule.when_refused if consent is Consent.REFUSED else rule.words
    return None
