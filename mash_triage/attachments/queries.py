"""Which files are attached, for those who may see the draft or the contact."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.models import UserAccount
from mash_triage.attachments.kinds import Kind
from mash_triage.attachments.models import Attachment, ScanState
from mash_triage.contacts.drafts import fetch_draft
from mash_triage.contacts.models import Contact
from mash_triage.contacts.queries import fetch_contact
from mash_triage.contacts.seen import contact_seen
from mash_triage.errors import NotFound


@dataclass(frozen=True)
class FilePicture:
    """One file as shown: its own name, what it is, and who added it when."""

    id: UUID
    name: str
    kind: Kind
    size: int
    state: ScanState
    added_by: str
    added_at: datetime
    message_id: UUID | None


@dataclass(frozen=True)
class FilesPicture:
    """The files of a contact. `withheld` is the sentence that stands for them where a child on it
    is closed to whoever asks: a file may name that child.
    """

    files: tuple[FilePicture, ...]
    sent_at: datetime
    withheld: str | None = None


def files_of_draft(session: Session, draft_id: UUID, *, by: Actor) -> tuple[FilePicture, ...]:
    """The files on a draft, only for its owner; in the order in which they were added."""
    fetch_draft(session, draft_id, by=by)
    return _files(session, Attachment.draft_id == draft_id)


def files_of_contact(session: Session, reference: str, *, by: Actor) -> FilesPicture:
    """The files on a contact, for those who may read all of it. Raises NotFound."""
    contact = fetch_contact(session, reference, by=by)
    withheld = contact_seen(session, contact, by=by).withheld
    if withheld:
        return FilesPicture((), contact.submitted_at, withheld)
    files = _files(session, Attachment.contact_id == contact.id)
    return FilesPicture(files, contact.submitted_at)


def fetch_attachment(session: Session, attachment_id: UUID, *, by: Actor) -> Attachment:
    """One file's row, or `NotFound`: one answer for none, somebody else's, and withheld. A removed
    file of her own draft is still there, to be put back.
    """
    row = session.get(Attachment, attachment_id)
    if row is None:
        raise NotFound()
    if row.contact_id is not None:
        contact = session.get_one(Contact, row.contact_id)
        fetch_contact(session, contact.reference, by=by)
        if contact_seen(session, contact, by=by).withheld:
            raise NotFound()
    elif row.draft_id is not None:
        fetch_draft(session, row.draft_id, by=by)
    else:
        raise NotFound()
    return row


def files_to_scan(session: Session) -> list[UUID]:
    """The ids of all files that no scanner has seen yet, for the job that has them scanned."""
    waiting = select(Attachment.id).where(Attachment.state == ScanState.NOT_SCANNED)
    return list(session.scalars(waiting.order_by(Attachment.added_at)))


def how_many_files(session: Session, where: ColumnElement[bool]) -> int:
    """How many files there are, the removed ones left out."""
    counted = select(func.count(Attachment.id)).where(where, Attachment.removed_at.is_(None))
    return session.scalar(counted) or 0


def _files(session: Session, where: ColumnElement[bool]) -> tuple[FilePicture, ...]:
    rows = session.execute(
        select(Attachment, UserAccount.name)
        .join(UserAccount, UserAccount.id == Attachment.added_by)
        .where(where, Attachment.removed_at.is_(None))
        .order_by(Attachment.added_at, Attachment.name)
    )
    return tuple(
        FilePicture(
            id=row.id,
            name=row.name,
            kind=Kind(row.kind),
            size=row.size,
            state=ScanState(row.state),
            added_by=name,
            added_at=row.added_at,
            message_id=row.message_id,
        )
        for row, name in rows
    )
