"""Decisions that one person took alone at night and nobody has reviewed yet."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.models import UserAccount
from mash_triage.access.roles import Permission
from mash_triage.contacts.models import Contact, ContactChild
from mash_triage.contacts.queries import is_visible_to, reported_name
from mash_triage.decisions.models import Decision, NightDecision
from mash_triage.thresholds.queries import edition_of
from mash_triage.thresholds.routes import Outcome


@dataclass(frozen=True)
class AlonePicture:
    """One such decision: of which child, what and by whom, and by when it is to be reviewed."""

    id: UUID
    contact_child_id: UUID
    name: str
    reference: str
    decided_by: UUID
    decided_by_name: str
    decided_at: datetime
    due_at: datetime
    outcome: str
    level: int


def decided_alone(session: Session, *, by: Actor) -> list[AlonePicture]:
    """What waits for a review, soonest due first."""
    by.require(Permission.SEE_DECISION_QUEUE)
    rows = session.execute(
        select(NightDecision, Decision, ContactChild, Contact, UserAccount.name)
        .join(Decision, Decision.id == NightDecision.decision_id)
        .join(ContactChild, ContactChild.id == Decision.contact_child_id)
        .join(Contact, Contact.id == ContactChild.contact_id)
        .join(UserAccount, UserAccount.id == Decision.decided_by)
        .where(NightDecision.reviewed_at.is_(None), is_visible_to(by))
        .order_by(NightDecision.due_at)
    )
    return [
        AlonePicture(
            id=row.id,
            contact_child_id=child.id,
            name=reported_name(
                child.reported_given_names,
                child.reported_family_name,
                unborn=child.reported_unborn,
            ),
            reference=contact.reference,
            decided_by=decision.decided_by,
            decided_by_name=name,
            decided_at=decision.decided_at,
            due_at=row.due_at,
            outcome=edition_of(session, contact.edition_id)
            .outcome_of(Outcome(decision.outcome))
            .words,
            level=decision.level,
        )
        for row, decision, child, contact, name in rows
    ]
