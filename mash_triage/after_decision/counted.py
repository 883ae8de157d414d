"""The measures of what follows a decision, counted for a period."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import and_, or_, select, true
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.after_decision.measures import HeldDiscussion, Kept, Measure, measures, spread
from mash_triage.clocks.models import PromiseRecord
from mash_triage.clocks.moments import Moment
from mash_triage.clocks.promise_rules import Ended
from mash_triage.clocks.rules import working_days_taken
from mash_triage.contacts.actions import bank_holidays
from mash_triage.contacts.models import Contact, ContactChild
from mash_triage.contacts.queries import is_visible_to
from mash_triage.strategy.codes import Part, Sector
from mash_triage.strategy.models import StrategyChild, StrategyDiscussion, StrategyPerson
from mash_triage.strategy.quorum import is_quorate
from mash_triage.thresholds.queries import edition_of


def measures_after_decision(
    session: Session, *, days: int, by: Actor, at: datetime
) -> tuple[Measure, ...]:
    """The measures of the children decided in the last so many days; for those without
    access to records counts alone.
    """
    by.require(Permission.SEE_MEASURES)
    since = at - timedelta(days=days)
    visible = is_visible_to(by) if by.can(Permission.SEE_FRONT_DOOR) else true()
    rows = session.execute(
        select(
            PromiseRecord.edition_id,
            PromiseRecord.code,
            PromiseRecord.started_with,
            PromiseRecord.due_at,
            PromiseRecord.ended,
            PromiseRecord.ended_at,
        )
        .join(ContactChild, ContactChild.id == PromiseRecord.contact_child_id)
        .join(Contact, Contact.id == ContactChild.contact_id)
        .where(ContactChild.decided_at >= since, visible)
    )
    kept = [
        Kept(
            edition_of(session, row.edition_id).promise_of(row.code).stops[0],
            Moment(row.started_with),
            row.due_at,
            None if row.ended == Ended.LAPSED else row.ended_at,
        )
        for row in rows
        if row.ended != Ended.LAPSED
        or (row.ended_at or at) > row.due_at
        or _was_to_be_seen(session, row.edition_id, row.code, row.started_with)
    ]
    return measures(kept, _held(session, since), at=at)


def _was_to_be_seen(session: Session, edition_id: UUID, code: str, started_with: str) -> bool:
    """A child to be assessed who was closed before anybody had seen it: a blank, not a child fewer.
    A child at risk is not closed unseen while that is ours to do.
    """
    keeps = edition_of(session, edition_id).promise_of(code).stops[0]
    return keeps is Moment.SEEN and started_with == Moment.S17_DECIDED


@dataclass(frozen=True)
class AssessmentSpread:
    """Assessments authorised in a period by the working days they took, and those still open past
    their time.
    """

    authorised: dict[str, int]
    open_and_late: int


def assessment_spread(session: Session, *, days: int, by: Actor, at: datetime) -> AssessmentSpread:
    """The spread beside K23, of the assessments authorised in the last so many days."""
    by.require(Permission.SEE_FRONT_DOOR)
    rows = session.execute(
        select(
            ContactChild.received_at,
            PromiseRecord.edition_id,
            PromiseRecord.code,
            PromiseRecord.due_at,
            PromiseRecord.ended_at,
        )
        .join(ContactChild, ContactChild.id == PromiseRecord.contact_child_id)
        .join(Contact, Contact.id == ContactChild.contact_id)
        .where(
            or_(
                and_(
                    PromiseRecord.ended == Ended.KEPT,
                    PromiseRecord.ended_at >= at - timedelta(days=days),
                ),
                and_(PromiseRecord.ended.is_(None), PromiseRecord.due_at < at),
            ),
            is_visible_to(by),
        )
    )
    taken, late = [], 0
    for row in rows:
        edition = edition_of(session, row.edition_id)
        if edition.promise_of(row.code).stops[0] is not Moment.ASSESSMENT_AUTHORISED:
            continue
        if row.ended_at is None:
            late += 1
            continue
        times = edition.clocks
        taken.append(working_days_taken(row.received_at, row.ended_at, times, bank_holidays()))
    return AssessmentSpread(spread(taken), late)


def _held(session: Session, since: datetime) -> list[HeldDiscussion]:
    """The discussions held since then, as counts."""
    attended: dict[UUID, set[Sector]] = {}
    rows = session.execute(
        select(StrategyDiscussion.id, StrategyPerson.sector, StrategyPerson.part)
        .outerjoin(StrategyPerson, StrategyPerson.discussion_id == StrategyDiscussion.id)
        .where(StrategyDiscussion.started_at >= since)
    ).all()
    for discussion_id, sector, part in rows:
        there = attended.setdefault(discussion_id, set())
        if sector is not None and part == Part.ATTENDED:
            there.add(Sector(sector))
    settled: dict[UUID, list[bool]] = {}
    outcomes = select(StrategyChild.discussion_id, StrategyChild.s47).where(
        StrategyChild.discussion_id.in_(attended), StrategyChild.s47.is_not(None)
    )
    for discussion_id, s47 in session.execute(outcomes):
        settled.setdefault(discussion_id, []).append(bool(s47))
    return [
        HeldDiscussion(is_quorate(there), len(of_it := settled.get(each, [])), sum(of_it))
        for each, there in attended.items()
    ]
