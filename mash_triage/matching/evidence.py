"""The weight of each answer about one candidate, and the odds that follow from them.

Three explanations compete for a candidate: it is the same child; the reported child is a brother
or sister of it who is not on the register; or the reported child is a stranger to it.
"""

from collections.abc import Iterable
from functools import lru_cache
from math import fsum, log2
from typing import NamedTuple

from mash_triage.matching.compare import Compared
from mash_triage.matching.identity import Identity
from mash_triage.matching.levels import Field, Level
from mash_triage.matching.register_facts import RegisterFacts
from mash_triage.matching.weights import Pair, Weights

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


class Scale:
    """The weights made ready for one register: one piece of evidence for each answer, made once.

    What depends on how common a name is, is kept by how common it is.
    """

    def __init__(self, weights: Weights, register_size: int) -> None:
        self.prior = weights.stranger_prior(register_size)
        self.sibling_prior = weights.prior.sibling_bits
        self._weights, self._size = weights, register_size
        self.fixed = {
            pair: Evidence(*pair, *weight) for pair, weight in weights.fixed(register_size).items()
        }
        self._by_share: dict[tuple[Pair, float], Evidence] = {}

    def of_share(self, pair: Pair, share: float) -> Evidence:
        """The evidence of a level that rests on a name carried by this share of children."""
        kept = self._by_share.get((pair, share))
        if kept is None:
            if len(self._by_share) > MOST_SHARES:
                self._by_share.clear()
            weight = self._weights.of(pair, size=self._size, share=share)
            kept = self._by_share[pair, share] = Evidence(*pair, *weight, share)
        return kept


MOST_SHARES = 50_000  # kept in memory; then begun anew


@lru_cache(maxsize=8)
def scale_of(weights: Weights, register_size: int) -> Scale:
    """The scale of these weights on a register of so many."""
    return Scale(weights, register_size)


def evidence_of(
    compared: Compared, known: Identity, scale: Scale, facts: RegisterFacts
) -> tuple[Evidence, ...]:
    """Every answer of one comparison with its weight."""
    found = []
    for pair in compared.levels:
        each = scale.fixed.get(pair)
        if each is None:
            each = scale.of_share(pair, _share(pair[0], compared, known, facts))
        found.append(each)
    return tuple(found)


_SWAPPED = (Field.NAMES, Level.SWAPPED)


def _share(field: Field, compared: Compared, known: Identity, facts: RegisterFacts) -> float:
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
    shares = [facts.share(kind, word) for word in name.on]
    if _SWAPPED in compared.levels:
        other = "family" if kind == "given" else "given"
        shares = [
            max(share, facts.share(other, word))
            for share, word in zip(shares, name.on, strict=True)
        ]
    return max(shares) if name.alike else min(shares)


def odds_of(evidence: Iterable[Evidence], *, prior: float, sibling_prior: float) -> Odds:
    """The odds of the same child, and of a brother or sister off the register."""
    stranger, sibling = prior, sibling_prior
    for _, _, against_stranger, against_sibling, _ in evidence:
        stranger += against_stranger
        sibling += against_sibling
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
