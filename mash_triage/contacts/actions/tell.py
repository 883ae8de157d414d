"""Telling whoever sent a contact that there is news of it: never what, only where to read it.

A person is written to; the system of an agency is given a notice of each question and message, and
whenever a child's status, as a sender is told it, changes. That notice is posted with the move
itself, whichever deed made it.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session, UOWTransaction

from mash_triage.access.actor import Actor
from mash_triage.access.queries import fetch_user
from mash_triage.access.roles import Role
from mash_triage.contacts.codes import SENT_BY_THEMSELVES
from mash_triage.contacts.models import Contact, ContactChild, StatusMove
from mash_triage.contacts.status import Status, for_sender
from mash_triage.outbox.actions import post, post_webhook
from mash_triage.outbox.kinds import EventKind, Kind
from mash_triage.outbox.queries import open_endpoints

WHERE = "/my_contacts"
NOTICES = {Kind.QUESTION_ASKED: EventKind.QUESTION_ASKED, Kind.NEW_MESSAGE: EventKind.NEW_MESSAGE}
"""What a system is told where a person would get a mail of this kind; of all else it learns by the
status of a child.
"""
_MOVES = "moves of this transaction that systems may have to be told of"


def tell_sender(
    session: Session, contact: Contact, kind: Kind, *, link: str = WHERE, by: Actor, at: datetime
) -> None:
    """Post a mail to the account that sent this contact, or a notice to its system. Nobody is
    written to about one that was entered for somebody else: whoever called may not be safe where
    her mail is read.
    """
    if contact.channel not in SENT_BY_THEMSELVES:
        return
    if _is_of_system(session, contact):
        if kind in NOTICES:
            _notify(session, contact, NOTICES[kind], by=by, at=at)
        return
    sender, reference = contact.submitted_by, contact.reference
    post(session, kind, to_user=sender, link=link, reference=reference, by=by, at=at)


def _is_of_system(session: Session, contact: Contact) -> bool:
    return fetch_user(session, contact.submitted_by).role == Role.API_CLIENT


@event.listens_for(Session, "after_flush")
def _note_moves(session: Session, _flushed: UOWTransaction) -> None:
    moves = [each for each in session.new if isinstance(each, StatusMove)]
    if moves:
        session.info.setdefault(_MOVES, []).extend(moves)


@event.listens_for(Session, "after_flush_postexec")
def _tell_systems(session: Session, _flushed: UOWTransaction) -> None:
    for move in session.info.pop(_MOVES, ()):
        _tell_system(session, move)


@event.listens_for(Session, "after_soft_rollback")
def _forget_moves(session: Session, _previous: Any) -> None:
    session.info.pop(_MOVES, None)


def _tell_system(session: Session, move: StatusMove) -> None:
    """Post a notice to each endpoint of the agency whose system sent this child's contact."""
    status = for_sender(Status(move.moved_to))
    if status is for_sender(Status(move.moved_from)):
        return
    contact = session.get_one(ContactChild, move.contact_child_id).contact
    if not _is_of_system(session, contact):
        return
    by = Actor(name=move.moved_by_name, user_id=move.moved_by)
    _notify(session, contact, EventKind.STATUS_CHANGED, status=status, by=by, at=move.moved_at)


def _notify(
    session: Session,
    contact: Contact,
    kind: EventKind,
    *,
    status: str = "",
    by: Actor,
    at: datetime,
) -> None:
    for endpoint in open_endpoints(session, contact.agency_id):
        post_webhook(
            session,
            kind,
            endpoint_id=endpoint.id,
            reference=contact.reference,
            status=status,
            by=by,
            at=at,
        )
