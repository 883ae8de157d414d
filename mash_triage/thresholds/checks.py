"""Whether the parts of an edition agree with each other.

The shapes see to single values; this sees to what one part says about another. Each fault is a
key (a dotted path, lists counted from 0) and a sentence the document's owner can act on.
"""

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from itertools import pairwise

from mash_triage.thresholds.findings import Fault as Fault
from mash_triage.thresholds.routes import DepartureReason, Outcome, Rag, Route
from mash_triage.thresholds.rule_checks import RULE_CHECKS, all_asked
from mash_triage.thresholds.shapes import Edition

LISTS_WITH_CODES = (
    "rag",
    "promise",
    "route",
    "outcome",
    "departure_reason",
    "concern",
    "strength",
    "domain",
    "theme",
    "group",
    "rule",
    "protective",
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
    for place, route in enumerate(edition.route):
        codes = [clock.code for clock in route.clock]
        yield from _repeated(codes, f"route[{place}].clock[{{}}].code", "two clocks have the code")
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
    ruled = {code for _, seen in all_asked(edition) for code in seen.codes}
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
        for nth, group in enumerate(indicator.groups):
            if group not in groups:
                yield f"{key}.groups[{nth}]", f"there is no group {group!r}"


def _consent_blocks_nothing(edition: Edition) -> Iterator[Fault]:
    """Section 47 never waits for agreement, and each route is spoken of once."""
    routes = [str(rule.route) for rule in edition.consent]
    yield from _repeated(routes, "consent[{}].route", "two entries have the route")
    for place, rule in enumerate(edition.consent):
        if rule.route is Route.S47 and rule.needed:
            yield f"consent[{place}].needed", "section 47 does not wait for agreement"


def _dates_are_in_order(edition: Edition) -> Iterator[Fault]:
    if edition.effective_to is not None and edition.effective_to < edition.effective_from:
        yield "effective_to", "an edition cannot end before it begins"


CHECKS: tuple[Callable[[Edition], Iterator[Fault]], ...] = (
    _equal_codes,
    _missing_codes,
    _levels_and_routes,
    _outcomes_are_allowed_somewhere,
    _indicators_name_what_exists,
    *RULE_CHECKS,
    _consent_blocks_nothing,
    _dates_are_in_order,
)
