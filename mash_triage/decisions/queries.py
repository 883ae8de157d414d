"""What was decided for a child, and what followed from it, as shown."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, select, union
from sqlalchemy.orm import Session, aliased

from mash_triage.access.actor import Actor
from mash_triage.access.models import UserAccount
from mash_triage.access.roles import Permission
from mash_triage.audit.events import AuditEvent, AuditKind
from mash_triage.clocks.working_days import london_day
from mash_triage.consent.models import ConsentRecord
from mash_triage.contacts.models import Contact, ContactChild, StatusMove
from mash_triage.contacts.queries import fetch_child, is_visible_to
from mash_triage.contacts.status import Status
from mash_triage.decisions.models import (
    DailyReview,
    Decision,
    Direction,
    HelpOffer,
    NightDecision,
    Referral,
)
from mash_triage.matching.models import MatchDecision
from mash_triage.screening.models import IndicatorSeen, RagRating, Screening
from mash_triage.thresholds.routes import Outcome

MAY_STILL_BE_OPEN = timedelta(days=90)  # ours: 45 working days of an assessment, and some weeks

SCREENING_DEEDS = (
    AuditKind.SCREENING_TAKEN_UP,
    AuditKind.HELP_BEFORE_RECORDED,
    AuditKind.INDICATORS_RECORDED,
    AuditKind.ANALYSIS_RECORDED,
    AuditKind.LEVEL_SET,
    AuditKind.SENT_FOR_DECISION,
)
"""Deeds whose row names only whoever did it last; the trail still knows the ones before."""


@dataclass(frozen=True)
class DirectionPicture:
    """Who does what, by when."""

    what: str
    who: str
    due_on: date


@dataclass(frozen=True)
class HelpPicture:
    """Early help: offered and agreement awaited, agreed, or started."""

    owner: str
    agreement_due_on: date
    is_agreed: bool
    started_at: datetime | None


@dataclass(frozen=True)
class AloneAtNight:
    """That one person decided alone at night, and what another manager thought of it."""

    due_at: datetime
    reviewed_by_name: str | None
    reviewed_at: datetime | None
    words: str | None


@dataclass(frozen=True)
class DecisionPicture:
    """A manager's decision with what follows from it."""

    outcome: str
    route: str | None
    level: int
    rationale: str
    departure: str | None
    departure_words: str
    repeat_comment: str
    contingency: str
    by_name: str
    at: datetime
    directions: tuple[DirectionPicture, ...]
    is_referral: bool
    is_rereferral: bool
    already_open: bool
    help: HelpPicture | None
    alone: AloneAtNight | None


def decision_of(session: Session, contact_child_id: UUID, *, by: Actor) -> DecisionPicture | None:
    """The decision for one child, with directions and help offered; none while undecided."""
    by.require(Permission.SEE_FRONT_DOOR)
    child = fetch_child(session, contact_child_id, by=by)
    reviewer = aliased(UserAccount)
    row = session.execute(
        select(Decision, UserAccount.name, Referral, HelpOffer, NightDecision, reviewer.name)
        .join(UserAccount, UserAccount.id == Decision.decided_by)
        .outerjoin(NightDecision, NightDecision.decision_id == Decision.id)
        .outerjoin(reviewer, reviewer.id == NightDecision.reviewed_by)
        .outerjoin(Referral, Referral.contact_child_id == Decision.contact_child_id)
        .outerjoin(HelpOffer, HelpOffer.contact_child_id == Decision.contact_child_id)
        .where(Decision.contact_child_id == child.id)
    ).first()
    if row is None:
        return None
    decision, name, referral, offer, night, reviewed_by = row
    directions = session.scalars(
        select(Direction).where(Direction.decision_id == decision.id).order_by(Direction.due_on)
    )
    return DecisionPicture(
        outcome=decision.outcome,
        route=decision.route,
        level=decision.level,
        rationale=decision.rationale,
        departure=decision.departure,
        departure_words=decision.departure_words,
        repeat_comment=decision.repeat_comment,
        contingency=decision.contingency,
        by_name=name,
        at=decision.decided_at,
        directions=tuple(DirectionPicture(each.what, each.who, each.due_on) for each in directions),
        is_referral=referral is not None,
        is_rereferral=bool(referral and referral.is_rereferral),
        already_open=decision.already_open == "yes",
        help=HelpPicture(
            offer.owner, offer.agreement_due_on, _is_agreed(session, offer), offer.started_at
        )
        if offer
        else None,
        alone=AloneAtNight(night.due_at, reviewed_by, night.reviewed_at, night.words)
        if night
        else None,
    )


