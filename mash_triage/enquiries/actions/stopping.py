"""Agreement that was withdrawn stops the requests that rested on it, and nothing else."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.clocks.moments import Moment
from mash_triage.consent.models import ConsentRecord
from mash_triage.consent.queries import consent_rows
from mash_triage.consent.rules import SAYS_NO, in_force
from mash_triage.contacts.models import ContactChild
from mash_triage.contacts.queries import fetch_child
from mash_triage.enquiries.actions.replying import when_all_have_answered
from mash_triage.enquiries.models import InformationRequest, RequestPerson, RequestReply
from mash_triage.enquiries.stages import State, Step
from mash_triage.enquiries.work import mail, move, note_step, report, who_answers
from mash_triage.outbox.kinds import Kind as MailKind
from mash_triage.sharing.grounds import COVERS

BECAUSE = "The agreement on which this request rested was withdrawn."


def stop_what_rested(session: Session, contact_child_id: UUID, *, by: Actor, at: datetime) -> int:
    """Stop what is not answered about this child and rested on agreement now withdrawn; how many.

    What was answered before stays: it was lawful then. Requests on any other ground go on.
    """
    by.require(Permission.SCREEN_CONTACT, Permission.START_HELP)
    child = fetch_child(session, contact_child_id, by=by, to_change=True)
    session.flush()
    withdrawn = _withdrawn(consent_rows(session, child.id))
    answered = exists().where(RequestReply.request_id == InformationRequest.id)
    rows = session.scalars(
        select(InformationRequest)
        .join(RequestPerson, RequestPerson.request_id == InformationRequest.id)
        .where(
            RequestPerson.contact_child_id == child.id,
            InformationRequest.state.in_([State.OPEN, State.CLOSED]),
            InformationRequest.sent_at.is_not(None),
            ~answered,
        )
        .with_for_update(of=InformationRequest)
    ).all()
    stopped = [row for row in rows if withdrawn & set(row.consent_ids)]
    for row in stopped:
        was_awaited = row.state == State.OPEN
        move(row, State.STOPPED)
        row.ended_because, row.ended_by, row.ended_at = BECAUSE, by.user_id, at
        note_step(session, row, Step.STOPPED, BECAUSE, by=by, at=at)
        if was_awaited:
            report(session, row, Moment.INFORMATION_NOT_AWAITED, by=by, at=at)
        told = who_answers(session, row.agency_id)
        mail(session, row, child, told, MailKind.NEWS, by=by, at=at)
        trail.record(
            session, AuditKind.INFORMATION_STOPPED, about=child.id, by=by, at=at, request=row.id
        )
    for child_id in sorted({row.contact_child_id for row in stopped}):
        asked_for = session.get_one(ContactChild, child_id)
        when_all_have_answered(session, asked_for, by=by, at=at)
    return len(stopped)


def _withdrawn(records: list[ConsentRecord]) -> set[str]:
    """The ids of agreements that a refusal or withdrawal now in force took the place of, or that
    the same person gave before for a purpose that reaches agencies.
    """
    before = {each.id: each.replaces_id for each in records}
    found: set[str] = set()
    for each in in_force(records):
        if each.status not in SAYS_NO:
            continue
        earlier = each.replaces_id
        while earlier is not None:
            found.add(str(earlier))
            earlier = before.get(earlier)
        if each.covers in COVERS:
            found |= {
                str(one.id)
                for one in records
                if one.status == "given"
                and one.covers in COVERS
                and one.subject.casefold() == each.subject.casefold()
                and one.recorded_at <= each.recorded_at
            }
    return found
