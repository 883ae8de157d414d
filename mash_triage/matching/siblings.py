"""Two children of one home: what must never be taken for one child, and what is one child twice."""

from mash_triage.matching.compare import Levels
from mash_triage.matching.identity import Identity
from mash_triage.matching.levels import Field, Level
from mash_triage.matching.names import second_names_differ, spelling

_ANOTHER_GIVEN_NAME = frozenset({
    Level.DIFFERENT, Level.WEAK, Level.SIMILAR, Level.CLOSE, Level.INITIAL, Level.SHARES_OTHER,
    Level.FIRST_ONLY,
})  # fmt: skip
_QUITE_ANOTHER = frozenset({Level.DIFFERENT, Level.WEAK, Level.FIRST_ONLY, Level.SHARES_OTHER})
# One name in two spellings, unless something else tells the two children apart.
_SPELT_OTHERWISE = frozenset({Level.SOUNDS_ALIKE, Level.SHARES_FIRST, Level.NICKNAME})
_BORN_TOGETHER = frozenset({Level.EXACT, Level.EXPECTED_TOGETHER})
_ONE_HOUSE = frozenset({Level.SAME_HOUSE, Level.SAME_HOUSE_BEFORE})
_ONE_FAMILY = frozenset({Level.EXACT, Level.PART, Level.SOUNDS_ALIKE, Level.CLOSE})
_SOUND = frozenset({Level.EXACT, Level.SOUNDS_ALIKE})


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


# ---------------------------------------------------------------- what forbids "likely"

TWO_NHS_NUMBERS = "Both NHS numbers are valid and they differ."
TWO_PUPIL_NUMBERS = "The pupil numbers differ, and so does something else."
TWIN_PATTERN = "Born the same day in one family or house, with another given name."
SOMEBODY_SAID_NO = "Somebody answered before that this is not the child."


def vetoes(levels: Levels, reported: Identity, known: Identity) -> tuple[str, ...]:
    """The sentences that forbid calling a candidate likely, however much speaks for it."""
    said = dict(levels)
    found = []
    if reported.nhs_number and known.nhs_number and reported.nhs_number != known.nhs_number:
        found.append(TWO_NHS_NUMBERS)
    if said[Field.UPN] is Level.DIFFERENT and _conflicts(said):
        found.append(TWO_PUPIL_NUMBERS)
    if _is_twin_pattern(said):
        found.append(TWIN_PATTERN)
    if said.get(Field.DECIDED) is Level.DIFFERENT:
        found.append(SOMEBODY_SAID_NO)
    return tuple(found)


def _conflicts(said: dict[Field, Level]) -> bool:
    names = said[Field.GIVEN] in _QUITE_ANOTHER
    return names or Level.DIFFERENT in (
        said[Field.DOB], said[Field.SEX], said[Field.NHS_NUMBER], said[Field.FAMILY],
    )  # fmt: skip


def _is_twin_pattern(said: dict[Field, Level]) -> bool:
    """Born together, one house or family, another name. A number alone does not lift it: the
    number of one twin is easily typed for the other.
    """
    if said[Field.DOB] not in _BORN_TOGETHER or Field.NAMES in said:
        return False
    of_one_home = said[Field.ADDRESS] in _ONE_HOUSE or said[Field.FAMILY] in _ONE_FAMILY
    by_number = Level.EXACT in (said[Field.NHS_NUMBER], said[Field.UPN])
    given = said[Field.GIVEN]
    another = given in _QUITE_ANOTHER if by_number else given in _ANOTHER_GIVEN_NAME - _NEAR
    return of_one_home and another


_NEAR = frozenset({Level.CLOSE, Level.INITIAL})  # a slip of the pen or a short form; weighed only


# ---------------------------------------------------------------- one child with two records


def is_one_child_twice(one: Identity, other: Identity) -> bool:
    """Two records of the register that are one child: nothing conflicts, and the name, the birth
    date and the home or a number agree. Twins never qualify: their given names differ.
    """
    if _conflict(one, other) or not one.name.given or not other.name.given:
        return False
    same_number = _agree(one.nhs_number, other.nhs_number) or _agree(one.upn, other.upn)
    given = one.name.given[0], other.name.given[0]
    same_given = given[0] == given[1] or (same_number and spelling(*given) in _SOUND)
    same_birth = _agree(one.dob, other.dob)
    return same_given and same_birth and (same_number or _one_home(one, other))


def _agree(one: object, other: object) -> bool:
    return one is not None and one == other


def _conflict(one: Identity, other: Identity) -> bool:
    facts = (
        (one.dob, other.dob), (one.sex, other.sex), (one.nhs_number, other.nhs_number),
        (one.upn, other.upn),
    )  # fmt: skip
    differ = any(a is not None and b is not None and a != b for a, b in facts)
    return differ or second_names_differ(one.name, other.name)


def _one_home(one: Identity, other: Identity) -> bool:
    homes = {(p.postcode, p.house) for p in one.places if p.postcode and p.house}
    same_home = any((p.postcode, p.house) in homes for p in other.places)
    same_mother = bool(one.mother) and one.mother == other.mother
    same_family = bool(set(one.name.family) & set(other.name.family))
    return same_family and (same_home or same_mother)
