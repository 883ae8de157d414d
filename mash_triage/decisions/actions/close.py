"""A manager closes a child on a contact, once nothing that was handed on is open."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.clocks.actions import happened
from mash_triage.clocks.moments import Moment
from mash_triage.contacts.families import check_knows_not_family
from mash_triage.contacts.queries import fetch_child
from mash_triage.contacts.status import Status
from mash_triage.decisions.models import Decision
from mash_triage.decisions.rules import closes_as
from mash_triage.decisions.tasks import why_open
from mash_triage.hand_on import rules
from mash_triage.thresholds.routes import Outcome


def close_child(session: Session, contact_child_id: UUID, *, by: Actor, at: datetime) -> None:
    """Close what was decided. A step-down that nobody accepted, a transfer without proof, a special
    ending or a direction that is open keeps it open, and so does a child who is missing or who was
    not seen although section 47 was decided; each in words. What was decided as sent twice or in
    error is void from then on.
    """
    by.require(Permission.DECIDE_CONTACT)
    child = fetch_child(session, contact_child_id, by=by, to_change=True)
    check_knows_not_family(session, child.id, by=by)
    rules.check_decided(Status(child.status))
    rules.check_may_close(why_open(session, child.id, by=by))

    outcome = session.scalars(
        select(Decision.outcome).where(Decision.contact_child_id == child.id)
    ).one()
    ends = closes_as(Status(child.status), Outcome(outcome))
    session.add(child.move_to(ends, by=by, at=at))
    happened(session, child.id, Moment.CHILD_CLOSED, took_place_at=at, by=by, at=at)
    trail.record(session, AuditKind.CHILD_CLOSED, about=child.id, by=by, at=at)
