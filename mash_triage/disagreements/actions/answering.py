"""The front door's part: answer a stage, and end a disagreement with reasons."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.clocks.rules import is_overdue
from mash_triage.contacts.actions import bank_holidays
from mash_triage.contacts.families import check_knows_not_family
from mash_triage.contacts.models import ContactChild
from mash_triage.contacts.queries import fetch_child
from mash_triage.decisions.models import Decision
from mash_triage.disagreements import rules
from mash_triage.disagreements.actions.steps import due_for, note_step, tell
from mash_triage.disagreements.models import Disagreement
from mash_triage.disagreements.queries import fetch_disagreement, later_decisions
from mash_triage.disagreements.rules import ResolutionFacts
from mash_triage.disagreements.stages import Step, Turn
from mash_triage.errors import NotReady
from mash_triage.text import storable


def answer_disagreement(
    session: Session, disagreement_id: UUID, words: str, *, named: str = "", by: Actor, at: datetime
) -> Disagreement:
    """The front door answers the stage it stands at; from stage 3 on with the name of the person
    who answers. Then it is the agency's turn to accept it or to take it further.
    """
    by.require(Permission.SCREEN_CONTACT)
    row = fetch_disagreement(session, disagreement_id, by=by, to_change=True)
    _check_answerer(session, row, by)
    rules.check_answer(row, words, named)
    was_late = is_overdue(row.due_at, at=at)
    child = fetch_child(session, row.contact_child_id, by=by)
    row.turn, row.turn_since = Turn.REFERRER, at
    row.due_at = due_for(session, child, row.stage, Turn.REFERRER, bank_holidays(), since=at)
    note_step(
        session, row, Step.ANSWERED, words.strip(), named=named, was_late=was_late, by=by, at=at
    )
    tell(session, row, row.raised_by, by=by, at=at)
    trail.record(
        session,
        AuditKind.DISAGREEMENT_ANSWERED,
        about=row.contact_child_id,
        by=by,
        at=at,
        disagreement=row.id,
        stage=row.stage,
        late=was_late,
    )
    return row


def resolve_disagreement(
    session: Session, disagreement_id: UUID, facts: ResolutionFacts, *, by: Actor, at: datetime
) -> Disagreement:
    """A manager ends it for a named person, with reasons and what was learned.

    No decision changes by it. Where a manager decided afresh, that later decision about the same
    child is named.
    """
    by.require(Permission.DECIDE_CONTACT)
    row = fetch_disagreement(session, disagreement_id, by=by, to_change=True)
    _check_answerer(session, row, by)
    rules.check_resolution(row, facts, at=at)
    if facts.new_decision is not None:
        known = {each.id for each in later_decisions(session, row.id, by=by)}
        if facts.new_decision not in known:
            raise NotReady("That is no later decision about this child. Choose one of the list.")
    row.resolution = facts.resolution
    row.resolution_words = storable(facts.words.strip())
    row.resolved_for = storable(facts.resolved_for.strip())
    row.learning = storable(facts.learning.strip())
    row.new_decision_id = facts.new_decision
    row.resolved_by, row.resolved_at = by.user_id, at
    note_step(
        session, row, Step.RESOLVED, row.resolution_words, named=row.resolved_for, by=by, at=at
    )
    tell(session, row, row.raised_by, by=by, at=at)
    trail.record(
        session,
        AuditKind.DISAGREEMENT_RESOLVED,
        about=row.contact_child_id,
        by=by,
        at=at,
        disagreement=row.id,
        stage=row.stage,
        resolution=facts.resolution,
        new_decision=facts.new_decision,
    )
    return row


def _check_answerer(session: Session, row: Disagreement, by: Actor) -> None:
    check_knows_not_family(session, row.contact_child_id, by=by)
    if row.decision_id is not None:
        whose: UUID | None = session.get_one(Decision, row.decision_id).decided_by
    else:
        whose = session.get_one(ContactChild, row.contact_child_id).taken_up_by
    rules.check_answerer(row, whose, by.user_id, manager=by.can(Permission.DECIDE_CONTACT))
