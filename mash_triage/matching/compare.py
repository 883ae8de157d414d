"""One reported child beside one known child, field by field: same, close, different, not known.

`levels_of` is the judgement, in codes: small, quick, and what is stored. `in_words` turns it into
what a social worker reads, with both values beside each other.
"""

from datetime import date, timedelta
from typing import NamedTuple

from rapidfuzz.distance import OSA

from mash_triage.matching.as_written import as_written
from mash_triage.matching.identity import Identity
from mash_triage.matching.levels import WORDS, Field, Level, Verdict, verdict_of
from mash_triage.matching.names import Likeness, best_reading, spelling
from mash_triage.matching.normalise import DobQuality, Place
from mash_triage.matching.register_facts import NO_REGISTER, RegisterFacts

EXPECTED_TOGETHER = timedelta(days=21)  # two expected dates of one pregnancy
BORN_BEFORE_EXPECTED = timedelta(days=80)  # as early as a child is born and lives, as a rule
BORN_AFTER_EXPECTED = timedelta(days=21)
DAYS_A_YEAR = 365.25
MOST_FIRST_JANUARY = 3 / DAYS_A_YEAR  # three times the share that births would give
AGE_REACH = ((0.5, Level.AGE_FITS), (1.6, Level.AGE_NEAR), (2.7, Level.AGE_FAR))  # years

Levels = tuple[tuple[Field, Level], ...]


class FieldLevel(NamedTuple):
    """One line of the explanation; `reported` and `known` are the values as written.

    `bits` weigh against a stranger, `sibling_bits` against a brother or sister; `strength` says
    the first in a word, and `common` how many children here carry the name.
    """

    field: Field
    level: Level
    verdict: Verdict
    words: str
    reported: str
    known: str
    bits: float = 0.0
    sibling_bits: float = 0.0
    strength: str = ""
    common: str = ""


def compare(reported: Identity, known: Identity) -> tuple[FieldLevel, ...]:
    """Every field of the two, with what it says and both values: see `levels_of`."""
    return in_words(levels_of(reported, known), reported, known)


class Compared(NamedTuple):
    """Two children compared: the levels, and what the names rest on."""

    levels: Levels
    given: Likeness
    family: Likeness


def levels_of(reported: Identity, known: Identity, facts: RegisterFacts = NO_REGISTER) -> Levels:
    """The level of each field; one more when the names were swapped or an alias was used."""
    return compared(reported, known, facts).levels


def compared(reported: Identity, known: Identity, facts: RegisterFacts) -> Compared:
    """The level of each field, with the words whose rarity decides how much the names say."""
    given, family, said = best_reading(reported, known)
    levels: Levels = (
        (Field.GIVEN, given.level),
        (Field.FAMILY, family.level),
        (Field.DOB, _dob(reported, known, facts)),
        (Field.SEX, _same(reported.sex, known.sex)),
        (Field.NHS_NUMBER, _nhs_number(reported, known)),
        (Field.UPN, _number(reported.upn, known.upn)),
        (Field.ADDRESS, _address(reported, known, facts)),
        (Field.MOTHER, _mother(reported, known)),
    )
    if said:
        levels = (*levels[:2], (Field.NAMES, said), *levels[2:])
    return Compared(levels, given, family)


def in_words(levels: Levels, reported: Identity, known: Identity) -> tuple[FieldLevel, ...]:
    """The levels as lines to read, each with the two values as they were written."""
    return tuple(
        FieldLevel(
            field,
            level,
            verdict_of(field, level),
            WORDS[field, level],
            as_written(reported, field),
            as_written(known, field),
        )
        for field, level in levels
    )


def stored(levels: Levels) -> list[list[str]]:
    """The levels as plain lists for storage; the values stay with the two records."""
    return [[field.value, level.value] for field, level in levels]


def from_stored(levels: list[list[str]]) -> Levels:
    """The levels that `stored` wrote."""
    return tuple((Field(field), Level(level)) for field, level in levels)


# ---------------------------------------------------------------- birth


def _dob(reported: Identity, known: Identity, facts: RegisterFacts) -> Level:
    """Two birth dates; or an age, an estimate or an expected date in place of either."""
    if reported.dob and known.dob:
        if _is_estimate(reported, facts) or _is_estimate(known, facts):
            return _estimated(reported.dob, known.dob)
        return _two_dates(reported.dob, known.dob)
    if reported.age_years is not None or known.age_years is not None:
        by_age = _age(reported, known.dob) or _age(known, reported.dob)
        return by_age or Level.UNKNOWN
    return _expected(reported, known)


def _is_estimate(child: Identity, facts: RegisterFacts) -> bool:
    """Said to be, or a 1 January where far more children have one than are born on one."""
    if child.dob_quality is DobQuality.ESTIMATED:
        return True
    return facts.first_january > MOST_FIRST_JANUARY and _is_new_year(child.dob)


def _is_new_year(day: date | None) -> bool:
    return day is not None and day.day == 1 and day.month == 1


def _two_dates(one: date, other: date) -> Level:
    if one == other:
        return Level.EXACT
    if (one.year, one.month, one.day) == (other.year, other.day, other.month):
        return Level.DAY_MONTH_SWAPPED
    parts = (one.year == other.year, one.month == other.month, one.day == other.day)
    if sum(parts) == 2:
        return Level.ONE_PART
    if not parts[0]:
        return Level.DIFFERENT
    return Level.NEW_YEAR if _is_new_year(one) or _is_new_year(other) else Level.YEAR_ONLY


def _estimated(one: date, other: date) -> Level:
    by_years = (Level.ESTIMATED_YEAR, Level.AGE_NEAR, Level.AGE_FAR)
    apart = abs(one.year - other.year)
    return by_years[apart] if apart < len(by_years) else Level.AGE_OUTSIDE


