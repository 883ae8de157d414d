"""Two names beside each other: whole, in part, by sound, by spelling, swapped or by an alias."""

from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import JaroWinkler

from mash_triage.matching.identity import Identity, Name
from mash_triage.matching.levels import Level
from mash_triage.matching.nicknames import are_forms_of_one_name, full_names
from mash_triage.matching.normalise import skeleton

CLOSE, SIMILAR, WEAK = 0.92, 0.84, 0.76  # Jaro-Winkler; measured on generated registers
# Two words of one sound must also look a little alike: Ali and Ella share the consonant l.
ALIKE_IN_SHORT, ALIKE_IN_LONG = 0.70, 0.55
SHORT_SKELETON = 2

# How near each level brings two names: only for choosing among readings of one name.
_NEARNESS = {
    Level.EXACT: 6.0, Level.SHARES_FIRST: 5.0, Level.PART: 4.5, Level.SOUNDS_ALIKE: 4.0,
    Level.NICKNAME: 3.7, Level.CLOSE: 3.5, Level.FIRST_ONLY: 3.2, Level.SHARES_OTHER: 3.0,
    Level.SIMILAR: 2.0, Level.INITIAL: 1.5, Level.UNKNOWN: 1.0, Level.WEAK: 0.5,
    Level.DIFFERENT: 0.0,
}  # fmt: skip
_SWAPPED_COSTS, _ALIAS_COSTS = 2.5, 0.5
_BEST = 2 * _NEARNESS[Level.EXACT]

Tokens = tuple[str, ...]


class Likeness(NamedTuple):
    """One name beside another: the level, and the words on which it rests.

    Where the two agree on words, `on` holds them: the rarest says most. Where they are only alike,
    `on` holds the reported word and the known one: the commoner of the two says how little it is.
    """

    level: Level
    on: Tokens
    alike: bool = False


class Reading(NamedTuple):
    """The names of two children, read in one way; `said` is how, when not as written."""

    given: Likeness
    family: Likeness
    said: Level | None


def best_reading(reported: Identity, known: Identity) -> Reading:
    """As written, else given and family name swapped, or by an alias: whichever fits best."""
    one, other = reported.name, known.name
    given, family_ = given_names(one.given, other.given), family(one.family, other.family)
    best = Reading(given, family_, None)
    nearest = _NEARNESS[given.level] + _NEARNESS[family_.level]
    if nearest >= _BEST - _ALIAS_COSTS:
        return best
    for one, other, said, costs in _otherwise(reported, known, nearest):
        given = given_names(one.given, other.given)
        near = _NEARNESS[given.level] - costs
        if near + _NEARNESS[Level.EXACT] <= nearest:
            continue  # no family name could make up for it
        family_ = family(one.family, other.family)
        near += _NEARNESS[family_.level]
        if near > nearest:
            best, nearest = Reading(given, family_, said), near
    return best


def _otherwise(
    reported: Identity, known: Identity, nearest: float
) -> list[tuple[Name, Name, Level, float]]:
    ways = []
    if nearest < _BEST - _SWAPPED_COSTS:
        ways.append((_turned(reported.name), known.name, Level.SWAPPED, _SWAPPED_COSTS))
    ways += [(reported.name, alias, Level.ALIAS, _ALIAS_COSTS) for alias in known.aliases]
    ways += [(alias, known.name, Level.ALIAS, _ALIAS_COSTS) for alias in reported.aliases]
    return ways


@lru_cache(maxsize=64)
def _turned(name: Name) -> Name:
    return name.turned()


_NOT_GIVEN = Likeness(Level.UNKNOWN, ())


