"""What follows section 17 and 47 in the demonstration: a strategy discussion with all three
services, somebody who has the work, and a visit; of one child it is still awaited.
"""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.models import UserAccount
from mash_triage.access.queries import actor_for, fetch_user
from mash_triage.access.roles import Role
from mash_triage.after_decision.actions import record_allocation, record_later_date, record_visit
from mash_triage.after_decision.rules import Allocated, Step, Visited
from mash_triage.clocks.working_days import london_day
from mash_triage.contacts.models import ContactChild
from mash_triage.decisions.models import Decision
from mash_triage.strategy.actions import (
    close_discussion,
    convene_discussion,
    record_held,
    record_task_done,
)
from mash_triage.strategy.codes import Conduct, Form, Limb, Medical, Parents, Part, Sector, YesNo
from mash_triage.strategy.models import StrategyChild
from mash_triage.strategy.queries import discussion, people_of
from mash_triage.strategy.rules import Agreed, ChildOutcome, Convened, Held, Invited, Task, Took
from mash_triage.thresholds.routes import REFERRAL_OUTCOMES, Outcome

DISCUSSED_AFTER = timedelta(hours=3)  # from the decision
HALF_AN_HOUR = timedelta(minutes=30)
FOLLOWED_FOR = timedelta(days=92)  # before now; what is older has no visit on record
SEEN_AFTER = timedelta(hours=6)
SEEN_LATE_AFTER, ONE_LATE_IN = timedelta(days=9), 10
CONFERENCE_AFTER = timedelta(days=16)
ASSESSED_AFTER = timedelta(days=50)
STILL_AWAITED = timedelta(days=2)  # of those decided since then nobody was seen yet

INVITED = (
    Invited(Sector.LOCAL_AUTHORITY, "Rivermead front door", "Duty social worker"),
    Invited(Sector.POLICE, "Rivermead Police", "Detective sergeant, child abuse team"),
    Invited(Sector.HEALTH, "Rivermead health", "Named nurse"),
)
SHARED = {
    Sector.LOCAL_AUTHORITY: "The contact, and what came before it.",
    Sector.POLICE: "What is known of the household, and what is looked into.",
    Sector.HEALTH: "What the health visitor and the GP know.",
}
ANALYSIS = "What was shared points the same way as the contact: the harm is likely to go on."
REASON = "What was seen and said gives reasonable cause to suspect significant harm."


def discuss(session: Session, child: ContactChild, *, by: Actor, at: datetime) -> None:
    """The discussion about this child, and brothers and sisters decided for it on the contact."""
    decided = select(Decision.contact_child_id).where(
        Decision.outcome == Outcome.STRATEGY_DISCUSSION
    )
    discussed = select(StrategyChild.contact_child_id)
    about = session.scalars(
        select(ContactChild.id).where(
            ContactChild.contact_id == child.contact_id,
            ContactChild.id.in_(decided),
            ContactChild.id.not_in(discussed),
        )
    ).all()
    if child.id not in about:
        return
    began, ended = at - 2 * HALF_AN_HOUR, at - HALF_AN_HOUR
    facts = Convened(f"{by.name}, manager", began, Form.MEETING, INVITED)
    row = convene_discussion(session, about, facts, by=by, at=began)
    parts = {
        each.id: Took(Part.ATTENDED, information=SHARED[Sector(each.sector)])
        for each in people_of(session, row.id)
    }
    record_held(session, row.id, Held(began, ended, parts), by=by, at=at)
    today = london_day(began)
    agreed = Agreed(
        analysis=ANALYSIS,
        children=tuple(
            ChildOutcome(each, YesNo.YES, REASON, Limb.REASONABLE_CAUSE) for each in about
        ),
        conduct=Conduct.JOINT,
        medical=Medical.LATER,
        medical_why="The paediatrician says after the first visit whether one is needed.",
        seeing_who="The allocated social worker",
        seeing_on=today,
        seeing_alone=YesNo.YES,
        parents=Parents.WILL_BE,
        parents_words="By the social worker at the visit, of why enquiries are made.",
        other_children="All children of the household are on this contact.",
        tasks=(Task("Tell the school what it needs to know", "Duty social worker", today),),
    )
    close_discussion(session, row.id, agreed, by=by, at=at)
    session.flush()
    for task in discussion(session, row.id, by=by).tasks:
        record_task_done(session, task.id, "Told by telephone.", by=by, at=at)


def follow_up(session: Session, *, at: datetime) -> None:
    """Those decided in the last weeks have a worker and were seen; the newest are awaited."""
    worker = session.scalars(
        select(UserAccount).where(UserAccount.role == Role.SOCIAL_WORKER).order_by(UserAccount.name)
    ).first()
    if worker is None:
        return
    by = actor_for(fetch_user(session, worker.id))
    rows = session.execute(
        select(ContactChild.id, Decision.outcome, Decision.decided_at)
        .join(Decision, Decision.contact_child_id == ContactChild.id)
        .where(
            ContactChild.decided_at >= at - FOLLOWED_FOR,
            ContactChild.decided_at < at - STILL_AWAITED,
            Decision.outcome.in_(REFERRAL_OUTCOMES),
        )
        .order_by(Decision.decided_at)
    ).all()
    for place, (child_id, outcome, decided_at) in enumerate(rows):
        is_late = place % ONE_LATE_IN == 0
        seen_at = decided_at + (SEEN_LATE_AFTER if is_late else SEEN_AFTER)
        _allocated(session, child_id, decided_at + HALF_AN_HOUR, by=by)
        if seen_at < at:
            _seen(session, child_id, seen_at, by=by)
        if outcome == Outcome.STRATEGY_DISCUSSION:
            _later(session, child_id, Step.CONFERENCE_HELD, decided_at + CONFERENCE_AFTER, at, by)
        _later(session, child_id, Step.ASSESSMENT_AUTHORISED, decided_at + ASSESSED_AFTER, at, by)


def _allocated(session: Session, child_id: UUID, at: datetime, *, by: Actor) -> None:
    facts = Allocated(by.name, "Assessment team", at)
    record_allocation(session, child_id, facts, by=by, at=at)


def _seen(session: Session, child_id: UUID, at: datetime, *, by: Actor) -> None:
    visit = Visited(
        visited_at=at,
        worker=by.name,
        place="At home",
        was_seen=True,
        was_alone=True,
        spoken_to="The child, and whoever looks after the child",
        voice="Drew the home and who lives in it, and said where it is quiet.",
    )
    record_visit(session, child_id, visit, by=by, at=at)


def _later(
    session: Session, child_id: UUID, step: Step, took_place_at: datetime, at: datetime, by: Actor
) -> None:
    if took_place_at < at:
        day = london_day(took_place_at)
        record_later_date(session, child_id, step, day, by=by, at=took_place_at)
