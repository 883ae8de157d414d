"""A professional who telephoned confirms her call herself: her own words, under her own account."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.queries import fetch_user
from mash_triage.access.roles import Permission
from mash_triage.after_sending.actions.add import already_added, put_beside
from mash_triage.after_sending.models import ContactAddition
from mash_triage.after_sending.rules import Kind, check_words
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.contacts.actions.confirmation import note_confirmed
from mash_triage.contacts.models import Contact, WrittenConfirmation
from mash_triage.contacts.reference import tidy_reference
from mash_triage.errors import Changed, NotFound, NotReady
from mash_triage.text import storable

NO_CALL = (
    "No call of yours with this reference is to be confirmed. Check the reference. If you gave us "
    "another e-mail address when you called, call the duty number or write a letter."
)
IN_THE_SERVICE = "service"


def confirm_call(
    session: Session, reference: str, words: str, *, token: UUID, by: Actor, at: datetime
) -> ContactAddition:
    """Confirm in writing a call that a worker entered. Whose it is shows by the reference and by
    the e-mail address given on the telephone, which must be that of her account; for any other, and
    for none, the answer is the same.

    What she writes is put beside the contact, and the front door is told. Nothing of what a worker
    wrote down, and of what became of it, is opened to her by it.
    """
    by.require(Permission.SUBMIT_CONTACT)
    contact, asked = _call_of(session, reference, by=by)
    if earlier := already_added(session, contact, token):
        return earlier
    if asked.came_at is not None:
        raise Changed("This call is confirmed already. Call the duty number with what is new.")
    check_words(words, "Write what you told us.")
    fields = {"words": storable(words.strip())}
    asked.came_as, asked.came_by, asked.came_at = IN_THE_SERVICE, by.user_id, at
    note_confirmed(session, contact, by=by, at=at)
    addition = put_beside(session, contact, token, Kind.ADDITION, fields, by=by, at=at)
    trail.record(
        session,
        AuditKind.CONFIRMATION_RECORDED,
        about=contact.id,
        by=by,
        at=at,
        came_as=IN_THE_SERVICE,
        late=at > asked.due_at,
    )
    return addition


def _call_of(session: Session, reference: str, *, by: Actor) -> tuple[Contact, WrittenConfirmation]:
    """The contact and what was asked for, both held until the transaction ends."""
    tidy = tidy_reference(reference)
    found = session.execute(
        select(Contact, WrittenConfirmation)
        .join(WrittenConfirmation, WrittenConfirmation.contact_id == Contact.id)
        .where(Contact.reference == tidy)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if found is None or not _is_hers(session, found[0], by=by):
        raise NotReady(NO_CALL)
    return found[0], found[1]


def _is_hers(session: Session, contact: Contact, *, by: Actor) -> bool:
    if by.user_id is None:
        raise NotFound()  # a job of the service telephones nobody
    given = contact.submission["referrer"].get("email")
    own = fetch_user(session, by.user_id).email
    return isinstance(given, str) and given.strip().casefold() == own.strip().casefold()
