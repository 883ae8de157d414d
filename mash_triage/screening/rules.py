"""What must be in place before a manager sees a child, and when a setting departs."""

from collections.abc import Sequence
from dataclasses import dataclass

from mash_triage.errors import NotReady
from mash_triage.screening.capacity import names_only_capacity
from mash_triage.screening.models import IndicatorSeen, Screening
from mash_triage.thresholds.levels import Edition
from mash_triage.thresholds.routes import DepartureReason, Rag, Route
from mash_triage.thresholds.suggest import Suggestion

HIDDEN_HARMS = {
    "asked_none": "Considered: no sign",
    "asked_possible": "Considered: possible, see the words below",
    "not_known": "Not known yet",
}
"""Answers to the line on female genital mutilation, forced marriage and honour-based abuse."""

ANALYSIS_HEADS = {
    "day_in_life": "A day in this child's life",
    "harm_so_far": "Harm so far",
    "danger_ahead": "Danger ahead",
    "works_well": "What works well",
    "makes_harder": "What makes it harder",
    "so_what": "So what for this child",
}


@dataclass(frozen=True)
class Missing:
    """Something missing before a manager sees the child, and the part of the page it is in."""

    words: str
    part: str


def departs(suggestion: Suggestion, level: int, route: Route | None) -> bool:
    """Does the level or route set by a person differ? A triggered child without a route does too;
    an ending such as the allocated worker, which needs no route, otherwise does not.
    """
    if route is None:
        return suggestion.triggered or level != suggestion.level
    return level != suggestion.level or route != suggestion.route


def check_level(
    edition: Edition,
    suggestion: Suggestion,
    level: int,
    route: Route | None,
    departure: DepartureReason | None,
    departure_words: str,
) -> None:
    """Refuse a level the edition does not have, a route it does not allow there, and a departure
    without its coded reason and words."""
    if level not in {each.number for each in edition.level}:
        raise NotReady("Choose a level of need.")
    if route is not None and route not in edition.routes_for(level):
        raise NotReady("That route does not belong to that level. Choose level and route together.")
    if not departs(suggestion, level, route):
        return
    check_departure(departure, departure_words)


def check_departure(departure: DepartureReason | None, words: str) -> None:
    """Refuse to depart from a suggestion without a coded reason and words, or for capacity."""
    if departure is None:
        raise NotReady("This differs from the suggestion. Choose the reason why.")
    if not words.strip():
        raise NotReady("This differs from the suggestion. Say why in a sentence.")
    if names_only_capacity(words):
        raise NotReady(
            "How busy a team is does not change what this child needs. Say what about the child "
            "leads you to another level; tell your manager about the capacity."
        )


def check_rag(edition_floor: Rag | None, old: str | None, new: Rag, reason: str) -> None:
    """A change needs its reason; a danger trigger is never rated below red."""
    if edition_floor is Rag.RED and new is not Rag.RED:
        raise NotReady("A danger trigger is ticked for this child: the rating stays red.")
    if old is not None and old != new and not reason.strip():
        raise NotReady("Say why the rating changes.")


def missing_before_decision(
    *,
    person_known: bool,
    rag: str | None,
    screening: Screening | None,
    indicators: Sequence[IndicatorSeen],
) -> list[Missing]:
    """Everything that still stands between this child and a manager, each in words."""
    missing = []
    if not person_known:
        missing.append(Missing("Say who this child is: this child, or a new child.", "match"))
    if any(each.state == "proposed" for each in indicators):
        missing.append(Missing("Accept or reject each proposed indicator.", "indicators"))
    if rag is None:
        missing.append(Missing("Set the rating: red, amber or green.", "rag"))
    if screening is None or not screening.so_what.strip():
        missing.append(Missing("Write what this means for this child.", "analysis"))
    if screening is None or screening.hidden_harms is None:
        missing.append(
            Missing(
                "Answer the line on genital mutilation, forced marriage and honour-based abuse.",
                "analysis",
            )
        )
    if screening is None or screening.level is None:
        missing.append(Missing("Set the level of need.", "level"))
    return missing


def check_ready(missing: Sequence[Missing]) -> None:
    """Refuse with all that is missing, so that one visit mends it."""
    if missing:
        raise NotReady(" ".join(each.words for each in missing))
