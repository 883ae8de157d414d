"""Information requests as shown: to the agency its own, to the front door those of its children."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    Subquery,
    and_,
    case,
    distinct,
    false,
    func,
    not_,
    select,
    tuple_,
)
from sqlalchemy.orm import Session, aliased

from mash_triage.access.actor import Actor
from mash_triage.access.models import Agency, UserAccount
from mash_triage.access.roles import Permission, Presence
from mash_triage.contacts.models import Contact, ContactChild
from mash_triage.contacts.queries import fetch_child, is_visible_to
from mash_triage.enquiries.models import InformationRequest, RequestPerson, RequestReply
from mash_triage.enquiries.pictures import (
    RequestPicture,
    all_requests,
    is_inside,
    pictures,
    with_parts,
)
from mash_triage.enquiries.stages import SEEN_BY_AGENCY, UNDER_WAY, State
from mash_triage.enquiries.work import ANSWERING
from mash_triage.errors import NotFound
from mash_triage.people.queries import may_open_name, may_open_person

MOST_SHOWN = 200


@dataclass(frozen=True)
class AgencyChoice:
    """An agency that can be asked: its kind, and how it works with the hub."""

    id: UUID
    name: str
    kind: str
    presence: Presence


def agencies_to_ask(session: Session, *, by: Actor) -> list[AgencyChoice]:
    """The agencies that have somebody to answer, those at the hub first; never one's own."""
    by.require(Permission.SCREEN_CONTACT)
    answers = select(UserAccount.agency_id).where(
        UserAccount.role.in_(sorted(ANSWERING)), UserAccount.deactivated_at.is_(None)
    )
    rows = session.scalars(
        select(Agency)
        .where(Agency.closed_at.is_(None), Agency.id.in_(answers), Agency.id != by.agency_id)
        .order_by(Agency.name)
    )
    order = list(Presence)
    found = [AgencyChoice(row.id, row.name, row.kind, Presence(row.presence)) for row in rows]
    return sorted(found, key=lambda each: order.index(each.presence))


# ---------------------------------------------------------------- the front door


def requests_about(
    session: Session, contact_child_id: UUID, *, by: Actor, at: datetime
) -> list[RequestPicture]:
    """The requests that are about one child, also as a brother or sister, the newest first."""
    by.require(Permission.SEE_FRONT_DOOR)
    child = fetch_child(session, contact_child_id, by=by)
    covers = select(RequestPerson.request_id).where(RequestPerson.contact_child_id == child.id)
    query = all_requests().where(InformationRequest.id.in_(covers), _is_open_to(by))
    rows = session.execute(query.order_by(InformationRequest.asked_at.desc(), Agency.name)).all()
    return with_parts(session, pictures(rows, by=by, at=at, inside=is_inside(by)), log=True)


def readable_requests(by: Actor) -> Select[UUID]:
    """The ids of the requests of which this person may know at the front door."""
    return (
        select(InformationRequest.id)
        .join(ContactChild, ContactChild.id == InformationRequest.contact_child_id)
        .join(Contact, Contact.id == ContactChild.contact_id)
        .where(_is_open_to(by))
    )


def requests_under_way(session: Session, *, by: Actor, at: datetime) -> list[RequestPicture]:
    """What waits for a manager's word or for an agency, the one due first on top."""
    by.require(Permission.SCREEN_CONTACT)
    query = all_requests().where(InformationRequest.state.in_(sorted(UNDER_WAY)), _is_open_to(by))
    order = (InformationRequest.due_at.is_not(None), InformationRequest.due_at, Agency.name)
    rows = session.execute(query.order_by(*order).limit(MOST_SHOWN))
    return pictures(rows, by=by, at=at, inside=True)


