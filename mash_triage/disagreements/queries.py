"""Disagreements as shown: to the agency its own, to the front door those of children it may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, false, or_, select, true
from sqlalchemy.orm import Session, aliased

from mash_triage.access.actor import Actor
from mash_triage.access.models import Agency, UserAccount
from mash_triage.access.roles import Permission
from mash_triage.clocks.rules import is_overdue
from mash_triage.contacts.models import Contact, ContactChild
from mash_triage.contacts.queries import fetch_child, is_visible_to, reported_name
from mash_triage.decisions.models import Decision
from mash_triage.disagreements.models import Disagreement, DisagreementStep
from mash_triage.disagreements.stages import Resolution, Step, Subject, Turn
from mash_triage.errors import NotFound
from mash_triage.thresholds.queries import edition_of
from mash_triage.thresholds.routes import Outcome

MOST_SHOWN = 200
SEES = (
    Permission.SEE_FRONT_DOOR,
    Permission.SEE_OWN_CONTACTS,
    Permission.SEE_AGENCY_CONTACTS,
)


@dataclass(frozen=True)
class StepPicture:
    """One step: what, at which stage, who, when, in which words."""

    kind: Step
    stage: int
    words: str
    named: str
    at_risk: bool
    was_late: bool
    by_name: str
    at: datetime


@dataclass(frozen=True)
class DisagreementPicture:
    """A disagreement as shown. `is_overdue` is asked for the moment at which it was read; `at_risk`
    says that the agency passed stages over because a child is at immediate risk.
    """

    id: UUID
    contact_child_id: UUID
    child_name: str
    reference: str
    agency: str
    subject: Subject
    why: str
    wanted: str
    stage: int
    turn: Turn
    due_at: datetime
    is_overdue: bool
    is_accepted: bool
    at_risk: bool
    raised_by: str
    raised_at: datetime
    resolution: Resolution | None
    resolution_words: str
    resolved_for: str
    resolved_at: datetime | None
    learning: str

    @property
    def is_open(self) -> bool:
        """Nobody has resolved it yet."""
        return self.resolution is None


def _visible(by: Actor) -> Select[Disagreement, ContactChild, str, str, str, bool]:
    raiser = aliased(UserAccount)
    at_risk = exists().where(
        DisagreementStep.disagreement_id == Disagreement.id, DisagreementStep.at_risk
    )
    return (
        select(Disagreement, ContactChild, Contact.reference, Agency.name, raiser.name, at_risk)
        .join(ContactChild, ContactChild.id == Disagreement.contact_child_id)
        .join(Contact, Contact.id == ContactChild.contact_id)
        .join(Agency, Agency.id == Disagreement.agency_id)
        .join(raiser, raiser.id == Disagreement.raised_by)
        .where(is_visible_to(by), _is_of(by))
    )


def _is_of(by: Actor) -> ColumnElement[bool]:
    """An agency reads its own disagreements alone: another's may tell of a strategy discussion."""
    return true() if by.can(Permission.SEE_FRONT_DOOR) else Disagreement.agency_id == by.agency_id


def disagreements(
    session: Session, *, only_open: bool = True, by: Actor, at: datetime
) -> list[DisagreementPicture]:
    """Those that this person may see, the one due first on top; with the resolved ones below."""
    by.require(*SEES)
    query = _visible(by).order_by(
        Disagreement.resolved_at.is_not(None), Disagreement.due_at, Disagreement.id
    )
    if only_open:
        query = query.where(Disagreement.resolved_at.is_(None))
    return _pictures(session.execute(query.limit(MOST_SHOWN)), by, at)


def disagreements_on(
    session: Session, contact_child_id: UUID, *, by: Actor, at: datetime
) -> list[DisagreementPicture]:
    """Those about one child's decision, the newest first."""
    by.require(*SEES)
    child = fetch_child(session, contact_child_id, by=by)
    query = _visible(by).where(Disagreement.contact_child_id == child.id)
    return _pictures(session.execute(query.order_by(Disagreement.raised_at.desc())), by, at)


def disagreement(
    session: Session, disagreement_id: UUID, *, by: Actor, at: datetime
) -> DisagreementPicture:
    """One of them, or `NotFound`: one answer for none and not yours."""
    by.require(*SEES)
    found = _pictures(
        session.execute(_visible(by).where(Disagreement.id == disagreement_id)), by, at
    )
    if not found:
        raise NotFound()
    return found[0]


