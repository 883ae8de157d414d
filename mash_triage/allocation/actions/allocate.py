"""A person gives a child to a team and a worker; what speaks against it is noted and said."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from mash_triage.access.actor import Actor
from mash_triage.access.models import UserAccount
from mash_triage.access.roles import Permission
from mash_triage.allocation.models import Allocation, Team, WorkerProfile
from mash_triage.allocation.rules import (
    NEVER,
    Block,
    How,
    WorkerFacts,
    blocks,
    check_reason,
    still_against,
)
from mash_triage.allocation.seconds import standing_second
from mash_triage.allocation.work import (
    cannot_go_on,
    children_facts,
    standing_allocation,
    workers_facts,
)
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.clocks.actions import happened
from mash_triage.clocks.moments import Moment
from mash_triage.contacts.families import check_knows_not_family
from mash_triage.contacts.models import ContactChild
from mash_triage.contacts.queries import fetch_child
from mash_triage.contacts.status import OVER, UNDECIDED
from mash_triage.errors import Changed, NotFound, NotReady

NOW_FIRST = "Has the child as the first worker from now on."


def allocate(
    session: Session,
    contact_child_id: UUID,
    *,
    worker_id: UUID | None,
    team_id: UUID | None = None,
    reason: str = "",
    despite: Collection[Block] = (),
    by: Actor,
    at: datetime,
) -> tuple[Block, ...]:
    """Give a child to a worker, or to a team that chooses one; a change of worker has its reason.

    What speaks against the worker and was not passed over in `despite` is given back: then nothing
    is changed, and the trail has the block. Qualified work goes to the qualified (York 2019).
    """
    by.require(Permission.ALLOCATE)
    child = fetch_child(session, contact_child_id, by=by, to_change=True)
    if child.status in OVER:
        raise Changed("This contact is closed; nothing was changed.")
    check_team_is_there(session, team_id)
    former = standing_allocation(session, child.id)
    if worker_id is None:
        against: tuple[Block, ...] = ()
        _check_team_alone(child, team_id)
    else:
        worker = _worker(session, worker_id, at=at)
        team_id = team_id or worker.team_id
        if former and former.worker_id == worker_id:
            return ()
        against = _against(session, child, worker, by=by)
    if still := still_against(against, despite):
        told = {"worker": worker_id, "blocks": list(against)}
        trail.record(session, AuditKind.ALLOCATION_BLOCKED, about=child.id, by=by, at=at, **told)
        return still

    changes = former is not None and _can_go_on(session, child, former.worker_id)
    written = check_reason(reason, changes=changes, despite=against)
    if child.taken_up_by is not None and worker_id and child.status in UNDECIDED:
        child.taken_up_by, child.taken_up_at = worker_id, at
    _put(
        session,
        child,
        former,
        Allocation(
            team_id=team_id,
            worker_id=worker_id,
            how=How.ALLOCATED,
            reason=written,
            despite=list(against),
        ),
        by=by,
        at=at,
    )
    trail.record(
        session,
        AuditKind.CHILD_ALLOCATED,
        about=child.id,
        by=by,
        at=at,
        team=team_id,
        worker=worker_id,
        former=former.worker_id if former else None,
        despite=list(against),
    )
    if worker_id and child.status not in UNDECIDED:
        happened(session, child.id, Moment.ALLOCATED, took_place_at=at, by=by, at=at)
    return ()


def note_worker(
    session: Session, child: ContactChild, how: How, reason: str = "", *, by: Actor, at: datetime
) -> None:
    """Whoever takes a child up or over works on it: part of that deed, which is on the trail."""
    check_knows_not_family(session, child.id, by=by)
    former = standing_allocation(session, child.id)
    if former is not None and former.worker_id == by.user_id:
        return
    profile = session.get(WorkerProfile, by.user_id) if by.user_id else None
    allocation = Allocation(
        team_id=profile.team_id if profile else former.team_id if former else None,
        worker_id=by.user_id,
        how=how,
        reason=reason,
        despite=[],
    )
    _put(session, child, former, allocation, by=by, at=at)


def check_team_is_there(session: Session, team_id: UUID | None) -> None:
    """A team that is chosen is one, and has not been closed: nobody would look there."""
    if team_id is None:
        return
    team = session.get(Team, team_id)
    if team is None:
        raise NotFound()
    if team.closed_at is not None:
        raise NotReady(f"The team {team.name} is closed. Choose another one.")


def _can_go_on(session: Session, child: ContactChild, worker_id: UUID | None) -> bool:
    """Could the worker who has the child go on? If not, the change needs no further reason."""
    if worker_id is None:
        return False
    worker = aliased(UserAccount)
    query = (
        select(ContactChild.id)
        .join(worker, worker.id == worker_id)
        .where(ContactChild.id == child.id, ~cannot_go_on(worker))
    )
    return session.scalar(query) is not None


def _check_team_alone(child: ContactChild, team_id: UUID | None) -> None:
    if team_id is None:
        raise NotReady("Choose a worker, or a team.")
    if child.taken_up_by is not None:
        raise NotReady("Somebody works on this child already: choose the worker who goes on.")


def _worker(session: Session, worker_id: UUID, *, at: datetime) -> WorkerFacts:
    found = workers_facts(session, at=at, only=worker_id)
    if not found:
        raise NotFound("This colleague does not work on contacts any more. Choose another.")
    return found[0]


def _against(
    session: Session, child: ContactChild, worker: WorkerFacts, *, by: Actor
) -> tuple[Block, ...]:
    facts = children_facts(session, [child.id], [worker.id], by=by)[child.id]
    against = blocks(facts, worker)
    return tuple(sorted(against, key=lambda each: each not in NEVER))


def _put(
    session: Session,
    child: ContactChild,
    former: Allocation | None,
    allocation: Allocation,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """The former allocation ends in the moment in which the new one begins; whoever was the second
    worker is the first from now on.
    """
    second = standing_second(session, child.id)
    if second and second.worker_id and second.worker_id == allocation.worker_id:
        second.ended_because, second.ended_by, second.ended_at = NOW_FIRST, by.user_id, at
    if former is not None:
        former.ended_by, former.ended_by_name, former.ended_at = by.user_id, by.name, at
        session.flush()  # only one may stand
    allocation.contact_child_id = child.id
    allocation.allocated_by, allocation.allocated_by_name = by.user_id, by.name
    allocation.allocated_at = at
    session.add(allocation)
