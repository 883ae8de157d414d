"""How each agency answers: asked, answered in time, answered late, still in its time, overdue."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.models import Agency
from mash_triage.access.roles import Permission
from mash_triage.enquiries.models import InformationRequest, RequestReply
from mash_triage.enquiries.stages import State

LAST_DAYS = timedelta(days=30)


@dataclass(frozen=True)
class Gauge:
    """One agency over a period. A request that was closed or stopped unanswered before its time
    counts for nothing; one that was due and has no answer counts as not answered.
    """

    agency: str
    in_time: int
    late: int
    waiting: int
    overdue: int

    @property
    def asked(self) -> int:
        """All that count."""
        return self.in_time + self.late + self.waiting + self.overdue

    @property
    def due(self) -> int:
        """Those that were answered, or whose time is over: of these the share is taken."""
        return self.in_time + self.late + self.overdue


def gauges(session: Session, *, by: Actor, at: datetime) -> list[Gauge]:
    """Each agency that was asked in the last 30 days, the one with most overdue first (K14: replies
    by their due time of requests due; no response is a fail).
    """
    by.require(Permission.SCREEN_CONTACT)
    request, replied = InformationRequest, RequestReply.replied_at
    unanswered = replied.is_(None)
    ended_early = unanswered & request.ended_at.is_not(None) & (request.ended_at <= request.due_at)
    counted = {
        "in_time": replied <= request.due_at,
        "late": replied > request.due_at,
        "waiting": unanswered & (request.state == State.OPEN) & (request.due_at >= at),
        "overdue": unanswered & (request.due_at < at),
    }
    rows = session.execute(
        select(
            Agency.name,
            *(func.sum(case((is_so, 1), else_=0)).label(name) for name, is_so in counted.items()),
        )
        .join(request, request.agency_id == Agency.id)
        .outerjoin(RequestReply, RequestReply.request_id == request.id)
        .where(request.sent_at > at - LAST_DAYS, func.coalesce(ended_early, False).is_(False))
        .group_by(Agency.name)
    )
    found = [
        Gauge(row.name, int(row.in_time), int(row.late), int(row.waiting), int(row.overdue))
        for row in rows
    ]
    return sorted(found, key=lambda each: (-each.overdue, -each.late, each.agency))
