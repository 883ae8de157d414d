"""Evidence to an order and a band, with reasons; twins and siblings held apart.

The seam: `score` is given the reported child, the candidates and the weights, and knows no table
and no page. In this version nobody is ever called likely, and no probability is claimed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from math import log2
from typing import Generic, TypeVar

from mash_triage.matching.compare import (
    FieldLevel,
    Levels,
    in_words,
    levels_of,
)
from mash_triage.matching.identity import Identity
from mash_triage.matching.levels import FIELD_NAMES, Field, Level, Verdict
from mash_triage.matching.names import second_names_differ
from mash_triage.matching.weights import HAND_SET, Weights

COULD_BE_SIBLING = "could be a twin or brother or sister"
TWO_NHS_NUMBERS = "Both NHS numbers are valid and they differ."
POSSIBLE_BITS = log2(0.02 / 0.98)  # two chances in a hundred; below it a candidate is folded away
# Judged, not measured: enough to outweigh the 0.7 bits by which an address elsewhere speaks
# against a sibling, far too little to lift another given name.
STRANGER_SHARE = 0.1

Id = TypeVar("Id")


class Band(StrEnum):
    """How a candidate is offered. There is no likely in this version."""

    POSSIBLE = "possible"
    UNLIKELY = "unlikely"


@dataclass(frozen=True, slots=True)
class ScoredCandidate(Generic[Id]):
    """One candidate with its reasons. `bits` are log2 odds; they order, and are not shown first.

    `differs` names what is not the same, heaviest first. `cautions` are sentences that must be
    seen with the candidate. `could_be_sibling` asks for the words `COULD_BE_SIBLING`.
    """

    id: Id
    band: Band
    bits: float
    probability: float | None
    levels: tuple[FieldLevel, ...]
    differs: tuple[str, ...]
    cautions: tuple[str, ...]
    could_be_sibling: bool
    what_would_settle_it: str


def score(
    reported: Identity, candidates: Iterable[tuple[Id, Identity]], weights: Weights = HAND_SET
) -> list[ScoredCandidate[Id]]:
    """The candidates, best first; equal ones by their id, so that the order never wavers."""
    compared = [(id_, known, levels_of(reported, known)) for id_, known in candidates]
    compared.sort(key=lambda each: (-_standing(each[2], weights), str(each[0])))
    return [_scored(reported, *each, weights) for each in compared]


def bits_of(levels: Levels, weights: Weights) -> float:
    """The log2 odds that the two are one child, and neither strangers nor brother and sister."""
    stranger, sibling = _sums(levels, weights)
    return -log2(2**-stranger + 2**-sibling)


def _standing(levels: Levels, weights: Weights) -> float:
    """What the order goes by: the odds, and a little of the weight against a stranger.

    Where a sibling is what is left to rule out, the odds say nothing for one house: a namesake
    elsewhere would stand above the child at her own address.
    """
    return bits_of(levels, weights) + STRANGER_SHARE * _sums(levels, weights)[0]


def _sums(levels: Levels, weights: Weights) -> tuple[float, float]:
    said = [weights.table[each] for each in levels]
    stranger = weights.prior + sum(weight.stranger for weight in said)
    return stranger, sum(weight.sibling for weight in said)


def _scored(
    reported: Identity, id_: Id, known: Identity, levels: Levels, weights: Weights
) -> ScoredCandidate[Id]:
    bits = bits_of(levels, weights)
    lines = in_words(levels, reported, known)
    return ScoredCandidate(
        id=id_,
        band=Band.POSSIBLE if bits >= POSSIBLE_BITS else Band.UNLIKELY,
        bits=bits,
        probability=None,
        levels=lines,
        differs=_differs(lines, weights),
        cautions=_cautions(levels),
        could_be_sibling=could_be_sibling(levels, reported, known),
        what_would_settle_it=_what_would_settle_it(lines),
    )


# ---------------------------------------------------------------- twins, brothers, sisters

_ANOTHER_GIVEN_NAME = frozenset({
    Level.DIFFERENT, Level.WEAK, Level.SIMILAR, Level.CLOSE, Level.INITIAL, Level.SHARES_OTHER,
})  # fmt: skip
# One name in two spellings, unless something else tells the two children apart.
_SPELT_OTHERWISE = frozenset({Level.SOUNDS_ALIKE, Level.SHARES_FIRST})
_BORN_TOGETHER = frozenset({Level.EXACT, Level.EXPECTED_TOGETHER})
_ONE_HOUSE = frozenset({Level.SAME_HOUSE, Level.SAME_HOUSE_BEFORE})
_ONE_FAMILY = frozenset({Level.EXACT, Level.PART, Level.SOUNDS_ALIKE, Level.CLOSE})


def could_be_sibling(levels: Levels, reported: Identity, known: Identity) -> bool:
    """Another given name, and born the same day in one house or family, or of both of these."""
    said = dict(levels)
    together = said[Field.DOB] in _BORN_TOGETHER
    one_house = said[Field.ADDRESS] in _ONE_HOUSE
    one_family = said[Field.FAMILY] in _ONE_FAMILY
    of_one_home = (one_house or one_family) if together else (one_house and one_family)
    return of_one_home and _is_another_given_name(said, reported, known)


def _is_another_given_name(said: dict[Field, Level], reported: Identity, known: Identity) -> bool:
    given = said[Field.GIVEN]
    if given not in _SPELT_OTHERWISE:
        return given in _ANOTHER_GIVEN_NAME
    conflict = Level.DIFFERENT in (said[Field.SEX], said[Field.NHS_NUMBER])
    return conflict or second_names_differ(reported.name, known.name)


# ---------------------------------------------------------------- words

_THE_SAME = frozenset({
    Level.EXACT, Level.SAME_HOUSE, Level.SAME_AND_BORN, Level.AGE_FITS, Level.BORN_NEAR_EXPECTED,
    Level.EXPECTED_TOGETHER, Level.UNKNOWN,
})  # fmt: skip


def _differs(lines: tuple[FieldLevel, ...], weights: Weights) -> tuple[str, ...]:
    differing = [line for line in lines if line.level not in _THE_SAME]
    differing.sort(key=lambda line: min(weights.table[line.field, line.level]))
    return tuple(f"{FIELD_NAMES[line.field]}: {line.words}" for line in differing)


def _cautions(levels: Levels) -> tuple[str, ...]:
    return (TWO_NHS_NUMBERS,) if (Field.NHS_NUMBER, Level.DIFFERENT) in levels else ()


_SETTLING = (Field.NHS_NUMBER, Field.DOB, Field.UPN, Field.GIVEN, Field.FAMILY, Field.MOTHER)
_NOT_FULLY_GIVEN = frozenset({
    Level.UNKNOWN, Level.INITIAL, Level.AGE_FITS, Level.AGE_NEAR, Level.AGE_FAR,
})  # fmt: skip
_ASKED_FOR = {
    Field.NHS_NUMBER: "NHS number",
    Field.DOB: "date of birth",
    Field.UPN: "unique pupil number",
    Field.GIVEN: "full given names",
    Field.FAMILY: "family name",
    Field.MOTHER: "mother's name and date of birth",
}


def _what_would_settle_it(lines: tuple[FieldLevel, ...]) -> str:
    """One question: what the record holds and the contact lacks, most telling first."""
    by_field = {line.field: line for line in lines}
    if by_field[Field.NHS_NUMBER].level is Level.EXACT:
        return "Confirm with whoever gave the NHS number that it is this child's own."
    for field in _SETTLING:
        line = by_field[field]
        if line.level in _NOT_FULLY_GIVEN and line.known:
            return f"Ask for the {_ASKED_FOR[field]}, which the record holds."
    against = [line for line in lines if line.verdict is Verdict.AGAINST]
    if against:
        names = {line.field: FIELD_NAMES[line.field] for line in against}
        field = next((field for field in _SETTLING if field in names), against[0].field)
        return f"Check the {_ASKED_FOR.get(field, names[field].lower())} with the referrer."
    return "Ask somebody who knows the child to confirm the address and who lives there."


# ---------------------------------------------------------------- enough to search with


def enough_to_search(reported: Identity) -> str | None:
    """None when a search is safe; else one sentence saying what to ask for.

    A search needs an NHS or pupil number, or two of given name, family name, birth date or age,
    address and mother's name, as the Personal Demographics Service asks for its own searches.
    A bare initial is not a given name here.
    """
    if reported.nhs_number or reported.upn:
        return None
    birth = reported.dob or reported.expected_date or reported.age_years is not None
    has = {
        "a given name": any(len(token) > 1 for token in reported.name.given),
        "a family name": bool(reported.name.family),
        "a date of birth or age": bool(birth),
        "an address": any(place.postcode or place.house for place in reported.places),
        "the mother's name": bool(reported.mother),
    }
    if sum(has.values()) >= 2:
        return None
    lacking = [words for words, given in has.items() if not given]
    listed = f"{', '.join(lacking[:-1])} or {lacking[-1]}"
    number = "one" if any(has.values()) else "two"
    return f"There is too little to search safely: ask for an NHS number, or {number} of {listed}."
