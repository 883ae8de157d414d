"""A second worker or team on one child, beside whoever works on it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.allocation.actions.allocate import check_team_is_there
from mash_triage.allocation.models import SecondAllocation
from mash_triage.allocation.rules import LONGEST_REASON, NEVER, block_words, blocks, check_second
from mash_triage.allocation.seconds import standing_second
from mash_triage.allocation.work import (
    children_facts,
    standing_allocation,
    workers_facts,
)
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.contacts.models import ContactChild
from mash_triage.contacts.queries import fetch_child
from mash_triage.contacts.status import OVER
from mash_triage.errors import Changed, NotFound, NotReady
from mash_triage.text import storable


def add_second(
    session: Session,
    contact_child_id: UUID,
    *,
    worker_id: UUID | None,
    team_id: UUID | None = None,
    what_for: str,
    by: Actor,
    at: datetime,
) -> SecondAllocation:
    """Put a second worker or team on a child. Whoever knows the family, or may not open the record,
    is refused; the first one stays, and goes on answering for the child.
    """
    by.require(Permission.ALLOCATE)
    child = fetch_child(session, contact_child_id, by=by, to_change=True)
    if child.status in OVER:
        raise Changed("This contact is closed; nothing was changed.")
    first = standing_allocation(session, child.id)
    written = check_second(
        what_for, first=first.worker_id if first else None, worker_id=worker_id, team_id=team_id
    )
    if standing_second(session, child.id) is not None:
        raise Changed("A second one works on this child already. End that first.")
    _check_there(session, child, worker_id, team_id, by=by, at=at)
    row = SecondAllocation(
        contact_child_id=child.id,
        team_id=team_id,
        worker_id=worker_id,
        what_for=written,
        added_by=by.user_id,
        added_at=at,
    )
    session.add(row)
    session.flush()
    told = {"worker": worker_id, "team": team_id}
    trail.record(session, AuditKind.SECOND_ADDED, about=child.id, by=by, at=at, **told)
    return row


def _check_there(
    session: Session, child: ContactChild, worker_id: UUID | None, team_id: UUID | None, *,
    by: Actor, at: datetime,
) -> None:  # fmt: skip
    """There is such a team, and such a worker, who may work with this family."""
    check_team_is_there(session, team_id)
    if worker_id is None:
        return
    found = workers_facts(session, at=at, only=worker_id)
    if not found:
        raise NotFound("This colleague does not work on contacts any more. Choose another.")
    facts = children_facts(session, [child.id], [worker_id], by=by)[child.id]
    if never := [each for each in blocks(facts, found[0]) if each in NEVER]:
        raise NotReady(block_words(found[0].name, never))


def end_second(session: Session, second_id: UUID, because: str, *, by: Actor, at: datetime) -> None:
    """The second one is no longer needed, with the reason."""
    by.require(Permission.ALLOCATE)
    row = session.get(SecondAllocation, second_id)
    if row is None:
        raise NotFound()
    fetch_child(session, row.contact_child_id, by=by)
    if row.ended_at is not None:
        raise Changed("This was ended already. Open the page again.")
    written = storable(because).strip()
    if not written:
        raise NotReady("Say why the second one is no longer needed.")
    if len(written) > LONGEST_REASON:
        raise NotReady(f"Shorten the reason to {LONGEST_REASON} characters or fewer.")
    row.ended_because, row.ended_by, row.ended_at = written, by.user_id, at
    about = row.contact_child_id
    trail.record(session, AuditKind.SECOND_ENDED, about=about, by=by, at=at, worker=row.worker_id)
