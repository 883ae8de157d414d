"""What there is to see of teams, workers, and who worked on a child."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from mash_triage.access.actor import Actor
from mash_triage.access.models import UserAccount
from mash_triage.access.roles import Permission
from mash_triage.allocation.models import (
    Absence,
    ActivityPrompt,
    Allocation,
    Team,
    TeamArea,
)
from mash_triage.allocation.rules import (
    Block,
    ChildFacts,
    Suggested,
    WorkerFacts,
    blocks,
    suggest,
)
from mash_triage.allocation.seconds import SecondPicture, seconds_of
from mash_triage.allocation.work import children_facts, workers_facts
from mash_triage.clocks.working_days import london_day
from mash_triage.contacts.models import Contact, ContactChild, WorkerConflict
from mash_triage.contacts.queries import fetch_child, is_visible_to


@dataclass(frozen=True)
class TeamPicture:
    """A team with the areas that it covers."""

    id: UUID
    name: str
    areas: tuple[str, ...]
    is_open: bool
    version: int


def teams(session: Session, *, by: Actor) -> list[TeamPicture]:
    """All teams by name."""
    by.require(Permission.SEE_FRONT_DOOR, Permission.KEEP_TEAMS)
    rows = session.execute(
        select(Team, TeamArea.prefix)
        .outerjoin(TeamArea, TeamArea.team_id == Team.id)
        .order_by(Team.name, TeamArea.prefix)
    ).all()
    areas: dict[Team, list[str]] = {}
    for team, prefix in rows:
        areas.setdefault(team, []).extend([prefix] if prefix else [])
    return [
        TeamPicture(team.id, team.name, tuple(kept), team.closed_at is None, team.version)
        for team, kept in areas.items()
    ]


def workers(session: Session, *, by: Actor, at: datetime) -> list[WorkerFacts]:
    """Everybody who may have children, with team, standing, load and limit, by name."""
    by.require(Permission.SEE_FRONT_DOOR, Permission.KEEP_TEAMS)
    return workers_facts(session, at=at)


@dataclass(frozen=True)
class AbsencePicture:
    """A colleague's days away, and who covers."""

    id: UUID
    user_id: UUID
    name: str
    first_day: date
    last_day: date
    cover: str | None
    cover_id: UUID | None


def absences(session: Session, *, by: Actor, at: datetime) -> list[AbsencePicture]:
    """Who is away now or will be, by first day."""
    by.require(Permission.SEE_FRONT_DOOR, Permission.KEEP_TEAMS)
    cover = aliased(UserAccount)
    rows = session.execute(
        select(Absence, UserAccount.name, cover.name)
        .join(UserAccount, UserAccount.id == Absence.user_id)
        .outerjoin(cover, cover.id == Absence.cover_id)
        .where(Absence.ended_at.is_(None), Absence.last_day >= london_day(at))
        .order_by(Absence.first_day, UserAccount.name)
    )
    return [
        AbsencePicture(
            row.id, row.user_id, name, row.first_day, row.last_day, covering, row.cover_id
        )
        for row, name, covering in rows
    ]


# ---------------------------------------------------------------- of a child


@dataclass(frozen=True)
class AllocationPicture:
    """One worker or team of a child, from when until when, and why."""

    worker: str | None
    worker_id: UUID | None
    team: str | None
    how: str
    reason: str
    despite: tuple[Block, ...]
    by_name: str
    at: datetime
    ended_at: datetime | None


@dataclass(frozen=True)
class ConflictPicture:
    """A worker who knows the family, as said by somebody; and who took that back, when and why."""

    id: UUID
    worker_id: UUID
    worker: str
    at: datetime
    lifted_by: str | None
    lifted_at: datetime | None
    lifted_because: str | None


@dataclass(frozen=True)
class Workers:
    """Everybody who ever worked on a child, newest first, beside whom, and who may not."""

    allocations: tuple[AllocationPicture, ...]
    said: tuple[ConflictPicture, ...]
    seconds: tuple[SecondPicture, ...] = ()

    @property
    def conflicts(self) -> tuple[ConflictPicture, ...]:
        """Who knows the family, as it stands now."""
        return tuple(each for each in self.said if each.lifted_at is None)

    @property
    def taken_back(self) -> tuple[ConflictPicture, ...]:
        """Of whom it was said, and taken back."""
        return tuple(each for each in self.said if each.lifted_at is not None)

    @property
    def second(self) -> SecondPicture | None:
        """Who works on the child now beside the first."""
        return next((each for each in self.seconds if each.ended_at is None), None)

    @property
    def now(self) -> AllocationPicture | None:
        """Who works on the child now."""
        return next((each for each in self.allocations if each.ended_at is None), None)

    @property
    def changes(self) -> int:
        """How often the child changed worker (Ofsted counts each as a loss for the child)."""
        people = [each.worker_id for each in reversed(self.allocations) if each.worker_id]
        return sum(one != other for one, other in pairwise(people))


