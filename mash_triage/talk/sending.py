"""How a message becomes a row, once: what the deeds of a contact and of a consultation share."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.models import Agency
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.errors import Changed, NotFound
from mash_triage.talk.danger import speaks_of_danger
from mash_triage.talk.models import Message, UnreadMessage
from mash_triage.talk.rules import Kind, Side, checked_words, side_of

WRITE_FIRST = "Write your message first."
SENT_ALREADY = "This message was sent already. To say more, write a new one."


@dataclass(frozen=True)
class Thread:
    """Where a message belongs: to a contact or to a consultation."""

    contact_id: UUID | None = None
    consultation_id: UUID | None = None

    @property
    def ids(self) -> dict[str, UUID | None]:
        """The thread as the columns of a row."""
        return {"contact_id": self.contact_id, "consultation_id": self.consultation_id}

    @property
    def id(self) -> UUID | None:
        """The contact or the consultation."""
        return self.contact_id or self.consultation_id


@dataclass(frozen=True)
class Said:
    """The words of one message, and what they answer or correct. `token` is made once when the
    field is first drawn: sent again with the same words it is the same message.
    """

    words: str
    token: UUID
    kind: Kind = Kind.MESSAGE
    corrects: UUID | None = None
    answers: UUID | None = None
    stood: dict[str, Any] = field(default_factory=dict)


def store(
    session: Session, thread: Thread, said: Said, *, by: Actor, at: datetime
) -> tuple[Message, bool]:
    """The message as a row, and whether it is new; refused when it is empty, or was sent with other
    words. What it answers or corrects must be of the same thread.
    """
    words = checked_words(said.words, WRITE_FIRST)
    if earlier := sent_before(session, thread, said.token, words, by=by):
        return earlier, False
    _check_of_thread(session, thread, said, by=by)
    message = _row(session, thread, said, words, by=by, at=at)
    try:
        with session.begin_nested():
            session.add(message)
            session.flush()  # what waits to be read refers to it
            if message.side == Side.REFERRER:
                session.add(UnreadMessage(message_id=message.id, **thread.ids))
    except IntegrityError:
        stored = sent_before(session, thread, said.token, words, by=by)
        if stored is None:
            raise
        return stored, False
    trail.record(
        session,
        AuditKind.MESSAGE_SENT,
        about=thread.id,
        by=by,
        at=at,
        message=message.id,
        side=message.side,
        what=message.kind,
    )
    return message, True


def sent_before(
    session: Session, thread: Thread, token: UUID, words: str, *, by: Actor
) -> Message | None:
    """The message this person sent with this token; refused if it said something else."""
    found = session.scalars(
        select(Message).where(Message.sent_by == by.user_id, Message.token == token)
    ).first()
    if found is None:
        return None
    if found.words != words or Thread(found.contact_id, found.consultation_id) != thread:
        raise Changed(SENT_ALREADY)
    return found


def _check_of_thread(session: Session, thread: Thread, said: Said, *, by: Actor) -> None:
    for named in filter(None, (said.corrects, said.answers)):
        other = session.get(Message, named)
        if other is None or Thread(other.contact_id, other.consultation_id) != thread:
            raise NotFound()
        if named == said.corrects and other.sent_by != by.user_id:
            raise NotFound()


def _row(
    session: Session, thread: Thread, said: Said, words: str, *, by: Actor, at: datetime
) -> Message:
    if by.user_id is None or by.role is None:
        raise NotFound()  # a job of the service says nothing to anybody
    side = side_of(by)
    agency = session.get(Agency, by.agency_id)
    return Message(
        id=uuid4(),
        **thread.ids,
        side=side,
        kind=said.kind,
        words=words,
        corrects_id=said.corrects,
        answers_id=said.answers,
        stood=said.stood,
        danger=side is Side.REFERRER and speaks_of_danger(session, words, at=at),
        token=said.token,
        sent_by=by.user_id,
        sent_by_name=by.name,
        sent_by_role=by.role,
        sent_by_agency=agency.name if agency else "",
        sent_at=at,
    )
