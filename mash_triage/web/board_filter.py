"""Which of the children on the board somebody wants to see just now."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from mash_triage.contacts.status import WAITING_FOR_MANAGER, WAITING_FOR_SCREENING, WITH_WORKER
from mash_triage.web.wording import SourceGroup, source_group
from mash_triage.worklists.board import is_urgent
from mash_triage.worklists.rows import BoardRow


class Whose(StrEnum):
    """Whose children; the value is the words shown."""

    ALL = "All"
    MINE = "Mine"
    NOBODYS = "Unallocated"


class Stage(StrEnum):
    """The stages of the board; the value is the words shown."""

    SCREENING = "Waiting for screening"
    WORKER = "With a worker"
    MANAGER = "Waiting for a manager"


class AgeGroup(StrEnum):
    """How old children are, as the board sorts them; the value is the words shown. Adolescents have
    a group of their own: their neglect and exploitation are answered together (York 2020).
    """

    YOUNG = "Unborn, and under 5"
    MIDDLE = "5 to 9"
    ADOLESCENT = "Adolescents, 10 to 17"
    GROWN_UP = "18 and over"
    NOT_KNOWN = "Age not known"


AGES_FROM = {AgeGroup.GROWN_UP: 18, AgeGroup.ADOLESCENT: 10, AgeGroup.MIDDLE: 5, AgeGroup.YOUNG: 0}


def age_group(row: BoardRow) -> AgeGroup:
    """The group of one child; who may be of any age is in none of the others."""
    if row.years is None:
        return AgeGroup.NOT_KNOWN
    return next(group for group, first in AGES_FROM.items() if row.years >= first)


STAGES = {
    Stage.SCREENING: WAITING_FOR_SCREENING,
    Stage.WORKER: WITH_WORKER,
    Stage.MANAGER: WAITING_FOR_MANAGER,
}


def stage_of(row: BoardRow) -> Stage | None:
    """The stage of the board where a child stands; none once decided."""
    return next((stage for stage, holds in STAGES.items() if row.status in holds), None)


@dataclass(frozen=True)
class BoardFilter:
    """What was chosen; an empty part lets every child through."""

    whose: Whose = Whose.ALL
    words: str = ""
    stages: tuple[Stage, ...] = ()
    ratings: tuple[str, ...] = ()
    groups: tuple[SourceGroup, ...] = ()
    teams: tuple[str, ...] = ()
    workers: tuple[str, ...] = ()
    ages: tuple[AgeGroup, ...] = ()

    def fits(self, row: BoardRow, user_id: UUID | None) -> bool:
        """Does this child pass, for the person with this id?"""
        return (
            self._is_whose(row, user_id)
            and self._is_named(row)
            and (not self.stages or row.decided_at is not None or stage_of(row) in self.stages)
            and (not self.ratings or (row.rag or "none") in self.ratings)
            and (not self.groups or source_group(row.source_code) in self.groups)
            and (not self.teams or str(row.team_id) in self.teams)
            and (
                not self.workers
                or not {str(row.worker_id), str(row.second_id)}.isdisjoint(self.workers)
            )
            and (not self.ages or age_group(row) in self.ages)
        )

    def _is_whose(self, row: BoardRow, user_id: UUID | None) -> bool:
        if self.whose is Whose.MINE:
            return user_id is not None and user_id in (row.worker_id, row.second_id)
        return self.whose is Whose.ALL or row.worker_id is None

    def _is_named(self, row: BoardRow) -> bool:
        sought = self.words.casefold().replace("-", " ").split()
        known = f"{row.reference} {row.name}".casefold().replace("-", " ")
        return all(word in known for word in sought)


def hidden_urgent(rows: Iterable[BoardRow], shown: Iterable[BoardRow]) -> tuple[BoardRow, ...]:
    """Urgent children who are not among those shown: no filter may lose sight of them."""
    ids = {row.id for row in shown}
    return tuple(row for row in rows if is_urgent(row) and row.id not in ids)
