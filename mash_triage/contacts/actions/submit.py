"""Sending a contact: stored whole in one transaction, or not at all."""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.models import Agency
from mash_triage.access.roles import Permission, Role
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.clocks.actions import happened, start_clock
from mash_triage.clocks.moments import Moment
from mash_triage.clocks.rules import due_times, within_24_hours
from mash_triage.clocks.working_days import BankHolidays, london_day
from mash_triage.contacts.actions.child_row import child_row
from mash_triage.contacts.actions.confirmation import ask_for_confirmation
from mash_triage.contacts.actions.tell import tell_sender
from mash_triage.contacts.answers import as_sent
from mash_triage.contacts.codes import SENT_BY_THEMSELVES
from mash_triage.contacts.drafts import fetch_draft
from mash_triage.contacts.models import Contact, ContactChild
from mash_triage.contacts.queries import fetch_child
from mash_triage.contacts.reference import new_reference
from mash_triage.contacts.status import Status
from mash_triage.contacts.submission import (
    SHAPE_VERSION,
    ContactSubmission,
    dates_that_cannot_be,
    problems_of,
)
from mash_triage.errors import Changed, NotFound, NotReady
from mash_triage.outbox.kinds import Kind
from mash_triage.settings import settings
from mash_triage.text import storable, storable_answers
from mash_triage.thresholds.queries import edition_for_receipt, edition_of

SOURCE_OF_ANONYMOUS = "9"
A_YEAR = timedelta(days=365)  # a letter that reached us before then is a slip of the pen


@dataclass(frozen=True)
class Receipt:
    """What the referrer is given once the contact is stored: said only after the commit."""

    contact_id: UUID
    reference: str
    received_at: datetime
    children: int
    decide_by: datetime


def submit_contact(
    session: Session,
    submission: ContactSubmission,
    *,
    token: UUID,
    by: Actor,
    at: datetime,
) -> Receipt:
    """Store one contact with a row for each child, start both clocks, and note it on the trail.

    `token` is made once when the form is first drawn: sent again with the same words it gives the
    same receipt; with other words it is refused. A telephone call or letter carries the time at
    which it reached us.
    """
    by.require(Permission.SUBMIT_CONTACT, Permission.ENTER_FOR_OTHERS)
    return _stored(session, submission, token=token, by=by, at=at)


def submit_again(
    session: Session,
    before: ContactChild,
    submission: ContactSubmission,
    *,
    token: UUID,
    by: Actor,
    at: datetime,
) -> Receipt:
    """Store a contact about one child whom this person may see, and whom somebody told us about
    before. Who may is asked by the deed that this is a part of.
    """
    fetch_child(session, before.id, by=by)
    if submission.channel not in SENT_BY_THEMSELVES or len(submission.children) != 1:
        raise ValueError("what comes again is about one child and reaches us now")
    return _stored(session, submission, token=token, by=by, at=at)


def _stored(
    session: Session, submission: ContactSubmission, *, token: UUID, by: Actor, at: datetime
) -> Receipt:
    received_at = _received_at(submission, by=by, at=at)
    edition = edition_for_receipt(session, settings().edition, london_day(received_at))
    content = storable_answers(submission.model_dump(mode="json"))
    digest = sha256_of_json(content)
    earlier = _already_sent(session, token, digest, by=by)
    if earlier:
        return earlier
    _check_dates(submission, london_day(at))

    contact = _contact_row(
        submission, content, digest, token, received_at, edition_id=edition.id, by=by, at=at
    )
    contact.source_code = submission.referrer.source_code or _source_of(session, by)
    try:
        with session.begin_nested():
            session.add(contact)
    except IntegrityError:
        stored = _already_sent(session, token, digest, by=by)
        if stored is None:
            raise
        return stored
    for child in contact.children:
        _start_clocks(session, child, contact)
        report = partial(happened, session, child.id, by=by, at=at)
        report(Moment.RECEIVED, took_place_at=received_at)
        report(Moment.ACKNOWLEDGED, took_place_at=at)
        session.add(child.move_to(Status.ACKNOWLEDGED, by=by, at=at, why="Receipt given"))
    times = edition_of(session, contact.edition_id).clocks
    ask_for_confirmation(session, contact, times, bank_holidays(), by=by, at=at)
    trail.record(
        session,
        AuditKind.CONTACT_SUBMITTED,
        about=contact.id,
        by=by,
        at=at,
        children=len(contact.children),
        channel=contact.channel,
        sha256=digest,
    )
    trail.record(session, AuditKind.CONTACT_ACKNOWLEDGED, about=contact.id, by=by, at=at)
    if by.role is not Role.API_CLIENT:
        tell_sender(session, contact, Kind.CONTACT_RECEIVED, by=by, at=at)
    return receipt_of(contact)


