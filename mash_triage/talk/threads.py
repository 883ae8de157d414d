"""A thread as pages show it: its messages, who read them, what is waited for, and who may write."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, aliased

from mash_triage.access.actor import Actor
from mash_triage.access.models import UserAccount
from mash_triage.access.roles import Permission
from mash_triage.contacts.models import Contact
from mash_triage.contacts.seen import contact_seen
from mash_triage.contacts.status import ENDED, WAITING_FOR_MANAGER, Status
from mash_triage.errors import Refused
from mash_triage.talk.actions.messages import check_can_be_written_to
from mash_triage.talk.models import Message, MessageRead, ReferrerWait
from mash_triage.talk.queries import contact_talked_of, fetch_consultation
from mash_triage.talk.rules import Kind, Side, side_of

NOT_HERS = "Whoever screens this child writes to the referrer."


@dataclass(frozen=True)
class ReadPicture:
    """Somebody read a message."""

    by_id: UUID
    by_name: str
    at: datetime


@dataclass(frozen=True)
class MessagePicture:
    """One message as shown. `words` is the sentence that stands for what is closed to a reader.

    `corrected_by` names the later message that corrects this one. `stood` is where each child
    stood when the referrer's words arrived.
    """

    id: UUID
    side: Side
    kind: Kind
    words: str
    by_id: UUID
    by_name: str
    role: str
    agency: str
    at: datetime
    corrects: UUID | None
    corrected_by: UUID | None
    answers: UUID | None
    danger: bool
    stood: dict[str, str]
    read: tuple[ReadPicture, ...]

    def came_after(self, contact_child_id: UUID) -> Status | None:
        """Where the child was when this arrived too late to be read before: with a manager, or
        decided; otherwise None.
        """
        stood = self.stood.get(str(contact_child_id))
        status = Status(stood) if stood else None
        return status if status in ENDED | WAITING_FOR_MANAGER else None


@dataclass(frozen=True)
class WaitPicture:
    """A question about one child that was asked and waited for, and how the wait ended."""

    contact_child_id: UUID
    question_id: UUID
    asked_by_name: str
    asked_at: datetime
    answer_id: UUID | None
    ended_because: str
    ended_by_name: str | None
    ended_at: datetime | None


@dataclass(frozen=True)
class ThreadPicture:
    """A thread, oldest message first. `withheld` says so where its words are closed to the reader;
    `why_not` is why she cannot write in it, empty when she can.
    """

    id: UUID
    side: Side
    reader: UUID | None
    messages: tuple[MessagePicture, ...]
    waits: tuple[WaitPicture, ...] = ()
    withheld: str | None = None
    why_not: str = ""

    def message(self, message_id: UUID | None) -> MessagePicture | None:
        """The message with this id."""
        return next((each for each in self.messages if each.id == message_id), None)

    def open_questions(self) -> tuple[MessagePicture, ...]:
        """The questions for whose answer somebody still waits."""
        asked = {wait.question_id for wait in self.waits if wait.ended_at is None}
        return tuple(each for each in self.messages if each.id in asked)

    def unread(self) -> tuple[MessagePicture, ...]:
        """What the other side wrote that is new: to this referrer, or to all at the front door."""
        return tuple(each for each in self.messages if self._is_unread(each))

    def _is_unread(self, message: MessagePicture) -> bool:
        if message.side is self.side:
            return False
        if self.side is Side.FRONT_DOOR:
            return not message.read
        return all(each.by_id != self.reader for each in message.read)


def thread_of_contact(session: Session, contact_id: UUID, *, by: Actor) -> ThreadPicture:
    """Everything said on one contact, as far as this person may read it."""
    contact = contact_talked_of(session, contact_id, by=by)
    seen = contact_seen(session, contact, by=by)
    messages = _messages(session, Message.contact_id == contact_id)
    if seen.withheld:
        messages = tuple(
            replace(each, words=seen.withheld, danger=False, stood={}) for each in messages
        )
    return ThreadPicture(
        id=contact_id,
        side=side_of(by),
        reader=by.user_id,
        messages=messages,
        waits=_waits(session, {child.id for child in seen.children}),
        withheld=seen.withheld,
        why_not=_why_not(session, contact, by=by),
    )


def thread_of_consultation(session: Session, consultation_id: UUID, *, by: Actor) -> ThreadPicture:
    """Everything said in one consultation."""
    consultation = fetch_consultation(session, consultation_id, by=by)
    side = side_of(by)
    may = by.qualified and by.can(Permission.WRITE_TO_REFERRER)
    why_not = "A social-work-qualified colleague answers this."
    return ThreadPicture(
        id=consultation.id,
        side=side,
        reader=by.user_id,
        messages=_messages(session, Message.consultation_id == consultation_id),
        why_not="" if side is Side.REFERRER or may else why_not,
    )


def _why_not(session: Session, contact: Contact, *, by: Actor) -> str:
    if side_of(by) is Side.REFERRER:
        return ""
    if not by.can(Permission.WRITE_TO_REFERRER):
        return NOT_HERS
    try:
        check_can_be_written_to(session, contact, by=by)
    except Refused as refusal:
        return refusal.words
    return ""


def _messages(session: Session, of_thread: ColumnElement[bool]) -> tuple[MessagePicture, ...]:
    rows = session.scalars(
        select(Message).where(of_thread).order_by(Message.sent_at, Message.id)
    ).all()
    read = _read(session, of_thread)
    corrected = {row.corrects_id: row.id for row in rows if row.corrects_id}
    return tuple(
        MessagePicture(
            id=row.id,
            side=Side(row.side),
            kind=Kind(row.kind),
            words=row.words,
            by_id=row.sent_by,
            by_name=row.sent_by_name,
            role=row.sent_by_role,
            agency=row.sent_by_agency,
            at=row.sent_at,
            corrects=row.corrects_id,
            corrected_by=corrected.get(row.id),
            answers=row.answers_id,
            danger=row.danger,
            stood=dict(row.stood),
            read=tuple(read.get(row.id, ())),
        )
        for row in rows
    )


def _read(session: Session, of_thread: ColumnElement[bool]) -> dict[UUID, list[ReadPicture]]:
    rows = session.scalars(
        select(MessageRead)
        .join(Message, Message.id == MessageRead.message_id)
        .where(of_thread)
        .order_by(MessageRead.read_at)
    )
    found: dict[UUID, list[ReadPicture]] = defaultdict(list)
    for row in rows:
        found[row.message_id].append(ReadPicture(row.read_by, row.read_by_name, row.read_at))
    return found


def _waits(session: Session, children: Collection[UUID]) -> tuple[WaitPicture, ...]:
    """What is or was waited for with these children, oldest first."""
    asked, ended = aliased(UserAccount), aliased(UserAccount)
    rows = session.execute(
        select(ReferrerWait, asked.name, ended.name)
        .join(asked, asked.id == ReferrerWait.asked_by)
        .outerjoin(ended, ended.id == ReferrerWait.ended_by)
        .where(ReferrerWait.contact_child_id.in_(children))
        .order_by(ReferrerWait.asked_at)
    )
    return tuple(
        WaitPicture(
            contact_child_id=row.contact_child_id,
            question_id=row.question_id,
            asked_by_name=asked_by,
            asked_at=row.asked_at,
            answer_id=row.answer_id,
            ended_because=row.ended_because,
            ended_by_name=ended_by,
            ended_at=row.ended_at,
        )
        for row, asked_by, ended_by in rows
    )
