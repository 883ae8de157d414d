"""Rules in words: when a rule fires and what follows, as a reader without a screen reads them."""

from collections.abc import Callable, Iterable

from mash_triage.thresholds.facts import HelpBefore
from mash_triage.thresholds.shapes import (
    Edition,
    Indicator,
    Named,
    Protective,
    Rule,
    Seen,
    When,
)

MARKS = {
    "check_999": "marked “Check whether 999 is needed”",
    "do_not_contact_family": "marked “Do not contact the family first”",
}
ANSWERS = {
    "non_mobile": "the child cannot move independently",
    "disabled": "the child is disabled",
    "cannot_tell": "the child has no way of saying what happens to them",
    "in_danger_now": "the person who made contact says that somebody is in danger now",
    "police_protection": "the child is under police protection or an emergency protection order",
}
HELP = {
    HelpBefore.EARLY_HELP: "early help",
    HelpBefore.CHILD_IN_NEED: "a child in need plan",
    HelpBefore.CHILD_PROTECTION: "a child protection plan",
    HelpBefore.LOOKED_AFTER: "a placement as a looked-after child",
}
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
FOLLOWS = {
    "check_999": "It is checked at once whether the emergency services are needed.",
    "do_not_contact_family": "The family is not contacted before this is agreed.",
    "ask_manager_to_comment": "The manager says what the pattern means.",
}


def when_words(edition: Edition, rule: Rule) -> str:
    """When this rule fires, as one sentence; the indicators it names are `named_by` it."""
    return f"When {conditions_words(edition, rule.when)}."


def conditions_words(edition: Edition, when: When) -> str:
    """All that must hold, as part of a sentence."""
    asked = [name for name in When.model_fields if getattr(when, name)]
    return ", and ".join(condition_words(edition, when, name) for name in asked)


def lowers_words(edition: Edition, protective: Protective) -> str:
    """Which rules these strengths may let come out one step lower, and when they never do."""
    unless = protective.unless
    never = f" Never where {conditions_words(edition, unless)}." if unless else ""
    many = _number(protective.at_least)
    return (
        f"When at least {many} of these are seen, what the rules named below lead to may be one "
        f"step lower, and never more.{never}"
    )


def named_by(edition: Edition, rule: Rule) -> tuple[str, ...]:
    """The words of the indicators that a rule names one by one, in the order of the rule."""
    asked = [seen for seen in (rule.when.seen, rule.when.also_seen) if seen]
    return tuple(edition.indicator_of(code).words for seen in asked for code in seen.codes)


def follows_words(edition: Edition, rule: Rule) -> str:
    """What follows when the rule fires: level, route, rating, and what is asked of people."""
    said = []
    if rule.level is not None:
        said.append(f"level {rule.level}, {edition.level_of(rule.level).name}")
    if rule.route is not None:
        said.append(edition.route_of(rule.route).words)
    if rule.rag is not None:
        said.append(f"rated {edition.rating_of(rule.rag).words.lower()}")
    sentences = [f"Then: {'; '.join(said)}."] if said else []
    sentences += [words for name, words in FOLLOWS.items() if getattr(rule, name)]
    if rule.trigger:
        sentences.append("Nothing cancels it.")
    return " ".join(sentences)


def listed(words: Iterable[str], last: str = "or") -> str:
    """Several things in one sentence: `a, b or c`."""
    *first, final = words
    return f"{', '.join(first)} {last} {final}" if first else final


def sentence(words: str) -> str:
    """Words with a full stop, unless they end with one."""
    return words if words[-1] in ".!?" else f"{words}."


def condition_words(edition: Edition, when: When, name: str) -> str:
    """One condition in words; one without words of its own is told by its key, and what the edition
    does not have (a draft may name it) by its code.
    """
    worded = CONDITIONS.get(name)
    return worded(edition, when) if worded else name.replace("_", " ")


def _seen(edition: Edition, when: When) -> str:
    assert when.seen is not None  # narrows the type: only called when the rule asks for it
    return _kind(edition, when.seen, "first " if _names_twice(when) else "")


