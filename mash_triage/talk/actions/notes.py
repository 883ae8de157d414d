"""What the front door notes for itself: a deed and a table of its own, never a message."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.contacts.queries import fetch_child
from mash_triage.errors import Changed, NotFound
from mash_triage.talk.models import InternalNote
from mash_triage.talk.rules import checked_words


def write_note(
    session: Session,
    contact_child_id: UUID,
    words: str,
    *,
    token: UUID,
    corrects: UUID | None = None,
    by: Actor,
    at: datetime,
) -> UUID:
    """Note something about a child that only the front door sees; gives the note's id. A
    correction is a new note that names the old one.
    """
    by.require(Permission.KEEP_INTERNAL_NOTES)
    child = fetch_child(session, contact_child_id, by=by)
    written = checked_words(words, "Write your note first.")
    if earlier := _written_before(session, child.id, token, written, by=by):
        return earlier
    _check_own(session, child.id, corrects, by=by)
    if by.user_id is None or by.role is None:
        raise NotFound()
    note = InternalNote(
        id=uuid4(),
        contact_child_id=child.id,
        words=written,
        corrects_id=corrects,
        token=token,
        written_by=by.user_id,
        written_by_name=by.name,
        written_by_role=by.role,
        written_at=at,
    )
    try:
        with session.begin_nested():
            session.add(note)
    except IntegrityError:
        stored = _written_before(session, child.id, token, written, by=by)
        if stored is None:
            raise
        return stored
    trail.record(session, AuditKind.NOTE_WRITTEN, about=child.id, by=by, at=at, note=note.id)
    return note.id


def _written_before(
    session: Session, contact_child_id: UUID, token: UUID, words: str, *, by: Actor
) -> UUID | None:
    found = session.scalars(
        select(InternalNote).where(
            InternalNote.written_by == by.user_id, InternalNote.token == token
        )
    ).first()
    if found is None:
        return None
    if (found.contact_child_id, found.words) != (contact_child_id, words):
        raise Changed("This note was written already. To say more, write a new one.")
    return found.id


def _check_own(
    session: Session, contact_child_id: UUID, corrects: UUID | None, *, by: Actor
) -> None:
    """A note corrects one of the same person about the same child."""
    if corrects is None:
        return
    old = session.get(InternalNote, corrects)
    if old is None or (old.contact_child_id, old.written_by) != (contact_child_id, by.user_id):
        raise NotFound()
