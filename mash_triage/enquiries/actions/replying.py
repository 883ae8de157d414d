"""The agency's reply: once, part by part; what comes late or after closing is kept all the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.models import Agency
from mash_triage.access.roles import Permission
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.clocks.moments import Moment
from mash_triage.contacts.actions import sha256_of_json
from mash_triage.contacts.models import ContactChild
from mash_triage.contacts.status import Status
from mash_triage.enquiries import rules
from mash_triage.enquiries.models import InformationRequest, PartAnswer, RequestPart, RequestReply
from mash_triage.enquiries.rules import Answer
from mash_triage.enquiries.stages import FINDING_WORDS, UNDER_WAY, Finding, State, Step
from mash_triage.enquiries.work import (
    ALL_ANSWERED,
    children_of,
    covered,
    fetch_own_request,
    mail,
    move,
    note_step,
    report,
)
from mash_triage.outbox.kinds import Kind as MailKind
from mash_triage.sharing.rules import Kind
from mash_triage.sharing.work import Entry, add_entry
from mash_triage.text import storable


@dataclass(frozen=True)
class Received:
    """What the agency is told once its reply is kept: was it here before, late, after closing?"""

    before: bool = False
    late: bool = False
    after_closing: bool = False


def reply(
    session: Session, request_id: UUID, answers: Sequence[Answer], *, by: Actor, at: datetime
) -> Received:
    """Keep the agency's one reply. The same reply sent twice is one; another is refused."""
    by.require(Permission.ANSWER_REQUESTS)
    row, child = fetch_own_request(session, request_id, by=by)
    digest = _digest(answers)
    earlier = session.get(RequestReply, row.id)
    if earlier is not None and earlier.sha256 == digest:
        return Received(before=True)
    rules.check_can_reply(row, answered_by=earlier.replied_by_name if earlier else None)
    parts = session.scalars(
        select(RequestPart.id)
        .where(RequestPart.request_id == row.id)
        .order_by(RequestPart.position)
    ).all()
    rules.check_answers(parts, answers)

    _keep(session, row, answers, digest, by=by, at=at)
    after_closing = row.state == State.CLOSED
    if not after_closing:
        move(row, State.ANSWERED)
    note_step(session, row, Step.ANSWERED, by=by, at=at)
    report(session, row, Moment.INFORMATION_REPLIED, by=by, at=at)
    _write_ledger(session, row, answers, by=by, at=at)
    when_all_have_answered(session, child, by=by, at=at)
    mail(session, row, child, [child.taken_up_by or row.asked_by], MailKind.NEWS, by=by, at=at)
    late = rules.is_late(row.due_at, at, at=at)
    trail.record(
        session,
        AuditKind.INFORMATION_ANSWERED,
        about=row.id,
        by=by,
        at=at,
        late=late,
        after_closing=after_closing,
    )
    return Received(late=late, after_closing=after_closing)


def _digest(answers: Sequence[Answer]) -> str:
    told = [
        [each.part_id, each.finding, each.words, each.withheld, each.withheld_words]
        for each in sorted(answers, key=lambda each: str(each.part_id))
    ]
    return sha256_of_json(told)


def _keep(
    session: Session,
    row: InformationRequest,
    answers: Sequence[Answer],
    digest: str,
    *,
    by: Actor,
    at: datetime,
) -> None:
    session.add(
        RequestReply(
            request_id=row.id,
            sha256=digest,
            replied_by=by.user_id,
            replied_by_name=by.name,
            replied_at=at,
        )
    )
    for each in answers:
        kept_back = each.finding == Finding.PARTLY_WITHHELD
        nothing = each.finding == Finding.NOTHING_KNOWN
        session.add(
            PartAnswer(
                part_id=each.part_id,
                finding=each.finding,
                words="" if nothing else storable(each.words.strip()),
                withheld=each.withheld if kept_back else None,
                withheld_words=storable(each.withheld_words.strip()) if kept_back else "",
            )
        )


def _write_ledger(
    session: Session,
    row: InformationRequest,
    answers: Sequence[Answer],
    *,
    by: Actor,
    at: datetime,
) -> None:
    """The receipt of information: how much of what, not its words."""
    counts = [
        f"{words.lower()} {count}"
        for finding, words in FINDING_WORDS.items()
        if (count := sum(each.finding == finding for each in answers))
    ]
    number = "1 question" if len(answers) == 1 else f"{len(answers)} questions"
    agency = session.get_one(Agency, row.agency_id)
    entry = Entry(
        kind=Kind.REPLY,
        with_whom=agency.name,
        what=f"Answers to {number}: {', '.join(counts)}.",
        purpose=row.purpose,
        agency_id=agency.id,
        about_id=row.id,
    )
    for child_id in children_of(covered(session, row)):
        add_entry(session, child_id, entry, by=by, at=at)


def when_all_have_answered(
    session: Session, child: ContactChild, *, by: Actor, at: datetime
) -> None:
    """Once nobody is waited for any more, the child is being analysed."""
    session.flush()
    waits = exists().where(
        InformationRequest.contact_child_id == child.id,
        InformationRequest.state.in_(sorted(UNDER_WAY)),
    )
    if Status(child.status) is Status.MASH_ENQUIRY and not session.scalar(waits.select()):
        session.add(child.move_to(Status.ANALYSIS, by=by, at=at, why=ALL_ANSWERED))
