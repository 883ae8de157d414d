"""Identifiers that nobody has: sound in form, given out in an order that never repeats.

NHS numbers begin with 9, a range not given out in England, pupil numbers name an authority that
keeps hardly any schools, and postcodes lie in the area ZA, which does not exist.
"""

from collections.abc import Iterator

SPAN = 100_000_000  # numbers of eight digits
STRIDE = 61_803_399  # shares no factor with SPAN, so that every number comes up once
UPN_SPAN, UPN_STRIDE = 10_000_000, 6_180_339
UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
AUTHORITY = "201"
NHS_WEIGHTS = range(10, 1, -1)


def nhs_numbers(start: int) -> Iterator[str]:
    """NHS numbers with right check digits (modulus 11), each once."""
    at = start % SPAN
    while True:
        at = (at + STRIDE) % SPAN
        nine = f"9{at:08d}"
        check = -sum(w * int(d) for w, d in zip(NHS_WEIGHTS, nine, strict=False)) % 11
        if check < 10:
            yield f"{nine}{check}"


def upn_tails(start: int) -> Iterator[tuple[str, str]]:
    """The school and serial parts of pupil numbers, each pair once."""
    at = start % UPN_SPAN
    while True:
        at = (at + UPN_STRIDE) % UPN_SPAN
        seven = f"{at:07d}"
        yield seven[:4], seven[4:]


def upn(tail: tuple[str, str], year: int) -> str:
    """A unique pupil number with its check letter, of a child who started school in this year."""
    twelve = f"{AUTHORITY}{tail[0]}{year % 100:02d}{tail[1]}"
    check = sum(place * int(d) for place, d in enumerate(twelve, start=2)) % len(UPN_LETTERS)
    return UPN_LETTERS[check] + twelve
