"""Trying two editions on past contacts: page by page, in little memory, to be stopped at any time.

Triggers and rules only. What would change a suggestion is worked out when a row is opened.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from pydantic import ValidationError

from mash_triage.backtest.compare import Comparison
from mash_triage.backtest.figures import Key, Tally, keys_of
from mash_triage.backtest.past import PAGE, Look, Past, PastContact
from mash_triage.thresholds.suggest import FactsForSuggestion


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

    def _keys(self, row: PastContact) -> Iterable[Key]:
        try:
            facts = FactsForSuggestion.model_validate_json(row.facts)
        except ValidationError:
            return (("left", "unreadable"),)
        if unknown := self.comparison.unknown(facts):
            return ("left", "unknown_codes"), *(("code", code) for code in unknown)
        return keys_of(row, facts, self.comparison.of(facts), at=self.past.until)