@lru_cache(maxsize=1 << 17)
def given_names(one: Tokens, other: Tokens) -> Likeness:
    """Two sets of given names, the known child's second."""
    if not one or not other:
        return _NOT_GIVEN
    first = other[:1]
    if one == other or "".join(one) == "".join(other):
        return Likeness(Level.EXACT, other)
    if one[0] == other[0]:
        level = Level.FIRST_ONLY if _further_differ(one, other) else Level.SHARES_FIRST
        return Likeness(level, first)
    if 1 in (len(one[0]), len(other[0])):
        return Likeness(_initial(one, other), first)
    level = spelling(one[0], other[0])
    if len(one) + len(other) > 2 and level is not Level.SOUNDS_ALIKE:
        whole = spelling("".join(one), "".join(other))
        level = whole if whole is Level.SOUNDS_ALIKE else level
    if level is not Level.SOUNDS_ALIKE and _is_nickname(one[0], other[0]):
        level = Level.NICKNAME
    if level is Level.DIFFERENT and _share_a_syllable(one[0], other[0]):
        level = Level.WEAK
    if _NEARNESS[level] < _NEARNESS[Level.SHARES_OTHER] and (shared := set(one) & set(other)):
        return Likeness(Level.SHARES_OTHER, tuple(sorted(shared)))
    return Likeness(level, (one[0], other[0]), alike=True)


def _is_nickname(one: str, other: str) -> bool:
    """Of the name itself, or of another spelling of it: Mo for Mohammed, listed for Muhammad."""
    if are_forms_of_one_name(one, other):
        return True
    short, long = (one, other) if len(one) < len(other) else (other, one)
    return any(spelling(full, long) is Level.SOUNDS_ALIKE for full in full_names(short))


def _share_a_syllable(one: str, other: str) -> bool:
    """Tally and Natalie: three letters in a row."""
    return len(other) > 2 and any(one[at : at + 3] in other for at in range(len(one) - 2))


def _initial(one: Tokens, other: Tokens) -> Level:
    return Level.INITIAL if one[0][0] == other[0][0] else Level.DIFFERENT


def _further_differ(one: Tokens, other: Tokens) -> bool:
    """Both have further given names, and no two of them are alike, not even by their initial."""
    further = [(a, b) for a in one[1:] for b in other[1:]]
    return bool(further) and not any(_could_be_one_word(a, b) for a, b in further)


def _could_be_one_word(one: str, other: str) -> bool:
    if 1 in (len(one), len(other)):
        return one[0] == other[0]
    return one == other or _NEARNESS[spelling(one, other)] >= _NEARNESS[Level.SIMILAR]


@lru_cache(maxsize=1 << 17)
def family(one: Tokens, other: Tokens) -> Likeness:
    """Two family names, the known child's second; a double-barrelled one also in part."""
    if not one or not other:
        return _NOT_GIVEN
    if one == other or set(one) == set(other) or "".join(one) == "".join(other):
        return Likeness(Level.EXACT, other)
    if shared := set(one) & set(other):
        return Likeness(Level.PART, tuple(sorted(shared)))
    if len(one) == len(other) == 1:
        return Likeness(spelling(one[0], other[0]), (*one, *other), alike=True)
    likenesses = [Likeness(spelling(a, b), (a, b), alike=True) for b in other for a in one]
    whole = "".join(one), "".join(other)
    likenesses.append(Likeness(spelling(*whole), (*one, *other), alike=True))
    return max(likenesses, key=_nearness)


def _nearness(likeness: Likeness) -> float:
    return _NEARNESS[likeness.level]


@lru_cache(maxsize=1 << 17)
def spelling(one: str, other: str) -> Level:
    """How two single words stand to each other: by sound first, then by letters."""
    nearness = JaroWinkler.similarity(one, other)
    if nearness < ALIKE_IN_LONG:
        return Level.DIFFERENT
    sound = skeleton(one)
    if sound == skeleton(other) and min(len(one), len(other)) > 1:
        least = ALIKE_IN_SHORT if len(sound) <= SHORT_SKELETON else ALIKE_IN_LONG
        if nearness >= least:
            return Level.SOUNDS_ALIKE
    if nearness >= SIMILAR:
        return Level.CLOSE if nearness >= CLOSE else Level.SIMILAR
    return Level.WEAK if nearness >= WEAK else Level.DIFFERENT


def second_names_differ(one: Name, other: Name) -> bool:
    """Both have further given names and share none of them: Geoffrey Liam, Geoffrey Charlie."""
    further = set(one.given[1:]), set(other.given[1:])
    return all(further) and further[0].isdisjoint(further[1])
