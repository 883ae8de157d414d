"""Work in hand: children without a worker, ages of the undecided, quiet ones, late ones."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import and_, func, literal, select, union_all
from sqlalchemy.orm import Session, aliased

from mash_triage.access.actor import Actor
from mash_triage.access.models import UserAccount
from mash_triage.access.roles import Permission
from mash_triage.allocation.models import Allocation
from mash_triage.allocation.queries import PromptPicture, prompts_about
from mash_triage.allocation.work import cannot_go_on
from mash_triage.audit.events import AuditEvent, AuditKind
from mash_triage.clocks.rules import working_day_start
from mash_triage.contacts.actions import bank_holidays
from mash_triage.contacts.models import ContactChild
from mash_triage.contacts.status import UNDECIDED, WAITING_FOR_MANAGER, Status
from mash_triage.enquiries.models import InformationRequest
from mash_triage.enquiries.stages import UNDER_WAY, State
from mash_triage.settings import settings
from mash_triage.thresholds.levels import ClockTimes
from mash_triage.worklists.board import is_urgent, undecided
from mash_triage.worklists.forecast import Forecast, Pace, forecast, shift, time_looked_at
from mash_triage.worklists.rows import BoardRow, times_in_force

HOUR = timedelta(hours=1)
GONE = "gone"
AGE_BANDS: tuple[tuple[str, timedelta | None], ...] = (
    ("Under 4 h", 4 * HOUR),
    ("4 to 12 h", 12 * HOUR),
    ("12 to 24 h", 24 * HOUR),
    ("1 to 2 days", 48 * HOUR),
    ("Over 2 days", None),
)
NO_ACTIVITY = (AuditKind.RECORD_VIEWED, AuditKind.ACTIVITY_ASKED, AuditKind.ALLOCATION_BLOCKED)
"""What is on the trail of a child and is no work on it."""

WAITS_FOR: Mapping[Status, str] = {
    Status.AWAITING_REFERRER: "the referrer's answer",
    Status.MASH_ENQUIRY: "agencies",
}
WAITS_FOR_REQUEST: Mapping[State, str] = {
    State.OPEN: "agencies",
    State.NEEDS_WORD: "a manager's word on asking an agency",
}


def waits_for(row: BoardRow, asked: Collection[State] = ()) -> str:
    """For whom or what this child waits; no clock stops for it. `asked` is how its requests to
    agencies stand, at whatever stage the child is.
    """
    if row.status in WAITING_FOR_MANAGER:
        return "a manager"
    causes = [WAITS_FOR[row.status]] if row.status in WAITS_FOR else []
    causes += [words for state, words in WAITS_FOR_REQUEST.items() if state in asked]
    if causes:
        return " and ".join(dict.fromkeys(causes))
    return f"{row.worker}, who works on it" if row.worker else "a worker"


def age_band(row: BoardRow, at: datetime) -> str:
    """Into which band of age since receipt a child falls."""
    age = at - row.received_at
    return next(name for name, until in AGE_BANDS if until is None or age < until)


@dataclass(frozen=True)
class InHand:
    """Every undecided child, the urgent first, then by time left."""

    at: datetime
    rows: tuple[BoardRow, ...]
    times: ClockTimes
    asked: Mapping[UUID, frozenset[State]] = field(default_factory=dict)

    def waits_for(self, row: BoardRow) -> str:
        """For whom or what this child waits."""
        return waits_for(row, self.asked.get(row.id, frozenset()))

    @property
    def unallocated(self) -> tuple[BoardRow, ...]:
        """Children without a worker, the longest waiting first, the urgent before them."""
        none = [row for row in self.rows if row.worker_id is None]
        return tuple(sorted(none, key=lambda row: (not is_urgent(row), row.received_at)))

    @property
    def too_old(self) -> tuple[BoardRow, ...]:
        """Undecided for longer than the authority lets pass without an alarm, the oldest first."""
        oldest = timedelta(hours=settings().oldest_undecided_hours)
        late = [row for row in self.rows if self.at - row.received_at > oldest]
        return tuple(sorted(late, key=lambda row: row.received_at))


def in_hand(session: Session, *, by: Actor, at: datetime) -> InHand:
    """All that is undecided, as far as this person may see it."""
    by.require(Permission.SEE_FRONT_DOOR)
    times = times_in_force(session, at=at)
    rows = undecided(session, times, by=by, at=at)
    gone, asked = _beside(session)
    rows = [replace(row, worker=None, worker_id=None) if row.id in gone else row for row in rows]
    rows.sort(key=lambda row: not is_urgent(row))
    return InHand(at, tuple(rows), times, asked)


def _beside(session: Session) -> tuple[set[UUID], dict[UUID, frozenset[State]]]:
    """Beside the rows, in one statement: the undecided children whose worker has left or knows the
    family, who are as good as without one; and how the requests to agencies about each stand.
    """
    worker, child = aliased(UserAccount), ContactChild
    of_worker = worker.id == func.coalesce(Allocation.worker_id, child.taken_up_by)
    stands = and_(Allocation.contact_child_id == child.id, Allocation.ended_at.is_(None))
    gone = (
        select(child.id, literal(GONE))
        .outerjoin(Allocation, stands)
        .join(worker, of_worker)
        .where(child.status.in_(UNDECIDED), cannot_go_on(worker))
    )
    asked = (
        select(InformationRequest.contact_child_id, InformationRequest.state)
        .join(child, child.id == InformationRequest.contact_child_id)
        .where(InformationRequest.state.in_(sorted(UNDER_WAY)), child.status.in_(UNDECIDED))
    )
    found: dict[UUID, set[str]] = {}
    for child_id, what in session.execute(union_all(gone, asked)):
        found.setdefault(child_id, set()).add(what)
    states = {each: frozenset(map(State, said - {GONE})) for each, said in found.items()}
    return {each for each, said in found.items() if GONE in said}, states


def shift_forecast(session: Session, work: InHand, *, by: Actor) -> Forecast:
    """Who will run out of time before the shift ends, at the pace of the last days."""
    by.require(Permission.SEE_FRONT_DOOR)
    at, times, holidays = work.at, work.times, bank_holidays()
    since, open_for = time_looked_at(at, times, holidays)
    counted = select(func.count(ContactChild.id)).where(
        ContactChild.decided_at >= since, ContactChild.decided_at <= at
    )
    closes_at, until = shift(at, times, holidays)
    return forecast(
        [(row.id, row.next_due_at) for row in work.rows if row.next_due_at is not None],
        Pace(session.scalar(counted) or 0, open_for),
        at=at,
        closes_at=closes_at,
        until=until,
        begins=working_day_start(at, times, holidays),
    )


@dataclass(frozen=True)
class Quiet:
    """A child of whom nothing is recorded for days: since when, and whether somebody asked why."""

    row: BoardRow
    since: datetime
    prompt: PromptPicture | None


def quiet_children(session: Session, work: InHand, *, by: Actor) -> list[Quiet]:
    """Children of whom nothing was recorded for as many days as the authority says, the quietest
    first (Kirklees 5.7). An opened record is no activity.
    """
    by.require(Permission.SEE_FRONT_DOOR)
    limit = work.at - timedelta(days=settings().no_activity_days)
    old = [row for row in work.rows if row.received_at < limit]
    if not old:
        return []
    last = _last_deeds(session, old)
    quiet = [row for row in old if last[row.id] < limit]
    prompts = prompts_about(session, [row.id for row in quiet], by=by) if quiet else {}
    found = [Quiet(row, last[row.id], prompts.get(row.id)) for row in quiet]
    return sorted(found, key=lambda each: each.since)


def _last_deeds(session: Session, rows: Sequence[BoardRow]) -> dict[UUID, datetime]:
    """When something was last recorded of each child or its contact; at least the receipt."""
    subjects: dict[str, list[UUID]] = {}
    for row in rows:
        for subject in (row.id, row.contact_id):
            subjects.setdefault(str(subject), []).append(row.id)
    last = {row.id: max(row.received_at, row.status_since) for row in rows}
    for about, when in _latest(session, subjects):
        for child in subjects[about]:
            last[child] = max(last[child], when)
    return last


def _latest(session: Session, subjects: Iterable[str]) -> list[tuple[str, datetime]]:
    rows = session.execute(
        select(AuditEvent.about, func.max(AuditEvent.at))
        .where(AuditEvent.about.in_(tuple(subjects)), AuditEvent.kind.not_in(NO_ACTIVITY))
        .group_by(AuditEvent.about)
    )
    return [(row[0], row[1]) for row in rows if row[0] is not None]
