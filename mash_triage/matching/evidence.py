"""The weight of each answer about one candidate, and the odds that follow from them.

Three explanations compete for a candidate: it is the same child; the reported child is a brother
or sister of it who is not on the register; or the reported child is a stranger to it.
"""

from collections.abc import Iterable
from math import fsum, log2
from typing import NamedTuple

from mash_triage.matching.compare import Compared
from mash_triage.matching.identity import Identity
from mash_triage.matching.levels import Field, Level
from mash_triage.matching.register_facts import RegisterFacts
from mash_triage.matching.weights import Weight, Weights

INDIVIDUAL = frozenset({Field.GIVEN, Field.DOB, Field.SEX, Field.NHS_NUMBER, Field.UPN})
"""What tells one child of a home from another; the rest speaks of the home."""


class Evidence(NamedTuple):
    """One answer and its bits, against a stranger and against a brother or sister.

    `share` is the share of children on the register who carry the name, where that counts.
    """

    field: Field
    level: Level
    stranger: float
    sibling: float
    share: float | None = None


class Odds(NamedTuple):
    """How likely two of the three explanations are, beside a stranger as 1."""

    same: float
    sibling: float


def evidence_of(
    compared: Compared, known: Identity, weights: Weights, facts: RegisterFacts
) -> tuple[Evidence, ...]:
    """Every answer of one comparison with its weight."""
    fixed = weights.fixed(facts.size)
    swapped = (Field.NAMES, Level.SWAPPED) in compared.levels
    found = []
    for pair in compared.levels:
        weight, share = fixed.get(pair), None
        if weight is None:
            share = _share(pair[0], compared, known, facts, swapped=swapped)
            weight = _by_term(weights, pair, facts.size, share)
        found.append(Evidence(*pair, *weight, share))
    return tuple(found)


def _by_term(weights: Weights, pair: tuple[Field, Level], size: int, share: float) -> Weight:
    return weights.of(pair, size=size, share=share)


def _share(
    field: Field, compared: Compared, known: Identity, facts: RegisterFacts, *, swapped: bool
) -> float:
    """How common the name is: the rarest word that two names agree on, the commonest where they
    are only alike.

    Where the names changed places each word counts as common as it is on either side: else Begum
    as a given name would look unique.
    """
    if field is Field.MOTHER:
        first, last = known.mother[0], known.mother[-1]
        return facts.share("mother", first) * (
            1.0 if first == last else facts.share("mother", last)
        )
    kind, name = ("given", compared.given) if field is Field.GIVEN else ("family", compared.family)
    kinds = ("given", "family") if swapped else (kind,)
    shares = [max(facts.share(kind, word) for kind in kinds) for word in name.on]
    return max(shares) if name.alike else min(shares)


def odds_of(evidence: Iterable[Evidence], *, prior: float, sibling_prior: float) -> Odds:
    """The odds of the same child, and of a brother or sister off the register."""
    said = tuple(evidence)
    stranger = prior + fsum(each.stranger for each in said)
    sibling = sibling_prior + fsum(each.sibling for each in said)
    return Odds(2.0**stranger, 2.0 ** (stranger - sibling))


def bits_of(odds: Odds) -> float:
    """The log2 odds of one candidate by itself, before any other is looked at."""
    return log2(odds.same) - log2(1.0 + odds.sibling)


def probability(odds: Odds, rivals: float) -> float:
    """The share of the same child among all explanations; `rivals` are the other candidates'."""
    return odds.same / fsum((1.0, odds.same, odds.sibling, rivals))


def individual_bits(evidence: Iterable[Evidence]) -> float:
    """What speaks for this child rather than for this home, against a stranger."""
    return fsum(each.stranger for each in evidence if each.field in INDIVIDUAL)
