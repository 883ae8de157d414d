"""What is handed on: sent to somebody named, accepted, told, or returned to a manager."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.clocks.actions import happened
from mash_triage.clocks.moments import Moment
from mash_triage.contacts.families import check_knows_not_family
from mash_triage.contacts.models import ContactChild
from mash_triage.contacts.queries import fetch_child
from mash_triage.contacts.status import Status
from mash_triage.errors import Changed
from mash_triage.hand_on import rules
from mash_triage.hand_on.actions.due import due_after
from mash_triage.hand_on.kinds import PASSINGS, Answer, Passing
from mash_triage.hand_on.models import PassedOn
from mash_triage.hand_on.queries import fetch_passed, open_rows, standing_of
from mash_triage.hand_on.rules import AnswerFacts
from mash_triage.sharing.by_deeds import Shared, note_handed_on
from mash_triage.text import storable

SENT_WITH_IT = "What the contact and the decision say of this child."


def pass_on(
    session: Session, contact_child_id: UUID, kind: Passing, *, by: Actor, at: datetime
) -> PassedOn:
    """A manager begins a step-down or transfer of a decided child by hand; one of a kind."""
    by.require(Permission.DECIDE_CONTACT)
    child = fetch_child(session, contact_child_id, by=by, to_change=True)
    check_knows_not_family(session, child.id, by=by)
    rules.check_decided(Status(child.status))
    if any(each.kind is kind for each in open_rows(session, child.id)[0]):
        raise Changed("One is open already: it is listed here.")
    return _begin(session, child, kind, by=by, at=at)


def _begin(
    session: Session, child: ContactChild, kind: Passing, *, by: Actor, at: datetime
) -> PassedOn:
    row = PassedOn(
        id=uuid4(), contact_child_id=child.id, kind=kind, begun_by=by.user_id, begun_at=at
    )
    session.add(row)
    trail.record(
        session, AuditKind.PASSING_BEGUN, about=child.id, by=by, at=at, passed=row.id, to=kind
    )
    return row


def send_on(
    session: Session, passed_id: UUID, to_whom: str, words: str, *, by: Actor, at: datetime
) -> PassedOn:
    """It goes to a named service or authority, which now has to accept it."""
    by.require(Permission.HAND_ON)
    row = fetch_passed(session, passed_id, by=by)
    check_knows_not_family(session, row.contact_child_id, by=by)
    rules.check_can_be_sent(standing_of(row), to_whom)
    child = fetch_child(session, row.contact_child_id, by=by)

    row.to_whom, row.words = storable(to_whom.strip()), storable(words.strip())
    row.sent_by, row.sent_at = by.user_id, at
    if sent := PASSINGS[Passing(row.kind)].sent:
        row.due_at = due_after(session, child, sent, at)
        happened(session, child.id, sent, took_place_at=at, about=row.id, by=by, at=at)
    shared = Shared(row.to_whom, SENT_WITH_IT, PASSINGS[Passing(row.kind)].words, row.id, at)
    is_help = row.kind == Passing.STEP_DOWN
    note_handed_on(session, child, shared, is_help=is_help, by=by, at=at)
    trail.record(
        session, AuditKind.PASSED_ON, about=child.id, by=by, at=at, passed=row.id, to=row.kind
    )
    return row


def record_accepted(
    session: Session, passed_id: UUID, facts: AnswerFacts, *, by: Actor, at: datetime
) -> PassedOn:
    """They took it on: who there, when; of a transfer also the proof. Only now is it complete."""
    by.require(Permission.HAND_ON)
    row = fetch_passed(session, passed_id, by=by)
    rules.check_accepted(standing_of(row), facts, sent_at=row.sent_at, at=at)
    child = fetch_child(session, row.contact_child_id, by=by, to_change=True)

    row.answer, row.is_open = Answer.ACCEPTED, False
    row.answer_name = storable(facts.name.strip())
    row.answer_role, row.answer_how = storable(facts.role.strip()), storable(facts.how.strip())
    row.took_place_at = facts.took_place_at or at
    row.answered_by, row.answered_at = by.user_id, at
    if confirmed := PASSINGS[Passing(row.kind)].confirmed:
        when = row.took_place_at
        happened(session, child.id, confirmed, took_place_at=when, about=row.id, by=by, at=at)
    if row.kind == Passing.TRANSFER and child.status == Status.DECIDED:
        session.add(child.move_to(Status.TRANSFERRED, by=by, at=at, why=row.answer_how))
    trail.record(session, AuditKind.PASSING_ACCEPTED, about=child.id, by=by, at=at, passed=row.id)
    return row


def record_told(
    session: Session,
    passed_id: UUID,
    to_whom: str,
    teller: str,
    *,
    took_place_at: datetime | None = None,
    by: Actor,
    at: datetime,
) -> PassedOn:
    """The family, or whoever asked for advice, was told of a named service; nobody has to accept
    it there. Only now is it complete.
    """
    by.require(Permission.HAND_ON)
    row = fetch_passed(session, passed_id, by=by)
    child = fetch_child(session, row.contact_child_id, by=by)
    when, since = took_place_at or at, child.received_at  # often on the telephone, before deciding
    rules.check_told(standing_of(row), to_whom, teller, when, since=since, at=at)

    row.to_whom, row.sent_by, row.sent_at = storable(to_whom.strip()), by.user_id, at
    row.answer, row.is_open = Answer.ACCEPTED, False
    row.answer_name, row.took_place_at = storable(teller.strip()), when
    row.answered_by, row.answered_at = by.user_id, at
    trail.record(session, AuditKind.SERVICE_TOLD, about=child.id, by=by, at=at, passed=row.id)
    return row


def record_returned(
    session: Session, passed_id: UUID, name: str, reason: str, *, by: Actor, at: datetime
) -> PassedOn:
    """They did not take it on, and why. It stays open, in the managers' list."""
    by.require(Permission.HAND_ON)
    row = fetch_passed(session, passed_id, by=by)
    rules.check_returned(standing_of(row), name, reason)

    row.answer = Answer.RETURNED
    row.answer_name, row.answer_words = storable(name.strip()), storable(reason.strip())
    row.took_place_at, row.answered_by, row.answered_at = at, by.user_id, at
    trail.record(
        session,
        AuditKind.PASSING_RETURNED,
        about=row.contact_child_id,
        by=by,
        at=at,
        passed=row.id,
    )
    return row


def settle_return(
    session: Session, passed_id: UUID, words: str, *, again: bool, by: Actor, at: datetime
) -> PassedOn | None:
    """A manager's new word on what came back. `again` begins another one, to be sent elsewhere."""
    by.require(Permission.DECIDE_CONTACT)
    row = fetch_passed(session, passed_id, by=by)
    check_knows_not_family(session, row.contact_child_id, by=by)
    rules.check_settled(standing_of(row), words)
    child = fetch_child(session, row.contact_child_id, by=by, to_change=True)

    row.is_open, row.settled_words = False, storable(words.strip())
    row.settled_by, row.settled_at = by.user_id, at
    settled = Moment.RETURN_SETTLED
    happened(session, child.id, settled, took_place_at=at, about=row.id, by=by, at=at)
    trail.record(
        session, AuditKind.RETURN_SETTLED, about=child.id, by=by, at=at, passed=row.id, again=again
    )
    return _begin(session, child, Passing(row.kind), by=by, at=at) if again else None