def workers_of_child(session: Session, contact_child_id: UUID, *, by: Actor) -> Workers:
    """Who works and worked on this child, and why each change was made."""
    by.require(Permission.SEE_FRONT_DOOR)
    child = fetch_child(session, contact_child_id, by=by)
    rows = session.execute(
        select(Allocation, UserAccount.name, Team.name)
        .outerjoin(UserAccount, UserAccount.id == Allocation.worker_id)
        .outerjoin(Team, Team.id == Allocation.team_id)
        .where(Allocation.contact_child_id == child.id)
        .order_by(Allocation.allocated_at.desc())
    )
    lifter = aliased(UserAccount)
    said = session.execute(
        select(WorkerConflict, UserAccount.name, lifter.name)
        .join(UserAccount, UserAccount.id == WorkerConflict.worker_id)
        .outerjoin(lifter, lifter.id == WorkerConflict.lifted_by)
        .where(WorkerConflict.contact_child_id == child.id)
        .order_by(WorkerConflict.recorded_at)
    )
    return Workers(
        allocations=tuple(_allocation(row, name, team) for row, name, team in rows),
        said=tuple(_conflict(row, worker, lifted_by) for row, worker, lifted_by in said),
        seconds=seconds_of(session, child.id),
    )


def _conflict(row: WorkerConflict, worker: str, lifted_by: str | None) -> ConflictPicture:
    return ConflictPicture(
        id=row.id,
        worker_id=row.worker_id,
        worker=worker,
        at=row.recorded_at,
        lifted_by=lifted_by,
        lifted_at=row.lifted_at,
        lifted_because=row.lifted_because,
    )


def _allocation(row: Allocation, worker: str | None, team: str | None) -> AllocationPicture:
    return AllocationPicture(
        worker=worker,
        worker_id=row.worker_id,
        team=team,
        how=row.how,
        reason=row.reason,
        despite=tuple(Block(each) for each in row.despite),
        by_name=row.allocated_by_name,
        at=row.allocated_at,
        ended_at=row.ended_at,
    )


# ---------------------------------------------------------------- whom to choose


@dataclass(frozen=True)
class Offer:
    """For some children: everybody who may be chosen, what speaks against whom, and whom the
    service suggests for each.
    """

    workers: tuple[WorkerFacts, ...]
    teams: dict[UUID, str]
    facts: dict[UUID, ChildFacts]

    def suggested(self, contact_child_id: UUID) -> Suggested:
        """Whom the service would ask for this child, and why."""
        return suggest(self.facts[contact_child_id], self.workers, self.teams)

    def against(self, contact_child_id: UUID, worker: WorkerFacts) -> tuple[Block, ...]:
        """What speaks against this worker."""
        return blocks(self.facts[contact_child_id], worker)


def offer_for(
    session: Session, contact_child_ids: Collection[UUID], *, by: Actor, at: datetime
) -> Offer:
    """Who could have these children. Those whom this person may not see are not there."""
    by.require(Permission.SEE_FRONT_DOOR)
    everybody = workers_facts(session, at=at)
    ids = [each.id for each in everybody]
    named = session.execute(select(Team.id, Team.name).where(Team.closed_at.is_(None)))
    return Offer(
        workers=tuple(everybody),
        teams={row.id: row.name for row in named},
        facts=children_facts(session, contact_child_ids, ids, by=by),
    )


# ---------------------------------------------------------------- asked why nothing is recorded


@dataclass(frozen=True)
class PromptPicture:
    """A question why nothing is recorded, and the answer if there is one."""

    id: UUID
    contact_child_id: UUID
    worker_id: UUID
    asked_by_name: str
    asked_at: datetime
    reply: str | None
    replied_at: datetime | None


def prompts_about(
    session: Session, contact_child_ids: Collection[UUID], *, by: Actor
) -> dict[UUID, PromptPicture]:
    """The newest such question about each of these children."""
    by.require(Permission.SEE_FRONT_DOOR)
    rows = session.execute(
        select(ActivityPrompt, UserAccount.name)
        .join(UserAccount, UserAccount.id == ActivityPrompt.asked_by)
        .join(ContactChild, ContactChild.id == ActivityPrompt.contact_child_id)
        .join(Contact, Contact.id == ContactChild.contact_id)
        .where(ActivityPrompt.contact_child_id.in_(contact_child_ids), is_visible_to(by))
        .order_by(ActivityPrompt.asked_at)
    )
    return {
        row.contact_child_id: PromptPicture(
            row.id,
            row.contact_child_id,
            row.worker_id,
            name,
            row.asked_at,
            row.reply,
            row.replied_at,
        )
        for row, name in rows
    }
