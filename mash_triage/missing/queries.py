"""Missing episodes as shown: those with something to do, one of them, and what is not recorded."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ScalarSelect, Select, func, or_, select
from sqlalchemy.orm import Session, aliased

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.clocks.models import PromiseRecord
from mash_triage.contacts.models import Contact, ContactChild
from mash_triage.contacts.queries import (
    children_visible_to,
    fetch_child,
    is_visible_to,
    reported_name,
)
from mash_triage.errors import NotFound
from mash_triage.missing import rules
from mash_triage.missing.local import Sign, missing_rules
from mash_triage.missing.models import MissingEpisode, MissingRisk, ReturnInterview
from mash_triage.missing.rules import RiskFacts
from mash_triage.missing.taken_back import check_not_taken_back, counts
from mash_triage.thresholds.queries import edition_of

MOST_SHOWN = 200


@dataclass(frozen=True)
class EpisodeRow:
    """One episode in the list. `next_due_at` is the earliest of its promises that still run, `risk`
    how great the risk was judged last. `taken_back_at` is when it was found to be an error.
    """

    id: UUID
    contact_child_id: UUID
    child_name: str
    reference: str
    dob: date | None
    age_years: int | None
    missing_since: datetime
    noticed_at: datetime
    returned_at: datetime | None
    reviewed_at: datetime | None
    looked_after: str
    provider: str
    next_due_at: datetime | None
    risk: str | None
    settled_at: datetime | None
    taken_back_at: datetime | None


def fetch_episode(
    session: Session, episode_id: UUID, *, by: Actor, to_change: bool = False
) -> MissingEpisode:
    """One episode as a live row, or `NotFound`: one answer for none and not yours. `to_change`
    holds it until the transaction ends, and refuses one that was taken back.
    """
    by.require(Permission.SEE_FRONT_DOOR)
    query = (
        select(MissingEpisode)
        .join(ContactChild, ContactChild.id == MissingEpisode.contact_child_id)
        .join(Contact, Contact.id == ContactChild.contact_id)
        .where(MissingEpisode.id == episode_id, is_visible_to(by))
    )
    if to_change:
        query = query.with_for_update(of=MissingEpisode).execution_options(populate_existing=True)
    found = session.scalars(query).first()
    if found is None:
        raise NotFound()
    if to_change:
        check_not_taken_back(found)
    return found


def interview_rows(session: Session, episode_id: UUID) -> list[ReturnInterview]:
    """The offers of one episode, the first made first, for rules."""
    return list(
        session.scalars(
            select(ReturnInterview)
            .where(ReturnInterview.episode_id == episode_id)
            .order_by(ReturnInterview.recorded_at, ReturnInterview.offered_at)
        )
    )


def episodes_of_child(session: Session, child: ContactChild, *, by: Actor) -> list[MissingEpisode]:
    """Every episode of the same child, on this contact or another one, the first first; not what
    was recorded in error.
    """
    same = ContactChild.id == child.id
    if child.person_id is not None:
        same = or_(same, ContactChild.person_id == child.person_id)
    visible = children_visible_to(by).where(same).with_only_columns(ContactChild.id)
    return list(
        session.scalars(
            select(MissingEpisode)
            .where(MissingEpisode.contact_child_id.in_(visible), counts())
            .order_by(MissingEpisode.missing_since)
        )
    )


def open_episodes(session: Session, *, by: Actor) -> list[EpisodeRow]:
    """Those of which something is still to be done: first who is missing now, whether or not
    anything is due, then least time left.
    """
    by.require(Permission.SEE_FRONT_DOOR)
    due = _next_due()
    query = _rows(due, by).where(MissingEpisode.settled_at.is_(None), counts())
    is_back = MissingEpisode.returned_at.is_not(None)
    order = (is_back, due.is_(None), due, MissingEpisode.noticed_at)
    return _row_pictures(session.execute(query.order_by(*order).limit(MOST_SHOWN)))


def episodes_on(session: Session, contact_child_id: UUID, *, by: Actor) -> list[EpisodeRow]:
    """The episodes recorded for one child on a contact, the newest first; among them what was taken
    back.
    """
    by.require(Permission.SEE_FRONT_DOOR)
    query = _rows(_next_due(), by).where(MissingEpisode.contact_child_id == contact_child_id)
    return _row_pictures(session.execute(query.order_by(MissingEpisode.missing_since.desc())))


def episodes_elsewhere(session: Session, contact_child_id: UUID, *, by: Actor) -> list[EpisodeRow]:
    """The episodes of the same child on other contacts, the newest first, but for those taken back;
    none while nobody has said who the child is.
    """
    by.require(Permission.SEE_FRONT_DOOR)
    child = fetch_child(session, contact_child_id, by=by)
    if child.person_id is None:
        return []
    query = _rows(_next_due(), by).where(
        ContactChild.person_id == child.person_id, ContactChild.id != child.id, counts()
    )
    newest = query.order_by(MissingEpisode.missing_since.desc()).limit(MOST_SHOWN)
    return _row_pictures(session.execute(newest))


def signs(
    session: Session, row: MissingEpisode, *, by: Actor, at: datetime
) -> tuple[frozenset[Sign], int]:
    """What is so of an episode, and how many episodes the child had lately, this one included."""
    local = missing_rules()
    child = session.get_one(ContactChild, row.contact_child_id)
    since = row.missing_since - timedelta(days=local.within_days)
    lately = [
        each
        for each in episodes_of_child(session, child, by=by)
        if since <= each.missing_since <= row.missing_since
    ]
    risk = session.scalars(
        select(MissingRisk)
        .where(MissingRisk.episode_id == row.id)
        .order_by(MissingRisk.assessed_at.desc())
        .limit(1)
    ).first()
    found = rules.signs_of(
        missing_since=row.missing_since,
        returned_at=row.returned_at,
        episodes_lately=len(lately),
        risk=RiskFacts(risk.level, risk.exploitation, risk.health, risk.medication, risk.words)
        if risk
        else None,
        rules=local,
        at=at,
    )
    return found, len(lately)


def offered_for(
    session: Session, row: MissingEpisode, *, by: Actor, at: datetime
) -> tuple[str, ...]:
    """The indicators of the contact's edition that an episode offers for the screening."""
    if row.taken_back_at is not None:
        return ()
    child = session.get_one(ContactChild, row.contact_child_id)
    edition = edition_of(session, child.contact.edition_id)
    found, _lately = signs(session, row, by=by, at=at)
    return rules.offered(found, edition.indicators_by_code, missing_rules())


