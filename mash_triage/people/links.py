"""Which records were found to be of one child."""

from collections.abc import Collection

from sqlalchemy import BindParameter, Integer, Select, case, cast, or_, select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.people.models import Person, PersonLink
from mash_triage.people.queries import may_open_person


def records_of_child(person_id: int | BindParameter[int], by: Actor) -> Select[tuple[int]]:
    """The numbers of this record and of every record linked to it, in any number of steps, as far
    as this person may open them.
    """
    child = select(cast(person_id, Integer).label("id")).cte(recursive=True)
    one, other = PersonLink.person_id, PersonLink.other_id
    further = (
        select(Person.id)
        .select_from(PersonLink)
        .join(child, or_(one == child.c.id, other == child.c.id))
        .join(Person, Person.id == case((one == child.c.id, other), else_=one))
        .where(PersonLink.undone_at.is_(None), may_open_person(Person.id, by))
    )
    return select(child.union(further).c.id)


def links_among(
    session: Session, person_ids: Collection[int], *, by: Actor
) -> list[tuple[int, int]]:
    """Which of these records are linked to each other directly, those that this person may open."""
    by.require(Permission.SEE_FRONT_DOOR)
    rows = session.execute(
        select(PersonLink.person_id, PersonLink.other_id)
        .where(
            PersonLink.person_id.in_(person_ids),
            PersonLink.other_id.in_(person_ids),
            PersonLink.undone_at.is_(None),
            may_open_person(PersonLink.person_id, by),
            may_open_person(PersonLink.other_id, by),
        )
        .order_by(PersonLink.person_id, PersonLink.other_id)
    )
    return [(row.person_id, row.other_id) for row in rows]
