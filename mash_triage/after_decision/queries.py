"""What follows the decisions for section 17 and 47, as shown: seen, allocated, and by when."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, false, or_, select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.models import UserAccount
from mash_triage.access.roles import Permission
from mash_triage.after_decision.models import ChildVisit, LaterDate, NamedWorker
from mash_triage.after_decision.rules import Step
from mash_triage.clocks.models import PromiseRecord
from mash_triage.clocks.moments import Moment
from mash_triage.clocks.promise_rules import Ended
from mash_triage.contacts.models import Contact, ContactChild
from mash_triage.contacts.queries import fetch_child, is_visible_to, reported_name
from mash_triage.decisions.models import Decision
from mash_triage.thresholds.queries import edition_of
from mash_triage.thresholds.routes import REFERRAL_OUTCOMES, Outcome

AT_ONCE = 300
LONGEST_DAYS = 90  # the longest time since the decision that the list goes back
FOLLOWED = (
    Moment.SEEN,
    Moment.ALLOCATED,
    Moment.STRATEGY_HELD,
    Moment.CONFERENCE_HELD,
    Moment.ASSESSMENT_AUTHORISED,
    Moment.REFERRER_TOLD,
)
"""In the order of the page: what keeps each promise that is shown here."""


@dataclass(frozen=True)
class Due:
    """A promise about one child: what keeps it, by when, and when it was kept."""

    keeps: Moment
    due_at: datetime
    kept_at: datetime | None

    def is_late(self, *, at: datetime) -> bool:
        """Is it past its time, or was it kept after it?"""
        return (self.kept_at or at) > self.due_at


@dataclass(frozen=True)
class FollowUp:
    """One decided child: what was promised, seen or only visited, and who has the work."""

    id: UUID
    name: str
    reference: str
    outcome: Outcome
    decided_at: datetime
    promises: tuple[Due, ...]
    visits: int
    seen_at: datetime | None
    allocated_to: str | None

    def due(self, keeps: Moment) -> Due | None:
        """The promise that this moment keeps: the running one, else the last."""
        of_it = [each for each in self.promises if each.keeps is keeps]
        running = [each for each in of_it if each.kept_at is None]
        return next(iter(running or of_it[-1:]), None)

    @property
    def open(self) -> int:
        """How much of what was promised is not done yet."""
        return sum(each.kept_at is None for each in self.promises)

    def next_due_at(self) -> datetime | None:
        """By when the next thing is due; none once all is done."""
        return min((e.due_at for e in self.promises if e.kept_at is None), default=None)


@dataclass(frozen=True)
class VisitPicture:
    """A visit as shown."""

    visited_at: datetime
    worker: str
    place: str
    was_seen: bool
    why_not_seen: str
    was_alone: bool | None
    why_not_alone: str
    spoken_to: str
    voice: str
    by_name: str


@dataclass(frozen=True)
class AllocationPicture:
    """Who had the work since when."""

    worker: str
    team: str
    began_at: datetime


@dataclass(frozen=True)
class AfterPicture:
    """All that was recorded of one child after the decision, newest first, and what is due."""

    promises: tuple[Due, ...]
    visits: tuple[VisitPicture, ...]
    allocations: tuple[AllocationPicture, ...]
    dates: tuple[tuple[Step, date], ...]


def after_decision_of(session: Session, contact_child_id: UUID, *, by: Actor) -> AfterPicture:
    """What followed the decision for one child."""
    by.require(Permission.SEE_FRONT_DOOR)
    child = fetch_child(session, contact_child_id, by=by)
    visits = session.execute(
        select(ChildVisit, UserAccount.name)
        .join(UserAccount, UserAccount.id == ChildVisit.recorded_by)
        .where(ChildVisit.contact_child_id == child.id)
        .order_by(ChildVisit.visited_at.desc())
    )
    allocations = session.scalars(
        select(NamedWorker)
        .where(NamedWorker.contact_child_id == child.id)
        .order_by(NamedWorker.began_at.desc(), NamedWorker.recorded_at.desc())
    )
    dates = session.scalars(
        select(LaterDate).where(LaterDate.contact_child_id == child.id).order_by(LaterDate.on_day)
    )
    return AfterPicture(
        promises=tuple(_promises(session, [child.id]).get(child.id, ())),
        visits=tuple(_visit(row, name) for row, name in visits),
        allocations=tuple(
            AllocationPicture(each.worker, each.team, each.began_at) for each in allocations
        ),
        dates=tuple((Step(each.step), each.on_day) for each in dates),
    )


def _visit(row: ChildVisit, name: str) -> VisitPicture:
    return VisitPicture(
        visited_at=row.visited_at,
        worker=row.worker,
        place=row.place,
        was_seen=row.was_seen,
        why_not_seen=row.why_not_seen,
        was_alone=row.was_alone,
        why_not_alone=row.why_not_alone,
        spoken_to=row.spoken_to,
        voice=row.voice,
        by_name=name,
    )


def _promises(session: Session, children: Sequence[UUID]) -> dict[UUID, list[Due]]:
    """The promises of these children that are shown here, in the order in which they began."""
    rows = session.scalars(
        select(PromiseRecord)
        .where(PromiseRecord.contact_child_id.in_(children))
        .order_by(PromiseRecord.started_at, PromiseRecord.due_at, PromiseRecord.code)
    )
    found: dict[UUID, list[Due]] = {}
    for row in rows:
        keeps = _keeps(session, row.edition_id, row.code)
        if keeps in FOLLOWED and row.ended != Ended.LAPSED:
            due = Due(keeps, row.due_at, row.ended_at)
            found.setdefault(row.contact_child_id, []).append(due)
    return found


def _keeps(session: Session, edition_id: UUID, code: str) -> Moment:
    return edition_of(session, edition_id).promise_of(code).stops[0]


# ---------------------------------------------------------------- the list


@dataclass(frozen=True)
class FollowedUp:
    """Some of the children who are followed up, from `first` on, and how many there are in all;
    `late` are all those with something past its time.
    """

    shown: tuple[FollowUp, ...]
    first: int
    total: int
    late: int


def followed_up(
    session: Session, *, days: int, first: int = 0, by: Actor, at: datetime
) -> FollowedUp:
    """The children decided for section 17 or 47 in the last so many days, the worst first: what is
    longest past its time, then what is due next, then those of whom all is done. At most `AT_ONCE`
    from `first` on.
    """
    by.require(Permission.SEE_FRONT_DOOR)
    rows = session.execute(
        select(ContactChild, Contact.reference, Decision.outcome, Decision.decided_at)
        .join(Contact, Contact.id == ContactChild.contact_id)
        .join(Decision, Decision.contact_child_id == ContactChild.id)
        .where(
            is_visible_to(by),
            ContactChild.decided_at >= at - timedelta(days=days),
            Decision.outcome.in_(REFERRAL_OUTCOMES),
        )
    ).all()
    children = [child.id for child, *_rest in rows]
    promises = _promises(session, children)
    visits, seen = _visits(session, children)
    workers = _workers(session, children)
    found = [
        FollowUp(
            id=child.id,
            name=reported_name(
                child.reported_given_names, child.reported_family_name, unborn=child.reported_unborn
            ),
            reference=reference,
            outcome=Outcome(outcome),
            decided_at=decided_at,
            promises=tuple(promises.get(child.id, ())),
            visits=visits.get(child.id, 0),
            seen_at=seen.get(child.id),
            allocated_to=workers.get(child.id),
        )
        for child, reference, outcome, decided_at in rows
    ]
    never = datetime.max.replace(tzinfo=at.tzinfo)
    found.sort(key=lambda each: (each.next_due_at() or never, -each.open, each.decided_at, each.id))
    return FollowedUp(
        shown=tuple(found[first : first + AT_ONCE]),
        first=first,
        total=len(found),
        late=sum((each.next_due_at() or never) < at for each in found),
    )


def is_followed_up(
    session: Session, editions: Collection[UUID], *, at: datetime
) -> ColumnElement[bool]:
    """The condition on a promise joined to its child that it stands on the list after the decision,
    where somebody looks for the whole of what follows.
    """
    of_list = [
        and_(
            PromiseRecord.edition_id == each,
            PromiseRecord.code.in_(
                [p.code for p in edition_of(session, each).promise if p.stops[0] in FOLLOWED]
            ),
        )
        for each in editions
    ]
    decided = exists().where(
        Decision.contact_child_id == ContactChild.id, Decision.outcome.in_(REFERRAL_OUTCOMES)
    )
    since = at - timedelta(days=LONGEST_DAYS)
    return and_(or_(false(), *of_list), decided, ContactChild.decided_at >= since)


def _visits(
    session: Session, children: Sequence[UUID]
) -> tuple[dict[UUID, int], dict[UUID, datetime]]:
    """How many visits there were, and when each child was first seen."""
    rows = session.execute(
        select(ChildVisit.contact_child_id, ChildVisit.was_seen, ChildVisit.visited_at)
        .where(ChildVisit.contact_child_id.in_(children))
        .order_by(ChildVisit.visited_at)
    )
    visits: dict[UUID, int] = {}
    seen: dict[UUID, datetime] = {}
    for child_id, was_seen, visited_at in rows:
        visits[child_id] = visits.get(child_id, 0) + 1
        if was_seen:
            seen.setdefault(child_id, visited_at)
    return visits, seen


def _workers(session: Session, children: Sequence[UUID]) -> dict[UUID, str]:
    """Who has the work now, with the team."""
    rows = session.scalars(
        select(NamedWorker)
        .where(NamedWorker.contact_child_id.in_(children))
        .order_by(NamedWorker.began_at, NamedWorker.recorded_at)
    )
    return {row.contact_child_id: f"{row.worker}, {row.team}" for row in rows}
