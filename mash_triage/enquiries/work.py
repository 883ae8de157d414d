"""What the deeds of an enquiry share: the row that is held, its log, who at the agency answers, and
the mails, which say nothing but that there is something to read.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.models import Agency, UserAccount
from mash_triage.access.roles import PERMISSIONS, Permission, Role
from mash_triage.allocation.cover import told_of
from mash_triage.clocks.actions import happened
from mash_triage.clocks.models import Clock
from mash_triage.clocks.moments import Moment
from mash_triage.clocks.rules import ClockKind
from mash_triage.clocks.working_days import BankHolidays
from mash_triage.contacts.actions.submit import bank_holidays
from mash_triage.contacts.families import check_knows_not_family
from mash_triage.contacts.models import ContactChild
from mash_triage.contacts.queries import fetch_child
from mash_triage.contacts.status import Status
from mash_triage.enquiries.due import reply_due
from mash_triage.enquiries.models import InformationRequest, RequestPerson, RequestStep
from mash_triage.enquiries.questions import questions
from mash_triage.enquiries.stages import State, Step, check_move
from mash_triage.errors import NotFound
from mash_triage.outbox.actions import post
from mash_triage.outbox.kinds import Kind as MailKind
from mash_triage.sharing.grounds import Ground
from mash_triage.sharing.rules import Basis, Kind
from mash_triage.sharing.work import Authorised, Entry, add_entry
from mash_triage.text import storable
from mash_triage.thresholds.queries import edition_of
from mash_triage.thresholds.routes import Rag

ANSWERING = frozenset(role for role in Role if Permission.ANSWER_REQUESTS in PERMISSIONS[role]) - {
    Role.API_CLIENT
}
"""The people who answer. A system answers too, but nobody is asked who has only a system."""
ASKED_AGENCIES = "Agencies were asked"
ALL_ANSWERED = "Every agency that was asked has answered"


def fetch_request(
    session: Session, request_id: UUID, *, by: Actor
) -> tuple[InformationRequest, ContactChild]:
    """A request of a child that this person may see, both held; one answer for none and not hers.
    Whoever knows the family has no part in it.

    The child is held first, as every deed does it, so that two deeds never wait for each other.
    """
    row = session.get(InformationRequest, request_id)
    if row is None:
        raise NotFound()
    child = fetch_child(session, row.contact_child_id, by=by, to_change=True)
    check_knows_not_family(session, child.id, by=by)
    return _hold(session, row), child


def fetch_own_request(
    session: Session, request_id: UUID, *, by: Actor
) -> tuple[InformationRequest, ContactChild]:
    """A request that was sent to this person's agency, and its child, both held."""
    row = session.get(InformationRequest, request_id)
    if row is None or row.agency_id != by.agency_id or row.sent_at is None:
        raise NotFound()
    child = session.get_one(
        ContactChild, row.contact_child_id, with_for_update=True, populate_existing=True
    )
    return _hold(session, row), child


def _hold(session: Session, row: InformationRequest) -> InformationRequest:
    session.refresh(row, with_for_update=True)
    return row


def move(row: InformationRequest, to: State) -> None:
    """Move a request on, if its life has this move."""
    check_move(State(row.state), to)
    row.state = to


