"""What was said after sending, as far as a person may read it, and what of it nobody has read."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, not_, or_, select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.after_sending.amended import additions_to
from mash_triage.after_sending.models import AdditionsRead, ContactAddition, WithdrawalAnswer
from mash_triage.after_sending.rules import Kind
from mash_triage.contacts.models import Contact, ContactChild, WrittenConfirmation
from mash_triage.contacts.queries import fetch_child, fetch_contact, is_visible_to, name_of
from mash_triage.contacts.reference import tidy_reference
from mash_triage.contacts.seen import contact_seen
from mash_triage.errors import NotFound


@dataclass(frozen=True)
class AdditionPicture:
    """One thing said after sending. Where a child on the contact is closed to the reader, `words`
    is the sentence that says so, and neither answer is told.
    """

    number: int
    kind: Kind
    path: str
    was: Any
    now: Any
    words: str
    reason: str
    danger_now: bool
    by_name: str
    at: datetime


@dataclass(frozen=True)
class ReadPicture:
    """Who has read the additions for one child, up to which, and what was done after a decision."""

    up_to: int
    by_id: UUID
    by_name: str
    at: datetime
    words: str


@dataclass(frozen=True)
class AnswerPicture:
    """Whether the worry about one child stands though the referrer asked to withdraw."""

    number: int
    stands: bool
    reason: str
    by_name: str
    at: datetime


@dataclass(frozen=True)
class ConfirmationPicture:
    """The written confirmation of a call: due when, and as what it came, if it has come."""

    due_at: datetime
    came_as: str | None
    came_at: datetime | None
    by_name: str | None


@dataclass(frozen=True)
class AfterSending:
    """All that came after sending, for one child, as the front door sees it."""

    additions: tuple[AdditionPicture, ...] = ()
    reads: tuple[ReadPicture, ...] = ()
    answers: tuple[AnswerPicture, ...] = ()
    confirmation: ConfirmationPicture | None = None

    def new_to(self, user_id: UUID | None) -> tuple[AdditionPicture, ...]:
        """What this person has not said she has read."""
        read = max((each.up_to for each in self.reads if each.by_id == user_id), default=0)
        return tuple(each for each in self.additions if each.number > read)

    @property
    def open_withdrawal(self) -> AdditionPicture | None:
        """The latest wish to withdraw, while nobody has answered it for this child."""
        asked = [each for each in self.additions if each.kind is Kind.WITHDRAWAL]
        answered = {each.number for each in self.answers}
        return asked[-1] if asked and asked[-1].number not in answered else None


def additions_of(session: Session, reference: str, *, by: Actor) -> tuple[AdditionPicture, ...]:
    """What was said after sending on the contact with this reference, oldest first; `NotFound` in
    the same words for none and for another's.
    """
    tidy = tidy_reference(reference)
    if tidy is None:
        raise NotFound()
    return _pictures(session, fetch_contact(session, tidy, by=by), by=by)


def after_sending(session: Session, contact_child_id: UUID, *, by: Actor) -> AfterSending:
    """All that came after sending, for one child at the front door."""
    by.require(Permission.SEE_FRONT_DOOR)
    child = fetch_child(session, contact_child_id, by=by)
    return AfterSending(
        additions=_pictures(session, child.contact, by=by),
        reads=_reads(session, child.id),
        answers=_answers(session, child.id),
        confirmation=_confirmation(session, child.contact_id),
    )


def _confirmation(session: Session, contact_id: UUID) -> ConfirmationPicture | None:
    row = session.get(WrittenConfirmation, contact_id)
    if row is None:
        return None
    return ConfirmationPicture(row.due_at, row.came_as, row.came_at, name_of(session, row.came_by))


def _pictures(session: Session, contact: Contact, *, by: Actor) -> tuple[AdditionPicture, ...]:
    rows = additions_to(session, contact.id)
    withheld = contact_seen(session, contact, by=by).withheld if rows else None
    return tuple(_picture(row, withheld) for row in rows)


def _picture(row: ContactAddition, withheld: str | None) -> AdditionPicture:
    return AdditionPicture(
        number=row.number,
        kind=Kind(row.kind),
        path="" if withheld else row.path,
        was=None if withheld else row.was,
        now=None if withheld else row.now,
        words=withheld or row.words,
        reason=row.reason,
        danger_now=row.danger_now,
        by_name=row.added_by_name,
        at=row.added_at,
    )


def _reads(session: Session, contact_child_id: UUID) -> tuple[ReadPicture, ...]:
    rows = session.scalars(
        select(AdditionsRead)
        .where(AdditionsRead.contact_child_id == contact_child_id)
        .order_by(AdditionsRead.read_at)
    )
    return tuple(
        ReadPicture(row.up_to, row.read_by, row.read_by_name, row.read_at, row.words)
        for row in rows
    )


def _answers(session: Session, contact_child_id: UUID) -> tuple[AnswerPicture, ...]:
    rows = session.execute(
        select(WithdrawalAnswer, ContactAddition.number)
        .join(ContactAddition, ContactAddition.id == WithdrawalAnswer.addition_id)
        .where(WithdrawalAnswer.contact_child_id == contact_child_id)
        .order_by(WithdrawalAnswer.answered_at)
    )
    return tuple(
        AnswerPicture(number, row.stands, row.reason, row.answered_by_name, row.answered_at)
        for row, number in rows
    )


def withdrawals_of(
    session: Session, contact_child_ids: Collection[UUID]
) -> dict[UUID, bool | None]:
    """Of which of these children the referrer asked to withdraw, and whether the worry stands: None
    while nobody has said so.
    """
    rows = session.execute(
        select(ContactChild.id, WithdrawalAnswer.stands)
        .join(ContactAddition, ContactAddition.contact_id == ContactChild.contact_id)
        .outerjoin(
            WithdrawalAnswer,
            and_(
                WithdrawalAnswer.addition_id == ContactAddition.id,
                WithdrawalAnswer.contact_child_id == ContactChild.id,
            ),
        )
        .where(ContactChild.id.in_(contact_child_ids), ContactAddition.kind == Kind.WITHDRAWAL)
        .order_by(ContactAddition.number)
    )
    return {row.id: row.stands for row in rows}


# ---------------------------------------------------------------- for the board


@dataclass(frozen=True)
class News:
    """What the board tells of one child: how much nobody has read and the number of the latest,
    whether it came after the decision, whether it says that somebody is in danger now, and whether
    a wish to withdraw is not answered.
    """

    unread: int = 0
    latest: int = 0
    after_decision: bool = False
    says_danger: bool = False
    wants_to_withdraw: bool = False


NOTHING_NEW = News()


def news_of_children(session: Session, *, by: Actor) -> dict[UUID, News]:
    """What came after sending and waits for somebody at the front door, by child, in one statement:
    for a child not decided yet all of it, after the decision only what came since.
    """
    by.require(Permission.SEE_FRONT_DOOR)
    rows = session.execute(
        select(
            ContactChild.id,
            ContactChild.decided_at,
            ContactAddition.number,
            ContactAddition.danger_now,
            is_unread().label("is_unread"),
            _is_unanswered().label("is_unanswered"),
        )
        .join(Contact, Contact.id == ContactChild.contact_id)
        .join(ContactAddition, ContactAddition.contact_id == Contact.id)
        .where(
            ContactChild.contact_id.in_(select(ContactAddition.contact_id)),  # by its index
            is_visible_to(by),
            counts_still(),
            or_(is_unread(), _is_unanswered()),
        )
        .order_by(ContactAddition.number)
    ).all()
    found: dict[UUID, News] = {}
    for row in rows:
        before = found.get(row.id, News())
        undecided = row.decided_at is None
        found[row.id] = News(
            unread=before.unread + row.is_unread,
            latest=row.number,
            after_decision=not undecided,
            says_danger=before.says_danger or (row.danger_now and row.is_unread),
            wants_to_withdraw=before.wants_to_withdraw or (row.is_unanswered and undecided),
        )
    return {child: news for child, news in found.items() if news.unread or news.wants_to_withdraw}


def counts_still() -> ColumnElement[bool]:
    """The condition on an addition and a child: said before the child was decided matters until
    then; said after, for good.
    """
    return or_(
        ContactChild.decided_at.is_(None), ContactAddition.added_at > ContactChild.decided_at
    )


def is_unread() -> ColumnElement[bool]:
    """The condition on an addition and a child: nobody who is responsible has read it."""
    is_responsible = or_(
        ContactChild.taken_up_by.is_(None),
        ContactChild.decided_at.is_not(None),
        AdditionsRead.read_by == ContactChild.taken_up_by,
        AdditionsRead.by_manager,
    )
    return not_(
        exists().where(
            AdditionsRead.contact_child_id == ContactChild.id,
            AdditionsRead.up_to >= ContactAddition.number,
            is_responsible,
        )
    )


def _is_unanswered() -> ColumnElement[bool]:
    return and_(
        ContactAddition.kind == Kind.WITHDRAWAL,
        not_(
            exists().where(
                WithdrawalAnswer.addition_id == ContactAddition.id,
                WithdrawalAnswer.contact_child_id == ContactChild.id,
            )
        ),
    )
