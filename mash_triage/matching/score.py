"""Evidence to an order, probabilities and bands; twins and siblings held apart.

The seam: `score` is given the reported child, the candidates, the weights and the facts of the
register, and knows no table and no page. The probabilities of all candidates and of none of them
are normalised together. Nothing depends on the order in which candidates come.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import fsum
from typing import Generic, NamedTuple, TypeVar

from mash_triage.matching.compare import compared
from mash_triage.matching.evidence import (
    Evidence,
    Odds,
    Scale,
    bits_of,
    evidence_of,
    individual_bits,
    odds_of,
    probability,
    scale_of,
)
from mash_triage.matching.explain import Explained
from mash_triage.matching.homes import best_of_homes, home_of, shared
from mash_triage.matching.identity import Identity
from mash_triage.matching.levels import Field, Level
from mash_triage.matching.register_facts import NO_REGISTER, RegisterFacts
from mash_triage.matching.siblings import (
    SOMEBODY_SAID_NO,
    could_be_sibling,
    is_one_child_twice,
    vetoes,
)
from mash_triage.matching.weights import Thresholds, Weights, shipped_weights

COULD_BE_SIBLING = "could be a twin or brother or sister"
MOST_KEPT = 10  # the candidates of an answer; the others only count in the probabilities
# A record so much less likely than the best changes nothing that is shown, so whether it is the
# same child twice is not asked.
DUPLICATES_WITHIN = 2.0**-20

Id = TypeVar("Id")


class Band(StrEnum):
    """How a candidate is offered; never an answer, which only a person gives."""

    LIKELY = "likely"
    POSSIBLE = "possible"
    UNLIKELY = "unlikely"


@dataclass(frozen=True)
class ScoredCandidate(Explained, Generic[Id]):
    """One candidate with its reasons, which `Explained` puts in words.

    `bits` are the log2 odds of this candidate by itself; `probability` is after all candidates and
    none of them were weighed together, `rivals` being the weight of the others. `vetoes` are the
    sentences that forbid calling it likely. `runner_up` is the best other candidate and
    `twice` those that look like second records of the same child. `together` is by how much the
    other children of the contact moved the probability.
    """

    id: Id
    band: Band
    probability: float
    bits: float
    prior: float
    sibling_prior: float
    rivals: float
    could_be_sibling: bool
    twice: tuple[Id, ...] = ()
    runner_up: Id | None = None
    together: float = 1.0


@dataclass(frozen=True)
class Answer(Generic[Id]):
    """All candidates, best first, and the probability that the child is none of them."""

    candidates: tuple[ScoredCandidate[Id], ...]
    none_of_these: float
    several_possible: bool
    weights_sha256: str


class _Weighed(NamedTuple, Generic[Id]):
    id: Id
    known: Identity
    evidence: tuple[Evidence, ...]
    odds: Odds


def score(
    reported: Identity,
    candidates: Iterable[tuple[Id, Identity]],
    weights: Weights | None = None,
    facts: RegisterFacts = NO_REGISTER,
    pinned: Mapping[Id, str] | None = None,
) -> Answer[Id]:
    """The candidates best first; equal ones by their id, so that the order never wavers.

    `pinned` is what people answered before of these: `same`, `different` or `unsure`.
    """
    weights = weights or shipped_weights()
    scale = scale_of(weights, facts.size)
    every = list(candidates)
    found = [
        evidence_of(compared(reported, known, facts), known, scale, facts) for _, known in every
    ]
    homes = [home_of(known, facts) for _, known in every]
    best = best_of_homes(homes, found)
    weighed = [
        _weigh(id_, known, shared(home, evidence, best), scale, (pinned or {}).get(id_))
        for (id_, known), home, evidence in zip(every, homes, found, strict=True)
    ]
    weighed.sort(key=lambda each: (-each.odds.same, _by_id(each.id)))
    return _answer(reported, weighed, weights, scale)


def _by_id(id_: object) -> tuple[bool, int, str]:
    """Numbers by their size, anything else by its letters."""
    return (False, id_, "") if isinstance(id_, int) else (True, 0, str(id_))


_PINNED = {"same": Level.EXACT, "different": Level.DIFFERENT}


def _weigh(
    id_: Id, known: Identity, evidence: tuple[Evidence, ...], scale: Scale, pin: str | None
) -> _Weighed[Id]:
    if pin in _PINNED:
        evidence = (*evidence, scale.fixed[Field.DECIDED, _PINNED[pin]])
    odds = odds_of(evidence, prior=scale.prior, sibling_prior=scale.sibling_prior)
    return _Weighed(id_, known, evidence, odds)


# ---------------------------------------------------------------- all candidates together


def _answer(
    reported: Identity, weighed: list[_Weighed[Id]], weights: Weights, scale: Scale
) -> Answer[Id]:
    siblings = fsum(each.odds.sibling for each in weighed)
    everything = siblings + fsum(each.odds.same for each in weighed)
    twice = _twice(weighed)
    limits = weights.thresholds
    best = [
        _chance(each, everything, twice.get(place, ()))
        for place, each in enumerate(weighed[:MOST_KEPT])
    ]
    is_any_likely = any(each.probability >= limits.likely for each in best)
    scored = [
        _scored(reported, each, _beside(best, each), limits, scale, is_any_likely=is_any_likely)
        for each in best
    ]
    several = [c for c in scored if limits.several_low <= c.probability <= limits.several_high]
    return Answer(
        candidates=in_order(scored),
        none_of_these=(1.0 + siblings) / (1.0 + everything),
        several_possible=len(several) > 1,
        weights_sha256=weights.sha256,
    )


def in_order(scored: list[ScoredCandidate[Id]]) -> tuple[ScoredCandidate[Id], ...]:
    """The most probable first; equal ones by what speaks for them alone, then by id."""
    return tuple(sorted(scored, key=lambda each: (-each.probability, -each.bits, _by_id(each.id))))


class _Chance(NamedTuple, Generic[Id]):
    of: _Weighed[Id]
    probability: float
    rivals: float
    twice: tuple[_Weighed[Id], ...]


def _chance(each: _Weighed[Id], everything: float, twice: tuple[_Weighed[Id], ...]) -> _Chance[Id]:
    """Second records of the same child are no rivals of the first."""
    own = fsum((*each.odds, *(part for other in twice for part in other.odds)))
    rivals = max(everything - own, 0.0)
    return _Chance(each, probability(each.odds, rivals), rivals, twice)


def _twice(weighed: list[_Weighed[Id]]) -> dict[int, tuple[_Weighed[Id], ...]]:
    """By place in the order, the other records that look like the same child."""
    near = [each for each in weighed if each.odds.same >= weighed[0].odds.same * DUPLICATES_WITHIN]
    return {
        place: tuple(
            other
            for other in near
            if other is not each and is_one_child_twice(each.known, other.known)
        )
        for place, each in enumerate(near[:MOST_KEPT])
    }


def _beside(best: list[_Chance[Id]], each: _Chance[Id]) -> _Weighed[Id] | None:
    """The best other candidate that is not a second record of the same child."""
    same = {id(other) for other in each.twice}
    others = (other.of for other in best if other is not each and id(other.of) not in same)
    return next(others, None)


def _scored(
    reported: Identity,
    each: _Chance[Id],
    beside: _Weighed[Id] | None,
    limits: Thresholds,
    scale: Scale,
    *,
    is_any_likely: bool,
) -> ScoredCandidate[Id]:
    of = each.of
    levels = tuple([line[:2] for line in of.evidence])
    forbidden = vetoes(levels, reported, of.known)
    bits = bits_of(of.odds)
    is_own = individual_bits(of.evidence) >= limits.individual_bits
    return ScoredCandidate(
        reported=reported,
        known=of.known,
        evidence=of.evidence,
        vetoes=forbidden,
        beside=(beside.known, beside.evidence) if beside else None,
        id=of.id,
        band=_band(each.probability, bits, forbidden, limits, is_own, is_any_likely=is_any_likely),
        probability=each.probability,
        bits=bits,
        prior=scale.prior,
        sibling_prior=scale.sibling_prior,
        rivals=each.rivals,
        could_be_sibling=could_be_sibling(levels, reported, of.known),
        twice=tuple(other.id for other in each.twice),
        runner_up=beside.id if beside else None,
    )


def band_of(
    candidate: ScoredCandidate[Id], chance: float, limits: Thresholds, *, is_any_likely: bool
) -> Band:
    """The band of a candidate whose probability the other children of the contact moved."""
    is_own = individual_bits(candidate.evidence) >= limits.individual_bits
    return _band(
        chance, candidate.bits, candidate.vetoes, limits, is_own, is_any_likely=is_any_likely
    )


def _band(
    chance: float,
    bits: float,
    forbidden: tuple[str, ...],
    limits: Thresholds,
    is_own: bool,
    *,
    is_any_likely: bool,
) -> Band:
    """Likely: probable, nothing forbids it, and the evidence is of the child, not of the home."""
    if chance >= limits.likely and not forbidden and is_own:
        return Band.LIKELY
    if SOMEBODY_SAID_NO in forbidden:
        return Band.UNLIKELY
    offered = not is_any_likely and bits >= limits.offered_bits
    return Band.POSSIBLE if offered or chance >= limits.possible else Band.UNLIKELY
