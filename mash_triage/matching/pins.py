"""What people have said before of who is who: answers that hold until somebody takes them back.

A pin is never silent: it carries who said it, when and why. It follows from the answers as they
stand and is stored nowhere else, so that taking an answer back takes back all that followed.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Row, Select, and_, or_, select
from sqlalchemy.orm import Session, aliased

from mash_triage.access.actor import Actor
from mash_triage.access.models import UserAccount
from mash_triage.access.roles import Permission
from mash_triage.contacts.queries import fetch_child
from mash_triage.matching.models import LINKING, MatchDecision
from mash_triage.people.queries import may_open_person


@dataclass(frozen=True)
class Pin:
    """What somebody answered of one record: `same`, `different` or `unsure`.

    `through` is None when it was said of this very child; else it was said on another contact of a
    child linked to the same record, `through`, and follows from that link.
    """

    person_id: int
    answer: str
    by_name: str
    at: datetime
    reason: str
    through: int | None = None


@dataclass(frozen=True)
class ToldApart:
    """Two records of which somebody said, over one reported child, that they are two children."""

    one: int
    other: int
    by_name: str
    at: datetime
    reason: str


def pins_of(session: Session, contact_child_id: UUID, *, by: Actor) -> list[Pin]:
    """Every answer that stands of this child, and what follows from the child's link; the oldest
    first. What was said of this child itself outweighs what follows.
    """
    by.require(Permission.SEE_FRONT_DOOR)
    child = fetch_child(session, contact_child_id, by=by)
    rows = session.execute(
        select(MatchDecision, UserAccount.name)
        .join(UserAccount, UserAccount.id == MatchDecision.decided_by)
        .where(
            MatchDecision.contact_child_id == child.id,
            MatchDecision.undone_at.is_(None),
            may_open_person(MatchDecision.person_id, by),
        )
        .order_by(MatchDecision.decided_at, MatchDecision.person_id)
    )
    said = [
        Pin(row.person_id, _plain(row.answer), name, row.decided_at, row.reason)
        for row, name in rows
    ]
    if child.person_id is None:
        return said
    answered = {pin.person_id for pin in said}
    return said + [
        Pin(other, "different", pair.by_name, pair.at, pair.reason, through=child.person_id)
        for pair in told_apart(session, [child.person_id], by=by)
        if (other := pair.other if pair.one == child.person_id else pair.one) not in answered
    ]


def pinned_answers(session: Session, contact_child_id: UUID, *, by: Actor) -> dict[int, str]:
    """The same for the scorer: the answer that stands, by record."""
    return {pin.person_id: pin.answer for pin in pins_of(session, contact_child_id, by=by)}


def _plain(answer: str) -> str:
    return "same" if answer in LINKING else answer


def told_apart(session: Session, person_ids: Collection[int], *, by: Actor) -> list[ToldApart]:
    """Which records were said not to be these ones: over one reported child somebody linked the
    one and said "not this child" of the other, and both answers stand.
    """
    by.require(Permission.SEE_FRONT_DOOR)
    found: dict[tuple[int, int], ToldApart] = {}
    for row in session.execute(_pairs(person_ids, by)):
        pair = _told_apart(row)
        found.setdefault((pair.one, pair.other), pair)
    return list(found.values())


def _pairs(person_ids: Collection[int], by: Actor) -> Select[int, MatchDecision, str]:
    link, other = aliased(MatchDecision), aliased(MatchDecision)
    return (
        select(link.person_id, other, UserAccount.name)
        .join(other, other.contact_child_id == link.contact_child_id)
        .join(UserAccount, UserAccount.id == other.decided_by)
        .where(
            and_(link.answer.in_(LINKING), link.undone_at.is_(None)),
            and_(other.answer == "different", other.undone_at.is_(None)),
            or_(link.person_id.in_(person_ids), other.person_id.in_(person_ids)),
            may_open_person(link.person_id, by),
            may_open_person(other.person_id, by),
        )
        .order_by(other.decided_at, other.person_id, link.person_id)
    )


def _told_apart(row: Row[int, MatchDecision, str]) -> ToldApart:
    linked, said, name = row
    one, other = sorted((linked, said.person_id))
    return ToldApart(one, other, name, said.decided_at, said.reason)
