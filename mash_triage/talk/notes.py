"""The internal notes on one child, as the front door shows them to itself."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.contacts.queries import fetch_child
from mash_triage.talk.models import InternalNote


@dataclass(frozen=True)
class NotePicture:
    """One internal note; `corrected_by` is the later one that corrects it."""

    id: UUID
    words: str
    by_id: UUID
    by_name: str
    role: str
    at: datetime
    corrects: UUID | None
    corrected_by: UUID | None


def notes_on(session: Session, contact_child_id: UUID, *, by: Actor) -> list[NotePicture]:
    """The notes on one child, oldest first; for the front door alone."""
    by.require(Permission.KEEP_INTERNAL_NOTES)
    child = fetch_child(session, contact_child_id, by=by)
    rows = session.scalars(
        select(InternalNote)
        .where(InternalNote.contact_child_id == child.id)
        .order_by(InternalNote.written_at, InternalNote.id)
    ).all()
    corrected = {row.corrects_id: row.id for row in rows if row.corrects_id}
    return [
        NotePicture(
            id=row.id,
            words=row.words,
            by_id=row.written_by,
            by_name=row.written_by_name,
            role=row.written_by_role,
            at=row.written_at,
            corrects=row.corrects_id,
            corrected_by=corrected.get(row.id),
        )
        for row in rows
    ]