def _age(aged: Identity, born: date | None) -> Level | None:
    if aged.age_years is None or aged.age_as_of is None or born is None:
        return None
    apart = abs((aged.age_as_of - born).days / DAYS_A_YEAR - (aged.age_years + 0.5))
    return next((level for reach, level in AGE_REACH if apart <= reach), Level.AGE_OUTSIDE)


def _expected(reported: Identity, known: Identity) -> Level:
    if reported.expected_date and known.expected_date and not (reported.dob or known.dob):
        together = abs(reported.expected_date - known.expected_date) <= EXPECTED_TOGETHER
        return Level.EXPECTED_TOGETHER if together else Level.EXPECTED_APART
    born = reported.dob or known.dob
    due = known.expected_date if reported.dob else reported.expected_date
    if not born or not due:
        return Level.UNKNOWN
    near = due - BORN_BEFORE_EXPECTED <= born <= due + BORN_AFTER_EXPECTED
    return Level.BORN_NEAR_EXPECTED if near else Level.EXPECTED_APART


# ---------------------------------------------------------------- sex and numbers


def _same(one: str | None, other: str | None) -> Level:
    if not one or not other:
        return Level.UNKNOWN
    return Level.EXACT if one == other else Level.DIFFERENT


def _nhs_number(reported: Identity, known: Identity) -> Level:
    """Two numbers; one that fails its check speaks only when it is one slip from the other."""
    level = _number(reported.nhs_number, known.nhs_number)
    if level is not Level.UNKNOWN or not (reported.nhs_unsure or known.nhs_unsure):
        return level
    one = reported.nhs_number or reported.nhs_unsure
    other = known.nhs_number or known.nhs_unsure
    slip = _number(one, other)
    return slip if slip in (Level.EXACT, Level.ONE_SLIP) else Level.UNKNOWN


def _number(one: str | None, other: str | None) -> Level:
    if not one or not other:
        return Level.UNKNOWN
    if one == other:
        return Level.EXACT
    return Level.ONE_SLIP if OSA.distance(one, other) == 1 else Level.DIFFERENT


# ---------------------------------------------------------------- address and mother


def _address(reported: Identity, known: Identity, facts: RegisterFacts) -> Level:
    """The nearest of all pairs of addresses; earlier ones count, as earlier ones.

    A house that very many children share (a refuge, a hostel, a school) tells nobody apart.
    """
    nearest = Level.UNKNOWN
    for one in reported.places:
        for other in known.places:
            level = _two_places(one, other, facts)
            if _PLACE_ORDER[level] < _PLACE_ORDER[nearest]:
                nearest = level
    return nearest


_PLACE_ORDER = {
    level: rank
    for rank, level in enumerate((
        Level.SAME_HOUSE, Level.SAME_HOUSE_BEFORE, Level.SAME_POSTCODE, Level.SAME_POSTCODE_BEFORE,
        Level.SAME_HOUSE_OTHER_POSTCODE, Level.SAME_STREET, Level.CROWDED, Level.SAME_AREA,
        Level.DIFFERENT, Level.UNKNOWN,
    ))
}  # fmt: skip
_BEFORE = {
    Level.SAME_HOUSE: Level.SAME_HOUSE_BEFORE,
    Level.SAME_POSTCODE: Level.SAME_POSTCODE_BEFORE,
    Level.SAME_HOUSE_OTHER_POSTCODE: Level.SAME_AREA,
}
_ONE_HOUSE = frozenset({Level.SAME_HOUSE, Level.SAME_HOUSE_OTHER_POSTCODE})
POSTCODE_SLIPS = 2  # characters by which a postcode may differ and still be the same one, mistyped


def _two_places(one: Place, other: Place, facts: RegisterFacts) -> Level:
    level = _now(one, other)
    if level in _ONE_HOUSE and (facts.is_crowded(one) or facts.is_crowded(other)):
        return Level.CROWDED
    return level if one.current and other.current else _BEFORE.get(level, level)


def _now(one: Place, other: Place) -> Level:
    same_house = one.house == other.house and (not one.flat or other.flat in ("", one.flat))
    if not one.postcode or not other.postcode:
        if not one.house or not other.house:
            same = bool(one.street) and one.street == other.street
            return Level.SAME_STREET if same else Level.UNKNOWN
        same_street = one.street == other.street
        return Level.SAME_HOUSE if same_house and same_street else Level.DIFFERENT
    if one.postcode == other.postcode:
        named = one.house or (one.street and one.street == other.street)
        return Level.SAME_HOUSE if same_house and named else Level.SAME_POSTCODE
    if same_house and one.house and one.street and one.street == other.street:
        near = OSA.distance(one.postcode, other.postcode) <= POSTCODE_SLIPS
        if near or one.area == other.area:
            return Level.SAME_HOUSE_OTHER_POSTCODE
    return Level.SAME_AREA if one.area == other.area else Level.DIFFERENT


def _mother(reported: Identity, known: Identity) -> Level:
    born = reported.mother_dob, known.mother_dob
    same_birth = born[0] is not None and born[0] == born[1]
    if not reported.mother or not known.mother:
        return Level.BORN_ONLY if same_birth else Level.UNKNOWN
    first = _alike(reported.mother[0], known.mother[0])
    if first and same_birth:
        return Level.SAME_AND_BORN
    other_birth = None not in born and not same_birth
    if first and _alike(reported.mother[-1], known.mother[-1]):
        return Level.PART if other_birth else Level.EXACT
    if same_birth:
        return Level.BORN_ONLY
    return Level.PART if first and not other_birth else Level.DIFFERENT


def _alike(one: str, other: str) -> bool:
    return one == other or spelling(one, other) in (Level.SOUNDS_ALIKE, Level.CLOSE)