def _next_due() -> ScalarSelect[datetime]:
    """The earliest due time of the promises of an episode that still run."""
    promise = aliased(PromiseRecord)
    return (
        select(func.min(promise.due_at))
        .where(
            promise.contact_child_id == MissingEpisode.contact_child_id,
            promise.about == MissingEpisode.id,
            promise.ended_at.is_(None),
        )
        .correlate(MissingEpisode)
        .scalar_subquery()
    )


def _last_risk() -> ScalarSelect[str]:
    """How great the risk of an episode was judged last."""
    risk = aliased(MissingRisk)
    return (
        select(risk.level)
        .where(risk.episode_id == MissingEpisode.id)
        .order_by(risk.assessed_at.desc())
        .limit(1)
        .correlate(MissingEpisode)
        .scalar_subquery()
    )


def _rows(
    due: ScalarSelect[datetime], by: Actor
) -> Select[MissingEpisode, ContactChild, str, datetime, str]:
    return (
        select(
            MissingEpisode,
            ContactChild,
            Contact.reference,
            due.label("next_due_at"),
            _last_risk().label("risk"),
        )
        .join(ContactChild, ContactChild.id == MissingEpisode.contact_child_id)
        .join(Contact, Contact.id == ContactChild.contact_id)
        .where(is_visible_to(by))
    )


def _row_pictures(rows: Iterable[Any]) -> list[EpisodeRow]:
    return [
        EpisodeRow(
            id=row.id,
            contact_child_id=child.id,
            child_name=name_of_child(child),
            reference=reference,
            dob=child.reported_dob,
            age_years=child.reported_age_years,
            missing_since=row.missing_since,
            noticed_at=row.noticed_at,
            returned_at=row.returned_at,
            reviewed_at=row.reviewed_at,
            looked_after=row.looked_after,
            provider=row.provider,
            next_due_at=next_due_at,
            risk=risk,
            settled_at=row.settled_at,
            taken_back_at=row.taken_back_at,
        )
        for row, child, reference, next_due_at, risk in rows
    ]


def name_of_child(child: ContactChild) -> str:
    """The name under which the child was reported."""
    return reported_name(
        child.reported_given_names, child.reported_family_name, unborn=child.reported_unborn
    )
