"""Who is away today and who covers: what is due must reach somebody who is here."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from mash_triage.access.models import UserAccount
from mash_triage.allocation.models import Absence
from mash_triage.allocation.work import readers
from mash_triage.clocks.working_days import london_day
from mash_triage.contacts.families import knowing
from mash_triage.contacts.models import ContactChild, WorkerConflict
from mash_triage.people.queries import AT_THE_FRONT_DOOR

AT_ONCE = 500


@dataclass(frozen=True)
class Away:
    """Everybody who is away on one day, each with those who cover; with nobody, where none does."""

    covers: Mapping[UUID, frozenset[UUID]] = field(default_factory=dict)

    def is_away(self, user_id: UUID) -> bool:
        """Is this person away?"""
        return user_id in self.covers

    def with_cover(self, users: Iterable[UUID]) -> frozenset[UUID]:
        """These people and whoever covers for them; who covers and is away too has a cover."""
        found: set[UUID] = set()
        waiting = list(users)
        while waiting:
            one = waiting.pop()
            if one not in found:
                found.add(one)
                waiting += self.covers.get(one, ())
        return frozenset(found)

    def present(self, users: Iterable[UUID]) -> frozenset[UUID]:
        """Those of these people who are here."""
        return frozenset(users) - self.covers.keys()

    def covered_by(self, user_id: UUID) -> frozenset[UUID]:
        """For whom this person covers, herself or through a cover who is away."""
        return frozenset(
            each for each in self.covers if each != user_id and user_id in self.with_cover([each])
        )


def away_on(session: Session, *, at: datetime) -> Away:
    """Who is away on the day of this moment. Who left the front door covers for nobody."""
    today = london_day(at)
    rows = session.execute(
        select(Absence.user_id, UserAccount.id)
        .outerjoin(
            UserAccount,
            and_(
                UserAccount.id == Absence.cover_id,
                UserAccount.deactivated_at.is_(None),
                UserAccount.role.in_(AT_THE_FRONT_DOOR),
            ),
        )
        .where(Absence.ended_at.is_(None), Absence.first_day <= today, Absence.last_day >= today)
    )
    covers: dict[UUID, frozenset[UUID]] = {}
    for user_id, cover_id in rows:
        covers[user_id] = covers.get(user_id, frozenset()) | frozenset(filter(None, (cover_id,)))
    return Away(covers)


def hers_and_covered(session: Session, user_id: UUID, *, at: datetime) -> frozenset[UUID]:
    """Whose work is this person's today: her own, and that of everybody for whom she covers."""
    return away_on(session, at=at).covered_by(user_id) | {user_id}


def told_of(
    session: Session, users: Iterable[UUID], child: ContactChild, *, at: datetime
) -> frozenset[UUID]:
    """These people and their cover: nobody to whom the child is closed, or who knows the family."""
    asked = frozenset(users)
    covers = away_on(session, at=at).with_cover(asked) - asked
    if not covers:
        return asked
    allowed = readers(session, [child]).get(child.id, covers)
    return asked | (covers & allowed) - who_know(session, covers, [child.id]).get(child.id, set())


def who_know(
    session: Session, users: Collection[UUID], ids: Collection[UUID]
) -> dict[UUID, set[UUID]]:
    """Of these children those whose family one of these people knows, with who that is."""
    of_theirs = select(WorkerConflict.id).where(
        WorkerConflict.worker_id.in_(users), WorkerConflict.lifted_at.is_(None)
    )
    if not users or session.scalar(of_theirs.limit(1)) is None:
        return {}
    found: dict[UUID, set[UUID]] = {}
    children = list(ids)
    for start in range(0, len(children), AT_ONCE):
        for child_id, worker_id in knowing(session, children[start : start + AT_ONCE]):
            if worker_id in users:
                found.setdefault(child_id, set()).add(worker_id)
    return found
