"""Calling a strategy discussion, and saying with a reason that none is needed."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.models import Agency
from mash_triage.access.roles import Permission
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.clocks.actions import happened
from mash_triage.clocks.moments import Moment
from mash_triage.contacts.families import check_knows_not_family
from mash_triage.contacts.models import ContactChild
from mash_triage.contacts.queries import fetch_child
from mash_triage.contacts.status import Status
from mash_triage.decisions.models import Decision
from mash_triage.errors import Changed, NotReady
from mash_triage.strategy import rules
from mash_triage.strategy.actions.holding import children_of
from mash_triage.strategy.models import (
    StrategyChild,
    StrategyDiscussion,
    StrategyNotNeeded,
    StrategyPerson,
)
from mash_triage.strategy.queries import agency_named, fetch_discussion
from mash_triage.strategy.rules import Convened, Invited
from mash_triage.text import storable
from mash_triage.thresholds.routes import Outcome


def convene_discussion(
    session: Session, children: Sequence[UUID], facts: Convened, *, by: Actor, at: datetime
) -> StrategyDiscussion:
    """Call a strategy discussion about one or several children of one contact, and invite to it."""
    by.require(Permission.HOLD_STRATEGY)
    about = [
        fetch_child(session, each, by=by, to_change=True) for each in sorted(set(children), key=str)
    ]
    for child in about:
        check_knows_not_family(session, child.id, by=by)
    received_at = max((child.received_at for child in about), default=at)
    rules.check_convened(facts, len(about), received_at=received_at)
    for child in about:
        rules.check_not_over(Status(child.status))
    if len({child.contact_id for child in about}) > 1:
        raise NotReady("A discussion is about children of one contact. Convene one for each.")
    _check_not_twice(session, about, facts.planned_for)
    row = StrategyDiscussion(
        id=uuid4(),
        contact_id=about[0].contact_id,
        form=facts.form,
        chair=storable(facts.chair.strip()),
        planned_for=facts.planned_for,
        convened_by=by.user_id,
        convened_at=at,
    )
    session.add(row)
    session.flush()  # those below name it
    session.add_all(
        StrategyChild(discussion_id=row.id, contact_child_id=child.id) for child in about
    )
    for each in facts.invited:
        _invite(session, row, each, by=by, at=at)
    session.flush()
    for child in about:
        trail.record(
            session,
            AuditKind.STRATEGY_CONVENED,
            about=child.id,
            by=by,
            at=at,
            discussion=row.id,
            invited=len(facts.invited),
        )
    return row


def invite_to_discussion(
    session: Session, discussion_id: UUID, facts: Invited, *, by: Actor, at: datetime
) -> StrategyPerson:
    """Ask one more person, as long as the discussion is not closed."""
    by.require(Permission.HOLD_STRATEGY)
    row = fetch_discussion(session, discussion_id, by=by, to_change=True)
    rules.check_open(row.closed_at)
    rules.check_invited(facts)
    person = _invite(session, row, facts, by=by, at=at)
    session.flush()
    trail.record(
        session,
        AuditKind.STRATEGY_INVITED,
        about=row.id,
        by=by,
        at=at,
        sector=facts.sector,
    )
    return person


def cancel_discussion(
    session: Session, discussion_id: UUID, because: str, *, by: Actor, at: datetime
) -> StrategyDiscussion:
    """A discussion that was convened is not held: why. Where one is needed it stays so."""
    by.require(Permission.HOLD_STRATEGY)
    row = fetch_discussion(session, discussion_id, by=by, to_change=True)
    rules.check_open(row.closed_at)
    rules.check_cancelled(row.started_at, because)
    row.cancelled_because = storable(because.strip())
    row.is_quorate, row.closed_by, row.closed_at = False, by.user_id, at
    session.flush()
    for child_id in children_of(session, row.id):
        trail.record(
            session, AuditKind.STRATEGY_CANCELLED, about=child_id, by=by, at=at, discussion=row.id
        )
    return row


def record_not_needed(
    session: Session, contact_child_id: UUID, because: str, *, by: Actor, at: datetime
) -> StrategyNotNeeded:
    """A manager says why no strategy discussion is needed, though a danger was ticked.

    Not where one was decided: that decision stands until the child is decided afresh.
    """
    by.require(Permission.DECIDE_CONTACT)
    child = fetch_child(session, contact_child_id, by=by, to_change=True)
    check_knows_not_family(session, child.id, by=by)
    if not because.strip():
        raise NotReady("Say why no strategy discussion is needed.")
    decided = select(Decision.id).where(
        Decision.contact_child_id == child.id, Decision.outcome == Outcome.STRATEGY_DISCUSSION
    )
    if session.scalars(decided).first() is not None:
        raise NotReady("A strategy discussion was decided for this child. Hold it.")
    row = StrategyNotNeeded(
        contact_child_id=child.id,
        because=storable(because.strip()),
        settled_by=by.user_id,
        settled_at=at,
    )
    session.add(row)
    happened(session, child.id, Moment.STRATEGY_NOT_NEEDED, took_place_at=at, by=by, at=at)
    trail.record(session, AuditKind.STRATEGY_NOT_NEEDED, about=child.id, by=by, at=at)
    return row


def _invite(
    session: Session, row: StrategyDiscussion, facts: Invited, *, by: Actor, at: datetime
) -> StrategyPerson:
    agency, name = storable(facts.agency.strip()), storable(facts.person.strip())
    invited = select(StrategyPerson.id).where(
        StrategyPerson.discussion_id == row.id,
        StrategyPerson.agency == agency,
        StrategyPerson.person == name,
    )
    session.flush()
    if session.scalars(invited).first() is not None:
        raise Changed(f"{name} of {agency} is invited already.")
    agency_id = agency_named(session, agency)
    if agency_id is not None:
        rules.check_service(session.get_one(Agency, agency_id).kind, facts)
    person = StrategyPerson(
        id=uuid4(),
        discussion_id=row.id,
        sector=facts.sector,
        agency=agency,
        agency_id=agency_id,
        person=name,
        role=storable(facts.role.strip()),
        invited_by=by.user_id,
        invited_at=at,
    )
    session.add(person)
    return person


def _check_not_twice(session: Session, about: Sequence[ContactChild], moment: datetime) -> None:
    """The same child at the same moment is the same discussion; so is one that is still open."""
    of_them = (
        select(StrategyDiscussion)
        .join(StrategyChild, StrategyChild.discussion_id == StrategyDiscussion.id)
        .where(StrategyChild.contact_child_id.in_([child.id for child in about]))
    )
    same = (StrategyDiscussion.planned_for == moment) & (StrategyDiscussion.cancelled_because == "")
    if session.scalars(of_them.where(same)).first() is not None:
        raise Changed("A discussion about this child is recorded for that very time already.")
    if session.scalars(of_them.where(StrategyDiscussion.closed_at.is_(None))).first() is not None:
        raise Changed("A discussion about this child is open already. Go on with that one.")
