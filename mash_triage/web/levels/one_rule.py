"""One rule in full: why people set something else, what was decided, and what came after."""

from collections.abc import Iterable, Mapping

import streamlit as st

from mash_triage.departures.queries import Followed, RuleUse, Share
from mash_triage.departures.rules import AFTER_DAYS, Direction, shown_parts
from mash_triage.small_counts import is_small
from mash_triage.thresholds.levels import Edition
from mash_triage.thresholds.routes import DepartureReason, Outcome, Route
from mash_triage.web import wording
from mash_triage.web.child.tables import table
from mash_triage.web.measures_view import HIDDEN

NO_WORDS = "What people wrote is about children, and is shown to those alone who may open records."
AFTER = (
    "Who came back: another contact about the same child after the decision. A child is counted "
    "once so many days have passed. Coming back is no fault of a decision; compare the rows."
)
DIRECTION_WORDS = {
    Direction.AS_SUGGESTED: "Set as suggested",
    Direction.HIGHER: "Set higher",
    Direction.LOWER: "Set lower",
    Direction.NO_ROUTE: "Ended without a route",
}


def draw(edition: Edition, use: RuleUse, *, sees_all: bool) -> None:
    """Three small tables. Who does not see all is shown no count of one to five."""
    reasons = {reason_words(edition, code): use.reasons[code] for code in DepartureReason}
    outcomes = {outcome_words(edition, code): many for code, many in use.outcomes.most_common()}
    st.html(_counts("Why", "Reason", reasons, sees_all))
    st.html(_counts("What was decided then", "Outcome", outcomes, sees_all))
    st.html(
        table("What became of the children", _after_heads(), _after_rows(use, sees_all))
        + f'<p class="mash-note">{AFTER}</p>'
    )


def place_words(edition: Edition, level: int, route: str | None) -> str:
    """A level and route in the edition's words."""
    words = edition.route_of(Route(route)).words if route else "Without a route"
    return f"level {level}, {words[0].lower()}{words[1:]}"


def rule_words(edition: Edition, code: str) -> str:
    """The words of a rule, or its code where the edition no longer has it."""
    try:
        return edition.rule_of(code).words
    except KeyError:
        return code.replace("_", " ")


def reason_words(edition: Edition, code: str) -> str:
    """The edition's words of a reason for departing."""
    return edition.departure_words(DepartureReason(code))


def outcome_words(edition: Edition, code: str) -> str:
    """The edition's words of an outcome."""
    return edition.outcome_of(Outcome(code)).words


def _counts(caption: str, head: str, counts: Mapping[str, int], sees_all: bool) -> str:
    seen = dict(counts) if sees_all else shown_parts(counts)
    rows = ((words, HIDDEN if many is None else f"{many:,}") for words, many in seen.items())
    return table(caption, (head, "Children"), rows)


def _after_heads() -> tuple[str, ...]:
    back = (f"Back within {days} days" for days in AFTER_DAYS)
    return ("", *back, "Later section 47, within a year")


def _after_rows(use: RuleUse, sees_all: bool) -> Iterable[tuple[str, ...]]:
    for direction, words in DIRECTION_WORDS.items():
        if use.decided[direction]:
            yield words, *_after(use.after[direction], sees_all)


def _after(followed: Followed, sees_all: bool) -> Iterable[str]:
    for days in AFTER_DAYS:
        yield share_words(followed.came_back[days], sees_all)
    yield share_words(followed.s47_later, sees_all)


def share_words(share: Share, sees_all: bool) -> str:
    """A share, unless it would tell of one to five children: found, not found, or in all."""
    if not share.counted:
        return "none followed so long yet"
    small = map(is_small, (share.counted, share.found, share.counted - share.found))
    if not sees_all and any(small):
        return HIDDEN
    return wording.percent_words(share.found, share.counted)
