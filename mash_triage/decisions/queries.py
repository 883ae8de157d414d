"""What was decided for a child, and what followed from it, as shown."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.models import UserAccount
from mash_triage.access.roles import Permission
from mash_triage.consent.models import ConsentRecord
from mash_triage.contacts.models import Contact, ContactChild
from mash_triage.contacts.queries import fetch_child, is_visible_to
from mash_triage.decisions.models import DailyReview, Decision, Direction, HelpOffer, Referral
from mash_triage.thresholds.routes import Outcome


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
class DecisionPicture:
    """A manager's decision with what follows from it."""

    outcome: str
    route: str | None
    level: int
    rationale: str
    departure: str | None
    departure_words: str
    repeat_comment: str
    by_name: str
    at: datetime
    directions: tuple[DirectionPicture, ...]
    is_referral: bool
    is_rereferral: bool
    help: HelpPicture | None


def decision_of(session: Session, contact_child_id: UUID, *, by: Actor) -> DecisionPicture | None:
    """The decision for one child, with directions and help offered; none while undecided."""
    by.require(Permission.SEE_FRONT_DOOR)
    child = fetch_child(session, contact_child_id, by=by)
    row = session.execute(
        select(Decision, UserAccount.name, Referral, HelpOffer)
        .join(UserAccount, UserAccount.id == Decision.decided_by)
        .outerjoin(Referral, Referral.contact_child_id == Decision.contact_child_id)
        .outerjoin(HelpOffer, HelpOffer.contact_child_id == Decision.contact_child_id)
        .where(Decision.contact_child_id == child.id)
    ).first()
    if row is None:
        return None
    decision, name, referral, offer = row
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
        by_name=name,
        at=decision.decided_at,
        directions=tuple(DirectionPicture(each.what, each.who, each.due_on) for each in directions),
        is_referral=referral is not None,
        is_rereferral=bool(referral and referral.is_rereferral),
        help=HelpPicture(
            offer.owner, offer.agreement_due_on, _is_agreed(session, offer), offer.started_at
        )
        if offer
        else None,
    )


def _is_agreed(session: Session, offer: HelpOffer) -> bool:
    return session.scalar(select(rests_on_agreement()).where(HelpOffer.id == offer.id)) or False


def rests_on_agreement() -> ColumnElement[bool]:
    """The condition on `help_offer` that the agreement it rests on was not replaced since."""
    later = exists().where(ConsentRecord.replaces_id == HelpOffer.consent_id)
    return and_(HelpOffer.consent_id.is_not(None), ~later)


def outcomes_of(
    session: Session, contact_child_ids: Collection[UUID], *, by: Actor
) -> dict[UUID, Outcome]:
    """What these children's contacts came to, as far as they were decided and may be seen."""
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
