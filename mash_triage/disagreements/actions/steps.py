"""What the deeds of a disagreement share: when a stage is due, its log, and who hears of it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.clocks.working_days import BankHolidays
from mash_triage.contacts.models import ContactChild
from mash_triage.disagreements.models import Disagreement, DisagreementStep
from mash_triage.disagreements.stages import Step, Turn, due_of
from mash_triage.outbox.actions import post
from mash_triage.outbox.kinds import Kind
from mash_triage.settings import settings
from mash_triage.text import storable
from mash_triage.thresholds.queries import edition_of


def due_for(
    session: Session,
    child: ContactChild,
    stage: int,
    turn: Turn,
    holidays: BankHolidays,
    *,
    since: datetime,
) -> datetime:
    """By when whoever has the turn answers a stage, by the opening hours of the contact's edition;
    the agency has a working day at least.
    """
    times = edition_of(session, child.contact.edition_id).clocks
    at_least = 1 if turn is Turn.REFERRER else 0
    days = tuple(max(each, at_least) for each in settings().escalation_working_days)
    return due_of(stage, since, days, times, holidays)


def tell(session: Session, row: Disagreement, to_user: UUID, *, by: Actor, at: datetime) -> None:
    """Post a mail that the disagreement has moved on: a link and the reference, no words of it."""
    reference = session.get_one(ContactChild, row.contact_child_id).contact.reference
    link = f"/disagreements?open={row.id}"
    post(
        session,
        Kind.DISAGREEMENT_MOVED,
        to_user=to_user,
        link=link,
        reference=reference,
        by=by,
        at=at,
    )


def note_step(
    session: Session, row: Disagreement, kind: Step, words: str, *, named: str = "",
    at_risk: bool = False, was_late: bool = False, by: Actor, at: datetime,
) -> None:  # fmt: skip
    """Write the next step of a disagreement."""
    session.flush()
    last = session.scalar(
        select(func.max(DisagreementStep.position)).where(
            DisagreementStep.disagreement_id == row.id
        )
    )
    session.add(
        DisagreementStep(
            disagreement_id=row.id,
            position=(last or 0) + 1,
            kind=kind,
            stage=row.stage,
            words=storable(words),
            named=storable(named.strip()),
            at_risk=at_risk,
            was_late=was_late,
            stepped_by=by.user_id,
            stepped_by_name=by.name,
            stepped_at=at,
        )
    )
