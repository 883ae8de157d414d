"""Keeping shares: so many in a hundred, early on and at the end."""

from collections.abc import Sequence
from random import Random


class Mix:
    """Several shares of one whole, drawn by chance from those that had too little so far."""

    def __init__(self, chance: Random, rows: Sequence[tuple[str, int]]) -> None:
        whole = sum(count for _, count in rows)
        self._chance = chance
        self._shares = {name: count / whole for name, count in rows}
        self._owed = {name: share * FREEDOM for name, share in self._shares.items()}

    def draw(self) -> str:
        """The next one; the more is owed to it, the likelier."""
        weights = [max(owed, 0.0) for owed in self._owed.values()]
        return self._chance.choices(list(self._owed), weights)[0]

    def pay(self, name: str, count: int) -> None:
        """So many were given to one, and all are owed their part of as many."""
        for other, share in self._shares.items():
            self._owed[other] += share * count
        self._owed[name] -= count


FREEDOM = 60
"""How many may come before a share is kept closely: small is steady, large is left to chance."""


class Owed:
    """Keeps one share by what is owed to it: too few so far, and the next one is due."""

    def __init__(self) -> None:
        self._owed = 0.0

    def is_due(self, share: float, count: int = 1) -> bool:
        """Add what these `count` are owed, and say whether one is due now."""
        self._owed += share * count
        return self._owed >= 0.5

    def pay(self, count: int = 1) -> None:
        """So many were given."""
        self._owed -= count
