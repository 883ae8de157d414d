"""Whether what the rules of an edition say makes sense: what they name exists, triggers stay firm,
more ticked never lowers, and strengths keep their place.
"""

from collections.abc import Callable, Iterator

from mash_triage.thresholds.findings import Fault
from mash_triage.thresholds.floor import FLOOR_CODE, NEEDED_GROUPS
from mash_triage.thresholds.protective import may_lower
from mash_triage.thresholds.routes import Rag, Route
from mash_triage.thresholds.shapes import Edition, Protective, Rule, Seen


def all_asked(edition: Edition) -> Iterator[tuple[str, Seen]]:
    """What rules ask to be seen, each with its key."""
    for place, rule in enumerate(edition.rule):
        for name, seen in (("seen", rule.when.seen), ("also_seen", rule.when.also_seen)):
            if seen is not None:
                yield f"rule[{place}].when.{name}", seen
    for place, entry in enumerate(edition.protective):
        for name in ("seen", "also_seen"):
            if entry.unless is not None and (seen := getattr(entry.unless, name)) is not None:
                yield f"protective[{place}].unless.{name}", seen


def _rules_name_what_exists(edition: Edition) -> Iterator[Fault]:
    themes = {theme.code for theme in edition.theme}
    groups = {group.code for group in edition.group}
    levels = {level.number for level in edition.level}
    for key, seen in all_asked(edition):
        for name in ("codes", "except_codes"):
            for nth, code in enumerate(getattr(seen, name)):
                if code not in edition.indicators_by_code:
                    yield f"{key}.{name}[{nth}]", f"there is no indicator {code!r}"
        for nth, theme in enumerate(seen.themes):
            if theme not in themes:
                yield f"{key}.themes[{nth}]", f"there is no theme {theme!r}"
        if seen.group is not None and seen.group not in groups:
            yield f"{key}.group", f"there is no group {seen.group!r}"
        if seen.level is not None and seen.level not in levels:
            yield f"{key}.level", f"there is no level {seen.level}"


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


def _the_floor_can_be_seen(edition: Edition) -> Iterator[Fault]:
    """The floor needs to be told which indicators it means: a group with nothing in it is blind."""
    used = {group for indicator in edition.indicator for group in indicator.groups}
    for group, meaning in NEEDED_GROUPS.items():
        if group not in used:
            yield "group", f"no indicator is in the group {group!r} ({meaning})"
    for place, rule in enumerate(edition.rule):
        if rule.code.startswith(FLOOR_CODE):
            yield f"rule[{place}].code", f"codes that begin with {FLOOR_CODE!r} name the floor"


def _strengths_keep_their_place(edition: Edition) -> Iterator[Fault]:
    """Strengths lower only rules that are there, and never a trigger or section 47."""
    rules = {rule.code: rule for rule in edition.rule}
    strengths = {strength.code for strength in edition.strength}
    for place, entry in enumerate(edition.protective):
        key = f"protective[{place}]"
        for nth, code in enumerate(entry.strengths):
            if code not in strengths:
                yield f"{key}.strengths[{nth}]", f"there is no strength {code!r}"
        if entry.at_least > len(set(entry.strengths)):
            yield f"{key}.at_least", "asks for more strengths than are named"
        for nth, code in enumerate(entry.lowers):
            if code not in rules:
                yield f"{key}.lowers[{nth}]", f"there is no rule {code!r}"
            elif not may_lower(rules[code]):
                why = _why_not(rules[code])
                yield f"{key}.lowers[{nth}]", f"strengths may not lower {code!r}: {why}"
        yield from ((f"{key}.unless", words) for words in _weak_unless(entry))


def _why_not(rule: Rule) -> str:
    if rule.trigger:
        return "nothing cancels a trigger"
    return "nothing lowers section 47" if rule.level else "it sets no level"


def _weak_unless(entry: Protective) -> Iterator[str]:
    if entry.unless is not None and entry.unless.nothing_seen:
        yield "having ticked nothing cannot hold strengths back"
    if entry.unless is not None and entry.unless.with_trigger:
        yield "with a trigger nothing is lowered anyway"


RULE_CHECKS: tuple[Callable[[Edition], Iterator[Fault]], ...] = (
    _rules_name_what_exists,
    _rules_make_sense,
    _the_floor_can_be_seen,
    _strengths_keep_their_place,
)
