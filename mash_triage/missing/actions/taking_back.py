"""A manager takes back an episode that was recorded in error."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.clocks.actions import lapse_promises
from mash_triage.clocks.moments import Moment
from mash_triage.contacts.families import check_knows_not_family
from mash_triage.missing.actions.notices import report
from mash_triage.missing.actions.seeing_to import not_done
from mash_triage.missing.models import MissingAction
from mash_triage.missing.queries import fetch_episode, interview_rows
from mash_triage.missing.taken_back import ACTION_FELL_AWAY, check_may_take_back
from mash_triage.text import storable


def take_back_missing(
    session: Session, episode_id: UUID, because: str, *, by: Actor, at: datetime
) -> None:
    """A manager says why an episode was recorded in error: of another child, or a second time. It
    stays as written and counts nowhere. What was promised of it lapses, what was to be done after
    it ends as not done, and a contact that reports the child missing waits for a record again.
    """
    by.require(Permission.DECIDE_CONTACT)
    row = fetch_episode(session, episode_id, by=by, to_change=True)
    check_knows_not_family(session, row.contact_child_id, by=by)
    held = any(each.held_at is not None for each in interview_rows(session, row.id))
    check_may_take_back(because, interview_held=held)

    row.taken_back_by, row.taken_back_at = by.user_id, at
    row.taken_back_because = storable(because.strip())
    for action in session.scalars(
        select(MissingAction).where(
            MissingAction.episode_id == row.id,
            MissingAction.done_at.is_(None),
            MissingAction.not_done_at.is_(None),
        )
    ):
        not_done(action, ACTION_FELL_AWAY, by=by, at=at)
    lapse_promises(session, row.contact_child_id, row.id, at=at)
    report(session, row, Moment.MISSING_TAKEN_BACK, at, by=by, at=at)
    trail.record(
        session,
        AuditKind.MISSING_TAKEN_BACK,
        about=row.contact_child_id,
        by=by,
        at=at,
        episode=row.id,
    )
