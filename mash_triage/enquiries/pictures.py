"""A request as pages show it: frozen, whole, without the answers that this reader may not read."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased

from mash_triage.access.actor import Actor
from mash_triage.access.models import Agency, UserAccount
from mash_triage.access.roles import Permission, Presence
from mash_triage.contacts.models import Contact, ContactChild
from mash_triage.contacts.queries import reported_name
from mash_triage.enquiries.models import (
    InformationRequest,
    PartAnswer,
    RequestPart,
    RequestPerson,
    RequestReply,
    RequestStep,
)
from mash_triage.enquiries.rules import came_after_closing, is_late, red_since
from mash_triage.enquiries.stages import Finding, State, Step
from mash_triage.enquiries.work import basis_of
from mash_triage.sharing.grounds import Ground
from mash_triage.sharing.rules import Basis


@dataclass(frozen=True)
class PersonPicture:
    """Somebody whom a request is about, as the agency is told."""

    name: str
    relationship: str
    born: date | None


@dataclass(frozen=True)
class PartPicture:
    """One question, with its answer once there is one that this reader may read."""

    id: UUID
    question: str
    finding: Finding | None
    words: str
    withheld: str | None
    withheld_words: str
    relevance: str | None


@dataclass(frozen=True)
class StepPicture:
    """One step of a request: what, who, when, in which words."""

    kind: Step
    words: str
    by_name: str
    at: datetime


@dataclass(frozen=True)
class RequestPicture:
    """A request as shown at one moment.

    `parts` hold the answers only for who may read them: `is_closed_to_reader` says that there is a
    reply which is not this reader's to read. `is_late` is asked, for an answer and for none.
    `red_since`: it is awaited, and the child was rated red since it was asked as less urgent.
    """

    id: UUID
    contact_child_id: UUID
    child_name: str
    reference: str
    agency_id: UUID
    agency: str
    presence: Presence
    telephone: str
    agency_has_left: bool
    state: State
    rag: str
    purpose: str
    basis: Basis
    ground: Ground
    why_not_words: str
    asked_by: str
    asked_at: datetime
    due_at: datetime | None
    sent_at: datetime | None
    ended_because: str | None
    ended_at: datetime | None
    answered_by: str | None
    answered_at: datetime | None
    released_at: datetime | None
    is_late: bool
    after_closing: bool
    is_closed_to_reader: bool
    read_at: datetime | None = None
    red_since: bool = False
    people: tuple[PersonPicture, ...] = ()
    parts: tuple[PartPicture, ...] = ()
    steps: tuple[StepPicture, ...] = ()

    @property
    def is_waiting(self) -> bool:
        """It was sent, and waits for its answer."""
        return self.state is State.OPEN


def is_inside(by: Actor) -> bool:
    """Inside the enquiry are those who screen and decide; others read what was released."""
    return by.can(Permission.SCREEN_CONTACT)


def all_requests() -> Select[Any]:
    asker = aliased(UserAccount)
    return (
        select(InformationRequest, ContactChild, Contact.reference, Agency, RequestReply)
        .add_columns(asker.name)
        .join(ContactChild, ContactChild.id == InformationRequest.contact_child_id)
        .join(Contact, Contact.id == ContactChild.contact_id)
        .join(Agency, Agency.id == InformationRequest.agency_id)
        .join(asker, asker.id == InformationRequest.asked_by)
        .outerjoin(RequestReply, RequestReply.request_id == InformationRequest.id)
    )


def pictures(rows: Iterable[Any], *, by: Actor, at: datetime, inside: bool) -> list[RequestPicture]:
    """`child_name` is the front door's; an agency reads whom it is about among the people."""
    at_the_door = by.can(Permission.SEE_FRONT_DOOR)
    return [
        RequestPicture(
            id=row.id,
            contact_child_id=child.id,
            child_name=reported_name(
                child.reported_given_names, child.reported_family_name, unborn=child.reported_unborn
            )
            if at_the_door
            else "",
            reference=reference,
            agency_id=agency.id,
            agency=agency.name,
            presence=Presence(agency.presence),
            telephone=agency.telephone or "",
            agency_has_left=agency.closed_at is not None,
            state=State(row.state),
            rag=row.rag,
            purpose=row.purpose,
            basis=basis_of(row) if at_the_door else _for_agency(row),
            ground=Ground(row.rests_on),
            why_not_words=row.why_not_words if at_the_door else "",
            asked_by=asker,
            asked_at=row.asked_at,
            due_at=row.due_at,
            sent_at=row.sent_at,
            ended_because=row.ended_because if at_the_door else None,
            ended_at=row.ended_at,
            answered_by=reply.replied_by_name if reply else None,
            answered_at=reply.replied_at if reply else None,
            released_at=reply.released_at if reply else None,
            is_late=_is_late(row, reply, at),
            after_closing=came_after_closing(row.ended_at, reply.replied_at if reply else None),
            read_at=reply.read_at if reply and at_the_door else None,
            red_since=at_the_door and red_since(row, child.rag),
            is_closed_to_reader=reply is not None and not inside and reply.released_at is None,
        )
        for row, child, reference, agency, reply, asker in rows
    ]


