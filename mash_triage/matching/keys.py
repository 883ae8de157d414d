"""The keys by which candidates are found: one indexed number for each way a child may be met.

A key is "kind|value" hashed under the installation's own secret, so the index gives nothing away
if it leaks. The side that asks expands (a swapped day and month, an age for a birth date, a pet
name); the index never does, so that it stays small. Whoever changes what a known child is filed
under raises NORMALISER_VERSION: see `older`.

Kinds: N NHS number, U pupil number, d birth date and a name, n pair of names, y the same and birth
year, i year, initial and family name, j year, given name and two letters, p postcode and a name, h
household, s house, street and a name, c birth date and neighbourhood, m mother's name, w mother's
birth date and given name.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache
from itertools import combinations

from mash_triage.matching.identity import Identity, Name
from mash_triage.matching.nicknames import other_forms
from mash_triage.matching.normalise import skeleton

BYTES = 6  # of the hash: two values among a hundred million meet less than once, by chance
DAYS_A_PEN_SLIPS = (-10, -2, -1, 1, 2, 10)
YEARS_A_PEN_SLIPS = (-10, -1, 1, 10)
YEARS_AN_AGE_MAY_MISS = 2
LETTERS_OF_A_FAMILY_NAME = 2
MOST_OTHER_FORMS = 8  # of one given name: William has ten, and each costs four keys


def keys_of(known: Identity, secret: bytes) -> set[int]:
    """The keys under which a known child is filed: about 22. `secret` is at most 64 bytes."""
    names = [known.name, *known.aliases]
    pairs = {pair for each in names for pair in _pairs(each)}
    years = [known.dob.year] if known.dob else []
    halves = [half for each in names for half in _halves(each)]
    return _hashed(_own_values(known) | _name_values(pairs, years, halves), secret)


def query_keys(reported: Identity, secret: bytes) -> set[int]:
    """The keys under which a reported child may be filed, slips of the pen included."""
    names = [reported.name, *reported.aliases]
    pairs = {pair for each in names for pair in (*_pairs(each), *_any_pairs(each))}
    halves = [half for each in names for half in (*_halves(each), *_halves(each.turned()))]
    values = _own_values(reported) | _name_values(pairs, birth_years(reported), halves)

    main = {skeleton(token) for token in (*reported.name.given[:1], *reported.name.family[:1])}
    values |= {f"d|{day}|{token}" for day in slips_of(reported) for token in main}
    pet_names = [form for token in reported.name.given[:1] for form in sorted(other_forms(token))]
    values |= _values_of_words(reported, pet_names[:MOST_OTHER_FORMS], ())
    return _hashed(values, secret)


def wider_keys(
    reported: Identity, given: Iterable[str], family: Iterable[str], secret: bytes
) -> set[int]:
    """The keys of the same child under other words: in place of her first given name, and of her
    family name, and of both.
    """
    return _hashed(_values_of_words(reported, given, family), secret)


# ---------------------------------------------------------------- what the asking side adds


def slips_of(reported: Identity) -> set[date]:
    """The dates from which a slip of the pen could have made the reported birth date."""
    if not (dob := reported.dob):
        return set()
    near = [dob + timedelta(days=days) for days in DAYS_A_PEN_SLIPS if _in_range(dob, days)]
    turned = [
        _date_or_none(dob.year, dob.day, dob.month),
        _date_or_none(dob.year, dob.month - 1, dob.day),
        _date_or_none(dob.year, dob.month + 1, dob.day),
        *(_date_or_none(dob.year + years, dob.month, dob.day) for years in YEARS_A_PEN_SLIPS),
    ]
    return {day for day in (*turned, *near) if day} - {dob}


def birth_years(reported: Identity) -> list[int]:
    """The birth year, or the six years that a reported age leaves open."""
    if reported.dob:
        return [reported.dob.year]
    if reported.age_years is None or reported.age_as_of is None:
        return []
    turning = reported.age_as_of.year - reported.age_years
    return list(range(turning - 1 - YEARS_AN_AGE_MAY_MISS, turning + 1 + YEARS_AN_AGE_MAY_MISS))


def _in_range(day: date, days: int) -> bool:
    return date.min.toordinal() <= day.toordinal() + days <= date.max.toordinal()


def _values_of_words(reported: Identity, given: Iterable[str], family: Iterable[str]) -> set[str]:
    """Birth date, postcode or the rest of the name, each with one of these words."""
    others = {skeleton(word) for word in given}, {skeleton(word) for word in family}
    own = tuple({skeleton(word) for word in words} for words in reported.name[:2])
    pairs = {
        (min(one, other), max(one, other))
        for ones, others_ in ((others[0], own[1] | others[1]), (own[0], others[1]))
        for one in ones
        for other in others_
    }
    values = _name_values(pairs, birth_years(reported), ())
    for word in others[0] | others[1]:
        values |= {f"d|{reported.dob}|{word}"} if reported.dob else set()
        values |= {f"p|{place.postcode}|{word}" for place in reported.places if place.postcode}
    return values


def _date_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


# ---------------------------------------------------------------- values by kind


def _own_values(child: Identity) -> set[str]:
    """What both sides file and ask alike."""
    names = [child.name, *child.aliases]
    tokens = {sound for each in names for sound in _sounds(each)}
    born = {f"d|{child.dob}|{token}" for token in tokens} if child.dob else set()
    return born | _place_values(child, tokens) | _identifier_values(child) | _mother_values(child)


def _sounds(written: Name) -> list[str]:
    """The skeleton of every token, and of a double-barrelled name written as one word."""
    joined = ["".join(half) for half in (written.given[:2], written.family) if len(half) > 1]
    return [skeleton(token) for token in (*written.given, *written.family, *joined)]


def _any_pairs(written: Name) -> Iterator[tuple[str, str]]:
    """Any two tokens: both names may stand in one field, or part of one in the other."""
    sounds = sorted(skeleton(token) for token in (*written.given, *written.family))
    return combinations(sounds, 2)


def _pairs(written: Name) -> Iterator[tuple[str, str]]:
    for one in written.given or ("",):
        for other in written.family or ("",):
            first, second = sorted((skeleton(one), skeleton(other)))
            yield first, second


def _halves(written: Name) -> Iterator[tuple[str, str, str]]:
    """Given skeleton, family skeleton, first letters of the family name: for every family token."""
    if written.given:
        given = skeleton(written.given[0])
        for token in written.family:
            yield given, skeleton(token), token[:LETTERS_OF_A_FAMILY_NAME]


def _name_values(
    pairs: Iterable[tuple[str, str]], years: list[int], halves: Iterable[tuple[str, str, str]]
) -> set[str]:
    values = {f"n|{one}|{other}" for one, other in pairs if one or other}
    for year in years:
        values |= {f"y|{one}|{other}|{year}" for one, other in pairs if one or other}
        for given, family, letters in halves:
            values.add(f"i|{year}|{given[:1]}|{family}")
            values.add(f"j|{year}|{given}|{letters}")
    return values


def _place_values(child: Identity, tokens: set[str]) -> set[str]:
    values = set()
    for place in child.places:
        if place.postcode:
            values |= {f"p|{place.postcode}|{token}" for token in tokens}
            if child.dob:
                values.add(f"c|{child.dob}|{place.sector}")
            if place.house:
                values.add(f"h|{place.postcode}|{place.house}")
        if place.house and place.street:
            values |= {f"s|{place.house}|{place.street}|{token}" for token in tokens}
    return values


def _identifier_values(child: Identity) -> set[str]:
    numbers = (("N", child.nhs_number), ("U", child.upn))
    return {f"{kind}|{number}" for kind, number in numbers if number}


def _mother_values(child: Identity) -> set[str]:
    values = set()
    if len(child.mother) > 1:
        first, last = sorted((skeleton(child.mother[0]), skeleton(child.mother[-1])))
        values.add(f"m|{first}|{last}")
    if child.mother_dob:
        born = child.mother_dob.isoformat()
        # without a given name too: a child is often first known unborn
        values |= {f"w|{born}|{skeleton(given)}" for given in ("", *child.name.given[:1])}
    return values


# ---------------------------------------------------------------- hashing


def _hashed(values: Iterable[str], secret: bytes) -> set[int]:
    start, number = _keyed(secret), int.from_bytes
    keys = set()
    for value in values:
        keyed = start()
        keyed.update(value.encode())
        keys.add(number(keyed.digest(), "big", signed=True))
    return keys


@lru_cache(maxsize=4)
def _keyed(secret: bytes) -> Callable[[], hashlib.blake2b]:
    """BLAKE2b under the secret, ready to copy: half the time of a new one each."""
    return hashlib.blake2b(digest_size=BYTES, key=secret).copy
