"""Whose talk this person may see: it follows the contact, and a consultation is its opener's."""

from functools import lru_cache
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, false, not_, select, true
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.contacts.models import Contact, ContactChild
from mash_triage.contacts.queries import household_is_open_to, is_visible_to
from mash_triage.errors import NotFound
from mash_triage.talk.models import Consultation, Message, ReferrerWait


def contact_talked_of(session: Session, contact_id: UUID, *, by: Actor) -> Contact:
    """One contact, if this person may see a child on it; otherwise `NotFound`."""
    contact = session.scalars(
        select(Contact)
        .join(ContactChild)
        .where(Contact.id == contact_id, is_visible_to(by))
        .limit(1)
    ).first()
    if contact is None:
        raise NotFound()
    return contact


@lru_cache(maxsize=4_096)
def consultation_is_open_to(by: Actor) -> ColumnElement[bool]:
    """The condition on `consultation`: her own, or, at the front door, everybody's. Once it became
    a contact with a child closed to somebody, so is the consultation.
    """
    if by.may_everything:
        return true()
    if by.can(Permission.SEE_FRONT_DOOR):
        closed = exists().where(
            Contact.token == Consultation.contact_token,
            Contact.agency_id == Consultation.agency_id,
            not_(household_is_open_to(by)),
        )
        return not_(closed)
    if by.can(Permission.CONSULT):
        return and_(Consultation.opened_by == by.user_id, Consultation.agency_id == by.agency_id)
    return false()


def fetch_consultation(
    session: Session, consultation_id: UUID, *, by: Actor, to_change: bool = False
) -> Consultation:
    """One consultation as a live row, or `NotFound`; `to_change` holds it."""
    query = select(Consultation).where(
        Consultation.id == consultation_id, consultation_is_open_to(by)
    )
    if to_change:
        query = query.with_for_update().execution_options(populate_existing=True)
    found = session.scalars(query).first()
    if found is None:
        raise NotFound()
    return found


def contact_made_of(session: Session, consultation: Consultation) -> Contact | None:
    """The contact that came of a consultation; none while it is not sent."""
    if consultation.contact_token is None:
        return None
    return session.scalars(
        select(Contact).where(
            Contact.agency_id == consultation.agency_id,
            Contact.token == consultation.contact_token,
        )
    ).first()


def fetch_message(session: Session, message_id: UUID, *, by: Actor) -> Message:
    """One message as a live row, if its thread is this person's to see."""
    message = session.get(Message, message_id)
    if message is None:
        raise NotFound()
    if message.contact_id is not None:
        contact_talked_of(session, message.contact_id, by=by)
    elif message.consultation_id is not None:
        fetch_consultation(session, message.consultation_id, by=by)
    return message


def open_waits(session: Session, question_id: UUID) -> list[ReferrerWait]:
    """Those who still wait for the answer to this question."""
    return list(
        session.scalars(
            select(ReferrerWait).where(
                ReferrerWait.question_id == question_id, ReferrerWait.ended_at.is_(None)
            )
        )
    )


def open_wait_of(session: Session, contact_child_id: UUID) -> ReferrerWait | None:
    """What is waited for with this child, the latest question first."""
    return session.scalars(
        select(ReferrerWait)
        .where(ReferrerWait.contact_child_id == contact_child_id, ReferrerWait.ended_at.is_(None))
        .order_by(ReferrerWait.asked_at.desc())
        .limit(1)
    ).first()
