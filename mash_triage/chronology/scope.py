"""For whom the lines of a chronology are wanted, and by whom: what every source is asked with."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.chronology.rules import Line, Weight
from mash_triage.clocks.working_days import london_day
from mash_triage.contacts.history import EarlierContact

FRONT_DOOR = "The front door"


@dataclass(frozen=True)
class Scope:
    """The children on contacts whose lines are wanted, all of them visible to `by`."""

    contacts: tuple[EarlierContact, ...]
    by: Actor

    @property
    def ids(self) -> list[UUID]:
        """The children on contacts."""
        return [each.contact_child_id for each in self.contacts]

    @property
    def by_id(self) -> dict[UUID, EarlierContact]:
        """The same by their id."""
        return {each.contact_child_id: each for each in self.contacts}

    def line(
        self, of: UUID, key: str, at: datetime, words: str, source: str, weight: Weight
    ) -> Line:
        """One line about a child in this scope."""
        about = self.by_id[of]
        return Line(
            key=key,
            contact_child_id=of,
            order=at,
            day=london_day(at),
            about=about.name,
            is_same_child=about.is_same_child,
            words=words,
            source=source,
            weight=weight,
        )


Source = Callable[[Session, Scope], Iterable[Line]]
