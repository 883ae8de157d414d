"""The agency's part: raise a disagreement, take it further, or accept the answer."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.allocation.cover import told_of
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.contacts.actions import bank_holidays
from mash_triage.contacts.models import ContactChild
from mash_triage.contacts.queries import fetch_child
from mash_triage.decisions.models import Decision
from mash_triage.disagreements import rules
from mash_triage.disagreements.actions.steps import due_for, note_step, tell
from mash_triage.disagreements.models import Disagreement
from mash_triage.disagreements.queries import fetch_disagreement
from mash_triage.disagreements.rules import Risk
from mash_triage.disagreements.stages import Step, Subject, Turn
from mash_triage.errors import Changed
from mash_triage.text import storable


def raise_disagreement(
    session: Session,
    contact_child_id: UUID,
    why: str,
    wanted: str,
    *,
    subject: Subject = Subject.DECISION,
    stage: int = 1,
    risk: Risk | None = None,
    by: Actor,
    at: datetime,
) -> Disagreement:
    """An agency disagrees with the decision about a child on its contact or, before there is one,
    with a strategy discussion or a delay: why, and what it wants.

    It begins at stage 1; with a child at immediate risk at any stage. The decision stands, and the
    child's safety plan goes on.
    """
    by.require(Permission.GIVE_FEEDBACK)
    child = fetch_child(session, contact_child_id, by=by)
    rules.check_words(why, "Say why you disagree.")
    rules.check_words(wanted, "Say which outcome you want.")
    rules.check_first_stage(stage, risk)
    agency_id = child.contact.agency_id
    return raise_for_agency(
        session,
        child,
        agency_id,
        why,
        wanted,
        subject=subject,
        stage=stage,
        risk=risk,
        by=by,
        at=at,
    )


def raise_for_agency(
    session: Session,
    child: ContactChild,
    agency_id: UUID,
    why: str,
    wanted: str,
    *,
    subject: Subject = Subject.DECISION,
    stage: int = 1,
    risk: Risk | None = None,
    by: Actor,
    at: datetime,
) -> Disagreement:
    """Open an agency's disagreement about a child that was fetched, in a deed that asked who does
    it: the agency's own, or the record of its dissent at a strategy discussion.
    """
    decision = session.scalars(
        select(Decision).where(Decision.contact_child_id == child.id)
    ).first()
    rules.check_subject(subject, is_decided=decision is not None)
    row = Disagreement(
        id=uuid4(),
        subject=subject,
        decision_id=decision.id if decision else None,
        contact_child_id=child.id,
        agency_id=agency_id,
        why=storable(why.strip()),
        wanted=storable(wanted.strip()),
        stage=stage,
        turn=Turn.FRONT_DOOR,
        turn_since=at,
        due_at=due_for(session, child, stage, Turn.FRONT_DOOR, bank_holidays(), since=at),
        raised_by=by.user_id,
        raised_at=at,
    )
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError as twice:
        raise Changed("A disagreement about this is open already.") from twice
    words = row.why if risk is None else f"{row.why}\n\nAt immediate risk: {risk.words.strip()}"
    note_step(session, row, Step.RAISED, words, at_risk=risk is not None, by=by, at=at)
    for user_id in sorted(_whose(session, child, decision, at=at)):
        tell(session, row, user_id, by=by, at=at)
    trail.record(
        session,
        AuditKind.DISAGREEMENT_RAISED,
        about=child.id,
        by=by,
        at=at,
        disagreement=row.id,
        subject=subject,
        stage=stage,
        at_risk=risk is not None,
    )
    return row


def _whose(
    session: Session, child: ContactChild, decision: Decision | None, *, at: datetime
) -> frozenset[UUID]:
    """Who is told: whoever decided or, before that, whoever has the child; and their cover. A child
    whom nobody has yet is on the board, and so is the disagreement.
    """
    whose = decision.decided_by if decision else child.taken_up_by
    return told_of(session, [whose] if whose else [], child, at=at)


def escalate_disagreement(
    session: Session,
    disagreement_id: UUID,
    words: str,
    *,
    stage: int,
    risk: Risk | None = None,
    by: Actor,
    at: datetime,
) -> Disagreement:
    """The agency takes it to a later stage: the next one after an answer or when its time has run
    out, any of them where a child is at immediate risk.
    """
    by.require(Permission.GIVE_FEEDBACK)
    row = fetch_disagreement(session, disagreement_id, by=by, to_change=True)
    rules.check_next_stage(row, stage, risk, at=at)
    rules.check_words(words, "Say why the answer does not settle it.")
    child = fetch_child(session, row.contact_child_id, by=by)
    row.stage, row.turn, row.turn_since, row.is_accepted = stage, Turn.FRONT_DOOR, at, False
    row.due_at = due_for(session, child, stage, Turn.FRONT_DOOR, bank_holidays(), since=at)
    said = words.strip() if risk is None else f"{words.strip()}\n\nAt risk: {risk.words.strip()}"
    note_step(session, row, Step.ESCALATED, said, at_risk=risk is not None, by=by, at=at)
    trail.record(
        session,
        AuditKind.DISAGREEMENT_ESCALATED,
        about=child.id,
        by=by,
        at=at,
        disagreement=row.id,
        stage=stage,
        at_risk=risk is not None,
    )
    return row


def accept_answer(
    session: Session, disagreement_id: UUID, words: str, *, by: Actor, at: datetime
) -> Disagreement:
    """The agency accepts the answer; it is still the front door that ends it, with what it learned.

    Words are welcome and not needed.
    """
    by.require(Permission.GIVE_FEEDBACK)
    row = fetch_disagreement(session, disagreement_id, by=by, to_change=True)
    rules.check_accepting(row)
    row.is_accepted = True
    note_step(session, row, Step.ACCEPTED, words.strip(), by=by, at=at)
    trail.record(
        session,
        AuditKind.DISAGREEMENT_ACCEPTED,
        about=row.contact_child_id,
        by=by,
        at=at,
        disagreement=row.id,
        stage=row.stage,
    )
    return row
