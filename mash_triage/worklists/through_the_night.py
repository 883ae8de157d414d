"""What falls due for children before the next shift begins, decided or not: for the handover sheet.

A child who is decided is no longer among the undecided, and is to be seen tonight all the same.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.clocks.models import PromiseRecord
from mash_triage.clocks.moments import Moment
from mash_triage.clocks.rules import is_overdue
from mash_triage.contacts.actions import bank_holidays
from mash_triage.contacts.models import Contact, ContactChild
from mash_triage.contacts.queries import is_visible_to, reported_name
from mash_triage.missing.queries import EpisodeRow, open_episodes
from mash_triage.thresholds.queries import edition_of
from mash_triage.worklists.forecast import shift
from mash_triage.worklists.rows import times_in_force

LOOKED_BACK = timedelta(days=3)  # what is past for longer stands on its own page, and is counted
MOST_SHOWN = 200
ON_THE_SHEET_ALREADY = frozenset(
    {
        Moment.RECEIVED,
        Moment.PHONE_CONTACT,
        Moment.RATED_RED,
        Moment.RATED_AMBER,
        Moment.RATED_GREEN,
        Moment.INFORMATION_ASKED,
        Moment.HANDED_OVER,
    }
)
"""What starts promises that have lines of their own: of undecided children, and of handovers."""


@dataclass(frozen=True)
class DueTonight:
    """One promise about one child: what, and by when."""

    contact_child_id: UUID
    name: str
    reference: str
    words: str
    due_at: datetime
    is_past: bool


@dataclass(frozen=True)
class Night:
    """What is due until the next shift begins, soonest first; how much is past for longer; and the
    children who are missing.
    """

    until: datetime
    due: tuple[DueTonight, ...]
    past_for_longer: int
    missing: tuple[EpisodeRow, ...]


def through_the_night(session: Session, *, by: Actor, at: datetime) -> Night:
    """Everything promised about children that falls due before the next shift begins."""
    by.require(Permission.SEE_FRONT_DOOR)
    times = times_in_force(session, at=at)
    _closes, until = shift(at, times, bank_holidays())
    rows = session.execute(
        select(PromiseRecord, ContactChild, Contact.reference)
        .join(ContactChild, ContactChild.id == PromiseRecord.contact_child_id)
        .join(Contact, Contact.id == ContactChild.contact_id)
        .where(
            PromiseRecord.ended_at.is_(None),
            PromiseRecord.due_at < until,
            PromiseRecord.started_with.not_in(ON_THE_SHEET_ALREADY),
            is_visible_to(by),
        )
        .order_by(PromiseRecord.due_at, PromiseRecord.id)
    ).all()
    near = [row for row in rows if row[0].due_at >= at - LOOKED_BACK]
    missing = [each for each in open_episodes(session, by=by) if each.returned_at is None]
    return Night(
        until=until,
        due=tuple(_due(session, *row, at=at) for row in near[:MOST_SHOWN]),
        past_for_longer=len(rows) - len(near),
        missing=tuple(missing),
    )


def _due(
    session: Session, row: PromiseRecord, child: ContactChild, reference: str, *, at: datetime
) -> DueTonight:
    name = reported_name(
        child.reported_given_names, child.reported_family_name, unborn=child.reported_unborn
    )
    words = edition_of(session, row.edition_id).promise_of(row.code).words
    past = is_overdue(row.due_at, at=at)
    return DueTonight(child.id, name, reference, words, row.due_at, past)
