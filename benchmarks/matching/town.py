"""Addresses of a town that does not exist: postcodes, streets, and houses shared by many."""

from random import Random

from benchmarks.matching.naming import words

LETTERS = "ABDEFGHJLNPQRSTUWXYZ"  # those that end a postcode
CHILDREN_A_POSTCODE = 7
POSTCODES_A_DISTRICT = 4_000
CHILDREN_A_SHARED_HOME = 12_000  # one refuge, hostel or children's home for so many
HIGHEST_NUMBER = 95
FLATS = 0.18
LEAST_DISTRICTS = 8

Address = tuple[str, str]  # line, postcode


class Town:
    """As many postcodes as a register of this size would lie in."""

    def __init__(self, children: int) -> None:
        self.postcodes = max(60, children // CHILDREN_A_POSTCODE)
        self.districts = max(LEAST_DISTRICTS, -(-self.postcodes // POSTCODES_A_DISTRICT))
        homes = words().shared_homes
        count = max(2, children // CHILDREN_A_SHARED_HOME)
        spread = self.postcodes // count
        self.shared = [
            (f"{homes[n % len(homes)]} {self._street(n * spread)}", self.postcode(n * spread))
            for n in range(count)
        ]

    def postcode(self, at: int) -> str:
        """The postcode of this number."""
        district, rest = at % self.districts + 1, at // self.districts
        unit = rest // 10 * 77 % 400
        return f"ZA{district} {rest % 10}{LETTERS[unit // 20]}{LETTERS[unit % 20]}"

    def _street(self, at: int) -> str:
        known = words()
        mixed = at // 2 * 2_654_435_761 % (1 << 32)
        return (
            f"{known.streets[mixed % len(known.streets)]}"
            f" {known.kinds[mixed // 997 % len(known.kinds)]}"
        )

    def address(self, rng: Random) -> Address:
        """A house or a flat."""
        at = int(rng.random() * self.postcodes)
        line = f"{int(rng.random() * HIGHEST_NUMBER) + 1} {self._street(at)}"
        if rng.random() < FLATS:
            line = f"Flat {int(rng.random() * 20) + 1}, {line}"
        return line, self.postcode(at)

    def shared_home(self, rng: Random) -> Address:
        """A refuge, a hostel or a children's home."""
        return rng.choice(self.shared)
