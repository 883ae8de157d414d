"""The holes of a sound edition: what could never happen under it, and what it leaves unsaid.

A hole is no fault, because an edition with one can be used. Its owner is warned.
"""

from collections.abc import Callable, Iterable, Iterator

from mash_triage.thresholds.conditions import Case, judge
from mash_triage.thresholds.facts import FactsForSuggestion, HelpBefore
from mash_triage.thresholds.findings import Fault
from mash_triage.thresholds.floor import NEEDED_GROUPS
from mash_triage.thresholds.routes import Answer, Rag
from mash_triage.thresholds.shapes import Edition, Rule, Seen, When

Living = tuple[Rule, ...]
"""The rules that can fire, the floor's among them."""

WORST = FactsForSuggestion(
    age_days=0,
    non_mobile=Answer.YES,
    police_protection=True,
    in_danger_now=Answer.YES,
    repeat_3_months=1000,
    repeat_12_months=1000,
    disabled=Answer.YES,
    cannot_tell=Answer.YES,
    help_before=tuple(HelpBefore),
)
"""All that is known of the child speaks for every rule; indicators are added to it."""


def holes_of(edition: Edition) -> Iterator[Fault]:
    """Every hole of an edition as a key and a sentence, in the order of the checks."""
    living = _living(edition)
    for check in CHECKS:
        yield from check(edition, living)


def _living(edition: Edition) -> Living:
    """The rules that fire when everything is ticked, or nothing.

    More ticked and worse answers never stop a rule, except one that asks for nothing ticked.
    """
    everything = WORST.model_copy(update={"indicators": tuple(edition.indicators_by_code)})
    cases = [Case.of(edition, facts) for facts in (everything, WORST)]
    return tuple(r for r in edition.rules if any(judge(r.when, case).holds for case in cases))


def _asked(rules: Iterable[Rule]) -> list[Seen]:
    """What these rules ask to be seen."""
    return [seen for rule in rules for seen in rule.when.kinds]


def _rules_that_never_fire(edition: Edition, living: Living) -> Iterator[Fault]:
    codes = {rule.code for rule in living}
    for place, rule in enumerate(edition.rule):
        if rule.code not in codes:
            yield f"rule[{place}].when", "the rule can never fire: it asks for more than there is"


def _indicators_out_of_reach(edition: Edition, living: Living) -> Iterator[Fault]:
    asked = _asked(living)
    for place, indicator in enumerate(edition.indicator):
        if not any(seen.fits(indicator) for seen in asked):
            yield f"indicator[{place}].code", f"no rule can reach the indicator {indicator.code!r}"


def _indicators_that_sit_lower(edition: Edition, _living: Living) -> Iterator[Fault]:
    """Alone, an indicator comes to the level where it is said to sit, unless a rule excepts it."""
    alone = [(rule.level or 0, seen) for rule in edition.rules if (seen := _asks_for_one(rule))]
    excepted = {code for seen in _asked(edition.rules) for code in seen.except_codes}
    for place, indicator in enumerate(edition.indicator):
        usual = indicator.level or 0
        given = max((level for level, seen in alone if seen.fits(indicator)), default=0)
        if given < usual and indicator.code not in excepted:
            words = (
                f"{indicator.code!r} is said to sit at level {usual}, but alone no rule gives it"
            )
            yield f"indicator[{place}].level", words


def _asks_for_one(rule: Rule) -> Seen | None:
    """The kind of indicator of which one alone makes this rule fire, if there is such a kind."""
    seen = rule.when.seen
    alone = seen is not None and seen.at_least == 1 and rule.when == When(seen=seen)
    return seen if alone else None


def _levels_nothing_gives(edition: Edition, living: Living) -> Iterator[Fault]:
    given = {(rule.level, rule.route) for rule in living if rule.level}
    for place, level in enumerate(edition.level):
        if not any(number == level.number for number, _route in given):
            yield f"level[{place}].number", f"no rule gives level {level.number}"
            continue
        for nth, route in enumerate(level.routes):
            if (level.number, route) not in given:
                words = f"no rule gives the route {route.value!r} at level {level.number}"
                yield f"level[{place}].routes[{nth}]", words


def _arrangement_nobody_uses(edition: Edition, _living: Living) -> Iterator[Fault]:
    used = {
        "domain": {indicator.domain for indicator in edition.indicator},
        "theme": {indicator.theme for indicator in edition.indicator},
        "group": {group for indicator in edition.indicator for group in indicator.groups},
    }
    for kind, codes in used.items():
        for place, named in enumerate(getattr(edition, kind)):
            if named.code not in codes:
                yield f"{kind}[{place}].code", f"no indicator is in the {kind} {named.code!r}"
    ruled = {seen.group for seen in _asked(edition.rules)} | NEEDED_GROUPS.keys()
    for place, group in enumerate(edition.group):
        if group.code in used["group"] and group.code not in ruled:
            yield f"group[{place}].code", f"no rule asks for the group {group.code!r}"


def _equal_words(edition: Edition, _living: Living) -> Iterator[Fault]:
    for kind in ("indicator", "rule", "strength", "concern"):
        entries = getattr(edition, kind)
        yield from _repeated(kind, [entry.words for entry in entries])


def _repeated(kind: str, words: Iterable[str]) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for place, each in enumerate(words):
        before = first.setdefault(" ".join(each.casefold().split()), place)
        if before != place:
            yield f"{kind}[{place}].words", f"the words are those of {kind}[{before}]"


def _ratings_without_a_time(edition: Edition, _living: Living) -> Iterator[Fault]:
    for place, rating in enumerate(edition.rag):
        if rating.within_hours is None and rating.within_working_days is None:
            yield f"rag[{place}]", f"{rating.code.value!r} does not say how soon"
        if rating.code is Rag.RED and rating.within_hours != edition.clocks.red_within_hours:
            words = f"the clock of red runs {edition.clocks.red_within_hours} hours, not this time"
            yield f"rag[{place}].within_hours", words


def _routes_without_a_clock(edition: Edition, _living: Living) -> Iterator[Fault]:
    for place, route in enumerate(edition.route):
        if not route.clock:
            yield f"route[{place}]", f"no clock runs for the route {route.code.value!r}"


def _routes_silent_on_agreement(edition: Edition, _living: Living) -> Iterator[Fault]:
    spoken_of = {rule.route for rule in edition.consent}
    for place, route in enumerate(edition.route):
        if route.code not in spoken_of:
            words = f"nothing says what the family's agreement means for {route.code.value!r}"
            yield f"route[{place}]", words


def _unsaid_to_families(edition: Edition, _living: Living) -> Iterator[Fault]:
    """A level or route that has no words for those who live with it and work beside it."""
    for kind in ("level", "route"):
        for place, entry in enumerate(getattr(edition, kind)):
            if entry.plain is None:
                yield f"{kind}[{place}]", "there are no plain words for families and partners"


CHECKS: tuple[Callable[[Edition, Living], Iterator[Fault]], ...] = (
    _rules_that_never_fire,
    _indicators_out_of_reach,
    _indicators_that_sit_lower,
    _levels_nothing_gives,
    _arrangement_nobody_uses,
    _equal_words,
    _ratings_without_a_time,
    _routes_without_a_clock,
    _routes_silent_on_agreement,
    _unsaid_to_families,
)
