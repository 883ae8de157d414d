"""What a referrer sees of her own contacts: status in plain words, and the outcome."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.models import UserAccount
from mash_triage.access.roles import Permission
from mash_triage.after_sending.queries import withdrawals_of
from mash_triage.clocks.rules import within_24_hours
from mash_triage.contacts.models import Contact, ContactChild
from mash_triage.contacts.queries import is_own, reported_name
from mash_triage.contacts.reference import tidy_reference
from mash_triage.contacts.status import Status
from mash_triage.decisions.models import Decision, ToldToReferrer
from mash_triage.decisions.telling import OutcomeTold, is_restricted, outcome_told
from mash_triage.errors import NotFound


@dataclass(frozen=True)
class MyChild:
    """One child on a contact as its referrer sees it: status in plain words, then the outcome; and
    whether the worry stands, where she asked to withdraw (None: nobody has said so yet).
    """

    id: UUID
    name: str
    status: Status
    outcome: str | None
    told: str | None
    withheld: bool
    decided_at: datetime | None
    asked_to_withdraw: bool = False
    worry_stands: bool | None = None


@dataclass(frozen=True)
class MyContact:
    """A contact as its referrer sees it."""

    id: UUID
    reference: str
    received_at: datetime
    sent_by: str
    sent_by_id: UUID
    main_concern: str
    children: tuple[MyChild, ...]

    @property
    def due_at(self) -> datetime:
        """By when it is to be decided."""
        return within_24_hours(self.received_at)


MOST_SHOWN = 100


def how_many_contacts(session: Session, *, by: Actor) -> int:
    """How many contacts this person (or, for an agency lead, her agency) sent, ever."""
    by.require(Permission.SEE_OWN_CONTACTS, Permission.SEE_AGENCY_CONTACTS)
    return session.scalar(select(func.count(Contact.id)).where(is_own(by))) or 0


def my_contact(session: Session, typed: str, *, by: Actor) -> MyContact:
    """The one with this reference, with or without spaces and dashes; `NotFound` in the same words
    for none and for another's.
    """
    reference = tidy_reference(typed)
    found = my_contacts(session, by=by, reference=reference) if reference else []
    if not found:
        raise NotFound()
    return found[0]


def my_contacts(
    session: Session, *, by: Actor, reference: str | None = None, limit: int = MOST_SHOWN
) -> list[MyContact]:
    """The contacts this person (or, for an agency lead, her agency) sent, newest first."""
    by.require(Permission.SEE_OWN_CONTACTS, Permission.SEE_AGENCY_CONTACTS)
    query = select(Contact.id).where(is_own(by))
    if reference is not None:
        query = query.where(Contact.reference == reference)
    newest = query.order_by(Contact.received_at.desc()).limit(limit)
    return _read(session, newest)


def contacts_since(
    session: Session, since: datetime, *, after: str | None = None, limit: int, by: Actor
) -> list[MyContact]:
    """The contacts that this sender's system sent from this moment on, oldest first; with `after`
    (the reference of the last one read) those that follow it.
    """
    by.require(Permission.SEE_OWN_CONTACTS, Permission.SEE_AGENCY_CONTACTS)
    query = select(Contact.id).where(is_own(by), Contact.received_at >= since)
    if after is not None:
        last = session.execute(
            select(Contact.received_at, Contact.id).where(is_own(by), Contact.reference == after)
        ).first()
        if last is None:
            raise NotFound()
        later = Contact.received_at > last.received_at
        same = and_(Contact.received_at == last.received_at, Contact.id > last.id)
        query = query.where(or_(later, same))
    found = _read(session, query.order_by(Contact.received_at, Contact.id).limit(limit))
    return sorted(found, key=lambda each: (each.received_at, each.id.hex))


def _read(session: Session, wanted: Select[UUID]) -> list[MyContact]:
    ids = wanted.subquery()
    read = session.execute(
        select(Contact, ContactChild, UserAccount.name, Decision, ToldToReferrer, is_restricted())
        .join(ContactChild, ContactChild.contact_id == Contact.id)
        .join(UserAccount, UserAccount.id == Contact.submitted_by)
        .outerjoin(Decision, Decision.contact_child_id == ContactChild.id)
        .outerjoin(ToldToReferrer, ToldToReferrer.decision_id == Decision.id)
        .where(Contact.id.in_(select(ids.c.id)))
        .order_by(Contact.received_at.desc(), Contact.id, ContactChild.position)
    )
    rows = read.all()
    withdrawals = withdrawals_of(session, [row[1].id for row in rows])
    found: dict[UUID, MyContact] = {}
    for contact, child, sender, decision, told, is_closed in rows:
        outcome = (
            outcome_told(session, decision, told, contact, is_closed=is_closed)
            if decision
            else None
        )
        earlier = found.get(contact.id)
        found[contact.id] = MyContact(
            id=contact.id,
            reference=contact.reference,
            received_at=contact.received_at,
            sent_by=sender,
            sent_by_id=contact.submitted_by,
            main_concern=contact.main_concern,
            children=(
                *(earlier.children if earlier else ()),
                _my_child(child, outcome, withdrawals),
            ),
        )
    return list(found.values())


def _my_child(
    child: ContactChild, outcome: OutcomeTold | None, withdrawals: Mapping[UUID, bool | None]
) -> MyChild:
    return MyChild(
        id=child.id,
        name=reported_name(
            child.reported_given_names, child.reported_family_name, unborn=child.reported_unborn
        ),
        status=Status(child.status),
        outcome=outcome.outcome if outcome else None,
        told=outcome.outcome_told if outcome else None,
        withheld=outcome is not None and outcome.withheld,
        decided_at=child.decided_at,
        asked_to_withdraw=child.id in withdrawals,
        worry_stands=withdrawals.get(child.id),
    )
