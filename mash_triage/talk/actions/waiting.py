"""A worker asks the referrer and waits for the answer. No clock ever stops for it."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.contacts.models import ContactChild
from mash_triage.contacts.queries import fetch_child
from mash_triage.contacts.status import Status
from mash_triage.errors import NotReady
from mash_triage.outbox.kinds import Kind as MailKind
from mash_triage.screening.work import fetch_child_in_screening
from mash_triage.talk.actions.messages import check_can_be_written_to
from mash_triage.talk.actions.telling import tell_referrer
from mash_triage.talk.models import ReferrerWait
from mash_triage.talk.queries import open_wait_of
from mash_triage.talk.rules import Kind, checked_words
from mash_triage.talk.sending import Said, Thread, sent_before, store

ASKED = "The referrer was asked"
ASKED_AGENCIES = (
    "Agencies have been asked about this child already, so the stage stays as it is. Send your "
    "question without waiting."
)
SAY_WHY = "Say why you no longer wait, for example: she answered on the telephone."


def ask_and_wait(
    session: Session,
    contact_child_id: UUID,
    words: str,
    *,
    token: UUID,
    by: Actor,
    at: datetime,
) -> UUID:
    """Ask the referrer about one child and wait for the answer; gives the question's id.

    The child's stage says so, with this question as the cause, until the referrer answers. The
    clocks run on.
    """
    by.require(Permission.WRITE_TO_REFERRER)
    contact = fetch_child(session, contact_child_id, by=by).contact
    thread = Thread(contact.id)
    asked = checked_words(words, "Write your question first.")
    if earlier := sent_before(session, thread, token, asked, by=by):
        return earlier.id
    child = fetch_child_in_screening(session, contact_child_id, by=by)
    check_can_be_written_to(session, contact, by=by)
    said = Said(words, token, kind=Kind.QUESTION)
    question, _ = store(session, thread, said, by=by, at=at)
    session.add(
        ReferrerWait(
            id=uuid4(),
            contact_child_id=child.id,
            question_id=question.id,
            asked_by=by.user_id,
            asked_at=at,
        )
    )
    _wait(session, child, by=by, at=at)
    tell_referrer(session, contact, MailKind.QUESTION_ASKED, by=by, at=at)
    trail.record(
        session, AuditKind.REFERRER_ASKED, about=child.id, by=by, at=at, message=question.id
    )
    return question.id


def stop_waiting(
    session: Session, contact_child_id: UUID, because: str, *, by: Actor, at: datetime
) -> None:
    """Wait no longer for this child's answers, for a reason such as an answer by telephone."""
    by.require(Permission.WRITE_TO_REFERRER)
    child = fetch_child_in_screening(session, contact_child_id, by=by)
    why = checked_words(because, SAY_WHY)
    if open_wait_of(session, child.id) is None:
        raise NotReady("Nobody waits for the referrer any more.")
    while wait := open_wait_of(session, child.id):
        wait.ended_because, wait.ended_by, wait.ended_at = why, by.user_id, at
        session.flush()  # the next one is asked of the database
    if Status(child.status) is Status.AWAITING_REFERRER:
        session.add(child.move_to(Status.SCREENING, by=by, at=at, why=why))
    trail.record(session, AuditKind.WAIT_ENDED, about=child.id, by=by, at=at)


def _wait(session: Session, child: ContactChild, *, by: Actor, at: datetime) -> None:
    """Move to waiting; a child given back by a manager is being screened again first."""
    stands = Status(child.status)
    if stands is Status.AWAITING_REFERRER:
        return
    if stands in (Status.MASH_ENQUIRY, Status.ANALYSIS):
        raise NotReady(ASKED_AGENCIES)
    if stands is Status.RETURNED_TO_WORKER:
        session.add(child.move_to(Status.SCREENING, by=by, at=at))
    session.add(child.move_to(Status.AWAITING_REFERRER, by=by, at=at, why=ASKED))
