"""Rivermead's teams and what each worker can take on; a worker away; and what the night leaves."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.models import UserAccount
from mash_triage.access.queries import actor_for
from mash_triage.access.roles import Role
from mash_triage.allocation.actions import add_team, record_absence, set_worker_profile
from mash_triage.clocks.working_days import london_day
from mash_triage.contacts.models import Contact, ContactChild
from mash_triage.contacts.status import UNDECIDED
from mash_triage.handover.actions import hand_over_to_day

TEAMS = {
    "Hill and Castle team": ("ZA1", "ZA2", "ZA3"),
    "Quayside team": ("ZA4", "ZA5", "ZA6"),
    "Marshes team": ("ZA7", "ZA8", "ZA9"),
}
HANDED_OVER = timedelta(minutes=25)  # before now
DONE = "Spoke with the police and the grandmother by telephone. The child sleeps at hers tonight."
OUTSTANDING = "See the child at school in the morning. Ring the grandmother before that."
WHO_KNOWS = "The grandmother, the mother, and the police control room."


def form_teams(session: Session, *, by: Actor, at: datetime) -> None:
    """Three teams by postcode, the workers shared out among them; one is newly qualified."""
    ids = [add_team(session, name, areas, by=by, at=at) for name, areas in TEAMS.items()]
    for number, worker in enumerate(_workers(session)):
        newly = worker.email == "jonah@rivermead.example"
        team = ids[number % len(ids)]
        set_worker_profile(session, worker.id, team_id=team, newly_qualified=newly, by=by, at=at)


def leave_something(session: Session, *, at: datetime) -> None:
    """One worker is away and another covers; the night handed a child over that nobody has read."""
    manager = _first(session, Role.MANAGER)
    away, cover = _workers(session)[:2]
    today = london_day(at)
    record_absence(
        session,
        away.id,
        today,
        today + timedelta(days=2),
        cover_id=cover.id,
        by=manager,
        at=at - HANDED_OVER,
    )
    child = session.scalars(
        select(ContactChild)
        .join(Contact)
        .where(ContactChild.status.in_(UNDECIDED), ContactChild.received_at < at - HANDED_OVER)
        .order_by(ContactChild.received_at.desc(), ContactChild.id)
        .limit(1)
    ).first()
    if child is not None:
        hand_over_to_day(
            session,
            child.id,
            done=DONE,
            outstanding=OUTSTANDING,
            who_knows=WHO_KNOWS,
            by=_first(session, Role.OUT_OF_HOURS),
            at=at - HANDED_OVER,
        )


def _workers(session: Session) -> list[UserAccount]:
    """The social workers, then the screening workers, each by name."""
    rows = session.scalars(
        select(UserAccount)
        .where(UserAccount.role.in_((Role.SOCIAL_WORKER, Role.SCREENING_WORKER)))
        .order_by(UserAccount.role.desc(), UserAccount.name)
    )
    return list(rows)


def _first(session: Session, role: Role) -> Actor:
    found = session.scalars(
        select(UserAccount).where(UserAccount.role == role).order_by(UserAccount.name)
    )
    return actor_for(next(found))
