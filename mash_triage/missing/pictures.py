"""One missing episode with all that was done about it, frozen, without a session behind it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from mash_triage.access.actor import Actor
from mash_triage.access.models import UserAccount
from mash_triage.access.roles import Permission
from mash_triage.clocks.models import PromiseRecord
from mash_triage.contacts.models import ContactChild
from mash_triage.contacts.queries import name_of, reported_name
from mash_triage.contacts.status import WITH_WORKER
from mash_triage.missing.local import Sign
from mash_triage.missing.models import (
    MissingAction,
    MissingEpisode,
    MissingReview,
    MissingRisk,
    ReturnInterview,
)
from mash_triage.missing.queries import fetch_episode, interview_rows, offered_for, signs
from mash_triage.missing.rules import is_in_time, is_over
from mash_triage.talk.danger import speaks_of_danger
from mash_triage.thresholds.queries import edition_of


@dataclass(frozen=True)
class SaidPicture:
    """Words of somebody, with who and when."""

    words: str
    by_name: str
    at: datetime


@dataclass(frozen=True)
class RiskPicture:
    """One assessment of the risk."""

    level: str
    exploitation: str
    health: str
    medication: str
    said: SaidPicture


@dataclass(frozen=True)
class InterviewPicture:
    """One offer of an interview, with its answer and what it brought. `in_time` says that it was
    held within 72 hours of the return, `sounds_of_danger` that what the child said may speak of
    danger in the next hours.
    """

    id: UUID
    offered_at: datetime
    offered_for: str
    offered_to_child: bool
    answer: str | None
    answer_words: str
    held_at: datetime | None
    in_time: bool
    interviewer: str
    relation: str | None
    is_independent: bool | None
    push: tuple[str, ...]
    pull: tuple[str, ...]
    factor_words: str
    disclosed: str
    sounds_of_danger: bool


@dataclass(frozen=True)
class ActionPicture:
    """Who does what, by when, and how it ended: done, or not done and why; by whom."""

    id: UUID
    what: str
    owner: str
    due_on: date
    done_at: datetime | None
    not_done_at: datetime | None
    not_done_because: str | None
    ended_by: str | None


@dataclass(frozen=True)
class DuePicture:
    """A promise of the episode that still runs."""

    words: str
    due_at: datetime


@dataclass(frozen=True)
class EpisodePicture:
    """One episode. `offered` are indicator codes with their words; `in_screening` says that a
    worker screens the child now, `taken_back` that it was recorded in error.
    """

    id: UUID
    contact_child_id: UUID
    child_name: str
    reference: str
    dob: date | None
    age_years: int | None
    missing_since: datetime
    last_seen: str
    reporter: str
    notice_reference: str
    looked_after: str
    noticed_at: datetime
    recorded_by: str
    recorded_at: datetime
    reviewed_at: datetime | None
    returned_at: datetime | None
    returned_how: str | None
    returned_words: str
    provider: str
    provider_because: str
    settled_at: datetime | None
    due: tuple[DuePicture, ...]
    reviews: tuple[SaidPicture, ...]
    risks: tuple[RiskPicture, ...]
    interviews: tuple[InterviewPicture, ...]
    actions: tuple[ActionPicture, ...]
    signs: frozenset[Sign]
    episodes_lately: int
    offered: dict[str, str]
    in_screening: bool
    taken_back: SaidPicture | None

    @property
    def interview_is_over(self) -> bool:
        """Was it held, or was the last answer a no?"""
        return is_over([(each.answer, each.held_at) for each in self.interviews])


def picture_of_episode(
    session: Session, episode_id: UUID, *, by: Actor, at: datetime
) -> EpisodePicture:
    """Everything that the page of one episode shows."""
    by.require(Permission.SEE_FRONT_DOOR)
    row = fetch_episode(session, episode_id, by=by)
    child = session.get_one(ContactChild, row.contact_child_id)
    edition = edition_of(session, child.contact.edition_id)
    known = edition.indicators_by_code
    found, lately = signs(session, row, by=by, at=at)
    return EpisodePicture(
        id=row.id,
        contact_child_id=child.id,
        child_name=reported_name(
            child.reported_given_names, child.reported_family_name, unborn=child.reported_unborn
        ),
        reference=child.contact.reference,
        dob=child.reported_dob,
        age_years=child.reported_age_years,
        missing_since=row.missing_since,
        last_seen=row.last_seen,
        reporter=row.reporter,
        notice_reference=row.reference,
        looked_after=row.looked_after,
        noticed_at=row.noticed_at,
        recorded_by=name_of(session, row.recorded_by) or "",
        recorded_at=row.recorded_at,
        reviewed_at=row.reviewed_at,
        returned_at=row.returned_at,
        returned_how=row.returned_how,
        returned_words=row.returned_words,
        provider=row.provider,
        provider_because=row.provider_because,
        settled_at=row.settled_at,
        due=_due(session, row),
        reviews=_reviews(session, row.id),
        risks=_risks(session, row.id),
        interviews=tuple(
            _interview(session, each, row, at=at) for each in interview_rows(session, row.id)
        ),
        actions=_actions(session, row.id),
        signs=found,
        episodes_lately=lately,
        offered={code: known[code].words for code in offered_for(session, row, by=by, at=at)},
        in_screening=child.status in WITH_WORKER,
        taken_back=_taken_back(session, row),
    )


def _taken_back(session: Session, row: MissingEpisode) -> SaidPicture | None:
    if row.taken_back_at is None:
        return None
    by_name = name_of(session, row.taken_back_by) or ""
    return SaidPicture(row.taken_back_because or "", by_name, row.taken_back_at)


def _due(session: Session, row: MissingEpisode) -> tuple[DuePicture, ...]:
    rows = session.scalars(
        select(PromiseRecord)
        .where(
            PromiseRecord.contact_child_id == row.contact_child_id,
            PromiseRecord.about == row.id,
            PromiseRecord.ended_at.is_(None),
        )
        .order_by(PromiseRecord.due_at, PromiseRecord.code)
    )
    return tuple(
        DuePicture(edition_of(session, each.edition_id).promise_of(each.code).words, each.due_at)
        for each in rows
    )


def _reviews(session: Session, episode_id: UUID) -> tuple[SaidPicture, ...]:
    rows = session.execute(
        select(MissingReview, UserAccount.name)
        .join(UserAccount, UserAccount.id == MissingReview.reviewed_by)
        .where(MissingReview.episode_id == episode_id)
        .order_by(MissingReview.reviewed_at.desc())
    )
    return tuple(SaidPicture(row.words, name, row.reviewed_at) for row, name in rows)


def _risks(session: Session, episode_id: UUID) -> tuple[RiskPicture, ...]:
    rows = session.execute(
        select(MissingRisk, UserAccount.name)
        .join(UserAccount, UserAccount.id == MissingRisk.assessed_by)
        .where(MissingRisk.episode_id == episode_id)
        .order_by(MissingRisk.assessed_at.desc())
    )
    return tuple(
        RiskPicture(
            level=row.level,
            exploitation=row.exploitation,
            health=row.health,
            medication=row.medication,
            said=SaidPicture(row.words, name, row.assessed_at),
        )
        for row, name in rows
    )


def _interview(
    session: Session, each: ReturnInterview, row: MissingEpisode, *, at: datetime
) -> InterviewPicture:
    return InterviewPicture(
        id=each.id,
        offered_at=each.offered_at,
        offered_for=each.offered_for,
        offered_to_child=each.offered_to_child,
        answer=each.answer,
        answer_words=each.answer_words,
        held_at=each.held_at,
        in_time=each.held_at is not None
        and row.returned_at is not None
        and is_in_time(row.returned_at, each.held_at),
        interviewer=each.interviewer,
        relation=each.relation,
        is_independent=each.is_independent,
        push=tuple(each.push),
        pull=tuple(each.pull),
        factor_words=each.factor_words,
        disclosed=each.disclosed,
        sounds_of_danger=bool(each.disclosed) and speaks_of_danger(session, each.disclosed, at=at),
    )


def _actions(session: Session, episode_id: UUID) -> tuple[ActionPicture, ...]:
    doer = aliased(UserAccount)
    rows = session.execute(
        select(MissingAction, doer.name)
        .outerjoin(doer, doer.id.in_([MissingAction.done_by, MissingAction.not_done_by]))
        .where(MissingAction.episode_id == episode_id)
        .order_by(MissingAction.due_on, MissingAction.added_at)
    )
    return tuple(
        ActionPicture(
            row.id,
            row.what,
            row.owner,
            row.due_on,
            row.done_at,
            row.not_done_at,
            row.not_done_because,
            name,
        )
        for row, name in rows
    )
