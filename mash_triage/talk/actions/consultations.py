"""Talking something through: open, write, advise, and make it a contact."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.contacts.drafts import answers_known_of, save_draft, start_draft
from mash_triage.contacts.models import ContactDraft
from mash_triage.contacts.reference import new_reference, show_reference
from mash_triage.contacts.shapes import MOST_WORDS
from mash_triage.errors import Changed, NotAllowed
from mash_triage.outbox.actions import post
from mash_triage.outbox.kinds import Kind as MailKind
from mash_triage.talk.models import Consultation, Message
from mash_triage.talk.queries import contact_made_of, fetch_consultation
from mash_triage.talk.rules import Kind, Side, check_qualified, checked_words, side_of
from mash_triage.talk.sending import Said, Thread, store

CUT = "\n[cut here: the rest is in the consultation]"


def open_consultation(
    session: Session, words: str, *, token: UUID, by: Actor, at: datetime
) -> UUID:
    """Begin to talk something through, without naming a child; gives the consultation's id."""
    by.require(Permission.CONSULT)
    checked_words(words, "Write what you would like to talk through.")
    consultation = _opened(session, token, by=by)
    if consultation is None:
        consultation = _open(session, token, by=by, at=at)
    store(session, Thread(None, consultation.id), Said(words, token), by=by, at=at)
    return consultation.id


def write_in_consultation(
    session: Session,
    consultation_id: UUID,
    words: str,
    *,
    token: UUID,
    corrects: UUID | None = None,
    by: Actor,
    at: datetime,
) -> UUID:
    """Write on in a consultation: whoever opened it, or a qualified worker. The message's id."""
    by.require(Permission.CONSULT, Permission.WRITE_TO_REFERRER)
    consultation = fetch_consultation(session, consultation_id, by=by)
    if side_of(by) is Side.FRONT_DOOR:
        check_qualified(by)
    said = Said(words, token, corrects=corrects)
    message, is_new = store(session, Thread(None, consultation.id), said, by=by, at=at)
    if is_new and message.side == Side.FRONT_DOOR:
        _tell_opener(session, consultation, by=by, at=at)
    return message.id


def record_advice(
    session: Session, consultation_id: UUID, words: str, *, token: UUID, by: Actor, at: datetime
) -> UUID:
    """Record the advice given, in a qualified worker's own words: the only way in which a
    consultation ends. It is a message too, which the referrer reads. More can be advised later.
    """
    by.require(Permission.WRITE_TO_REFERRER)
    consultation = fetch_consultation(session, consultation_id, by=by)
    check_qualified(by)
    thread, said = Thread(None, consultation.id), Said(words, token, kind=Kind.ADVICE)
    advice, is_new = store(session, thread, said, by=by, at=at)
    if is_new:
        kind = AuditKind.ADVICE_RECORDED
        trail.record(session, kind, about=consultation.id, by=by, at=at, message=advice.id)
        _tell_opener(session, consultation, by=by, at=at)
    return advice.id


def make_contact(session: Session, consultation_id: UUID, *, by: Actor, at: datetime) -> UUID:
    """Start a contact with the words of a consultation, as a draft of whoever opened it; gives the
    draft's id. Clicked twice it is one draft; once it was sent, its contact is named.
    """
    by.require(Permission.CONSULT)
    consultation = fetch_consultation(session, consultation_id, by=by, to_change=True)
    if consultation.opened_by != by.user_id:
        raise NotAllowed()
    if contact := contact_made_of(session, consultation):
        reference = show_reference(contact.reference)
        raise Changed(f"This became the contact {reference} already; find it under My contacts.")
    if draft := _draft_begun(session, consultation):
        return draft.id
    draft = start_draft(session, by=by, at=at)
    session.flush()  # the answers are laid over the stored row
    known = answers_known_of(session, by=by)
    carried = {**known, "concern": {"worry": _words_of(session, consultation)}}
    save_draft(session, draft.id, carried, by=by, at=at)
    consultation.contact_token = draft.token
    kind = AuditKind.CONSULTATION_MADE_CONTACT
    trail.record(session, kind, about=consultation.id, by=by, at=at, draft=draft.id)
    return draft.id


def _tell_opener(session: Session, consultation: Consultation, *, by: Actor, at: datetime) -> None:
    """A mail that there is something to read, and where; nothing of what it says."""
    post(
        session,
        MailKind.NEW_MESSAGE,
        to_user=consultation.opened_by,
        link=f"/talk_it_through?consultation={consultation.id}",
        reference=consultation.reference,
        by=by,
        at=at,
    )


def _draft_begun(session: Session, consultation: Consultation) -> ContactDraft | None:
    """The draft that was begun and is still there, not put away."""
    if consultation.contact_token is None:
        return None
    return session.scalars(
        select(ContactDraft).where(
            ContactDraft.owner_id == consultation.opened_by,
            ContactDraft.token == consultation.contact_token,
            ContactDraft.discarded_at.is_(None),
        )
    ).first()


def _words_of(session: Session, consultation: Consultation) -> str:
    """What the referrer wrote, in her own words and order, as corrected, and where she did."""
    corrected = select(Message.corrects_id).where(
        Message.consultation_id == consultation.id, Message.corrects_id.is_not(None)
    )
    said = session.scalars(
        select(Message.words)
        .where(
            Message.consultation_id == consultation.id,
            Message.side == Side.REFERRER,
            Message.id.not_in(corrected),
        )
        .order_by(Message.sent_at, Message.id)
    )
    whole = "\n\n".join(said)
    end = f"\n\n(Talked through before: consultation {show_reference(consultation.reference)}.)"
    room = MOST_WORDS - len(end)
    return (whole if len(whole) <= room else whole[: room - len(CUT)] + CUT) + end


def _opened(session: Session, token: UUID, *, by: Actor) -> Consultation | None:
    return session.scalars(
        select(Consultation).where(
            Consultation.opened_by == by.user_id, Consultation.token == token
        )
    ).first()


def _open(session: Session, token: UUID, *, by: Actor, at: datetime) -> Consultation:
    """A new consultation, or the one that another window of hers opened a moment before."""
    new = Consultation(
        id=uuid4(),
        reference=new_reference(),
        agency_id=by.agency_id,
        token=token,
        opened_by=by.user_id,
        opened_at=at,
    )
    try:
        with session.begin_nested():
            session.add(new)
    except IntegrityError:
        found = _opened(session, token, by=by)
        if found is None:
            raise
        return found
    trail.record(session, AuditKind.CONSULTATION_OPENED, about=new.id, by=by, at=at)
    return new
