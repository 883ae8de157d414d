"""Whether the parts of an edition agree with each other.

The shapes see to single values; this sees to what one part says about another. Each fault is a
key (a dotted path, lists counted from 0) and a sentence the document's owner can act on.
"""

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from itertools import pairwise

from mash_triage.thresholds.routes import DepartureReason, Outcome, Rag, Route
from mash_triage.thresholds.shapes import Edition, Rule, Seen

Fault = tuple[str, str]
LISTS_WITH_CODES = (
    "rag",
    "route",
    "outcome",
    "departure_reason",
    "concern",
    "strength",
    "domain",
    "theme",
    "group",
    "rule",
    "indicator",
)


def faults_of(edition: Edition) -> Iterator[Fault]:
    """Every fault between the parts of an edition, in the order of the checks."""
    for check in CHECKS:
        yield from check(edition)


def _equal_codes(edition: Edition) -> Iterator[Fault]:
    """No two entries of one list share a code (or a level its number)."""
    for name in LISTS_WITH_CODES:
        codes = [str(entry.code) for entry in getattr(edition, name)]
        yield from _repeated(codes, f"{name}[{{}}].code", "two entries have the code")
    numbers = [str(level.number) for level in edition.level]
    yield from _repeated(numbers, "level[{}].number", "two levels have the number")


def _repeated(values: list[str], key: str, words: str) -> Iterator[Fault]:
    seen: set[str] = set()
    for place, value in enumerate(values):
        if value in seen:
            yield key.format(place), f"{words} {value!r}"
        seen.add(value)


def _missing_codes(edition: Edition) -> Iterator[Fault]:
    """Every fixed code has its words: records may hold any of them."""
    yield from _absent(Route, {route.code for route in edition.route}, "route")
    yield from _absent(Outcome, {outcome.code for outcome in edition.outcome}, "outcome")
    yield from _absent(Rag, {rating.code for rating in edition.rag}, "rag")
    reasons = {reason.code for reason in edition.departure_reason}
    yield from _absent(DepartureReason, reasons, "departure_reason")


def _absent(codes: type[StrEnum], given: Iterable[str], key: str) -> Iterator[Fault]:
    for code in codes:
        if code not in set(given):
            yield key, f"{code.value!r} is missing"


def _levels_and_routes(edition: Edition) -> Iterator[Fault]:
    """Levels rise, their routes never go down, and every route belongs to a level."""
    for place, (lower, higher) in enumerate(pairwise(edition.level), start=1):
        if higher.number < lower.number:
            yield f"level[{place}].number", "levels must be given from the lowest to the highest"
        if max(r.weight for r in lower.routes) > min(r.weight for r in higher.routes):
            yield f"level[{place}].routes", "a higher level may not have a lesser route"
    used = {route for level in edition.level for route in level.routes}
    for place, route in enumerate(edition.route):
        if route.code not in used:
            yield f"route[{place}].code", f"no level has the route {route.code.value!r}"


def _outcomes_are_allowed_somewhere(edition: Edition) -> Iterator[Fault]:
    """An outcome that no route allows, and that does not stand alone, could never be chosen."""
    allowed = set(edition.without_route.outcomes)
    allowed.update(outcome for route in edition.route for outcome in route.outcomes)
    for place, outcome in enumerate(edition.outcome):
        if outcome.code not in allowed:
            yield f"outcome[{place}].code", f"no route allows {outcome.code.value!r}"


def _indicators_name_what_exists(edition: Edition) -> Iterator[Fault]:
    domains = {domain.code for domain in edition.domain}
    themes = {theme.code for theme in edition.theme}
    groups = {group.code for group in edition.group}
    levels = {level.number for level in edition.level}
    ruled = {code for _, seen in _all_asked(edition) for code in seen.codes}
    for place, indicator in enumerate(edition.indicator):
        key = f"indicator[{place}]"
        if indicator.domain not in domains:
            yield f"{key}.domain", f"there is no domain {indicator.domain!r}"
        if indicator.theme not in themes:
            yield f"{key}.theme", f"there is no theme {indicator.theme!r}"
        if indicator.level is None and indicator.code not in ruled:
            yield f"{key}.level", "this key is missing, and no rule names the indicator"
        if indicator.level is not None and indicator.level not in levels:
            yield f"{key}.level", f"there is no level {indicator.level}"
        for group in indicator.groups:
            if group not in groups:
                yield f"{key}.groups", f"there is no group {group!r}"


