"""Keeping shares: so many in a hundred, early on and at the end."""

from collections.abc import Sequence
from random import Random


class Deck:
    """Cards drawn without putting back until the pack is done, so that shares hold early on."""

    def __init__(self, chance: Random, rows: Sequence[tuple[str, int]]) -> None:
        self._chance, self._rows = chance, rows
        self._cards: list[str] = []

    def draw(self) -> str:
        """The next card."""
        if not self._cards:
            self._cards = [card for card, count in self._rows for _ in range(count)]
            self._chance.shuffle(self._cards)
        return self._cards.pop()


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
