"""Numbers with right check digits for invented children.

NHS numbers begin with 999, a range kept for tests; pupil numbers carry a true check letter.
"""

from random import Random

UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
"""Check letters of a unique pupil number, by remainder of 23 (DfE guide on UPNs)."""

UPN_AUTHORITY = "201"
"""A three-digit authority code that check programs accept; it says nothing about a real place."""


class Numbers:
    """Hands out NHS numbers and pupil numbers, none of them twice."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._given: set[str] = set()

    def nhs_number(self) -> str:
        """Ten digits, the last by the modulus 11 rule of the NHS Data Dictionary."""
        while True:
            body = f"999{self._chance.randrange(10**6):06}"
            check = 11 - sum(int(body[i]) * (10 - i) for i in range(9)) % 11
            if check != 10 and body not in self._given:
                self._given.add(body)
                return f"{body}{check % 11}"

    def upn(self, year_of_entry: int) -> str:
        """A check letter and twelve digits: authority, school, year of entry, serial."""
        while True:
            body = (
                f"{UPN_AUTHORITY}{self._chance.randrange(2000, 6000)}"
                f"{year_of_entry % 100:02}{self._chance.randrange(1000):03}"
            )
            if body not in self._given:
                self._given.add(body)
                return f"{UPN_LETTERS[_weighed(body)]}{body}"


def _weighed(body: str) -> int:
    return sum(int(digit) * weight for weight, digit in enumerate(body, start=2)) % 23