def _rules_name_what_exists(edition: Edition) -> Iterator[Fault]:
    themes = {theme.code for theme in edition.theme}
    groups = {group.code for group in edition.group}
    levels = {level.number for level in edition.level}
    for key, seen in _all_asked(edition):
        for code in seen.codes:
            if code not in edition.indicators_by_code:
                yield f"{key}.codes", f"there is no indicator {code!r}"
        for theme in seen.themes:
            if theme not in themes:
                yield f"{key}.themes", f"there is no theme {theme!r}"
        if seen.group is not None and seen.group not in groups:
            yield f"{key}.group", f"there is no group {seen.group!r}"
        if seen.level is not None and seen.level not in levels:
            yield f"{key}.level", f"there is no level {seen.level}"


def _all_asked(edition: Edition) -> Iterator[tuple[str, Seen]]:
    """What rules ask to be seen, each with its key."""
    for place, rule in enumerate(edition.rule):
        for name, seen in (("seen", rule.when.seen), ("also_seen", rule.when.also_seen)):
            if seen is not None:
                yield f"rule[{place}].when.{name}", seen


def _rules_make_sense(edition: Edition) -> Iterator[Fault]:
    levels = {level.number: level for level in edition.level}
    for place, rule in enumerate(edition.rule):
        key = f"rule[{place}]"
        if (rule.level is None) != (rule.route is None):
            yield key, "a rule gives both a level and a route, or neither"
        elif rule.level is not None and rule.level not in levels:
            yield f"{key}.level", f"there is no level {rule.level}"
        elif rule.level is not None and rule.route not in levels[rule.level].routes:
            yield f"{key}.route", f"level {rule.level} does not have the route {rule.route!s}"
        yield from ((f"{key}.{name}", words) for name, words in _senseless(rule, edition))


def _senseless(rule: Rule, edition: Edition) -> Iterator[Fault]:
    """What one rule may not say: triggers stay firm, and ticking more never lowers."""
    if rule.trigger and (rule.route is not Route.S47 or rule.rag is not Rag.RED):
        yield "trigger", "a trigger must give the route 's47' and the rating 'red'"
    if rule.check_999 and rule.rag is not Rag.RED:
        yield "check_999", "a rule that asks to check 999 must give the rating 'red'"
    if rule.trigger and rule.when.with_trigger:
        yield "when.with_trigger", "a trigger cannot rest on another trigger"
    lowest = edition.level[0].number
    if rule.when.nothing_seen and (rule.level or lowest) > lowest:
        yield "when.nothing_seen", "having ticked nothing cannot raise the level"
    if rule.when.nothing_seen and (rule.rag or rule.ask_manager_to_comment):
        yield "when.nothing_seen", "having ticked nothing cannot raise the rating"
    if not _does_something(rule):
        yield "words", "the rule has no effect"


def _does_something(rule: Rule) -> bool:
    asks = (rule.check_999, rule.ask_manager_to_comment, rule.do_not_contact_family)
    return rule.level is not None or rule.rag is not None or any(asks)


def _dates_are_in_order(edition: Edition) -> Iterator[Fault]:
    if edition.effective_to is not None and edition.effective_to < edition.effective_from:
        yield "effective_to", "an edition cannot end before it begins"


CHECKS: tuple[Callable[[Edition], Iterator[Fault]], ...] = (
    _equal_codes,
    _missing_codes,
    _levels_and_routes,
    _outcomes_are_allowed_somewhere,
    _indicators_name_what_exists,
    _rules_name_what_exists,
    _rules_make_sense,
    _dates_are_in_order,
)
