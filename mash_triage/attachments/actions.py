"""Attaching a file, taking it off before sending, opening it; sweeping what belongs to nothing."""

from dataclasses import asdict
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.attachments.kinds import MOST_FILES
from mash_triage.attachments.models import Attachment, ScanState
from mash_triage.attachments.queries import fetch_attachment, how_many_files
from mash_triage.attachments.receiving import Kept
from mash_triage.attachments.soundness import known_files, of_nothing
from mash_triage.attachments.vault import Vault
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.contacts.drafts import DRAFTS_KEPT, fetch_draft
from mash_triage.contacts.models import Contact
from mash_triage.contacts.queries import fetch_contact
from mash_triage.contacts.seen import contact_seen
from mash_triage.errors import Changed, NotFound, NotReady

TOO_MANY = f"There are {MOST_FILES} files already. Remove one, or put several into one PDF."
SENT_ALREADY = "This contact was sent already; add the file on its receipt, under My contacts."
IS_SENT = "This file was sent with the contact and stays with it."
INFECTED = "A virus was found in this file, so nobody can open it. Ask for a clean copy."
NO_SCANNER = (
    "This file must be scanned for viruses first, and the scanner does not answer. Try again in a "
    "few minutes."
)
NOT_OURS = (
    "Most files in this folder belong to no row of this database: it is another's folder. Nothing "
    "was swept."
)
FEW = 20  # files; with so few nobody can tell

RESTS = timedelta(days=1)  # so that nothing is taken from under an upload that still runs


def attach_to_draft(
    session: Session, draft_id: UUID, kept: Kept, *, by: Actor, at: datetime
) -> Attachment:
    """Attach a file to her own draft; it is sent with it. Raises NotFound, Changed, NotReady."""
    draft = fetch_draft(session, draft_id, by=by, to_change=True)
    by.require(Permission.SUBMIT_CONTACT, Permission.ENTER_FOR_OTHERS)
    if draft.sent_at is not None:
        raise Changed(SENT_ALREADY)
    if how_many_files(session, Attachment.draft_id == draft_id) >= MOST_FILES:
        raise NotReady(TOO_MANY)
    return _attach(session, kept, draft_id=draft_id, by=by, at=at)


def attach_to_contact(
    session: Session,
    contact_id: UUID,
    kept: Kept,
    *,
    message_id: UUID | None = None,
    by: Actor,
    at: datetime,
) -> Attachment:
    """Attach a file to a contact that was sent, perhaps with a message; both sides may. It stays.

    Raises NotFound for a contact that is not hers to see, or of which a part is withheld from her.
    """
    by.require(Permission.SUBMIT_CONTACT, Permission.ENTER_FOR_OTHERS, Permission.SEE_FRONT_DOOR)
    contact = session.get(Contact, contact_id, with_for_update=True)
    if contact is None:
        raise NotFound()
    fetch_contact(session, contact.reference, by=by)
    if contact_seen(session, contact, by=by).withheld:
        raise NotFound()
    if how_many_files(session, Attachment.contact_id == contact_id) >= MOST_FILES:
        raise NotReady(TOO_MANY)
    to = {"contact_id": contact_id, "message_id": message_id}
    return _attach(session, kept, **to, by=by, at=at)


def _attach(
    session: Session, kept: Kept, *, by: Actor, at: datetime, **to: UUID | None
) -> Attachment:
    row = Attachment(**asdict(kept), added_by=by.user_id, added_at=at, **to)
    session.add(row)
    session.flush()  # the next one counts it
    _note(session, AuditKind.ATTACHMENT_ADDED, row, by=by, at=at)
    return row


def remove_attachment(session: Session, attachment_id: UUID, *, by: Actor, at: datetime) -> None:
    """Take a file off her own draft; it can be put back until the draft is sent."""
    row = _on_draft(session, attachment_id, by=by)
    if row.removed_at is None:
        row.removed_by, row.removed_at = by.user_id, at
        _note(session, AuditKind.ATTACHMENT_REMOVED, row, by=by, at=at)


def put_back_attachment(session: Session, attachment_id: UUID, *, by: Actor, at: datetime) -> None:
    """Put a file back that was taken off her own draft."""
    row = _on_draft(session, attachment_id, by=by)
    if row.removed_at is not None:
        if how_many_files(session, Attachment.draft_id == row.draft_id) >= MOST_FILES:
            raise NotReady(TOO_MANY)
        row.removed_by = row.removed_at = None
        _note(session, AuditKind.ATTACHMENT_PUT_BACK, row, by=by, at=at)


def _on_draft(session: Session, attachment_id: UUID, *, by: Actor) -> Attachment:
    row = fetch_attachment(session, attachment_id, by=by)
    if row.draft_id is None:
        raise NotReady(IS_SENT)
    draft = fetch_draft(session, row.draft_id, by=by, to_change=True)
    session.refresh(row)
    if row.draft_id is None or draft.sent_at is not None:
        raise NotReady(IS_SENT)
    return row


def open_attachment(
    session: Session, attachment_id: UUID, *, must_be_clean: bool, by: Actor, at: datetime
) -> Attachment:
    """Note on the trail that this person opens a file, and give its row.

    Where there is a scanner (`must_be_clean`) a file that it has not seen yet is not opened.
    Raises NotFound for none and not hers alike; NotReady for one with a virus.
    """
    row = fetch_attachment(session, attachment_id, by=by)
    if row.removed_at is not None:
        raise NotFound()
    if row.state == ScanState.INFECTED:
        raise NotReady(INFECTED)
    if must_be_clean and row.state != ScanState.CLEAN:
        raise NotReady(NO_SCANNER)
    _note(session, AuditKind.ATTACHMENT_OPENED, row, by=by, at=at)
    return row


def record_scan(
    session: Session, attachment_id: UUID, state: ScanState, *, by: Actor, at: datetime
) -> None:
    """Keep what the scanner said of a file. Only the service's own jobs do so."""
    by.require(Permission.KEEP_ATTACHMENTS)
    row = session.get(Attachment, attachment_id, with_for_update=True)
    if row is not None and state is not ScanState.NOT_SCANNED:
        row.state, row.scanned_at = state, at
        _note(session, AuditKind.ATTACHMENT_SCANNED, row, by=by, at=at)


def sweep_files(session: Session, vault: Vault, *, by: Actor, at: datetime) -> int:
    """Remove every file that is a day old and belongs to no row, and the rows of files that were
    taken off a draft long ago, whose files the next sweep finds. Gives how many files. Raises
    NotReady if the folder looks like another database's.
    """
    by.require(Permission.KEEP_ATTACHMENTS)
    old = [name for name, since in of_nothing(session, vault) if since <= at - RESTS]
    if len(old) > FEW and len(old) > len(known_files(session)):
        raise NotReady(NOT_OURS)
    session.execute(delete(Attachment).where(Attachment.removed_at <= at - DRAFTS_KEPT))
    for name in old:
        (vault.folder / name).unlink(missing_ok=True)
    if old:
        kind = AuditKind.ATTACHMENTS_SWEPT
        trail.record(session, kind, about=None, by=by, at=at, files=len(old))
    return len(old)


def _note(session: Session, kind: AuditKind, row: Attachment, *, by: Actor, at: datetime) -> None:
    about = row.contact_id or row.draft_id
    told = {"file": row.id, "sha256": row.sha256, "state": row.state}
    trail.record(session, kind, about=about, by=by, at=at, **told)
