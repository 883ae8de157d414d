"""Writing on a contact, and reading what the other side wrote."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.contacts.codes import SENT_BY_THEMSELVES
from mash_triage.contacts.models import Contact, ContactChild
from mash_triage.contacts.queries import fetch_child, is_visible_to
from mash_triage.contacts.seen import contact_seen
from mash_triage.contacts.status import WAITING_FOR_MANAGER, Status
from mash_triage.errors import NotReady
from mash_triage.outbox.kinds import Kind as MailKind
from mash_triage.talk.actions.telling import tell_referrer, tell_workers
from mash_triage.talk.models import Message, MessageRead, ReferrerWait, UnreadMessage
from mash_triage.talk.queries import contact_talked_of, fetch_message, open_waits
from mash_triage.talk.rules import Kind, Side, side_of, the_other
from mash_triage.talk.sending import Said, Thread, store

WRITERS = (
    Permission.WRITE_TO_REFERRER,
    Permission.SEE_OWN_CONTACTS,
    Permission.SEE_AGENCY_CONTACTS,
)
NOBODY_READS = (
    "Whoever told us of this child does not use this service. Call or write to them, and record "
    "what they say as an internal note."
)
THE_ANSWER = "The referrer answered"


def send_message(
    session: Session,
    contact_id: UUID,
    words: str,
    *,
    token: UUID,
    answers: UUID | None = None,
    corrects: UUID | None = None,
    by: Actor,
    at: datetime,
) -> UUID:
    """Write on a contact: the front door to the referrer, or the referrer or her agency's lead to
    the front door. Gives the message's id; sent twice with one token it is one message.

    `answers` names the question that it answers, which ends the wait for it; `corrects` a message
    of one's own that was wrong, which stays as it is.
    """
    by.require(*WRITERS)
    contact = contact_talked_of(session, contact_id, by=by)
    if side_of(by) is Side.FRONT_DOOR:
        check_can_be_written_to(session, contact, by=by)
        said = Said(words, token, corrects=corrects)
        message, is_new = store(session, Thread(contact_id), said, by=by, at=at)
        if is_new:
            tell_referrer(session, contact, MailKind.NEW_MESSAGE, by=by, at=at)
        return message.id
    children = _held_children(session, contact_id, by=by)
    said = Said(
        words,
        token,
        kind=Kind.ANSWER if answers else Kind.MESSAGE,
        corrects=corrects,
        answers=answers,
        stood={str(child.id): str(child.status) for child in children},
    )
    message, is_new = store(session, Thread(contact_id), said, by=by, at=at)
    if is_new:
        _tell_managers_who_have_it_open(children)
        tell_workers(session, contact, children, by=by, at=at)
        if answers:
            _end_waits(session, message, answers, by=by, at=at)
    return message.id


def mark_read(session: Session, messages: Iterable[UUID], *, by: Actor, at: datetime) -> int:
    """Note that this person read these messages of the other side; how many were new to her.

    Of a contact of which a part is closed to her she has read nothing.
    """
    by.require(*WRITERS)
    side = the_other(side_of(by))
    asked = [fetch_message(session, each, by=by) for each in messages]
    unread = [
        message
        for message in asked
        if message.side == side
        and not session.get(MessageRead, (message.id, by.user_id))
        and not _is_closed(session, message, by=by)
    ]
    for message in unread:
        row = MessageRead(
            message_id=message.id, read_by=by.user_id, read_by_name=by.name, read_at=at
        )
        with suppress(IntegrityError), session.begin_nested():  # another window of hers was first
            session.add(row)
    session.execute(
        delete(UnreadMessage).where(UnreadMessage.message_id.in_([each.id for each in unread]))
    )
    for thread in {message.contact_id or message.consultation_id for message in unread}:
        trail.record(
            session, AuditKind.MESSAGES_READ, about=thread, by=by, at=at, messages=len(unread)
        )
    return len(unread)


def check_can_be_written_to(session: Session, contact: Contact, *, by: Actor) -> None:
    """Refuse to write where nobody would read it, or where the answer could not be read."""
    by.require(Permission.WRITE_TO_REFERRER)
    seen = contact_seen(session, contact, by=by)
    if seen.withheld:
        raise NotReady(seen.withheld)
    if contact.channel not in SENT_BY_THEMSELVES:
        raise NotReady(NOBODY_READS)


def _is_closed(session: Session, message: Message, *, by: Actor) -> bool:
    if message.contact_id is None:
        return False
    contact = session.get_one(Contact, message.contact_id)
    return contact_seen(session, contact, by=by).withheld is not None


def _held_children(session: Session, contact_id: UUID, *, by: Actor) -> list[ContactChild]:
    """The children on the contact, held until this message is stored: whoever decides one of them
    in the same moment comes before it, or waits and learns of it.
    """
    ids = session.scalars(
        select(ContactChild.id)
        .join(Contact)
        .where(ContactChild.contact_id == contact_id, is_visible_to(by))
        .order_by(ContactChild.id)
    )
    return [fetch_child(session, each, by=by, to_change=True) for each in ids.all()]


def _tell_managers_who_have_it_open(children: Iterable[ContactChild]) -> None:
    """A child with a manager is another version now: a decision begun before is refused once, with
    the word that there is something new to read.
    """
    for child in children:
        if Status(child.status) in WAITING_FOR_MANAGER:
            flag_modified(child, "status_since")


def _end_waits(
    session: Session, answer: Message, question_id: UUID, *, by: Actor, at: datetime
) -> None:
    """The answer is a fact: whoever waited for it waits no more, and a child who stood waiting is
    with the worker again. A child who was sent on or decided meanwhile stays there.
    """
    for wait in open_waits(session, question_id):
        wait.answer_id, wait.ended_by, wait.ended_at = answer.id, by.user_id, at
        child = fetch_child(session, wait.contact_child_id, by=by, to_change=True)
        if Status(child.status) is Status.AWAITING_REFERRER and not _waits_still(session, wait):
            session.add(child.move_to(Status.SCREENING, by=by, at=at, why=THE_ANSWER))
        trail.record(
            session,
            AuditKind.REFERRER_ANSWERED,
            about=child.id,
            by=by,
            at=at,
            message=answer.id,
            stage=child.status,
        )


def _waits_still(session: Session, ended: ReferrerWait) -> bool:
    """Is there another question about this child that nobody has answered?"""
    others = select(ReferrerWait.id).where(
        ReferrerWait.contact_child_id == ended.contact_child_id,
        ReferrerWait.id != ended.id,
        ReferrerWait.ended_at.is_(None),
    )
    return session.scalars(others).first() is not None
