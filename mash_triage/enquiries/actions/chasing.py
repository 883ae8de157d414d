"""Reminding an agency, going to its lead when it is late, and closing what is no longer needed."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.models import Agency
from mash_triage.access.roles import Permission
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.clocks.moments import Moment
from mash_triage.enquiries import rules
from mash_triage.enquiries.actions.replying import when_all_have_answered
from mash_triage.enquiries.stages import State, Step
from mash_triage.enquiries.work import (
    fetch_request,
    last_step,
    mail,
    move,
    note_step,
    report,
    who_answers,
)
from mash_triage.text import storable


def chase(session: Session, request_id: UUID, *, by: Actor, at: datetime) -> None:
    """Remind an agency of a request that waits. The mail names nobody."""
    by.require(Permission.SCREEN_CONTACT)
    row, child = fetch_request(session, request_id, by=by)
    agency = session.get_one(Agency, row.agency_id)
    last = last_step(session, row, Step.CHASED, Step.TO_THE_LEAD)
    rules.check_can_chase(row, agency, last, at=at)
    note_step(session, row, Step.CHASED, by=by, at=at)
    mail(session, row, child, who_answers(session, agency.id), by=by, at=at)
    trail.record(
        session, AuditKind.INFORMATION_CHASED, about=child.id, by=by, at=at, request=row.id
    )


def escalate_request(
    session: Session, request_id: UUID, words: str = "", *, by: Actor, at: datetime
) -> None:
    """Take a late request to the agency's lead. Words are for the log; the mail holds none."""
    by.require(Permission.SCREEN_CONTACT)
    row, child = fetch_request(session, request_id, by=by)
    agency = session.get_one(Agency, row.agency_id)
    leads = who_answers(session, agency.id, leads=True)
    rules.check_can_escalate(row, agency, leads=len(leads), at=at)
    note_step(session, row, Step.TO_THE_LEAD, words, by=by, at=at)
    mail(session, row, child, leads, by=by, at=at)
    trail.record(
        session, AuditKind.INFORMATION_TO_LEAD, about=child.id, by=by, at=at, request=row.id
    )


def close_request(
    session: Session, request_id: UUID, because: str, *, by: Actor, at: datetime
) -> None:
    """Wait no longer, for a reason. An answer that still comes is kept, and shown as late."""
    by.require(Permission.SCREEN_CONTACT)
    row, child = fetch_request(session, request_id, by=by)
    rules.check_words(because, "Say why you no longer wait, for example: answered by telephone.")
    was_sent = row.sent_at is not None
    move(row, State.CLOSED)
    row.ended_because, row.ended_by, row.ended_at = storable(because.strip()), by.user_id, at
    note_step(session, row, Step.CLOSED, because, by=by, at=at)
    if was_sent:
        report(session, row, Moment.INFORMATION_NOT_AWAITED, by=by, at=at)
    when_all_have_answered(session, child, by=by, at=at)
    trail.record(
        session, AuditKind.INFORMATION_CLOSED, about=child.id, by=by, at=at, request=row.id
    )