def unread_replies(by: Actor) -> Subquery:
    """For a statement on children: how many answers of agencies nobody at the front door has read,
    by the child whom they are about; none for who may not read them.
    """
    person = aliased(RequestPerson)  # not the one of which the condition asks for all
    about = person.contact_child_id
    return (
        select(about, func.count(distinct(RequestReply.request_id)).label("unread"))
        .join(InformationRequest, InformationRequest.id == person.request_id)
        .join(RequestReply, RequestReply.request_id == InformationRequest.id)
        .join(ContactChild, ContactChild.id == InformationRequest.contact_child_id)
        .join(Contact, Contact.id == ContactChild.contact_id)
        .where(
            RequestReply.read_at.is_(None),
            about.is_not(None),
            _is_open_to(by) if is_inside(by) else false(),
        )
        .group_by(about)
        .subquery()
    )


def request_inside(
    session: Session, request_id: UUID, *, by: Actor, at: datetime
) -> RequestPicture:
    """One request with its answers and its log, for the front door; or `NotFound`."""
    by.require(Permission.SCREEN_CONTACT)
    rows = session.execute(
        all_requests().where(InformationRequest.id == request_id, _is_open_to(by))
    )
    return _one(session, pictures(rows, by=by, at=at, inside=True), log=True)


def _is_open_to(by: Actor) -> ColumnElement[bool]:
    """A request is read at the front door by who may see every child that it covers: its words may
    name each of them.
    """
    child = aliased(ContactChild)
    closed = not_(
        and_(may_open_person(child.person_id, by), may_open_name(child.restricted_name_id, by))
    )
    covers_closed = (
        select(RequestPerson.request_id)
        .join(child, child.id == RequestPerson.contact_child_id)
        .where(RequestPerson.request_id == InformationRequest.id, closed)
        .exists()
    )
    return and_(is_visible_to(by), not_(covers_closed))


# ---------------------------------------------------------------- the agency


def requests_to_my_agency(session: Session, *, by: Actor, at: datetime) -> list[RequestPicture]:
    """What this person's agency was asked: what waits first, by when it is due."""
    by.require(Permission.ANSWER_REQUESTS)
    query = all_requests().where(_is_sent_to(by))
    is_open = InformationRequest.state == State.OPEN
    order = (
        InformationRequest.state != State.OPEN,
        case((is_open, InformationRequest.due_at)),
        InformationRequest.sent_at.desc(),
    )
    rows = session.execute(query.order_by(*order).limit(MOST_SHOWN))
    return pictures(rows, by=by, at=at, inside=True)


def waiting_for_my_agency(
    session: Session, *, after: UUID | None = None, limit: int, by: Actor, at: datetime
) -> list[RequestPicture]:
    """What waits for this person's agency, in the order in which it was sent, in pages: those that
    stand after a request. One that was answered since still says where to go on.
    """
    by.require(Permission.ANSWER_REQUESTS)
    query = all_requests().where(_is_sent_to(by), InformationRequest.state == State.OPEN)
    order = tuple_(InformationRequest.sent_at, InformationRequest.id)
    if after is not None:
        last = session.get(InformationRequest, after)
        if last is None or last.agency_id != by.agency_id or last.sent_at is None:
            raise NotFound()
        query = query.where(order > (last.sent_at, last.id))
    query = query.order_by(InformationRequest.sent_at, InformationRequest.id).limit(limit)
    return pictures(session.execute(query), by=by, at=at, inside=True)


def request_to_my_agency(
    session: Session, request_id: UUID, *, by: Actor, at: datetime
) -> RequestPicture:
    """One request to this person's agency with its parts; one answer for none and another's."""
    by.require(Permission.ANSWER_REQUESTS)
    rows = session.execute(
        all_requests().where(InformationRequest.id == request_id, _is_sent_to(by))
    )
    seen = _one(session, pictures(rows, by=by, at=at, inside=True), log=False)
    return replace(seen, parts=tuple(replace(each, relevance=None) for each in seen.parts))


def _is_sent_to(by: Actor) -> ColumnElement[bool]:
    return (InformationRequest.agency_id == by.agency_id) & InformationRequest.state.in_(
        sorted(SEEN_BY_AGENCY)
    )


def _one(session: Session, found: list[RequestPicture], *, log: bool) -> RequestPicture:
    if not found:
        raise NotFound()
    return with_parts(session, found, log=log)[0]
