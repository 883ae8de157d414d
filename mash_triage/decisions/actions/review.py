"""A manager's daily entry for a child past 24 hours."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.clocks.rules import is_overdue, within_24_hours
from mash_triage.clocks.working_days import london_day
from mash_triage.contacts.families import check_knows_not_family
from mash_triage.contacts.queries import fetch_child
from mash_triage.contacts.status import UNDECIDED, Status
from mash_triage.decisions.models import (
    DailyReview,
)
from mash_triage.errors import Changed, NotReady
from mash_triage.text import storable


def record_daily_review(
    session: Session, contact_child_id: UUID, words: str, *, by: Actor, at: datetime
) -> DailyReview:
    """A manager's entry for today on a child still undecided after 24 hours."""
    by.require(Permission.DECIDE_CONTACT)
    child = fetch_child(session, contact_child_id, by=by)
    check_knows_not_family(session, child.id, by=by)
    if Status(child.status) not in UNDECIDED:
        raise NotReady("This child was decided; no review is needed.")
    if not is_overdue(within_24_hours(child.received_at), at=at):
        raise NotReady("A daily review is for children past 24 hours.")
    if not words.strip():
        raise NotReady("Say why the decision waits and what keeps the child safe today.")
    review = DailyReview(
        id=uuid4(),
        contact_child_id=child.id,
        on_day=london_day(at),
        words=storable(words.strip()),
        reviewed_by=by.user_id,
        reviewed_at=at,
    )
    try:
        with session.begin_nested():
            session.add(review)
    except IntegrityError as twice:
        raise Changed("Somebody has reviewed this child today already.") from twice
    trail.record(session, AuditKind.DAILY_REVIEW_RECORDED, about=child.id, by=by, at=at)
    return review
