"""NHS numbers, unique pupil numbers and postcodes, read as people write them.

Nothing here refuses: a wrong check digit is a fact about what was typed, told to the person who
typed it, and never stops a worry about a child from being heard.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from stdnum import exceptions
from stdnum.gb import nhs, upn


class Soundness(StrEnum):
    """What the check digit or letter says about a number."""

    OK = "ok"
    WRONG_CHECK_DIGIT = "wrong_check_digit"
    NOT_A_NUMBER = "not_a_number"


@dataclass(frozen=True, slots=True)
class Identifier:
    """An identifier as read: `number` without spaces, and whether it can be relied on.

    `number` is empty when nothing that looks like one was written. `temporary` is true for a pupil
    number that ends in a letter: a school gives it for a while, so it proves nothing later.
    """

    number: str
    soundness: Soundness
    temporary: bool = False

    @property
    def stable(self) -> str | None:
        """The number, when it is sound and lasting enough to recognise a child by."""
        return self.number if self.soundness is Soundness.OK and not self.temporary else None


NOTHING = Identifier("", Soundness.NOT_A_NUMBER)
# Only separators come out: "call 943..." must stay something that is not a number.
_SEPARATORS = re.compile(r"[\s\-.–—]+")
_UPN_SHAPE = re.compile(r"[A-HJ-NP-RT-Z][0-9]{11}[0-9A-HJ-NP-RT-Z]")


@lru_cache(maxsize=1 << 14)
def read_nhs_number(text: str | None) -> Identifier:
    """An NHS number: ten digits with a modulus 11 check digit (NHS Data Dictionary).

    One digit ten times over passes the arithmetic but is what people type to fill a field, so it
    is not taken as a number.
    """
    number = _compact(text)
    try:
        nhs.validate(number)
    except exceptions.InvalidChecksum:
        return Identifier(number, Soundness.WRONG_CHECK_DIGIT)
    except exceptions.ValidationError:
        return NOTHING
    return NOTHING if len(set(number)) == 1 else Identifier(number, Soundness.OK)


@lru_cache(maxsize=1 << 14)
def read_upn(text: str | None) -> Identifier:
    """A unique pupil number: a check letter and twelve characters (DfE guide on UPNs).

    The letter is worked out here and the authority code is left alone: the library's list of
    authorities is older than Dorset, BCP, the two Northamptonshires and the two in Cumbria, and
    it looks at that list before it looks at the letter.
    """
    number = _compact(text)
    if not _UPN_SHAPE.fullmatch(number):
        return NOTHING
    sound = upn.calc_check_digit(number[1:]) == number[0]
    soundness = Soundness.OK if sound else Soundness.WRONG_CHECK_DIGIT
    return Identifier(number, soundness, temporary=number[-1].isalpha())


def _compact(text: str | None) -> str:
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", text or "")).upper()


_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][0-9A-Z]?)([0-9][A-Z]{2})")
_NOT_ALPHANUMERIC = re.compile(r"[^0-9A-Z]+")
# In the last three characters the place says whether it is a digit or a letter.
_AS_DIGIT = str.maketrans("OIL", "011")
_AS_LETTER = str.maketrans("01", "OI")


@lru_cache(maxsize=1 << 14)
def tidy_postcode(text: str | None) -> str | None:
    """A postcode in capitals without its space, or None when the text has no such shape.

    The letter O for nought and I or L for one are put right where the shape leaves no doubt.
    """
    bare = _NOT_ALPHANUMERIC.sub("", unicodedata.normalize("NFKC", text or "").upper())
    if len(bare) < 5:
        return None
    inward = bare[-3:-2].translate(_AS_DIGIT) + bare[-2:].translate(_AS_LETTER)
    tidy = bare[:-3] + inward
    return tidy if _POSTCODE.fullmatch(tidy) else None


def show_postcode(text: str | None) -> str:
    """A postcode as it is written on a letter, "ZA1 1AA"; anything else as it was typed."""
    tidy = tidy_postcode(text)
    return f"{tidy[:-3]} {tidy[-3:]}" if tidy else (text or "").strip()