def _for_agency(row: InformationRequest) -> Basis:
    """Lawful basis as an agency is told: without the front door's own note."""
    whole = basis_of(row)
    return Basis(whole.article_6, whole.article_9, whole.gateway, whole.confidentiality, "")


def _is_late(row: InformationRequest, reply: RequestReply | None, at: datetime) -> bool:
    """Late is an answer that came after its time, and one that is still awaited after it."""
    if reply is None and row.state != State.OPEN:
        return False
    return is_late(row.due_at, reply.replied_at if reply else None, at=at)


def with_parts(
    session: Session, pictures: Sequence[RequestPicture], *, log: bool
) -> list[RequestPicture]:
    """The same with people, questions and answers, and the log, in a statement each for all."""
    ids = [each.id for each in pictures]
    if not ids:
        return []
    closed = {each.id for each in pictures if each.is_closed_to_reader}
    people, parts = _people(session, ids), _parts(session, ids, closed)
    steps = _steps(session, ids if log else [])
    return [
        replace(
            each,
            people=tuple(people[each.id]),
            parts=tuple(parts[each.id]),
            steps=tuple(steps[each.id]),
        )
        for each in pictures
    ]


def _people(session: Session, ids: Sequence[UUID]) -> dict[UUID, list[PersonPicture]]:
    found: dict[UUID, list[PersonPicture]] = defaultdict(list)
    rows = session.scalars(
        select(RequestPerson)
        .where(RequestPerson.request_id.in_(ids))
        .order_by(RequestPerson.position)
    )
    for row in rows:
        found[row.request_id].append(PersonPicture(row.name, row.relationship, row.born))
    return found


def _parts(
    session: Session, ids: Sequence[UUID], closed: set[UUID]
) -> dict[UUID, list[PartPicture]]:
    found: dict[UUID, list[PartPicture]] = defaultdict(list)
    rows = session.execute(
        select(RequestPart, PartAnswer)
        .outerjoin(PartAnswer, PartAnswer.part_id == RequestPart.id)
        .where(RequestPart.request_id.in_(ids))
        .order_by(RequestPart.position)
    )
    for part, answer in rows:
        readable = answer if part.request_id not in closed else None
        found[part.request_id].append(
            PartPicture(
                id=part.id,
                question=part.question,
                finding=Finding(readable.finding) if readable else None,
                words=readable.words if readable else "",
                withheld=readable.withheld if readable else None,
                withheld_words=readable.withheld_words if readable else "",
                relevance=part.relevance if readable else None,
            )
        )
    return found


def _steps(session: Session, ids: Sequence[UUID]) -> dict[UUID, list[StepPicture]]:
    found: dict[UUID, list[StepPicture]] = defaultdict(list)
    rows = session.scalars(
        select(RequestStep).where(RequestStep.request_id.in_(ids)).order_by(RequestStep.stepped_at)
    )
    for row in rows:
        step = StepPicture(Step(row.kind), row.words, row.stepped_by_name, row.stepped_at)
        found[row.request_id].append(step)
    return found
