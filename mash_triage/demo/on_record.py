"""What the demonstration puts on record about one child: told, agreed, lawful, and protected."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.consent.actions import ConsentFacts, record_consent, record_lawful_basis
from mash_triage.contacts.actions import record_protective_action
from mash_triage.contacts.models import ContactChild
from mash_triage.decisions.actions import record_help_agreed, start_help
from mash_triage.demo.planned import PlannedChild
from mash_triage.thresholds.routes import Route


def record_told(
    session: Session, child_id: UUID, plan: PlannedChild, *, by: Actor, at: datetime
) -> None:
    """What the family was told and agreed to; for section 47 the lawful basis too."""
    told = plan.consent
    facts = ConsentFacts(
        subject=told.person,
        covers="contact",
        status=told.agreement,
        why_not=told.why_not,
        words=told.words,
        told=told.told,
        how="verbal" if told.agreement == "given" else None,
    )
    record_consent(session, child_id, facts, by=by, at=at)
    if plan.route == Route.S47:
        record_lawful_basis(
            session,
            child_id,
            article_6="public_task",
            article_9="substantial_public_interest",
            gateway="ca1989_s47",
            confidentiality="public_interest",
            necessity="Needed to find out whether the child is suffering significant harm.",
            by=by,
            at=at,
        )


def start_agreed_help(
    session: Session, child: ContactChild, *, plan: PlannedChild, by: Actor, at: datetime
) -> None:
    """The family agrees to early help, and it starts."""
    facts = ConsentFacts(
        subject=plan.consent.person, covers="early_help", status="given", how="verbal", told="yes"
    )
    record_consent(session, child.id, facts, by=by, at=at)
    record_help_agreed(session, child.id, by=by, at=at)
    start_help(session, child.id, by=by, at=at)


def record_protected(
    session: Session, child_id: UUID, plan: PlannedChild, *, by: Actor, at: datetime
) -> None:
    """What was done at once for the child's safety."""
    kind = _kind_of(plan.protective_action)
    record_protective_action(session, child_id, kind, "", by=by, at=at)


def _kind_of(told: str) -> str:
    starts = {
        "999": "called_999",
        "strategy": "strategy_discussion_asked",
        "Duty number": "duty_manager_told",
    }
    return next((code for start, code in starts.items() if start in told), "child_made_safe")
