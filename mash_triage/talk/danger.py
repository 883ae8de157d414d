"""Do words speak of danger in the next hours? It shows 999 first, and decides nothing.

Two hear it: the reading of the edition in force, and the guided chat, since people seldom say
danger in the words of a list. Either is enough.
"""

from datetime import datetime
from functools import lru_cache

from sqlalchemy.orm import Session

from mash_triage.chat.hearing.danger import heard_in
from mash_triage.clocks.working_days import london_day
from mash_triage.reading.about import About
from mash_triage.reading.in_edition import read_worry
from mash_triage.settings import settings
from mash_triage.thresholds.queries import edition_in_force, edition_of
from mash_triage.thresholds.shapes import Edition


def speaks_of_danger(session: Session, words: str, *, at: datetime) -> bool:
    """May these words speak of danger in the next hours: as the edition in force reads them, or as
    the guided chat hears them?
    """
    record = edition_in_force(session, settings().edition, london_day(at))
    return _speaks(words, _Read(record.sha256, edition_of(session, record.id)))


class _Read:
    """An edition that tells itself from others by its text, so that what was read is kept."""

    def __init__(self, sha256: str, edition: Edition) -> None:
        self.sha256, self.edition = sha256, edition

    def __hash__(self) -> int:
        return hash(self.sha256)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Read) and other.sha256 == self.sha256


@lru_cache(maxsize=256)
def _speaks(words: str, by: _Read) -> bool:
    read = read_worry(words, About(), by.edition).immediate_danger
    return read or heard_in((words,)) == "danger"