def send_draft(session: Session, draft_id: UUID, *, by: Actor, at: datetime) -> Receipt:
    """Send a draft as it is stored; clicked three times, it is one contact and one receipt, even
    if whoever sends it has moved to another agency between.
    """
    draft = fetch_draft(session, draft_id, by=by, to_change=True)
    by.require(Permission.SUBMIT_CONTACT, Permission.ENTER_FOR_OTHERS)
    if draft.contact_id is not None:
        return receipt_of(session.get_one(Contact, draft.contact_id))
    answers = as_sent(draft.answers)
    missing = problems_of(answers)
    if missing:
        raise NotReady(f"{len(missing)} answers are missing or not right: check your answers.")
    submission = ContactSubmission.model_validate(answers)
    receipt = submit_contact(session, submission, token=draft.token, by=by, at=at)
    draft.sent_at, draft.contact_id = at, receipt.contact_id
    return receipt


def _received_at(submission: ContactSubmission, *, by: Actor, at: datetime) -> datetime:
    if submission.channel in SENT_BY_THEMSELVES:
        return at
    by.require(Permission.ENTER_FOR_OTHERS)
    received_at = submission.received_at
    if received_at is None or received_at.tzinfo is None:
        raise NotReady("Say on which day and at what time this reached us.")
    if received_at > at:
        raise NotReady("The time it reached us cannot be later than now.")
    if received_at < at - A_YEAR:
        raise NotReady("Check the date it reached us: it is more than a year ago.")
    return received_at.astimezone(UTC)


def _check_dates(submission: ContactSubmission, today: date) -> None:
    wrong = dates_that_cannot_be(submission.model_dump(mode="json"), on=today)
    if wrong:
        raise NotReady(" ".join(f"{words}." for words in dict.fromkeys(wrong.values())))


def _already_sent(session: Session, token: UUID, digest: str, *, by: Actor) -> Receipt | None:
    contact = session.scalars(
        select(Contact).where(Contact.agency_id == by.agency_id, Contact.token == token)
    ).first()
    if contact is None:
        return None
    if contact.submitted_by != by.user_id:
        raise NotFound()
    if contact.submission_sha256 != digest:
        raise Changed(
            f"This form was sent already, as {contact.reference}. "
            "If there is more to say, start a new contact and name that reference."
        )
    return receipt_of(contact)


def receipt_of(contact: Contact) -> Receipt:
    """The receipt of a stored contact, the same each time."""
    return Receipt(
        contact_id=contact.id,
        reference=contact.reference,
        received_at=contact.received_at,
        children=len(contact.children),
        decide_by=within_24_hours(contact.received_at),
    )


def _contact_row(
    submission: ContactSubmission,
    content: dict[str, Any],
    digest: str,
    token: UUID,
    received_at: datetime,
    *,
    edition_id: UUID,
    by: Actor,
    at: datetime,
) -> Contact:
    return Contact(
        id=uuid4(),
        reference=new_reference(),
        agency_id=by.agency_id,
        token=token,
        submitted_by=by.user_id,
        submitted_at=at,
        received_at=received_at,
        entered_at=at,
        acknowledged_at=at,
        channel=submission.channel,
        referrer_name=storable(submission.referrer.name),
        main_concern=submission.concern.main,
        in_danger_now=submission.danger.in_danger_now,
        submission=content,
        submission_sha256=digest,
        shape_version=SHAPE_VERSION,
        edition_id=edition_id,
        children=[
            child_row(position, child, received_at=received_at, at=at)
            for position, child in enumerate(submission.children)
        ],
    )


def _source_of(session: Session, by: Actor) -> str:
    agency = session.get(Agency, by.agency_id)
    return agency.source_code if agency else SOURCE_OF_ANONYMOUS


def _start_clocks(session: Session, child: ContactChild, contact: Contact) -> None:
    times = edition_of(session, contact.edition_id).clocks
    clocks = due_times(contact.received_at, times, bank_holidays())
    for clock in clocks:
        start_clock(
            session,
            child.id,
            clock.kind,
            edition_id=contact.edition_id,
            due_at=clock.due_at,
            at=clock.started_at,
        )
    child.next_due_at = min(clock.due_at for clock in clocks)


def bank_holidays() -> BankHolidays:
    """England's bank holidays with this authority's own additions and removals."""
    return BankHolidays.from_file(settings().bank_holidays_file)


def sha256_of_json(content: Any) -> str:
    """The digest of plain JSON values, the same whatever the order of keys."""
    plain = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(plain.encode()).hexdigest()
