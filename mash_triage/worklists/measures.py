"""How many children were decided in time: both clocks, side by side."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, case, func, or_, select, true
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.clocks.models import Clock
from mash_triage.clocks.rules import ClockKind
from mash_triage.contacts.models import Contact, ContactChild
from mash_triage.contacts.queries import is_visible_to
from mash_triage.worklists.board import LAST_DAYS


@dataclass(frozen=True)
class InTime:
    """How many children were decided in time. Undecided and past due counts as failed."""

    counted: int
    within_24_hours: int
    within_one_working_day: int

    @property
    def percent_24_hours(self) -> float | None:
        """Of those counted, percent within 24 hours; none when nobody was counted."""
        return 100 * self.within_24_hours / self.counted if self.counted else None

    @property
    def percent_working_day(self) -> float | None:
        """Of those counted, percent within one working day; none when nobody was counted."""
        return 100 * self.within_one_working_day / self.counted if self.counted else None


def decided_in_time(session: Session, *, by: Actor, at: datetime) -> InTime:
    """The last 30 days: children received, and how many were decided within each clock.

    A child still undecided counts once its clock has run out, and then as failed.
    """
    by.require(Permission.SEE_MEASURES)
    met = and_(Clock.stopped_at.is_not(None), Clock.stopped_at <= Clock.due_at)
    rows = session.execute(
        select(Clock.kind, func.count(), func.sum(case((met, 1), else_=0)))
        .join(ContactChild, ContactChild.id == Clock.contact_child_id)
        .join(Contact, Contact.id == ContactChild.contact_id)
        .where(
            is_visible_to(by) if by.can(Permission.SEE_FRONT_DOOR) else true(),
            ContactChild.received_at >= at - LAST_DAYS,
            Clock.kind.in_((ClockKind.WITHIN_24_HOURS, ClockKind.ONE_WORKING_DAY)),
            or_(Clock.stopped_at.is_not(None), Clock.due_at < at),
        )
        .group_by(Clock.kind)
    ).all()
    found = {kind: (count, int(in_time or 0)) for kind, count, in_time in rows}
    day = found.get(ClockKind.ONE_WORKING_DAY, (0, 0))
    hours = found.get(ClockKind.WITHIN_24_HOURS, (0, 0))
    return InTime(counted=hours[0], within_24_hours=hours[1], within_one_working_day=day[1])
