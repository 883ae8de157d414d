"""Times that stand on a record of their own: the review of a night's decision, the answer to a
disagreement, a call to be confirmed in writing, an agency's answer, and what the day is to read.

Each is counted in working time, so that it moves when a bank holiday is proclaimed late. What
somebody outside was told to answer by never moves to an earlier time.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists
from sqlalchemy.orm import InstrumentedAttribute, Session

from mash_triage.clocks.models import PromiseRecord
from mash_triage.clocks.working_days import BankHolidays
from mash_triage.contacts.actions.confirmation import confirmation_due
from mash_triage.contacts.models import Contact, ContactChild, WrittenConfirmation
from mash_triage.decisions.actions.night import review_due
from mash_triage.decisions.models import Decision, NightDecision
from mash_triage.disagreements.actions.steps import due_for as stage_due
from mash_triage.disagreements.models import Disagreement
from mash_triage.disagreements.stages import Turn
from mash_triage.enquiries.models import InformationRequest
from mash_triage.enquiries.stages import State
from mash_triage.enquiries.work import due_for as reply_due
from mash_triage.handover.models import Handover
from mash_triage.handover.rules import read_by
from mash_triage.settings import settings
from mash_triage.thresholds.queries import edition_of


@dataclass(frozen=True)
class Counted:
    """What such a record comes to: of which child, when it is due as counted now, and whether
    somebody outside was given the time.
    """

    contact_child_id: UUID
    due_at: datetime
    is_told_outside: bool = False


@dataclass(frozen=True)
class OwnTime:
    """One kind of them: its name on the trail, which of its records are open, and how one is
    counted.
    """

    code: str
    key: InstrumentedAttribute[UUID]
    is_open: ColumnElement[bool]
    count: Callable[[Session, Any, BankHolidays], Counted]

    def due_of(self, session: Session, row: Any, holidays: BankHolidays) -> Counted:
        """How a record is counted now; a time given outside is kept where it would be earlier."""
        found = self.count(session, row, holidays)
        if found.is_told_outside and found.due_at < row.due_at:
            return Counted(found.contact_child_id, row.due_at, is_told_outside=True)
        return found


def _review(session: Session, row: NightDecision, holidays: BankHolidays) -> Counted:
    decision = session.get_one(Decision, row.decision_id)
    child = session.get_one(ContactChild, decision.contact_child_id)
    times = edition_of(session, child.contact.edition_id).clocks
    return Counted(child.id, review_due(decision.decided_at, times, holidays))


def _stage(session: Session, row: Disagreement, holidays: BankHolidays) -> Counted:
    child, turn = session.get_one(ContactChild, row.contact_child_id), Turn(row.turn)
    due_at = stage_due(session, child, row.stage, turn, holidays, since=row.turn_since)
    return Counted(child.id, due_at, is_told_outside=turn is Turn.REFERRER)


def _confirmation(session: Session, row: WrittenConfirmation, holidays: BankHolidays) -> Counted:
    contact = session.get_one(Contact, row.contact_id)
    times = edition_of(session, contact.edition_id).clocks
    days = settings().written_confirmation_working_days
    due_at = confirmation_due(contact.received_at, times, holidays, days=days)
    return Counted(contact.children[0].id, due_at, is_told_outside=True)


def _reply(session: Session, row: InformationRequest, holidays: BankHolidays) -> Counted:
    child = session.get_one(ContactChild, row.contact_child_id)
    assert row.sent_at is not None  # as every request that is open
    due_at = reply_due(session, row, child, holidays, sent_at=row.sent_at)
    return Counted(child.id, due_at, is_told_outside=True)


def _handover(session: Session, row: Handover, holidays: BankHolidays) -> Counted:
    child = session.get_one(ContactChild, row.contact_child_id)
    edition = edition_of(session, child.contact.edition_id)
    return Counted(child.id, read_by(row.given_at, edition, holidays))


_HAS_PROMISE = exists().where(PromiseRecord.about == Handover.id, PromiseRecord.ended.is_(None))
"""Then it shows the time of its promise, and moves with it."""

OWN_TIMES = (
    OwnTime("night_review", NightDecision.id, NightDecision.reviewed_at.is_(None), _review),
    OwnTime("disagreement", Disagreement.id, Disagreement.resolved_at.is_(None), _stage),
    OwnTime(
        "written_confirmation",
        WrittenConfirmation.contact_id,
        WrittenConfirmation.came_at.is_(None),
        _confirmation,
    ),
    OwnTime(
        "information_reply",
        InformationRequest.id,
        InformationRequest.state == State.OPEN,
        _reply,
    ),
    OwnTime("handover_read", Handover.id, Handover.read_at.is_(None) & ~_HAS_PROMISE, _handover),
)
