"""The worklist of records that may be of one child: what there is to see, for whoever may."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session, aliased

from mash_triage.access.actor import Actor
from mash_triage.access.models import UserAccount
from mash_triage.access.roles import Permission
from mash_triage.matching.compare import FieldLevel, compare
from mash_triage.matching.index import identities
from mash_triage.matching.models import DuplicateAnswer, DuplicatePair
from mash_triage.people.queries import may_open_person

AT_A_TIME = 5  # pairs on one page


class Waiting(StrEnum):
    """Which part of the worklist."""

    OPEN = "open"
    UNSURE = "unsure"
    SAME = "same"
    DIFFERENT = "different"


@dataclass(frozen=True)
class DuplicateView:
    """Two records side by side, field by field, and the answer that stands, if there is one."""

    id: UUID
    person_id: int
    other_id: int
    probability: float
    lines: tuple[FieldLevel, ...]
    found_at: datetime
    answer: str | None
    reason: str
    by_name: str
    at: datetime | None


def duplicates_to_answer(
    session: Session, waiting: Waiting, *, start: int = 0, limit: int = AT_A_TIME, by: Actor
) -> list[DuplicateView]:
    """One page of the worklist, most probable first; pairs with a record that this person may not
    open are left out.
    """
    by.require(Permission.LINK_RECORDS)
    rows = session.execute(
        select(DuplicatePair, DuplicateAnswer, UserAccount.name)
        .outerjoin(DuplicateAnswer, _stands())
        .outerjoin(UserAccount, UserAccount.id == DuplicateAnswer.answered_by)
        .where(_is(waiting), _may_open_both(by))
        .order_by(DuplicatePair.probability.desc(), DuplicatePair.person_id, DuplicatePair.other_id)
        .offset(start)
        .limit(limit)
    ).all()
    ids = {each for pair, _, _ in rows for each in (pair.person_id, pair.other_id)}
    known = dict(identities(session, ids))
    return [
        DuplicateView(
            id=pair.id,
            person_id=pair.person_id,
            other_id=pair.other_id,
            probability=pair.probability,
            lines=compare(known[pair.person_id], known[pair.other_id]),
            found_at=pair.found_at,
            answer=said.answer if said else None,
            reason=said.reason if said else "",
            by_name=name or "",
            at=said.answered_at if said else None,
        )
        for pair, said, name in rows
        if pair.person_id in known and pair.other_id in known
    ]


def how_many_duplicates(session: Session, *, by: Actor) -> dict[Waiting, int]:
    """How many pairs there are in each part, of those that this person may open."""
    by.require(Permission.LINK_RECORDS)
    rows = session.execute(
        select(DuplicateAnswer.answer, func.count(DuplicatePair.id))
        .select_from(DuplicatePair)
        .outerjoin(DuplicateAnswer, _stands())
        .where(_may_open_both(by))
        .group_by(DuplicateAnswer.answer)
    )
    counts = {Waiting(answer or Waiting.OPEN): n for answer, n in rows}
    return {each: counts.get(each, 0) for each in Waiting}


@dataclass(frozen=True)
class UndoneAnswer:
    """An answer that was taken back: what it was, by whom, and by whom and why it was undone."""

    answer: str
    reason: str
    by_name: str
    at: datetime
    undone_by_name: str
    undone_at: datetime
    undone_because: str


def undone_answers_of(session: Session, pair_id: UUID, *, by: Actor) -> list[UndoneAnswer]:
    """The answers once given on a pair and taken back, newest first."""
    by.require(Permission.LINK_RECORDS)
    undoer = aliased(UserAccount)
    rows = session.execute(
        select(DuplicateAnswer, UserAccount.name, undoer.name)
        .join(DuplicatePair, DuplicatePair.id == DuplicateAnswer.pair_id)
        .join(UserAccount, UserAccount.id == DuplicateAnswer.answered_by)
        .join(undoer, undoer.id == DuplicateAnswer.undone_by)
        .where(DuplicatePair.id == pair_id, _may_open_both(by))
        .order_by(DuplicateAnswer.undone_at.desc())
    )
    return [
        UndoneAnswer(
            answer=row.answer,
            reason=row.reason,
            by_name=name,
            at=row.answered_at,
            undone_by_name=undone_by,
            undone_at=row.undone_at,
            undone_because=row.undone_because or "",
        )
        for row, name, undone_by in rows
        if row.undone_at
    ]


def _stands() -> ColumnElement[bool]:
    return and_(DuplicateAnswer.pair_id == DuplicatePair.id, DuplicateAnswer.undone_at.is_(None))


def _is(waiting: Waiting) -> ColumnElement[bool]:
    if waiting is Waiting.OPEN:
        return DuplicateAnswer.id.is_(None)
    return DuplicateAnswer.answer == waiting.value


def _may_open_both(by: Actor) -> ColumnElement[bool]:
    return and_(
        may_open_person(DuplicatePair.person_id, by), may_open_person(DuplicatePair.other_id, by)
    )
