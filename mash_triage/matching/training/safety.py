"""How safe weights are: tried on invented twins, brothers and sisters, beside those in force."""

from dataclasses import dataclass, field

from mash_triage.matching.score import Band, score
from mash_triage.matching.training.invented import Asked, Town, town
from mash_triage.matching.weights import Weights

EVEN_ODDS = 0.5


@dataclass
class Safety:
    """Counts on the invented families. `points` are (probability, was it the child) of each
    candidate, for the reliability curve.
    """

    known: int = 0
    right_first: int = 0
    right_likely: int = 0
    twins: int = 0
    twin_first: int = 0
    twin_likely: int = 0
    off_register: int = 0
    sibling_likely: int = 0
    sibling_probable: int = 0
    points: list[tuple[float, bool]] = field(default_factory=list)


def safety_of(weights: Weights) -> Safety:
    """Every contact of the invented town answered with these weights."""
    made, figures = town(), Safety()
    for asked in made.asked:
        _count(figures, made, asked, weights)
    return figures


def _count(figures: Safety, made: Town, asked: Asked, weights: Weights) -> None:
    found = score(asked.said, made.candidates(asked), weights, made.facts).candidates
    likely = {each.id for each in found if each.band is Band.LIKELY}
    first = found[0].id if found else None
    figures.points += [(each.probability, each.id == asked.child) for each in found]
    if asked.child is None:
        figures.off_register += 1
        figures.sibling_likely += bool(likely)
        figures.sibling_probable += any(each.probability >= EVEN_ODDS for each in found)
        return
    if asked.kind == "twin":
        figures.twins += 1
        figures.twin_first += first != asked.child
        figures.twin_likely += bool(likely - {asked.child})
        return
    figures.known += 1
    figures.right_first += first == asked.child
    figures.right_likely += asked.child in likely
