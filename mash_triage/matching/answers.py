"""What people answered to "is it them?", of a child or of an adult, as it is shown."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import aliased

from mash_triage.access.actor import Actor
from mash_triage.access.models import UserAccount
from mash_triage.matching.models import AdultDecision, MatchDecision
from mash_triage.people.models import Person
from mash_triage.people.queries import may_open_person, name_on_record

Decision = TypeVar("Decision", MatchDecision, AdultDecision)


@dataclass(frozen=True)
class AnswerPicture:
    """What somebody answered to "is it them?", and whether it was undone."""

    id: UUID
    person_id: int
    person_name: str
    answer: str
    reason: str
    by_name: str
    at: datetime
    undone_by_name: str | None
    undone_at: datetime | None
    undone_because: str | None


def answers_where(
    kind: type[Decision], which: ColumnElement[bool], *, by: Actor
) -> Select[Decision, Person, str, str]:
    """The answers of one kind about records that this person may open, newest first, each with
    what `picture_of_answer` needs.
    """
    undoer = aliased(UserAccount)
    return (
        select(kind, Person, UserAccount.name, undoer.name)
        .join(Person, Person.id == kind.person_id)
        .join(UserAccount, UserAccount.id == kind.decided_by)
        .outerjoin(undoer, undoer.id == kind.undone_by)
        .where(which, may_open_person(kind.person_id, by))
        .order_by(kind.decided_at.desc(), kind.person_id)
    )


def picture_of_answer(
    row: MatchDecision | AdultDecision, person: Person, by_name: str, undone_by_name: str | None
) -> AnswerPicture:
    """An answer as it is shown, with the names of those who gave and undid it."""
    return AnswerPicture(
        id=row.id,
        person_id=row.person_id,
        person_name=name_on_record(person.given_names, person.family_name),
        answer=row.answer,
        reason=row.reason,
        by_name=by_name,
        at=row.decided_at,
        undone_by_name=undone_by_name,
        undone_at=row.undone_at,
        undone_because=row.undone_because,
    )
