"""Several children named on one contact: each record is at most one of them.

A brother and a sister named together point to two records of one home, and each alone would point
a little to the other's. Every way of giving the children their records is weighed, and one record
is never given to two children; two records of one child twice count as one.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from math import fsum, prod
from typing import TypeVar

from mash_triage.matching.score import Answer, ScoredCandidate, band_of, in_order
from mash_triage.matching.weights import Thresholds

Id = TypeVar("Id")

MOST_CHILDREN = 8  # solved together; more are left as each alone
WORTH_WEIGHING = 0.001  # a record less probable for a child than this is not contested
LEAST_LEFT = 1e-9  # for "none of these records", so that it is never ruled out
MOST_CONTESTED = 4  # records of each child that are weighed together; with none, 5^8 ways at most


def apart(answers: Sequence[Answer[Id]], limits: Thresholds) -> list[Answer[Id]]:
    """The answers with the probabilities of the children taken together, in the same order."""
    contested = _contested(answers)
    if not contested or len(answers) > MOST_CHILDREN:
        return list(answers)
    options = [_options(answer, contested) for answer in answers]
    shares: list[dict[Id | None, float]] = [dict.fromkeys(option, 0.0) for option in options]
    for given in product(*options):
        taken = [each for each in given if each is not None]
        if len(set(taken)) == len(taken):
            weight = prod(option[each] for option, each in zip(options, given, strict=True))
            for share, each in zip(shares, given, strict=True):
                share[each] += weight
    return [
        _again(answer, option, share, limits)
        for answer, option, share in zip(answers, options, shares, strict=True)
    ]


def _contested(answers: Sequence[Answer[Id]]) -> set[Id]:
    """Records that two of the children may both be; of a child with two records, the first."""
    seen: set[Id] = set()
    twice: set[Id] = set()
    for answer in answers:
        worth = {_first(c) for c in answer.candidates if c.probability >= WORTH_WEIGHING}
        twice |= seen & worth
        seen |= worth
    return twice


def _first(candidate: ScoredCandidate[Id]) -> Id:
    """One name for all the records of one child."""
    return min((candidate.id, *candidate.twice), key=str)


def _options(answer: Answer[Id], contested: set[Id]) -> dict[Id | None, float]:
    """The contested records of one child with their probabilities; anything else is None."""
    options: dict[Id | None, float] = {}
    for each in answer.candidates:
        if (first := _first(each)) in contested and len(options) < MOST_CONTESTED:
            options[first] = max(options.get(first, 0.0), each.probability)
    return options | {None: max(1.0 - fsum(options.values()), LEAST_LEFT)}


def _again(
    answer: Answer[Id],
    option: dict[Id | None, float],
    share: dict[Id | None, float],
    limits: Thresholds,
) -> Answer[Id]:
    """One child's answer, each probability moved as the solution for all children moved it."""
    total = fsum(share.values())
    moved = {each: share[each] / total / option[each] for each in option if option[each] > 0}
    factors = [moved.get(_first(each), moved[None]) for each in answer.candidates]
    chances = [
        min(each.probability * factor, 1.0)
        for each, factor in zip(answer.candidates, factors, strict=True)
    ]
    is_any_likely = any(chance >= limits.likely for chance in chances)
    scored = [
        replace(
            each,
            probability=chance,
            together=chance / each.probability if each.probability else 1.0,
            band=band_of(each, chance, limits, is_any_likely=is_any_likely),
        )
        for each, chance in zip(answer.candidates, chances, strict=True)
    ]
    several = [c for c in chances if limits.several_low <= c <= limits.several_high]
    return replace(
        answer,
        candidates=in_order(scored),
        none_of_these=min(answer.none_of_these * moved[None], 1.0),
        several_possible=len(several) > 1,
    )
