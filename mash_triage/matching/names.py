"""Two names beside each other: whole, in part, by sound, by spelling, swapped or by an alias."""

from collections.abc import Iterator
from functools import lru_cache

from rapidfuzz.distance import JaroWinkler

from mash_triage.matching.identity import Identity, Name
from mash_triage.matching.levels import Field, Level
from mash_triage.matching.normalise import skeleton

CLOSE, SIMILAR, WEAK = 0.92, 0.84, 0.76  # Jaro-Winkler; measured on generated registers

# How near each level brings two names: only for choosing among readings of one name.
_NEARNESS = {
    Level.EXACT: 6.0, Level.SHARES_FIRST: 5.0, Level.PART: 4.5, Level.SOUNDS_ALIKE: 4.0,
    Level.CLOSE: 3.5, Level.SHARES_OTHER: 3.0, Level.SIMILAR: 2.0, Level.INITIAL: 1.5,
    Level.UNKNOWN: 1.0, Level.WEAK: 0.5, Level.DIFFERENT: 0.0,
}  # fmt: skip
_COSTS = {None: 0.0, Level.SWAPPED: 2.5, Level.ALIAS: 0.5}


def name_levels(reported: Identity, known: Identity) -> Iterator[tuple[Field, Level]]:
    """The best reading: as written, given and family name swapped, or by an alias of either."""
    given, family, said = max(
        (
            (_given(one.given, other.given), _family(one.family, other.family), said)
            for one, other, said in _readings(reported, known)
        ),
        key=_nearness,
    )
    yield Field.GIVEN, given
    yield Field.FAMILY, family
    if said:
        yield Field.NAMES, said


def _nearness(reading: tuple[Level, Level, Level | None]) -> float:
    given, family, said = reading
    return _NEARNESS[given] + _NEARNESS[family] - _COSTS[said]


def _readings(reported: Identity, known: Identity) -> Iterator[tuple[Name, Name, Level | None]]:
    yield reported.name, known.name, None
    yield reported.name.turned(), known.name, Level.SWAPPED
    for alias in known.aliases:
        yield reported.name, alias, Level.ALIAS
    for alias in reported.aliases:
        yield alias, known.name, Level.ALIAS


@lru_cache(maxsize=1 << 16)
def _given(one: tuple[str, ...], other: tuple[str, ...]) -> Level:
    if not one or not other:
        return Level.UNKNOWN
    if one == other or "".join(one) == "".join(other):
        return Level.EXACT
    if one[0] == other[0]:
        return Level.SHARES_FIRST
    if not set(one).isdisjoint(other):
        return Level.SHARES_OTHER
    if 1 in (len(one[0]), len(other[0])):
        return Level.INITIAL if one[0][0] == other[0][0] else Level.DIFFERENT
    if (alike := spelling("".join(one), "".join(other))) is Level.SOUNDS_ALIKE:
        return alike
    return spelling(one[0], other[0])


@lru_cache(maxsize=1 << 16)
def _family(one: tuple[str, ...], other: tuple[str, ...]) -> Level:
    if not one or not other:
        return Level.UNKNOWN
    if set(one) == set(other) or "".join(one) == "".join(other):
        return Level.EXACT
    if not set(one).isdisjoint(other):
        return Level.PART
    spellings = {spelling(a, b) for a in one for b in other}
    return max((*spellings, spelling("".join(one), "".join(other))), key=_NEARNESS.__getitem__)


@lru_cache(maxsize=1 << 16)
def spelling(one: str, other: str) -> Level:
    """How two single words stand to each other: by sound first, then by letters."""
    if skeleton(one) == skeleton(other) and min(len(one), len(other)) > 1:
        return Level.SOUNDS_ALIKE
    nearness = JaroWinkler.similarity(one, other)
    reach = ((CLOSE, Level.CLOSE), (SIMILAR, Level.SIMILAR), (WEAK, Level.WEAK))
    return next((level for least, level in reach if nearness >= least), Level.DIFFERENT)


def second_names_differ(one: Name, other: Name) -> bool:
    """Both have further given names and share none of them: Geoffrey Liam, Geoffrey Charlie."""
    further = set(one.given[1:]), set(other.given[1:])
    return all(further) and further[0].isdisjoint(further[1])
