"""How many bits each level speaks for one child, against a stranger and against a sibling.

Set by hand from the shares measured on generated English registers (m among true pairs, u among
strangers, u among brothers and sisters of a household); a bit doubles the odds. A register's own
term frequencies are not in yet, so every name counts as one that 2 children in 1,000 carry.

Judged, not measured, and to be looked at first when results disappoint: a given name's initial, a
family name little alike, an expected date that does not fit, a mother known only by her birth date
or only in part, and sound and spelling of names weighed apart.
"""

from dataclasses import dataclass
from math import log2
from typing import NamedTuple

from mash_triage.matching.levels import Field, Level


class Weight(NamedTuple):
    """Bits for the same child rather than a stranger, and rather than a brother or sister."""

    stranger: float
    sibling: float


@dataclass(frozen=True)
class Weights:
    """A table of weights, its name for the record, and the prior log2 odds of a stranger."""

    name: str
    prior: float
    table: dict[tuple[Field, Level], Weight]


SHARE_ON_REGISTER = 0.8  # of children named in contacts, those already on the register
ADDRESS_CAP = 13.0  # however large the register, one address proves no more
AN_EARLIER_ADDRESS_COSTS = 1.5

_SET: dict[tuple[Field, Level], Weight] = {
    (Field.GIVEN, Level.EXACT): Weight(8.5, 7.5),
    (Field.GIVEN, Level.SHARES_FIRST): Weight(6.7, 4.6),
    (Field.GIVEN, Level.SHARES_OTHER): Weight(4.5, 0.4),
    (Field.GIVEN, Level.SOUNDS_ALIKE): Weight(5.0, 1.9),
    (Field.GIVEN, Level.CLOSE): Weight(4.5, 1.5),
    (Field.GIVEN, Level.SIMILAR): Weight(2.5, -0.2),
    (Field.GIVEN, Level.INITIAL): Weight(2.5, 0.0),
    (Field.GIVEN, Level.WEAK): Weight(-1.7, -2.7),
    (Field.GIVEN, Level.DIFFERENT): Weight(-5.4, -5.3),
    (Field.FAMILY, Level.EXACT): Weight(8.6, 0.1),
    (Field.FAMILY, Level.PART): Weight(5.3, -0.3),
    (Field.FAMILY, Level.SOUNDS_ALIKE): Weight(4.5, -0.4),
    (Field.FAMILY, Level.CLOSE): Weight(4.0, -0.4),
    (Field.FAMILY, Level.SIMILAR): Weight(2.5, -0.2),
    (Field.FAMILY, Level.WEAK): Weight(-1.7, -0.8),
    (Field.FAMILY, Level.DIFFERENT): Weight(-4.1, -1.5),
    (Field.NAMES, Level.SWAPPED): Weight(-5.0, -2.0),
    (Field.NAMES, Level.ALIAS): Weight(-1.5, -1.5),
    (Field.DOB, Level.EXACT): Weight(12.7, 4.3),
    (Field.DOB, Level.DAY_MONTH_SWAPPED): Weight(7.2, 5.1),
    (Field.DOB, Level.ONE_PART): Weight(2.7, 2.5),
    (Field.DOB, Level.YEAR_ONLY): Weight(-2.5, -2.3),
    (Field.DOB, Level.ESTIMATED_YEAR): Weight(4.2, 3.2),
    (Field.DOB, Level.AGE_FITS): Weight(3.5, 2.2),
    (Field.DOB, Level.AGE_NEAR): Weight(1.9, 0.7),
    (Field.DOB, Level.AGE_FAR): Weight(0.3, -0.9),
    (Field.DOB, Level.AGE_OUTSIDE): Weight(-6.3, -5.6),
    (Field.DOB, Level.EXPECTED_TOGETHER): Weight(10.6, 4.2),
    (Field.DOB, Level.BORN_NEAR_EXPECTED): Weight(9.9, 5.5),
    (Field.DOB, Level.EXPECTED_APART): Weight(-6.3, -5.6),
    (Field.DOB, Level.DIFFERENT): Weight(-6.9, -6.8),
    (Field.SEX, Level.EXACT): Weight(1.0, 1.0),
    (Field.SEX, Level.DIFFERENT): Weight(-5.0, -5.0),
    (Field.NHS_NUMBER, Level.EXACT): Weight(21.0, 7.4),
    (Field.NHS_NUMBER, Level.ONE_SLIP): Weight(12.6, 6.9),
    (Field.NHS_NUMBER, Level.DIFFERENT): Weight(-5.3, -5.3),
    (Field.UPN, Level.EXACT): Weight(21.0, 7.4),
    (Field.UPN, Level.ONE_SLIP): Weight(12.6, 6.9),
    (Field.UPN, Level.DIFFERENT): Weight(-5.3, -5.3),
    (Field.ADDRESS, Level.SAME_AREA): Weight(-0.2, 0.7),
    (Field.ADDRESS, Level.DIFFERENT): Weight(-1.9, 0.2),
    (Field.MOTHER, Level.SAME_AND_BORN): Weight(16.0, 0.2),
    (Field.MOTHER, Level.EXACT): Weight(11.0, -0.1),
    (Field.MOTHER, Level.BORN_ONLY): Weight(8.0, -0.1),
    (Field.MOTHER, Level.PART): Weight(0.0, 0.0),
    (Field.MOTHER, Level.DIFFERENT): Weight(-4.0, 0.6),
} | {(field, Level.UNKNOWN): Weight(0.0, 0.0) for field in Field if field is not Field.NAMES}


SMALLEST_REGISTER = 1_000  # in fewer, an address would say too little beside a namesake


def hand_set(register_size: int) -> Weights:
    """The weights for a register of so many children, which sets the prior and the addresses.

    Some four children share a house and nine a postcode.
    """
    size = max(register_size, SMALLEST_REGISTER)
    house = min(log2(0.50 * size / 4), ADDRESS_CAP)
    postcode = min(log2(0.12 * size / 9), ADDRESS_CAP)
    before = AN_EARLIER_ADDRESS_COSTS
    addresses = {
        (Field.ADDRESS, Level.SAME_HOUSE): Weight(house, -0.5),
        (Field.ADDRESS, Level.SAME_HOUSE_BEFORE): Weight(house - before, -0.5),
        (Field.ADDRESS, Level.SAME_POSTCODE): Weight(postcode, 0.3),
        (Field.ADDRESS, Level.SAME_POSTCODE_BEFORE): Weight(postcode - before, 0.3),
    }
    return Weights("hand-set 1", log2(SHARE_ON_REGISTER / size), _SET | addresses)


HAND_SET = hand_set(10_000)
