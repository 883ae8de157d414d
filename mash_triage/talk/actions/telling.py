"""Telling the other side that there is something to read, and where: nothing of what it says."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.queries import actor_for, fetch_user
from mash_triage.allocation.cover import told_of
from mash_triage.contacts.actions import tell_sender
from mash_triage.contacts.models import Contact, ContactChild
from mash_triage.contacts.seen import contact_seen
from mash_triage.contacts.status import UNDECIDED, Status
from mash_triage.outbox.actions import post
from mash_triage.outbox.kinds import Kind


def tell_referrer(
    session: Session, contact: Contact, kind: Kind, *, by: Actor, at: datetime
) -> None:
    """To whoever sent the contact: a person by mail, an agency's system by a notice."""
    link = f"/receipt?contact={contact.reference}"
    tell_sender(session, contact, kind, link=link, by=by, at=at)


def tell_workers(
    session: Session, contact: Contact, children: Sequence[ContactChild], *, by: Actor, at: datetime
) -> None:
    """To each worker who took up a child on the contact, and to her cover while she is away, once,
    with the way to that child. Nobody is called to words that are closed to her.
    """
    undecided_first = sorted(children, key=lambda child: Status(child.status) not in UNDECIDED)
    told: dict[UUID, ContactChild] = {}
    for worker, child in _taken_up(undecided_first).items():
        for each in told_of(session, [worker], child, at=at):
            told.setdefault(each, child)
    for worker, child in told.items():
        reader = actor_for(fetch_user(session, worker))
        if contact_seen(session, contact, by=reader).withheld is None:
            post(
                session,
                Kind.NEW_MESSAGE,
                to_user=worker,
                link=f"/child?child={child.id}",
                reference=contact.reference,
                by=by,
                at=at,
            )


def _taken_up(children: Sequence[ContactChild]) -> dict[UUID, ContactChild]:
    """Of each worker the first of these children."""
    first: dict[UUID, ContactChild] = {}
    for child in children:
        if child.taken_up_by is not None:
            first.setdefault(child.taken_up_by, child)
    return first
