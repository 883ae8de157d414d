"""The facts that an allocation is judged by, read for the deeds and lists that begin with them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, aliased, joinedload

from mash_triage.access.actor import Actor
from mash_triage.access.models import UserAccount
from mash_triage.access.roles import PERMISSIONS, Permission, Role
from mash_triage.allocation.models import (
    Absence,
    Allocation,
    Team,
    TeamArea,
    WorkerProfile,
)
from mash_triage.allocation.rules import (
    Block,
    ChildFacts,
    WorkerFacts,
    limit_of,
    standing_of,
    team_for,
)
from mash_triage.clocks.working_days import london_day
from mash_triage.contacts.families import knowing
from mash_triage.contacts.models import Contact, ContactChild, WorkerConflict
from mash_triage.contacts.queries import is_visible_to
from mash_triage.contacts.status import UNDECIDED
from mash_triage.people.models import Restriction, RestrictionReader
from mash_triage.settings import settings
from mash_triage.thresholds.routes import Rag

MAY_HAVE_CHILDREN = tuple(
    role for role, may in PERMISSIONS.items() if Permission.SCREEN_CONTACT in may
)
ARE_SUGGESTED = (Role.SOCIAL_WORKER, Role.SCREENING_WORKER)
BROTHER_OR_SISTER = "has a brother or sister on this contact"


def standing_allocation(session: Session, contact_child_id: UUID) -> Allocation | None:
    """Who works on this child now."""
    return session.scalars(
        select(Allocation).where(
            Allocation.contact_child_id == contact_child_id, Allocation.ended_at.is_(None)
        )
    ).first()


def workers_facts(session: Session, *, at: datetime, only: UUID | None = None) -> list[WorkerFacts]:
    """Everybody who may have children, or one of them, with load and limit, by name."""
    loads = (
        select(Allocation.worker_id, func.count().label("load"))
        .join(ContactChild, ContactChild.id == Allocation.contact_child_id)
        .where(Allocation.ended_at.is_(None), ContactChild.status.in_(UNDECIDED))
        .group_by(Allocation.worker_id)
        .subquery()
    )
    query = (
        select(UserAccount, WorkerProfile, func.coalesce(loads.c.load, 0), is_away(london_day(at)))
        .outerjoin(WorkerProfile, WorkerProfile.user_id == UserAccount.id)
        .outerjoin(loads, loads.c.worker_id == UserAccount.id)
        .where(UserAccount.deactivated_at.is_(None), UserAccount.role.in_(MAY_HAVE_CHILDREN))
        .order_by(UserAccount.name, UserAccount.id)
    )
    if only is not None:
        query = query.where(UserAccount.id == only)
    return [_worker(*row) for row in session.execute(query)]


def is_away(day: date) -> Any:
    """The condition on `user_account`: away on this day."""
    return (
        select(Absence.id)
        .where(
            Absence.user_id == UserAccount.id,
            Absence.ended_at.is_(None),
            Absence.first_day <= day,
            Absence.last_day >= day,
        )
        .exists()
    )


def _worker(user: UserAccount, profile: WorkerProfile | None, load: int, away: bool) -> WorkerFacts:
    newly = profile is not None and profile.newly_qualified
    standing = standing_of(qualified=user.qualified, newly=newly)
    own = profile.most if profile else None
    return WorkerFacts(
        id=user.id,
        name=user.name,
        standing=standing,
        load=load,
        most=limit_of(own, standing, settings().caseload_limits),
        team_id=profile.team_id if profile else None,
        away=away,
        screens=user.role in ARE_SUGGESTED,
        own_most=own,
    )


def areas_of_teams(session: Session) -> dict[str, UUID]:
    """Every area with the open team that covers it."""
    rows = session.execute(
        select(TeamArea.prefix, TeamArea.team_id)
        .join(Team, Team.id == TeamArea.team_id)
        .where(Team.closed_at.is_(None))
    )
    return {row.prefix: row.team_id for row in rows}


# ---------------------------------------------------------------- children


def children_facts(
    session: Session, ids: Collection[UUID], workers: Iterable[UUID], *, by: Actor
) -> dict[UUID, ChildFacts]:
    """The facts of these children, as far as this person may see them."""
    children = session.scalars(
        select(ContactChild)
        .join(Contact)
        .where(ContactChild.id.in_(ids), is_visible_to(by))
        .options(joinedload(ContactChild.contact))
    ).all()
    areas, known = areas_of_teams(session), known_to(session, ids, by=by)
    never = _never(session, children, set(workers))
    return {
        child.id: ChildFacts(
            needs_qualified=child.rag == Rag.RED or child.contact.in_danger_now == "yes",
            team_id=team_for(_postcode(child), areas),
            never=never.get(child.id, {}),
            known_to=known.get(child.id, {}),
        )
        for child in children
    }


def _postcode(child: ContactChild) -> str | None:
    """Where the child lives as reported; nothing of an address that is to stay unknown."""
    reported = child.contact.submission.get("children") or []
    home = reported[child.position].get("home") if child.position < len(reported) else None
    if not isinstance(home, dict) or home.get("confidential"):
        return None
    postcode = home.get("postcode")
    return postcode if isinstance(postcode, str) else None


def _never(
    session: Session, children: Sequence[ContactChild], workers: set[UUID]
) -> dict[UUID, dict[UUID, Block]]:
    """The workers who may not have each child: they know the family, or may not open the record."""
    found: dict[UUID, dict[UUID, Block]] = {}
    for child_id, allowed in readers(session, children).items():
        found[child_id] = dict.fromkeys(workers - allowed, Block.CLOSED_RECORD)
    for child_id, worker_id in knowing(session, [child.id for child in children]):
        found.setdefault(child_id, {})[worker_id] = Block.KNOWS_FAMILY
    return found


def readers(session: Session, children: Sequence[ContactChild]) -> dict[UUID, set[UUID]]:
    """Of each child whose record or reported name is restricted: who may open it."""
    people = {child.person_id for child in children if child.person_id is not None}
    names = {child.restricted_name_id for child in children if child.restricted_name_id}
    if not people and not names:
        return {}
    rows = session.execute(
        select(
            Restriction.id, Restriction.person_id, Restriction.of_name, RestrictionReader.user_id
        )
        .outerjoin(RestrictionReader, RestrictionReader.restriction_id == Restriction.id)
        .where(
            Restriction.lifted_at.is_(None),
            or_(
                and_(Restriction.person_id.in_(people), Restriction.of_name.is_(False)),
                Restriction.id.in_(names),
            ),
        )
    ).all()
    found: dict[UUID, set[UUID]] = {}
    for child in children:
        for restriction in {row.id for row in rows if _holds(row, child)}:
            readers = {row.user_id for row in rows if row.id == restriction}
            found[child.id] = found.get(child.id, readers) & readers
    return found


def _holds(row: Any, child: ContactChild) -> bool:
    if row.of_name:
        return bool(row.id == child.restricted_name_id)
    return bool(row.person_id == child.person_id)


def cannot_go_on(worker: type[UserAccount]) -> ColumnElement[bool]:
    """The condition on `contact_child` and this alias for whoever works on it: she has left, no
    longer screens, or knows the family, so that somebody else must take the child.
    """
    child, known = ContactChild, aliased(ContactChild)
    knows = (
        select(WorkerConflict.id)
        .join(known, known.id == WorkerConflict.contact_child_id)
        .where(
            WorkerConflict.worker_id == worker.id,
            WorkerConflict.lifted_at.is_(None),
            or_(
                known.contact_id == child.contact_id,
                known.person_id == child.person_id,
                known.household_id == child.household_id,
            ),
        )
        .correlate(child, worker)
        .exists()
    )
    return or_(worker.deactivated_at.is_not(None), worker.role.not_in(MAY_HAVE_CHILDREN), knows)


def known_to(
    session: Session, ids: Collection[UUID], *, by: Actor
) -> Mapping[UUID, Mapping[UUID, str]]:
    """Who worked with each child before, or works with a child on the same contact, in words."""
    child = aliased(ContactChild)
    ways = (ContactChild.contact_id == child.contact_id, ContactChild.person_id == child.person_id)
    found: dict[UUID, dict[UUID, str]] = {}
    # Each way by its own index: of one condition joined by "or" a server reads the whole table.
    for same_contact, way in zip((True, False), ways, strict=True):
        rows = session.execute(
            select(child.id, Allocation.worker_id, func.max(Allocation.allocated_at))
            .select_from(child)
            .join(ContactChild, and_(ContactChild.id != child.id, way))
            .join(Contact, Contact.id == ContactChild.contact_id)
            .join(Allocation, Allocation.contact_child_id == ContactChild.id)
            .where(child.id.in_(ids), Allocation.worker_id.is_not(None), is_visible_to(by))
            .group_by(child.id, Allocation.worker_id)
        )
        for child_id, worker_id, when in rows:
            before = f"worked with this child before ({when:%B %Y})"
            words = BROTHER_OR_SISTER if same_contact else before
            if worker_id is not None:
                found.setdefault(child_id, {}).setdefault(worker_id, words)
    return found
