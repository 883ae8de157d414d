"""Who is told of a promise: accounts by what they hold, and nobody to whom the child is closed."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from mash_triage.access.models import Agency, UserAccount
from mash_triage.access.roles import Role
from mash_triage.allocation.cover import Away, away_on, who_know
from mash_triage.people.models import Restriction, RestrictionReader
from mash_triage.people.queries import AT_THE_FRONT_DOOR
from mash_triage.thresholds.promises import Holder

NOBODY = frozenset[UUID]()


@dataclass(frozen=True)
class OfChild:
    """What decides who is told of a child: whose work it is, and whether it is closed to some."""

    id: UUID
    person_id: int | None
    restricted_name_id: UUID | None
    taken_up_by: UUID | None
    decided_by: UUID | None


@dataclass(frozen=True)
class Colleagues:
    """Who can sign in at the front door, by role; who may open each record that is closed; who is
    away today; and of which children somebody knows the family, who is told nothing of it.
    """

    roles: Mapping[UUID, Role]
    closed_people: Mapping[int, frozenset[UUID]] = field(default_factory=dict)
    closed_names: Mapping[UUID, frozenset[UUID]] = field(default_factory=dict)
    away: Away = field(default_factory=Away)
    knowing: Mapping[UUID, Collection[UUID]] = field(default_factory=dict)

    def told(self, holders: Iterable[Holder], child: OfChild) -> frozenset[UUID]:
        """Everybody of these holders who may see the child, and whoever covers for one who is away.
        The managers and their cover too, where of one holder nobody is left who is here.
        """
        every = self._with_role(Role.MANAGER)
        managers = self._reached(every, child) or self._open_to(every, child)
        told = NOBODY
        for each in holders:
            holding = self._holding(each, child)
            reached = self._reached(holding, child)
            nobody_is_here = holding and not self.away.present(reached)
            told |= reached | (managers if nobody_is_here else NOBODY)
        return told or managers

    def _reached(self, users: frozenset[UUID], child: OfChild) -> frozenset[UUID]:
        """These people and their cover, as far as they work here and may see the child."""
        users = self.away.with_cover(users) - frozenset(self.knowing.get(child.id, ()))
        return self._open_to(users & self.roles.keys(), child)

    def _holding(self, holder: Holder, child: OfChild) -> frozenset[UUID]:
        if holder is Holder.MANAGERS:
            return self._with_role(Role.MANAGER)
        if holder is Holder.EARLY_HELP:
            return self._with_role(Role.EARLY_HELP_COORDINATOR)
        one = child.taken_up_by if holder is Holder.WORKER else child.decided_by
        if one is None or one not in self.roles:
            return self._with_role(Role.MANAGER)
        return frozenset({one})

    def _with_role(self, role: Role) -> frozenset[UUID]:
        return frozenset(user for user, has in self.roles.items() if has is role)

    def _open_to(self, users: frozenset[UUID], child: OfChild) -> frozenset[UUID]:
        if child.person_id is not None:
            users &= self.closed_people.get(child.person_id, users)
        if child.restricted_name_id is not None:
            users &= self.closed_names.get(child.restricted_name_id, users)
        return users


def colleagues(session: Session, children: Collection[OfChild], *, at: datetime) -> Colleagues:
    """The front door's people now, who of them is away, and what is closed to some of them; in
    a few statements.
    """
    rows = session.execute(
        select(UserAccount.id, UserAccount.role)
        .join(Agency, Agency.id == UserAccount.agency_id)
        .where(
            UserAccount.role.in_(AT_THE_FRONT_DOOR),
            UserAccount.deactivated_at.is_(None),
            Agency.closed_at.is_(None),
        )
    )
    roles = {row.id: Role(row.role) for row in rows}
    away = away_on(session, at=at)
    knowing = who_know(session, roles.keys(), [each.id for each in children])
    if not any(each.person_id or each.restricted_name_id for each in children):
        return Colleagues(roles, away=away, knowing=knowing)
    people: dict[int, frozenset[UUID]] = {}
    names: dict[UUID, frozenset[UUID]] = {}
    closed = session.execute(
        select(
            Restriction.id, Restriction.person_id, Restriction.of_name, RestrictionReader.user_id
        )
        .outerjoin(RestrictionReader, RestrictionReader.restriction_id == Restriction.id)
        .where(Restriction.lifted_at.is_(None))
    )
    readers: dict[UUID, set[UUID]] = {}
    of: dict[UUID, tuple[int, bool]] = {}
    for row in closed:
        of[row.id] = (row.person_id, row.of_name)
        readers.setdefault(row.id, set()).update(filter(None, (row.user_id,)))
    for restriction_id, (person_id, of_name) in of.items():
        may = frozenset(readers[restriction_id])
        if of_name:
            names[restriction_id] = may
        else:
            people[person_id] = people.get(person_id, may) & may
    return Colleagues(roles, people, names, away, knowing)
