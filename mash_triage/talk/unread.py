"""What is new and nobody has read, so that nothing waits unseen: for a referrer, for the door."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, and_, case, exists, func, not_, or_, select
from sqlalchemy.orm import Session, contains_eager

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.contacts.models import Contact, ContactChild
from mash_triage.contacts.queries import (
    household_is_open_to,
    is_own,
    is_visible_to,
    reported_name,
)
from mash_triage.contacts.status import ENDED, Status
from mash_triage.talk.models import Message, MessageRead, ReferrerWait, UnreadMessage
from mash_triage.talk.rules import Side

MOST_SHOWN = 200


@dataclass(frozen=True)
class MineOnContact:
    """What is new to a referrer on one contact: messages not read, and questions not answered."""

    unread: int
    asked: int


@dataclass(frozen=True)
class News:
    """A contact on which the referrer wrote something that nobody at the front door has read.

    `after_decision`: a child on it was decided already when it arrived.
    """

    contact_child_id: UUID
    reference: str
    names: str
    messages: int
    since: datetime
    danger: bool
    after_decision: bool


def mine_on_contacts(session: Session, *, by: Actor) -> dict[UUID, MineOnContact]:
    """What waits for this referrer, contact by contact; for an agency lead also what waits for a
    colleague and nobody has read.
    """
    by.require(Permission.SEE_OWN_CONTACTS, Permission.SEE_AGENCY_CONTACTS)
    unread = session.execute(
        select(Message.contact_id, func.count())
        .join(Contact, Contact.id == Message.contact_id)
        .where(is_own(by), Message.side == Side.FRONT_DOOR, _is_new_to(by))
        .group_by(Message.contact_id)
    )
    asked = session.execute(
        select(ContactChild.contact_id, func.count(ReferrerWait.question_id.distinct()))
        .join(ReferrerWait, ReferrerWait.contact_child_id == ContactChild.id)
        .join(Contact, Contact.id == ContactChild.contact_id)
        .where(is_own(by), ReferrerWait.ended_at.is_(None))
        .group_by(ContactChild.contact_id)
    )
    waits: dict[UUID, MineOnContact] = {}
    for contact_id, count in unread:
        if contact_id is not None:
            waits[contact_id] = MineOnContact(count, 0)
    for contact_id, count in asked:
        waits[contact_id] = MineOnContact(waits.get(contact_id, MineOnContact(0, 0)).unread, count)
    return waits


def news_from_referrers(session: Session, *, by: Actor) -> list[News]:
    """Contacts on which the referrer's words wait to be read: danger first, then the longest
    waiting. What is closed to this person is not there.
    """
    by.require(Permission.SEE_FRONT_DOOR)
    rows = session.execute(
        select(
            Message.contact_id,
            func.count(),
            func.min(Message.sent_at),
            func.max(case((Message.danger, 1), else_=0)),
        )
        .join(UnreadMessage, UnreadMessage.message_id == Message.id)
        .join(Contact, Contact.id == UnreadMessage.contact_id)
        .where(household_is_open_to(by))
        .group_by(Message.contact_id)
        .order_by(func.min(Message.sent_at))
        .limit(MOST_SHOWN)
    ).all()
    children = _children_of(session, [row[0] for row in rows], by=by)
    news = [
        _news(children[contact_id], count, since, bool(danger))
        for contact_id, count, since, danger in rows
        if children[contact_id]
    ]
    return sorted(news, key=lambda each: not each.danger)  # stable: within each, by age


def new_messages(by: Actor) -> ScalarSelect[int]:
    """For a statement that reads `contact`: how many of the referrer's messages on it wait to be
    read; none of what is closed to this person.
    """
    return (
        select(func.count())
        .where(UnreadMessage.contact_id == Contact.id, household_is_open_to(by))
        .correlate(Contact)
        .scalar_subquery()
    )


def _is_new_to(by: Actor) -> ColumnElement[bool]:
    """On her own contact: not read by her. On a colleague's: read by nobody of the agency."""
    read = exists().where(MessageRead.message_id == Message.id)
    read_by_her = exists().where(
        MessageRead.message_id == Message.id, MessageRead.read_by == by.user_id
    )
    own = Contact.submitted_by == by.user_id
    return or_(and_(own, not_(read_by_her)), and_(not_(own), not_(read)))


def _children_of(
    session: Session, contacts: Iterable[UUID], *, by: Actor
) -> dict[UUID, list[ContactChild]]:
    ids = list(contacts)
    found: dict[UUID, list[ContactChild]] = {each: [] for each in ids}
    rows = session.scalars(
        select(ContactChild)
        .join(Contact)
        .where(ContactChild.contact_id.in_(ids), is_visible_to(by))
        .options(contains_eager(ContactChild.contact))
        .order_by(ContactChild.position)
    )
    for child in rows:
        found[child.contact_id].append(child)
    return found


def _news(children: list[ContactChild], messages: int, since: datetime, danger: bool) -> News:
    """One line, which leads to a child who is still open, if there is one."""
    still_open = [child for child in children if Status(child.status) not in ENDED]
    return News(
        contact_child_id=(still_open or children)[0].id,
        reference=children[0].contact.reference,
        names=", ".join(
            reported_name(
                child.reported_given_names, child.reported_family_name, unborn=child.reported_unborn
            )
            for child in children
        ),
        messages=messages,
        since=since,
        danger=danger,
        after_decision=any(
            child.decided_at is not None and child.decided_at <= since for child in children
        ),
    )