def _also_seen(edition: Edition, when: When) -> str:
    assert when.also_seen is not None  # narrows the type, as above
    return f"with it {_kind(edition, when.also_seen, 'last ' if _names_twice(when) else '')}"


def _names_twice(when: When) -> bool:
    """Are there two lists of indicators, one after the other?"""
    return all(seen is not None and seen.codes for seen in (when.seen, when.also_seen))


def _kind(edition: Edition, seen: Seen, place: str) -> str:
    """Which indicators, and how many of them, must be seen; `place` of those named, if in two."""
    many, one = _number(seen.at_least), seen.at_least == 1
    kinds = "".join(f" {words}" for words in _filters(edition, seen, one=one))
    if seen.codes:
        return f"{_of_those_named(seen, place)}{kinds} {'is' if one else 'are'} seen"
    if seen.different_themes and not one:
        return f"indicators{kinds} are seen, from at least {many} different themes"
    if not one:
        return f"at least {many} different indicators{kinds} are seen"
    return f"an indicator{kinds} is seen"


def _of_those_named(seen: Seen, place: str) -> str:
    """How many of the indicators that the rule names; `place` as above."""
    if len(seen.codes) == 1:
        return f"the {place}one named here" if place else "the indicator named here"
    many = _number(seen.at_least) + (" or more" if seen.at_least > 1 else "")
    among = f"{place}{_number(len(seen.codes))}" if place else "indicators"
    return f"{many} of the {among} named here"


def _filters(edition: Edition, seen: Seen, *, one: bool) -> Iterable[str]:
    """The kind asked for, as words that follow "an indicator" or "indicators"."""
    if seen.except_codes:
        left_out = (f"“{_named(edition.indicator, code)}”" for code in seen.except_codes)
        yield f"other than {listed(left_out)}"
    if seen.group is not None:
        yield f"of the kind “{_named(edition.group, seen.group)}”"
    if seen.level is not None:
        yield f"that usually {'sits' if one else 'sit'} at level {seen.level}"
    if seen.themes:
        themes = [f"“{_named(edition.theme, code)}”" for code in seen.themes]
        yield f"under {listed(themes)}"
    if seen.mark is not None:
        yield MARKS[seen.mark]


def _named(known: Iterable[Named | Indicator], code: str) -> str:
    return next((each.words for each in known if each.code == code), code)


def _number(count: int) -> str:
    return NUMBERS[count] if count < len(NUMBERS) else str(count)


def _nothing_seen(_edition: Edition, _when: When) -> str:
    return "no indicator is seen"


def _with_trigger(_edition: Edition, _when: When) -> str:
    return "a trigger holds"


def _age_under_years(_edition: Edition, when: When) -> str:
    return f"the child is under {when.age_under_years} or not yet born"


def _answered_yes(_edition: Edition, when: When) -> str:
    asked = when.answered_yes or ""
    return ANSWERS.get(asked, asked.replace("_", " "))


def _no_safe_adult_named(_edition: Edition, _when: When) -> str:
    return "no safe adult is named"


def _help_before(_edition: Edition, when: When) -> str:
    return f"the child has or had {listed(HELP[each] for each in when.help_before)}"


def _earlier(count: int | None, months: int) -> str:
    """So many earlier contacts at least."""
    many = _number(count or 0)
    were = f"was at least {many} contact" if count == 1 else f"were at least {many} contacts"
    return f"there {were} about the child or the household in the {months} months before"


CONDITIONS: dict[str, Callable[[Edition, When], str]] = {
    "seen": _seen,
    "also_seen": _also_seen,
    "nothing_seen": _nothing_seen,
    "with_trigger": _with_trigger,
    "age_under_years": _age_under_years,
    "answered_yes": _answered_yes,
    "no_safe_adult_named": _no_safe_adult_named,
    "earlier_in_3_months": lambda _, when: _earlier(when.earlier_in_3_months, 3),
    "help_before": _help_before,
    "earlier_in_12_months": lambda _, when: _earlier(when.earlier_in_12_months, 12),
}
"""Every condition a rule can name, in words."""
