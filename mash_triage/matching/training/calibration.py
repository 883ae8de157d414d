"""Does "80 in 100" come true 80 times in 100? The reliability curve of probabilities."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

BINS = 10
FEWEST = 6  # answers; a smaller number could point to a child


@dataclass(frozen=True)
class Bin:
    """Candidates whose probability fell in one tenth: how many, what was said, what came true."""

    candidates: int
    said: float
    came_true: float


def reliability(points: Iterable[tuple[float, bool]]) -> list[Bin]:
    """The curve by tenths of the probability, without those with too few candidates to show."""
    tenths: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for probability, was_child in points:
        tenths[min(int(probability * BINS), BINS - 1)].append((probability, was_child))
    return [
        Bin(
            len(tenth),
            round(sum(said for said, _ in tenth) / len(tenth), 4),
            round(sum(was for _, was in tenth) / len(tenth), 4),
        )
        for tenth in tenths
        if len(tenth) >= FEWEST
    ]


def in_report(bins: Iterable[Bin]) -> list[dict[str, Any]]:
    """The curve as plain values for storage."""
    return [asdict(each) for each in bins]
