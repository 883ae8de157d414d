"""The words of a trial on past contacts: moves, routes, groups, and shares with their intervals."""

from mash_triage.backtest.compare import Move
from mash_triage.backtest.figures import NO_RULE, NOT_KNOWN
from mash_triage.backtest.findings import Share
from mash_triage.thresholds.routes import Route
from mash_triage.thresholds.shapes import Edition
from mash_triage.web import wording

HIDDEN = "not shown"
HIDDEN_NOTE = (
    "Numbers of 1 to 5 children are not shown, nor any number from which one of those could be "
    "worked out."
)
INTERVAL_NOTE = (
    "In brackets the 95% interval (Wilson): where the true share lies, 19 times in 20. Where the "
    "intervals of two groups overlap widely, their difference may be chance."
)
MOVES = {Move.UP: "Higher", Move.STAY: "The same", Move.DOWN: "Lower"}
SIDES = {"old": "Old", "new": "New"}

SPLIT_WORDS = {
    "age": "Age",
    "sex": "Sex",
    "ethnicity": "Ethnicity",
    "disability": "Disability",
    "source": "Who made contact",
}
_AGE_WORDS = {
    "unborn": "Unborn",
    "under_1": "Under 1",
    "1_to_4": "1 to 4",
    "5_to_9": "5 to 9",
    "10_to_15": "10 to 15",
    "16_and_over": "16 and over",
}
_DISABILITY_WORDS = {"yes": "Disabled", "no": "Not disabled"}


_GROUP_WORDS = {
    "age": _AGE_WORDS,
    "sex": wording.SEX_WORDS,
    "ethnicity": wording.ETHNICITY_WORDS,
    "disability": _DISABILITY_WORDS,
    "source": wording.SOURCE_WORDS,
}


def group_words(split: str, group: str) -> str:
    """One group of a split: `1 to 4`, `Female`, `Police`."""
    if group == NOT_KNOWN:
        return "Not recorded"
    return _GROUP_WORDS[split].get(group, group)


def in_order(split: str, groups: list[str]) -> list[str]:
    """The groups of a split in the order in which people expect them; the not recorded last."""
    order = [*_GROUP_WORDS[split], *groups]
    return sorted(groups, key=lambda group: (group == NOT_KNOWN, order.index(group)))


def node_words(edition: Edition, node: str) -> str:
    """A level and its route: `Level 4 · Section 17 assessment`."""
    level, _, route = node.partition(" ")
    return f"Level {level} · {edition.route_of(Route(route)).words}"


def route_words(edition: Edition, route: str) -> str:
    """What a route is called in this edition."""
    return edition.route_of(Route(route)).words


def rule_words(edition: Edition, code: str) -> str:
    """A rule's own words."""
    if code == NO_RULE:
        return "No rule: the level where everybody starts"
    return edition.rule_of(code).words


def count_words(count: int | None) -> str:
    """`1,234`, or that it is not shown."""
    return HIDDEN if count is None else f"{count:,}"


def percent_words(share: Share | None) -> str:
    """`12.3% (11.6 to 13.0)`: a share in percent with its interval."""
    if share is None:
        return "-"
    low, high = share.interval
    return f"{share.percent:.1f}% ({low:.1f} to {high:.1f})"


def a_day_words(number: float | None) -> str:
    """Children a working day: `3.4`."""
    return HIDDEN if number is None else f"{number:.1f}"


def change_words(old: float | None, new: float | None) -> str:
    """How much more or less a working day: `+0.5`, `-1.2`, `no change`."""
    if old is None or new is None:
        return HIDDEN
    return f"{new - old:+.1f}" if round(new - old, 1) else "no change"