def note_step(
    session: Session,
    row: InformationRequest,
    kind: Step,
    words: str = "",
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Write the next step of a request."""
    session.add(
        RequestStep(
            request_id=row.id,
            kind=kind,
            words=storable(words.strip()),
            stepped_by=by.user_id,
            stepped_by_name=by.name,
            stepped_at=at,
        )
    )


def last_step(session: Session, row: InformationRequest, *kinds: Step) -> datetime | None:
    """When one of these last happened to a request."""
    return session.scalar(
        select(func.max(RequestStep.stepped_at)).where(
            RequestStep.request_id == row.id, RequestStep.kind.in_(kinds)
        )
    )


def who_answers(session: Session, agency_id: UUID, *, leads: bool = False) -> list[UUID]:
    """The accounts of an agency that may answer, or only those of its leads."""
    roles = {Role.AGENCY_LEAD} if leads else ANSWERING
    return list(
        session.scalars(
            select(UserAccount.id)
            .where(
                UserAccount.agency_id == agency_id,
                UserAccount.deactivated_at.is_(None),
                UserAccount.role.in_(sorted(roles)),
            )
            .order_by(UserAccount.id)
        )
    )


def mail(
    session: Session,
    row: InformationRequest,
    child: ContactChild,
    to: Sequence[UUID],
    kind: MailKind = MailKind.REQUEST_DUE,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Say to these people, and to the cover of one who is away, that there is something to read or
    to answer: a reference and a link.
    """
    for user_id in sorted(told_of(session, to, child, at=at)):
        post(
            session,
            kind,
            to_user=user_id,
            link=f"/requests?open={row.id}",
            reference=child.contact.reference,
            by=by,
            at=at,
        )


# ---------------------------------------------------------------- sending


def send(
    session: Session, row: InformationRequest, child: ContactChild, *, by: Actor, at: datetime
) -> None:
    """The request leaves: its time runs, the ledger says so for each child, the agency is told, and
    a child who was screened is now one of whom agencies are asked.
    """
    if row.state != State.OPEN:
        move(row, State.OPEN)
    row.sent_at, row.due_at = at, due_for(session, row, child, bank_holidays(), sent_at=at)
    note_step(session, row, Step.SENT, by=by, at=at)
    report(session, row, Moment.INFORMATION_ASKED, by=by, at=at)
    agency = session.get_one(Agency, row.agency_id)
    write_ledger(session, row, agency.name, by=by, at=at)
    mail(session, row, child, who_answers(session, agency.id), by=by, at=at)
    stands = Status(child.status)
    if stands is Status.RETURNED_TO_WORKER:
        session.add(child.move_to(Status.SCREENING, by=by, at=at))
        stands = Status.SCREENING
    if stands is Status.SCREENING:
        session.add(child.move_to(Status.MASH_ENQUIRY, by=by, at=at, why=ASKED_AGENCIES))


def report(
    session: Session, row: InformationRequest, moment: Moment, *, by: Actor, at: datetime
) -> None:
    """Tell the clocks what happened to a request; its promise has the request's own time."""
    happened(
        session,
        row.contact_child_id,
        moment,
        took_place_at=at,
        about=row.id,
        due_at=row.due_at if moment is Moment.INFORMATION_ASKED else None,
        by=by,
        at=at,
    )


def due_for(
    session: Session,
    row: InformationRequest,
    child: ContactChild,
    holidays: BankHolidays,
    *,
    sent_at: datetime,
) -> datetime:
    """By when it is answered: by its rating, and by what is left of the working-day clock."""
    decision = session.scalar(
        select(Clock.due_at)
        .where(Clock.contact_child_id == child.id, Clock.kind == ClockKind.ONE_WORKING_DAY)
        .limit(1)
    )
    times = edition_of(session, child.contact.edition_id).clocks
    return reply_due(Rag(row.rag), sent_at, decision, questions(), times, holidays)


def write_ledger(
    session: Session, row: InformationRequest, agency: str, *, by: Actor, at: datetime
) -> None:
    """What the agency was told by being asked: one entry for each child that the request covers,
    each without the name of another, whose record may be closed to who reads it.
    """
    session.flush()
    people = covered(session, row)
    authorised = None
    if row.authorised_at is not None and row.authorised_by is not None:
        giver = session.get_one(UserAccount, row.authorised_by)
        authorised = Authorised(row.authorised_by, giver.name, row.authorised_at)
    entry = Entry(
        kind=Kind.REQUEST,
        with_whom=agency,
        what="",
        purpose=row.purpose,
        basis=basis_of(row),
        ground=Ground(row.rests_on),
        why_not_asked=row.why_not_asked,
        agency_id=row.agency_id,
        about_id=row.id,
        authorised=authorised,
    )
    for each in people:
        if each.contact_child_id is not None:
            words = _without_others(row.why_not_words, each, people)
            own = replace(entry, what=_told(each, people), agreement_words=words)
            add_entry(session, each.contact_child_id, own, by=by, at=at)


def _told(child: RequestPerson, people: Sequence[RequestPerson]) -> str:
    others = len(people) - 1
    beside = f" and {others} more on the contact" if others else ""
    return f"That the front door asks about {child.name}{beside}; which questions, and what for."


def _without_others(words: str, child: RequestPerson, people: Sequence[RequestPerson]) -> str:
    """The words on agreement without the lines that are of somebody else."""
    others = tuple(f"{each.name}: " for each in people if each.position != child.position)
    return "\n".join(line for line in words.splitlines() if not line.startswith(others))


def basis_of(row: InformationRequest) -> Basis:
    """The lawful basis of a request."""
    return Basis(
        article_6=row.basis,
        article_9=row.special_category,
        gateway=row.gateway,
        confidentiality=row.confidentiality,
        necessity=row.necessity,
    )


def covered(session: Session, row: InformationRequest) -> list[RequestPerson]:
    """Whom a request is about, in the order in which they were named."""
    return list(
        session.scalars(
            select(RequestPerson)
            .where(RequestPerson.request_id == row.id)
            .order_by(RequestPerson.position)
        )
    )


def children_of(people: Sequence[RequestPerson]) -> list[UUID]:
    """The children on the contact among them."""
    return [each.contact_child_id for each in people if each.contact_child_id is not None]