def _is_agreed(session: Session, offer: HelpOffer) -> bool:
    return session.scalar(select(rests_on_agreement()).where(HelpOffer.id == offer.id)) or False


def recent_referral(session: Session, person_id: int | None, *, at: datetime) -> date | None:
    """The day on which this person was last accepted as a referral, if it may still be open; none
    while nobody has said who it is.
    """
    if person_id is None:
        return None
    accepted_at = session.scalar(
        select(func.max(Referral.accepted_at)).where(
            Referral.person_id == person_id, Referral.accepted_at >= at - MAY_STILL_BE_OPEN
        )
    )
    return london_day(accepted_at) if accepted_at else None


def rests_on_agreement() -> ColumnElement[bool]:
    """The condition on `help_offer` that the agreement it rests on was not replaced since."""
    later = exists().where(ConsentRecord.replaces_id == HelpOffer.consent_id)
    return and_(HelpOffer.consent_id.is_not(None), ~later)


def outcomes_of(
    session: Session, contact_child_ids: Collection[UUID], *, by: Actor
) -> dict[UUID, Outcome]:
    """What these children's contacts came to, as far as they were decided and may be seen."""
    by.require(Permission.SEE_FRONT_DOOR)
    rows = session.execute(
        select(Decision.contact_child_id, Decision.outcome)
        .join(ContactChild, ContactChild.id == Decision.contact_child_id)
        .join(Contact, Contact.id == ContactChild.contact_id)
        .where(Decision.contact_child_id.in_(contact_child_ids), is_visible_to(by))
    )
    return {child_id: Outcome(outcome) for child_id, outcome in rows}


@dataclass(frozen=True)
class ReviewPicture:
    """A manager's daily review of a child past 24 hours."""

    on_day: date
    words: str
    by_name: str
    at: datetime


def reviews_of(session: Session, contact_child_id: UUID, *, by: Actor) -> list[ReviewPicture]:
    """The daily reviews of one child, newest first."""
    by.require(Permission.SEE_FRONT_DOOR)
    child = fetch_child(session, contact_child_id, by=by)
    rows = session.execute(
        select(DailyReview, UserAccount.name)
        .join(UserAccount, UserAccount.id == DailyReview.reviewed_by)
        .where(DailyReview.contact_child_id == child.id)
        .order_by(DailyReview.on_day.desc())
    )
    return [ReviewPicture(row.on_day, row.words, name, row.reviewed_at) for row, name in rows]


def who_screened(session: Session, contact_child_id: UUID) -> set[UUID]:
    """Everybody who ever worked on this child's screening: took it up, ticked, looked up help
    before, rated, analysed, set the level, said or took back who the child is, or sent the child
    for decision. None of them decides.
    """
    named = {
        ContactChild.id: (ContactChild.taken_up_by,),
        Screening.contact_child_id: (
            Screening.help_before_by,
            Screening.analysed_by,
            Screening.level_by,
            Screening.sent_by,
        ),
        IndicatorSeen.contact_child_id: (IndicatorSeen.proposed_by, IndicatorSeen.settled_by),
        RagRating.contact_child_id: (RagRating.rated_by,),
        MatchDecision.contact_child_id: (MatchDecision.decided_by, MatchDecision.undone_by),
    }
    parts = [
        select(who).where(child == contact_child_id)
        for child, columns in named.items()
        for who in columns
    ]
    moved = select(StatusMove.moved_by).where(
        StatusMove.contact_child_id == contact_child_id, StatusMove.moved_to == Status.SCREENING
    )
    overwritten = select(AuditEvent.by_user).where(
        AuditEvent.about == str(contact_child_id), AuditEvent.kind.in_(SCREENING_DEEDS)
    )
    everybody = session.scalars(union(*parts, moved, overwritten))
    return {who for who in everybody if who is not None}
