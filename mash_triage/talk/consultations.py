"""Consultations as shown: a referrer's own, those that wait at the front door, and one whole."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, case, exists, func, not_, select, union_all
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from mash_triage.access.actor import Actor
from mash_triage.access.models import Agency
from mash_triage.access.queries import fetch_agency, fetch_user
from mash_triage.access.roles import Permission
from mash_triage.contacts.models import Contact
from mash_triage.contacts.queries import household_is_open_to
from mash_triage.talk.models import Consultation, Message, MessageRead, UnreadMessage
from mash_triage.talk.queries import (
    consultation_is_open_to,
    contact_made_of,
    contact_talked_of,
    fetch_consultation,
)
from mash_triage.talk.rules import Kind, Side, side_of, the_other
from mash_triage.talk.threads import ThreadPicture, thread_of_consultation

MOST_SHOWN = 100


@dataclass(frozen=True)
class ConsultationPicture:
    """One consultation, whole. `contact_reference` is of the contact that came of it."""

    id: UUID
    reference: str
    opened_by_id: UUID
    opened_by: str
    agency: str
    opened_at: datetime
    contact_reference: str | None
    thread: ThreadPicture

    @property
    def danger(self) -> bool:
        """Do the referrer's words speak of danger in the next hours?"""
        return any(message.danger for message in self.thread.messages)

    @property
    def advised(self) -> bool:
        """Has a named worker recorded advice?"""
        return any(message.kind is Kind.ADVICE for message in self.thread.messages)


@dataclass(frozen=True)
class Waits:
    """How much waits at the front door to be read or answered; `since` of the oldest of it."""

    messages: int
    consultations: int
    since: datetime | None
    danger: bool


@dataclass(frozen=True)
class ConsultationLine:
    """One consultation in a list. `unread`: messages of the other side that are new here."""

    id: UUID
    reference: str
    opened_by: str
    agency: str
    opened_at: datetime
    begins: str
    danger: bool
    advised: bool
    unread: int


def picture_of_consultation(
    session: Session, consultation_id: UUID, *, by: Actor
) -> ConsultationPicture:
    """One consultation with everything said and advised in it."""
    row = fetch_consultation(session, consultation_id, by=by)
    contact = contact_made_of(session, row)
    return ConsultationPicture(
        id=row.id,
        reference=row.reference,
        opened_by_id=row.opened_by,
        opened_by=fetch_user(session, row.opened_by).name,
        agency=fetch_agency(session, row.agency_id).name,
        opened_at=row.opened_at,
        contact_reference=contact.reference if contact else None,
        thread=thread_of_consultation(session, row.id, by=by),
    )


def my_consultations(
    session: Session, *, by: Actor, limit: int = MOST_SHOWN
) -> list[ConsultationLine]:
    """What this referrer talked through, the latest first."""
    by.require(Permission.CONSULT)
    return _lines(session, consultation_is_open_to(by), limit, by=by, newest_first=True)


def consultations_waiting(session: Session, *, by: Actor) -> list[ConsultationLine]:
    """Those without advice, and those in which the referrer wrote something that nobody has read:
    words of danger first, then the longest waiting.
    """
    by.require(Permission.SEE_FRONT_DOOR)
    lines = _lines(session, consultation_is_open_to(by) & _waits(), MOST_SHOWN, by=by)
    return sorted(lines, key=lambda line: not line.danger)  # stable: within each, by age


def consultation_behind(session: Session, contact_id: UUID, *, by: Actor) -> UUID | None:
    """The consultation of which a contact came, if this person may see both."""
    contact = contact_talked_of(session, contact_id, by=by)
    return session.scalars(
        select(Consultation.id).where(
            Consultation.contact_token == contact.token,
            Consultation.agency_id == contact.agency_id,
            consultation_is_open_to(by),
        )
    ).first()


def how_much_waits(session: Session, *, by: Actor) -> Waits:
    """How many of the referrers' messages nobody has read, how many consultations wait, since when,
    and whether any of it may speak of danger; in one statement.
    """
    by.require(Permission.SEE_FRONT_DOOR)
    said = aliased(Message)  # in a consultation; whether it waits is asked of its messages too
    on_contacts = (
        select(func.count(), func.min(Message.sent_at), _any_danger(Message.danger))
        .join(UnreadMessage, UnreadMessage.message_id == Message.id)
        .join(Contact, Contact.id == UnreadMessage.contact_id)
        .where(household_is_open_to(by))
    )
    talked_through = (
        select(
            func.count(Consultation.id.distinct()),
            func.min(Consultation.opened_at),
            _any_danger(said.danger),
        )
        .join(said, said.consultation_id == Consultation.id)
        .where(_waits(), consultation_is_open_to(by))
    )
    both = session.execute(union_all(on_contacts, talked_through)).all()
    (messages, *_), (consultations, *_) = both
    since = [earliest for _count, earliest, _danger in both if earliest is not None]
    return Waits(messages, consultations, min(since, default=None), any(row[2] for row in both))


def _any_danger(danger: InstrumentedAttribute[bool]) -> ColumnElement[int]:
    return func.max(case((danger, 1), else_=0))


def _waits() -> ColumnElement[bool]:
    """The condition on `consultation`: no advice yet, or something new that nobody has read."""
    return not_(_is_advised()) | exists().where(UnreadMessage.consultation_id == Consultation.id)


def _is_advised() -> ColumnElement[bool]:
    return exists().where(Message.consultation_id == Consultation.id, Message.kind == Kind.ADVICE)


def _is_new(by: Actor) -> ColumnElement[bool]:
    """A message of the other side that nobody of this side has read."""
    read = exists().where(MessageRead.message_id == Message.id)
    return (Message.side == the_other(side_of(by))) & not_(read)


def _lines(
    session: Session,
    wanted: ColumnElement[bool],
    limit: int,
    *,
    by: Actor,
    newest_first: bool = False,
) -> list[ConsultationLine]:
    order = Consultation.opened_at.desc() if newest_first else Consultation.opened_at
    of_it = Message.consultation_id == Consultation.id
    first = (
        select(Message.words)
        .where(of_it)
        .order_by(Message.sent_at, Message.id)
        .limit(1)
        .scalar_subquery()
    )
    names = (
        select(Message.sent_by_name)
        .where(of_it, Message.side == Side.REFERRER)
        .order_by(Message.sent_at)
        .limit(1)
        .scalar_subquery()
    )
    unread = select(func.count()).where(of_it, _is_new(by)).scalar_subquery()
    rows = session.execute(
        select(
            Consultation,
            names,
            Agency.name,
            first,
            exists().where(of_it, Message.danger),
            _is_advised(),
            unread,
        )
        .join(Agency, Agency.id == Consultation.agency_id)
        .where(wanted)
        .order_by(order, Consultation.id)
        .limit(limit)
    )
    return [
        ConsultationLine(
            id=row.id,
            reference=row.reference,
            opened_by=name or "",
            agency=agency,
            opened_at=row.opened_at,
            begins=_beginning(words or ""),
            danger=bool(danger),
            advised=bool(advised),
            unread=count,
        )
        for row, name, agency, words, danger, advised, count in rows
    ]


def _beginning(words: str) -> str:
    """The first words, for a list."""
    line = " ".join(words.split())
    return line if len(line) <= 90 else line[:90].rsplit(" ", 1)[0] + " …"
