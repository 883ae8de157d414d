"""What counts as set higher or lower, and which counts may be shown to whom."""

from collections.abc import Hashable, Mapping
from enum import StrEnum
from typing import TypeVar

from mash_triage.small_counts import SMALLEST_SHOWN, is_small

AFTER_DAYS = (90, 180, 365)
"""After how many days it is asked whether a child came back."""

LONGEST = max(AFTER_DAYS)  # days within which a later section 47 decision counts

K = TypeVar("K", bound=Hashable)


class Direction(StrEnum):
    """Where a decision lies beside the suggestion."""

    AS_SUGGESTED = "as_suggested"
    HIGHER = "higher"
    LOWER = "lower"
    NO_ROUTE = "no_route"


DEPARTED = (Direction.HIGHER, Direction.LOWER, Direction.NO_ROUTE)


def shown_parts(counts: Mapping[K, int]) -> dict[K, int | None]:
    """The parts of a whole as they may be shown beside the whole: None where hidden.

    A single hidden part could be worked out from the rest, and so could what two of them hide when
    it is less than six: so the smallest of the others goes too, until what is hidden is enough.
    """
    hidden = {key for key, count in counts.items() if is_small(count)}
    rest = sorted((count, position) for position, count in enumerate(counts.values()) if count)
    keys = list(counts)
    for _count, position in rest:
        if not hidden or (len(hidden) > 1 and _sum(counts, hidden) >= SMALLEST_SHOWN):
            break
        hidden.add(keys[position])
    return {key: None if key in hidden else count for key, count in counts.items()}


def _sum(counts: Mapping[K, int], keys: set[K]) -> int:
    return sum(counts[key] for key in keys)
