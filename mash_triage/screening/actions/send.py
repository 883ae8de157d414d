"""Sending a child to a manager, with the facts as then known."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.clocks.working_days import london_day
from mash_triage.contacts.actions import sha256_of_json
from mash_triage.contacts.models import ContactChild
from mash_triage.contacts.status import (
    Status,
)
from mash_triage.screening import rules
from mash_triage.screening.facts import frozen, indicator_rows, suggestion_for
from mash_triage.screening.models import FactsFrozen
from mash_triage.screening.work import fetch_child_in_screening, screening_of
from mash_triage.thresholds.queries import edition_of
from mash_triage.thresholds.routes import DepartureReason, Route


def send_for_decision(session: Session, contact_child_id: UUID, *, by: Actor, at: datetime) -> None:
    """Send one child to a manager; the facts as now known are frozen with it."""
    child = fetch_child_in_screening(session, contact_child_id, by=by)
    screening = screening_of(session, child)
    rules.check_ready(
        rules.missing_before_decision(
            person_known=child.person_id is not None,
            rag=child.rag,
            screening=screening,
            indicators=indicator_rows(session, child.id),
        )
    )
    facts, suggestion = suggestion_for(session, child, by=by)
    level = screening.level
    if level is not None:
        rules.check_level(
            edition_of(session, child.contact.edition_id),
            suggestion,
            level,
            Route(screening.route) if screening.route else None,
            DepartureReason(screening.departure) if screening.departure else None,
            screening.departure_words,
        )

    freeze(
        session,
        child,
        "sent",
        frozen(session, child, facts, suggestion, on=london_day(at)),
        by=by,
        at=at,
    )
    screening.sent_by, screening.sent_at = by.user_id, at
    session.add(child.move_to(Status.MANAGER_REVIEW, by=by, at=at))
    trail.record(session, AuditKind.SENT_FOR_DECISION, about=child.id, by=by, at=at)


def freeze(
    session: Session,
    child: ContactChild,
    moment: str,
    facts: dict[str, Any],
    *,
    by: Actor,
    at: datetime,
) -> FactsFrozen:
    """Keep the facts of this moment, hashed; nothing ever changes them."""
    row = FactsFrozen(
        id=uuid4(),
        contact_child_id=child.id,
        moment=moment,
        facts=facts,
        sha256=sha256_of_json(facts),
        frozen_by=by.user_id,
        frozen_at=at,
    )
    session.add(row)
    return row
