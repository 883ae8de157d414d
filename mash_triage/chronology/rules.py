"""What a line of a chronology is, its weight, and how corrections and hiding change it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from mash_triage.errors import NotReady
from mash_triage.text import storable

LONGEST_SOURCE = 200  # characters; the record has room for no more


class Weight(StrEnum):
    """What a line means for the child. It is no rating and no level of need."""

    SERIOUS = "serious"
    CONCERN = "concern"
    STEP = "step"
    STRENGTH = "strength"


WEIGHT_WORDS: dict[Weight, str] = {
    Weight.SERIOUS: "Serious worry",
    Weight.CONCERN: "Worry",
    Weight.STEP: "What was done",
    Weight.STRENGTH: "What went well",
}


@dataclass(frozen=True)
class Line:
    """One line: when, about whom, what, from where, how heavy.

    `key` names it for good. `told_when` stands for a time that nobody could name as a date; `order`
    is where it stands then. `before` is what it said before it was corrected.
    """

    key: str
    contact_child_id: UUID
    order: datetime
    day: date
    about: str
    is_same_child: bool
    words: str
    source: str
    weight: Weight
    told_when: str = ""
    before: tuple[str, ...] = ()
    because: str = ""
    written_by: str = ""
    hidden_because: str | None = None

    @property
    def is_printed(self) -> bool:
        """Is it in print?"""
        return self.hidden_because is None


@dataclass(frozen=True)
class Correction:
    """A person's line in place of another one."""

    key: str
    corrects: str
    day: date
    order: datetime
    words: str
    source: str
    weight: Weight
    because: str
    written_by: str


def with_corrections(lines: Iterable[Line], corrections: Iterable[Correction]) -> list[Line]:
    """The lines as they are read now: each correction, the oldest first, in place of what it
    corrects, which stays below it. One of a line that is not among these is left out.
    """
    by_key = {line.key: line for line in lines}
    for each in corrections:
        old = by_key.get(each.corrects)
        if old is None:
            continue
        by_key[each.corrects] = replace(
            old,
            day=each.day,
            order=each.order,
            told_when="",
            words=each.words,
            source=each.source,
            weight=each.weight,
            before=(*old.before, old.words),
            because=each.because,
            written_by=each.written_by,
        )
    return list(by_key.values())


def in_order(lines: Iterable[Line], hidden: dict[str, str]) -> list[Line]:
    """The newest first, each with why it is left out of print, if it is."""
    marked = (replace(each, hidden_because=hidden.get(each.key)) for each in lines)
    return sorted(marked, key=lambda line: (line.order, line.key), reverse=True)


def check_line(words: str, source: str, day: date | None, *, today: date) -> None:
    """A line has words, a day that is not to come, and a source."""
    if not words.strip():
        raise NotReady("Say what happened.")
    if day is None:
        raise NotReady("Say on which day. Where it is not known, the nearest one will do.")
    if day > today:
        raise NotReady("A chronology holds what has happened: choose a day that is not to come.")
    if not source.strip():
        raise NotReady("Say where this comes from.")
    if len(storable(source)) > LONGEST_SOURCE:
        raise NotReady(f"Shorten the source to {LONGEST_SOURCE} characters or fewer.")


def check_reason(words: str, missing: str) -> None:
    """Whoever changes what is read says why."""
    if not words.strip():
        raise NotReady(missing)