def _pictures(rows: Iterable[Any], by: Actor, at: datetime) -> list[DisagreementPicture]:
    """`learning` is the front door's own and is not shown to the agency."""
    inside = by.can(Permission.SEE_FRONT_DOOR)
    return [
        DisagreementPicture(
            id=row.id,
            contact_child_id=child.id,
            child_name=reported_name(
                child.reported_given_names, child.reported_family_name, unborn=child.reported_unborn
            ),
            reference=reference,
            agency=agency,
            subject=Subject(row.subject),
            why=row.why,
            wanted=row.wanted,
            stage=row.stage,
            turn=Turn(row.turn),
            due_at=row.due_at,
            is_overdue=row.resolved_at is None and is_overdue(row.due_at, at=at),
            is_accepted=row.is_accepted,
            at_risk=at_risk,
            raised_by=raiser,
            raised_at=row.raised_at,
            resolution=Resolution(row.resolution) if row.resolution else None,
            resolution_words=row.resolution_words,
            resolved_for=row.resolved_for,
            resolved_at=row.resolved_at,
            learning=row.learning if inside else "",
        )
        for row, child, reference, agency, raiser, at_risk in rows
    ]


def steps_of(session: Session, disagreement_id: UUID, *, by: Actor) -> list[StepPicture]:
    """Every step of one disagreement, in order."""
    row = fetch_disagreement(session, disagreement_id, by=by)
    steps = session.scalars(
        select(DisagreementStep)
        .where(DisagreementStep.disagreement_id == row.id)
        .order_by(DisagreementStep.position)
    )
    return [
        StepPicture(
            kind=Step(each.kind),
            stage=each.stage,
            words=each.words,
            named=each.named,
            at_risk=each.at_risk,
            was_late=each.was_late,
            by_name=each.stepped_by_name,
            at=each.stepped_at,
        )
        for each in steps
    ]


@dataclass(frozen=True)
class LaterDecision:
    """A decision that a manager took afresh, or at last, about the same child."""

    id: UUID
    reference: str
    outcome: str
    level: int
    at: datetime


def later_decisions(session: Session, disagreement_id: UUID, *, by: Actor) -> list[LaterDecision]:
    """Decisions about the same child taken since the disagreement began: on another contact, and on
    this one too where it was not about the decision.
    """
    by.require(Permission.SEE_FRONT_DOOR)
    row = fetch_disagreement(session, disagreement_id, by=by)
    child = session.get_one(ContactChild, row.contact_child_id)
    same = ContactChild.person_id == child.person_id if child.person_id is not None else false()
    if row.subject == Subject.DECISION:
        same = and_(same, ContactChild.id != child.id)
    else:
        same = or_(same, ContactChild.id == child.id)
    rows = session.execute(
        select(Decision, Contact.reference, Contact.edition_id)
        .join(ContactChild, ContactChild.id == Decision.contact_child_id)
        .join(Contact, Contact.id == ContactChild.contact_id)
        .where(
            same,
            Decision.decided_at > row.raised_at,
            is_visible_to(by),
        )
        .order_by(Decision.decided_at)
    )
    return [
        LaterDecision(
            id=decision.id,
            reference=reference,
            outcome=edition_of(session, edition_id).outcome_of(Outcome(decision.outcome)).words,
            level=decision.level,
            at=decision.decided_at,
        )
        for decision, reference, edition_id in rows
    ]


def fetch_disagreement(
    session: Session, disagreement_id: UUID, *, by: Actor, to_change: bool = False
) -> Disagreement:
    """The live row of one that this person may see; `to_change` holds it, so that whoever comes
    second sees what the first one did.
    """
    by.require(*SEES)
    query = (
        select(Disagreement)
        .join(ContactChild, ContactChild.id == Disagreement.contact_child_id)
        .join(Contact, Contact.id == ContactChild.contact_id)
        .where(Disagreement.id == disagreement_id, is_visible_to(by), _is_of(by))
    )
    if to_change:
        query = query.with_for_update(of=Disagreement).execution_options(populate_existing=True)
    found = session.scalars(query).first()
    if found is None:
        raise NotFound()
    return found
