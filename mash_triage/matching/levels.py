"""The answers that comparing two children can give, field by field, and their words.

A level is what is stored and weighed; its words are what is read. *Not known* is an answer of its
own and is never counted against a child.
"""

from enum import StrEnum


class Field(StrEnum):
    """What is compared. `names` appears only when names were swapped or an alias was used, and
    `decided` only when somebody answered before whether the two are one child.
    """

    GIVEN = "given"
    FAMILY = "family"
    NAMES = "names"
    DOB = "dob"
    SEX = "sex"
    NHS_NUMBER = "nhs_number"
    UPN = "upn"
    ADDRESS = "address"
    MOTHER = "mother"
    DECIDED = "decided"


FIELD_NAMES = {
    Field.GIVEN: "Given name",
    Field.FAMILY: "Family name",
    Field.NAMES: "Names",
    Field.DOB: "Date of birth",
    Field.SEX: "Sex",
    Field.NHS_NUMBER: "NHS number",
    Field.UPN: "Unique pupil number",
    Field.ADDRESS: "Address",
    Field.MOTHER: "Mother",
    Field.DECIDED: "Answered before",
}
SOMETIMES = frozenset({Field.NAMES, Field.DECIDED})  # fields that most comparisons do not have


class Verdict(StrEnum):
    """Whether a level speaks for the two being one child."""

    FOR = "for"
    AGAINST = "against"
    NOT_KNOWN = "not_known"


class Level(StrEnum):
    """How two values stand to each other."""

    EXACT = "exact"
    SHARES_FIRST = "shares_first"
    SHARES_OTHER = "shares_other"
    FIRST_ONLY = "first_only"
    NICKNAME = "nickname"
    PART = "part"
    SOUNDS_ALIKE = "sounds_alike"
    CLOSE = "close"
    SIMILAR = "similar"
    INITIAL = "initial"
    WEAK = "weak"
    SWAPPED = "swapped"
    ALIAS = "alias"
    DAY_MONTH_SWAPPED = "day_month_swapped"
    ONE_PART = "one_part"
    YEAR_ONLY = "year_only"
    ESTIMATED_YEAR = "estimated_year"
    NEW_YEAR = "new_year"
    AGE_FITS = "age_fits"
    AGE_NEAR = "age_near"
    AGE_FAR = "age_far"
    AGE_OUTSIDE = "age_outside"
    EXPECTED_TOGETHER = "expected_together"
    BORN_NEAR_EXPECTED = "born_near_expected"
    EXPECTED_APART = "expected_apart"
    ONE_SLIP = "one_slip"
    SAME_HOUSE = "same_house"
    SAME_HOUSE_BEFORE = "same_house_before"
    SAME_POSTCODE = "same_postcode"
    SAME_POSTCODE_BEFORE = "same_postcode_before"
    SAME_HOUSE_OTHER_POSTCODE = "same_house_other_postcode"
    SAME_STREET = "same_street"
    SAME_AREA = "same_area"
    CROWDED = "crowded"
    OF_THE_HOME = "of_the_home"
    SAME_AND_BORN = "same_and_born"
    BORN_ONLY = "born_only"
    DIFFERENT = "different"
    UNKNOWN = "unknown"


NOT_GIVEN = "not known on one side or both"

