"""Whose children on contacts this person may see. Every read starts here."""

from functools import lru_cache
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, event, exists, false, not_, select, true
from sqlalchemy.orm import (
    Session,
    SessionTransaction,
    aliased,
    contains_eager,
    object_session,
)

from mash_triage.access.actor import Actor
from mash_triage.access.models import UserAccount
from mash_triage.access.roles import Permission
from mash_triage.contacts.models import Contact, ContactChild
from mash_triage.db.engine import reads_only
from mash_triage.errors import NotFound
from mash_triage.people.models import Restriction
from mash_triage.people.queries import may_open_name, may_open_person


@lru_cache(maxsize=4_096)
def is_visible_to(by: Actor) -> ColumnElement[bool]:
    """The condition on `contact_child` joined to `contact`: whose children this person may see.

    A restricted child is seen at the front door only by those named to open the record, and one
    reported under a former name that is restricted only by those named to know it; the agency
    that sent the contact still sees what became of it.
    """
    if by.may_everything:
        return true()
    if by.can(Permission.SEE_FRONT_DOOR):
        return and_(
            may_open_person(ContactChild.person_id, by),
            may_open_name(ContactChild.restricted_name_id, by),
        )
    return is_own(by)


@lru_cache(maxsize=4_096)
def household_is_open_to(by: Actor) -> ColumnElement[bool]:
    """The condition on `contact` that its household may be read at the front door: no child on it
    is closed to this person. What is withheld of a contact leads nowhere either.
    """
    on_it = aliased(ContactChild)
    closed = exists().where(
        on_it.contact_id == Contact.id,
        not_(
            and_(may_open_person(on_it.person_id, by), may_open_name(on_it.restricted_name_id, by))
        ),
    )
    return not_(closed.correlate(Contact))


@lru_cache(maxsize=4_096)
def is_own(by: Actor) -> ColumnElement[bool]:
    """The condition on `contact`: sent by this person or, for an agency lead, by anybody of her
    agency. A contact stays with its agency when whoever sent it moves to another.
    """
    if by.can(Permission.SEE_AGENCY_CONTACTS):
        return Contact.agency_id == by.agency_id
    if by.can(Permission.SEE_OWN_CONTACTS):
        return and_(Contact.submitted_by == by.user_id, Contact.agency_id == by.agency_id)
    return false()


@lru_cache(maxsize=4_096)
def children_visible_to(by: Actor) -> Select[ContactChild]:
    """All children on contacts that this person may see."""
    return select(ContactChild).join(Contact).where(is_visible_to(by))


def fetch_child(
    session: Session, contact_child_id: UUID, *, by: Actor, to_change: bool = False
) -> ContactChild:
    """One child on a contact as a live row, or `NotFound`: one answer for none and not yours.

    `to_change` holds the row until the transaction ends: whoever comes second waits, and then
    sees what the first one did. A row that is held is not asked for again, nor is one that was
    found in a transaction that only reads: of the many parts of a page each begins here.
    """
    held = session.info.setdefault(_HELD, {})
    if (contact_child_id, by) in held:
        child: ContactChild = held[contact_child_id, by]
        return child
    query = (
        children_visible_to(by)
        .where(ContactChild.id == contact_child_id)
        .options(contains_eager(ContactChild.contact).joinedload(Contact.agency, innerjoin=True))
    )
    if to_change:
        query = query.with_for_update(of=ContactChild).execution_options(populate_existing=True)
    found = session.scalars(query).first()
    if found is None:
        raise NotFound()
    if to_change or reads_only(session):
        held[contact_child_id, by] = found
    return found


_HELD = "children held in this transaction, by whom"


@event.listens_for(Session, "after_commit")
def _let_go(session: Session) -> None:
    session.info.pop(_HELD, None)


@event.listens_for(Session, "after_soft_rollback")
def _let_go_undone(session: Session, _previous: SessionTransaction) -> None:
    session.info.pop(_HELD, None)


@event.listens_for(Restriction, "after_insert")
def _closed_meanwhile(_mapper: object, _connection: object, restriction: Restriction) -> None:
    session = object_session(restriction)
    if session is not None:
        session.info.pop(_HELD, None)


def fetch_contact(session: Session, reference: str, *, by: Actor) -> Contact:
    """One contact by its reference, if this person may see a child on it."""
    contact = session.scalars(
        select(Contact)
        .join(ContactChild)
        .where(Contact.reference == reference, is_visible_to(by))
        .limit(1)
    ).first()
    if contact is None:
        raise NotFound()
    return contact


def reported_name(given: str | None, family: str | None, *, unborn: bool) -> str:
    """A child's reported name as shown; one word only is a name too."""
    name = " ".join(part for part in (given, family) if part)
    if name:
        return name if given or not unborn else f"Unborn baby {family}"
    return "Unborn baby, no name" if unborn else "Name not known"


def name_of(session: Session, user_id: UUID | None) -> str | None:
    """A colleague's name, for "taken up by Beth Hollis"."""
    if user_id is None:
        return None
    return session.scalars(select(UserAccount.name).where(UserAccount.id == user_id)).first()
