"""One child on a contact as pages show it: frozen, complete, without a session behind it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.models import UserAccount
from mash_triage.access.roles import Permission
from mash_triage.clocks.models import Clock
from mash_triage.contacts.models import ProtectiveAction, StatusMove
from mash_triage.contacts.queries import fetch_child, name_of, reported_name
from mash_triage.contacts.seen import contact_seen
from mash_triage.contacts.status import Status, in_their_order


@dataclass(frozen=True)
class ClockPicture:
    """One clock as shown: its kind, start, due time, and when it stopped."""

    kind: str
    started_at: datetime
    due_at: datetime
    stopped_at: datetime | None


@dataclass(frozen=True)
class MovePicture:
    """One step of a child's way, as shown."""

    moved_from: Status
    moved_to: Status
    moved_at: datetime
    by_name: str
    why: str


@dataclass(frozen=True)
class ProtectivePicture:
    """Something done at once for a child's safety, as shown."""

    kind: str
    words: str
    by_name: str
    at: datetime


@dataclass(frozen=True)
class ChildPicture:
    """One child on a contact: what was reported, by whom, and where the child stands.

    `reported` is the child's own part of what was sent, `submission` the whole of it as far as
    this person may read it; `withheld` says so where a brother or sister is closed to her.
    """

    id: UUID
    contact_id: UUID
    reference: str
    position: int
    status: Status
    status_since: datetime
    given_names: str | None
    family_name: str | None
    dob: date | None
    age_years: int | None
    unborn: bool
    expected_date: date | None
    sex: str
    rag: str | None
    rag_at: datetime | None
    taken_up_by: UUID | None
    taken_up_by_name: str | None
    person_id: int | None
    household_id: int | None
    agency_name: str
    source_code: str
    channel: str
    referrer_name: str
    main_concern: str
    in_danger_now: str
    received_at: datetime
    entered_at: datetime
    submission: dict[str, Any]
    reported: dict[str, Any]
    withheld: str | None
    edition_id: UUID
    next_due_at: datetime | None
    decided_at: datetime | None
    version: int
    clocks: tuple[ClockPicture, ...]
    moves: tuple[MovePicture, ...]
    protective_actions: tuple[ProtectivePicture, ...]
    siblings: tuple["SiblingPicture", ...]

    @property
    def name(self) -> str:
        """The reported name, or words for a child without one."""
        return reported_name(self.given_names, self.family_name, unborn=self.unborn)


@dataclass(frozen=True)
class SiblingPicture:
    """Another child on the same contact."""

    id: UUID
    name: str
    status: Status
    rag: str | None


def picture_of_child(session: Session, contact_child_id: UUID, *, by: Actor) -> ChildPicture:
    """Everything the child's page shows of the contact itself, frozen."""
    by.require(Permission.SEE_FRONT_DOOR)
    child = fetch_child(session, contact_child_id, by=by)
    contact = child.contact
    seen = contact_seen(session, contact, by=by)
    return ChildPicture(
        id=child.id,
        contact_id=contact.id,
        reference=contact.reference,
        position=child.position,
        status=Status(child.status),
        status_since=child.status_since,
        given_names=child.reported_given_names,
        family_name=child.reported_family_name,
        dob=child.reported_dob,
        age_years=child.reported_age_years,
        unborn=child.reported_unborn,
        expected_date=child.reported_expected_date,
        sex=child.reported_sex,
        rag=child.rag,
        rag_at=child.rag_at,
        taken_up_by=child.taken_up_by,
        taken_up_by_name=name_of(session, child.taken_up_by),
        person_id=child.person_id,
        household_id=child.household_id,
        agency_name=contact.agency.name,
        source_code=contact.source_code,
        channel=contact.channel,
        referrer_name=contact.referrer_name,
        main_concern=contact.main_concern,
        in_danger_now=contact.in_danger_now,
        received_at=contact.received_at,
        entered_at=contact.entered_at,
        submission=seen.submission,
        reported=seen.submission["children"][[each.id for each in seen.children].index(child.id)],
        withheld=seen.withheld,
        edition_id=contact.edition_id,
        next_due_at=child.next_due_at,
        decided_at=child.decided_at,
        version=child.version,
        clocks=clocks_of(session, child.id),
        moves=_moves_of(session, child.id),
        protective_actions=_protective_actions_of(session, child.id),
        siblings=tuple(
            SiblingPicture(
                id=sibling.id,
                name=reported_name(
                    sibling.reported_given_names,
                    sibling.reported_family_name,
                    unborn=sibling.reported_unborn,
                ),
                status=Status(sibling.status),
                rag=sibling.rag,
            )
            for sibling in seen.children
            if sibling.id != child.id
        ),
    )


def clocks_of(session: Session, contact_child_id: UUID) -> tuple[ClockPicture, ...]:
    """The clocks of one child, in the order in which they started; two that start and end together
    always in the same one.
    """
    rows = session.scalars(
        select(Clock)
        .where(Clock.contact_child_id == contact_child_id)
        .order_by(Clock.started_at, Clock.due_at, Clock.kind)
    )
    return tuple(
        ClockPicture(
            kind=row.kind,
            started_at=row.started_at,
            due_at=row.due_at,
            stopped_at=row.stopped_at,
        )
        for row in rows
    )


def _moves_of(session: Session, contact_child_id: UUID) -> tuple[MovePicture, ...]:
    rows = session.scalars(
        select(StatusMove).where(StatusMove.contact_child_id == contact_child_id)
    )
    return in_their_order(
        MovePicture(
            moved_from=Status(row.moved_from),
            moved_to=Status(row.moved_to),
            moved_at=row.moved_at,
            by_name=row.moved_by_name,
            why=row.why,
        )
        for row in rows
    )


def _protective_actions_of(
    session: Session, contact_child_id: UUID
) -> tuple[ProtectivePicture, ...]:
    rows = session.execute(
        select(ProtectiveAction, UserAccount.name)
        .join(UserAccount, UserAccount.id == ProtectiveAction.recorded_by)
        .where(ProtectiveAction.contact_child_id == contact_child_id)
        .order_by(ProtectiveAction.recorded_at)
    )
    return tuple(
        ProtectivePicture(kind=row.kind, words=row.words, by_name=name, at=row.recorded_at)
        for row, name in rows
    )
