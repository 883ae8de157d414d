"""Files attached to a draft or a contact: what is known of each. The files lie in the vault."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, ForeignKey, String, event, update
from sqlalchemy.orm import Mapped, mapped_column

from mash_triage.attachments.kinds import Kind
from mash_triage.contacts.models import ContactDraft
from mash_triage.db.base import Base, Key, together


class ScanState(StrEnum):
    """What the virus scanner said of a file. Without a scanner nothing is ever called clean."""

    CLEAN = "clean"
    INFECTED = "infected"
    NOT_SCANNED = "not_scanned"


class Attachment(Base):
    """One file. It belongs to a draft until that is sent, and then to the contact.

    `id` is random and is the file's name in the vault. `size` (bytes) and `sha256` are of what is
    kept, after cleaning. `message_id` names the message it came with, if it came with one.
    """

    __tablename__ = "attachment"

    id: Mapped[Key]
    draft_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("contact_draft.id", ondelete="CASCADE"), index=True
    )
    contact_id: Mapped[UUID | None] = mapped_column(ForeignKey("contact.id"), index=True)
    message_id: Mapped[UUID | None] = mapped_column(index=True)
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[Kind] = mapped_column(String(10))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    state: Mapped[ScanState] = mapped_column(String(20))
    scanned_at: Mapped[datetime | None]
    added_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    added_at: Mapped[datetime]
    removed_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    removed_at: Mapped[datetime | None]

    __table_args__ = (together("removed_by", "removed_at"),)


@event.listens_for(ContactDraft, "after_update")
def _goes_with_the_contact(_mapper: object, connection: Connection, draft: ContactDraft) -> None:
    """When a draft is sent, by whichever way, its files go with the contact in that transaction."""
    if draft.contact_id is None:
        return
    files: Any = Attachment.__table__
    connection.execute(
        update(files)
        .where(files.c.draft_id == draft.id, files.c.removed_at.is_(None))
        .values(draft_id=None, contact_id=draft.contact_id)
    )