WORDS: dict[tuple[Field, Level], str] = {
    (Field.GIVEN, Level.EXACT): "same",
    (Field.GIVEN, Level.SHARES_FIRST): "first name the same",
    (Field.GIVEN, Level.SHARES_OTHER): "one of several names the same",
    (Field.GIVEN, Level.FIRST_ONLY): "first name the same, further names different",
    (Field.GIVEN, Level.NICKNAME): "a short or pet form",
    (Field.GIVEN, Level.SOUNDS_ALIKE): "another spelling",
    (Field.GIVEN, Level.CLOSE): "close spelling",
    (Field.GIVEN, Level.SIMILAR): "similar",
    (Field.GIVEN, Level.INITIAL): "initial fits",
    (Field.GIVEN, Level.WEAK): "little alike",
    (Field.GIVEN, Level.DIFFERENT): "another name",
    (Field.FAMILY, Level.EXACT): "same",
    (Field.FAMILY, Level.PART): "part of a longer name",
    (Field.FAMILY, Level.SOUNDS_ALIKE): "another spelling",
    (Field.FAMILY, Level.CLOSE): "close spelling",
    (Field.FAMILY, Level.SIMILAR): "similar",
    (Field.FAMILY, Level.WEAK): "little alike",
    (Field.FAMILY, Level.DIFFERENT): "another name",
    (Field.NAMES, Level.SWAPPED): "given and family name changed places",
    (Field.NAMES, Level.ALIAS): "fits another name the child is known by",
    (Field.DOB, Level.EXACT): "same",
    (Field.DOB, Level.DAY_MONTH_SWAPPED): "day and month swapped",
    (Field.DOB, Level.ONE_PART): "one of day, month and year differs",
    (Field.DOB, Level.YEAR_ONLY): "only the year is the same",
    (Field.DOB, Level.ESTIMATED_YEAR): "estimated, year the same",
    (Field.DOB, Level.NEW_YEAR): "year the same, and a 1 January may be an estimate",
    (Field.DOB, Level.AGE_FITS): "age fits",
    (Field.DOB, Level.AGE_NEAR): "about a year apart",
    (Field.DOB, Level.AGE_FAR): "about two years apart",
    (Field.DOB, Level.AGE_OUTSIDE): "age does not fit",
    (Field.DOB, Level.EXPECTED_TOGETHER): "expected at the same time",
    (Field.DOB, Level.BORN_NEAR_EXPECTED): "born about when expected",
    (Field.DOB, Level.EXPECTED_APART): "does not fit the expected date",
    (Field.DOB, Level.DIFFERENT): "different",
    (Field.SEX, Level.EXACT): "same",
    (Field.SEX, Level.DIFFERENT): "different",
    (Field.NHS_NUMBER, Level.EXACT): "same",
    (Field.NHS_NUMBER, Level.ONE_SLIP): "one digit wrong or two swapped",
    (Field.NHS_NUMBER, Level.DIFFERENT): "two different valid numbers",
    (Field.UPN, Level.EXACT): "same",
    (Field.UPN, Level.ONE_SLIP): "one character wrong or two swapped",
    (Field.UPN, Level.DIFFERENT): "two different valid numbers",
    (Field.ADDRESS, Level.SAME_HOUSE): "same house now",
    (Field.ADDRESS, Level.SAME_HOUSE_BEFORE): "same house at an earlier time",
    (Field.ADDRESS, Level.SAME_POSTCODE): "same postcode",
    (Field.ADDRESS, Level.SAME_POSTCODE_BEFORE): "same postcode at an earlier time",
    (Field.ADDRESS, Level.SAME_HOUSE_OTHER_POSTCODE): "same house and street, postcode differs",
    (Field.ADDRESS, Level.SAME_STREET): "same street, no house number",
    (Field.ADDRESS, Level.SAME_AREA): "same part of town",
    (Field.ADDRESS, Level.CROWDED): "an address that very many children share",
    (Field.ADDRESS, Level.DIFFERENT): "different",
    (Field.MOTHER, Level.SAME_AND_BORN): "same name and date of birth",
    (Field.MOTHER, Level.EXACT): "same name",
    (Field.MOTHER, Level.BORN_ONLY): "same date of birth",
    (Field.MOTHER, Level.PART): "only partly the same",
    (Field.MOTHER, Level.DIFFERENT): "different",
    (Field.NHS_NUMBER, Level.OF_THE_HOME): "the number of another child at this address",
    (Field.UPN, Level.OF_THE_HOME): "the number of another child at this address",
    (Field.DOB, Level.OF_THE_HOME): "that of another child at this address",
    (Field.MOTHER, Level.OF_THE_HOME): "as recorded for another child at this address",
    (Field.DECIDED, Level.EXACT): "somebody answered: this child",
    (Field.DECIDED, Level.DIFFERENT): "somebody answered: not this child",
} | {
    (field, Level.UNKNOWN): NOT_GIVEN for field in Field if field not in SOMETIMES
}  # fmt: skip

_AGAINST = frozenset({
    Level.DIFFERENT, Level.WEAK, Level.YEAR_ONLY, Level.AGE_OUTSIDE, Level.EXPECTED_APART,
})  # fmt: skip
_SAYS_NOTHING = frozenset({
    (Field.ADDRESS, Level.SAME_AREA), (Field.DOB, Level.AGE_FAR), (Field.MOTHER, Level.PART),
    (Field.NAMES, Level.SWAPPED), (Field.NAMES, Level.ALIAS), (Field.GIVEN, Level.FIRST_ONLY),
    (Field.ADDRESS, Level.CROWDED), (Field.NHS_NUMBER, Level.OF_THE_HOME),
    (Field.UPN, Level.OF_THE_HOME), (Field.DOB, Level.OF_THE_HOME),
})  # fmt: skip
# Their weight is nothing, or is worked out from that of another candidate; no file holds it.
NOT_WEIGHED = frozenset({Level.UNKNOWN, Level.OF_THE_HOME})


def verdict_of(field: Field, level: Level) -> Verdict:
    """Whether this level speaks for one child, against it, or says nothing."""
    if level is Level.UNKNOWN or (field, level) in _SAYS_NOTHING:
        return Verdict.NOT_KNOWN
    return Verdict.AGAINST if level in _AGAINST else Verdict.FOR
