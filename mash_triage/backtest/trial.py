"""Trying two editions on past contacts: page by page, in little memory, to be stopped at any time.

Triggers and rules only. What would change a suggestion is worked out when a row is opened.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from mash_triage.backtest.alike import Alike
from mash_triage.backtest.compare import Comparison
from mash_triage.backtest.figures import Key, Tally, keys_of_contact
from mash_triage.backtest.past import PAGE, Look, Past, PastContact


@dataclass
class Trial:
    """Two editions over the contacts of a time, and what was counted so far.

    `first` and `last` are the oldest and the newest decision that were read.
    """

    comparison: Comparison
    past: Past
    tally: Tally = field(default_factory=Tally)
    of: int = 0
    first: datetime | None = None
    last: datetime | None = None

    def __post_init__(self) -> None:
        self._alike = Alike(self.comparison)

    @property
    def done(self) -> int:
        """How many contacts were read so far."""
        return self.tally.read

    def run(self, look: Look, page: int = PAGE) -> Iterator[int]:
        """Read and count; after each page it gives how many are done. `of` says of how many."""
        with look() as session:
            self.of = self.past.count(session)
        for rows in self.past.pages(look, page):
            for row in rows:
                self._count(row)
            if rows:
                self.first = rows[-1].decided_at
                self.last = self.last or rows[0].decided_at
            yield self.done

    def _count(self, row: PastContact) -> None:
        self.tally.add(row.id, self._keys(row))

    def _keys(self, row: PastContact) -> tuple[Key, ...]:
        known = self._alike.known(row.facts)
        if known.way is None:
            return known.keys
        return known.keys + keys_of_contact(row, known.way, at=self.past.until)
