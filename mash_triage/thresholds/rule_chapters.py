"""The rules as chapters: the floor, the triggers, what may need 999, all others, what lowers."""

from collections.abc import Iterator

from mash_triage.thresholds import told_anywhere as told
from mash_triage.thresholds.chapters import Chapter, Entry
from mash_triage.thresholds.floor import FLOOR_CODE
from mash_triage.thresholds.in_words import (
    follows_words,
    lowers_words,
    named_by,
    sentence,
    when_words,
)
from mash_triage.thresholds.shapes import Edition, Protective, Rule


def rule_chapters(edition: Edition) -> Iterator[Chapter]:
    """The rules by part, the gravest first; a part without a rule is left out."""
    yield Chapter("rules", "The rules", told.RULES)
    parts: dict[str, list[Rule]] = {name: [] for name in told.RULE_PARTS}
    for rule in edition.rules:
        if rule.code.startswith(FLOOR_CODE) and not _can_hold(edition, rule):
            continue  # it means indicators of a group that this edition has none of
        parts[_part_of(rule)].append(rule)
    for name, (title, words) in told.RULE_PARTS.items():
        if parts[name]:
            entries = tuple(_rule(edition, rule) for rule in parts[name])
            yield Chapter(name, title, (words,), entries, depth=2)


def _can_hold(edition: Edition, rule: Rule) -> bool:
    return all(any(map(seen.fits, edition.indicator)) for seen in rule.when.kinds)


def _part_of(rule: Rule) -> str:
    if rule.code.startswith(FLOOR_CODE):
        return "floor"
    if rule.trigger:
        return "triggers"
    return "danger" if rule.check_999 else "others"


def _rule(edition: Edition, rule: Rule) -> Entry:
    rests_on = f"It rests on: {sentence(rule.source)}" if rule.source else ""
    words = (when_words(edition, rule), follows_words(edition, rule), rests_on)
    return Entry(
        rule.words,
        tuple(filter(None, words)),
        points=tuple(sentence(words) for words in named_by(edition, rule)),
        place=("rule", rule.code),
    )


def lowering_chapters(edition: Edition) -> Iterator[Chapter]:
    """Which strengths may lower what the rules lead to; nothing where an edition has none."""
    if edition.protective:
        entries = tuple(_lowering(edition, one) for one in edition.protective)
        yield Chapter("lowering", "What may lower a result", (told.LOWERING,), entries, depth=2)


def _lowering(edition: Edition, protective: Protective) -> Entry:
    strengths = (edition.words_of("strength", code) for code in protective.strengths)
    lowered = (f"Lowered: {edition.rule_of(code).words}" for code in protective.lowers)
    return Entry(
        protective.words,
        (lowers_words(edition, protective),),
        points=(*(sentence(words) for words in strengths), *lowered),
        place=("protective", protective.code),
    )
