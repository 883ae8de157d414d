"""Nothing was recorded of a child for days: somebody asks, and the worker answers."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.allocation.models import ActivityPrompt
from mash_triage.allocation.work import standing_allocation
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.contacts.queries import fetch_child
from mash_triage.errors import Changed, NotAllowed, NotFound, NotReady
from mash_triage.text import storable


def ask_why_quiet(session: Session, contact_child_id: UUID, *, by: Actor, at: datetime) -> None:
    """Ask the worker why nothing is recorded; one question waits at a time."""
    by.require(Permission.ALLOCATE)
    child = fetch_child(session, contact_child_id, by=by, to_change=True)
    allocation = standing_allocation(session, child.id)
    worker_id = allocation.worker_id if allocation else child.taken_up_by
    if worker_id is None:
        raise NotReady("Nobody has this child: allocate it instead.")
    waiting = select(ActivityPrompt.id).where(
        ActivityPrompt.contact_child_id == child.id, ActivityPrompt.replied_at.is_(None)
    )
    if session.scalar(waiting) is not None:
        raise Changed("The worker has been asked already and has not answered yet.")
    session.add(
        ActivityPrompt(
            contact_child_id=child.id, worker_id=worker_id, asked_by=by.user_id, asked_at=at
        )
    )
    kind = AuditKind.ACTIVITY_ASKED
    trail.record(session, kind, about=child.id, by=by, at=at, worker=worker_id)


def answer_prompt(
    session: Session, prompt_id: UUID, words: str, *, by: Actor, at: datetime
) -> None:
    """Say what happens with the child: the worker who was asked, or whoever allocates for her."""
    by.require(Permission.SCREEN_CONTACT)
    prompt = session.get(ActivityPrompt, prompt_id)
    if prompt is None:
        raise NotFound()
    fetch_child(session, prompt.contact_child_id, by=by, to_change=True)
    session.refresh(prompt)  # as it is now that nobody else can answer
    if prompt.worker_id != by.user_id and not by.can(Permission.ALLOCATE):
        raise NotAllowed("The worker who was asked answers, or a manager for her.")
    if prompt.replied_at is not None:
        raise Changed("This was answered already.")
    if not words.strip():
        raise NotReady("Write what happens with this child.")
    prompt.reply, prompt.replied_by, prompt.replied_at = storable(words.strip()), by.user_id, at
    about = prompt.contact_child_id
    trail.record(session, AuditKind.ACTIVITY_ANSWERED, about=about, by=by, at=at)
