"""What was handed on, as shown: what waits on whom, special endings, and words for families."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.models import UserAccount
from mash_triage.access.roles import Permission
from mash_triage.clocks.rules import is_overdue
from mash_triage.contacts.models import Contact, ContactChild
from mash_triage.contacts.queries import fetch_child, is_visible_to, name_of, reported_name
from mash_triage.errors import NotFound
from mash_triage.hand_on.kinds import ENDINGS, Answer, Ending, Passing
from mash_triage.hand_on.models import FamilySummary, PassedOn, SpecialEnding, StepUp
from mash_triage.hand_on.rules import Standing, standing_words

MOST_SHOWN = 200


@dataclass(frozen=True)
class PassedPicture:
    """One step-down, transfer or the like as shown, with the child it is of; `begun_at` is since
    when it waits.
    """

    id: UUID
    contact_child_id: UUID
    child_name: str
    reference: str
    kind: Passing
    standing: Standing
    words: str
    begun_at: datetime
    sent_at: datetime | None
    due_at: datetime | None
    is_overdue: bool
    answer_name: str
    answer_role: str
    answer_how: str
    answer_words: str
    took_place_at: datetime | None
    settled_words: str

    @property
    def stands(self) -> str:
        """Where it stands, in words."""
        return standing_words(self.standing)


@dataclass(frozen=True)
class EndingPicture:
    """One special ending as shown. `detail` and `done` are empty where they are not hers to read,
    and `is_withheld` says so.
    """

    id: UUID
    contact_child_id: UUID
    child_name: str
    reference: str
    kind: Ending
    known_at: datetime
    due_at: datetime | None
    is_overdue: bool
    owner: str
    detail: str
    done: str
    took_place_at: datetime | None
    first_due_at: datetime | None
    extended_at: datetime | None
    is_open: bool
    is_withheld: bool


@dataclass(frozen=True)
class SummaryPicture:
    """Words for the family as a manager wrote them; the newest number counts."""

    number: int
    words: str
    by_name: str
    at: datetime


@dataclass(frozen=True)
class StepUpPicture:
    """That a child came back from early help: from which contact, to which, and why."""

    came_from: UUID
    came_as: UUID
    reason: str
    by_name: str
    at: datetime


def passed_on(
    session: Session, *, contact_child_id: UUID | None = None, by: Actor, at: datetime
) -> list[PassedPicture]:
    """What is open: what came back first, then the one due first, then the one that has waited
    longest; or all of one child.
    """
    by.require(Permission.SEE_FRONT_DOOR)
    query = _passed_visible(by)
    if contact_child_id is None:
        returned_first = PassedOn.answer.is_(None)
        query = query.where(PassedOn.is_open).order_by(
            returned_first, PassedOn.due_at.is_(None), PassedOn.due_at, PassedOn.begun_at
        )
    else:
        child = fetch_child(session, contact_child_id, by=by)
        query = query.where(PassedOn.contact_child_id == child.id).order_by(PassedOn.begun_at)
    rows = session.execute(query.order_by(PassedOn.id).limit(MOST_SHOWN))
    return [
        PassedPicture(
            id=row.id,
            contact_child_id=child.id,
            child_name=_name(child),
            reference=reference,
            kind=Passing(row.kind),
            standing=standing_of(row),
            words=row.words,
            begun_at=row.begun_at,
            sent_at=row.sent_at,
            due_at=row.due_at,
            is_overdue=bool(row.due_at and not row.answer and is_overdue(row.due_at, at=at)),
            answer_name=row.answer_name,
            answer_role=row.answer_role,
            answer_how=row.answer_how,
            answer_words=row.answer_words,
            took_place_at=row.took_place_at,
            settled_words=row.settled_words,
        )
        for row, child, reference in rows
    ]


def _passed_visible(by: Actor) -> Select[PassedOn, ContactChild, str]:
    return (
        select(PassedOn, ContactChild, Contact.reference)
        .join(ContactChild, ContactChild.id == PassedOn.contact_child_id)
        .join(Contact, Contact.id == ContactChild.contact_id)
        .where(is_visible_to(by))
    )


def standing_of(row: PassedOn) -> Standing:
    """The facts of a row that rules ask for."""
    answer = Answer(row.answer) if row.answer else None
    return Standing(Passing(row.kind), row.to_whom, row.sent_at, answer, row.is_open)


def _name(child: ContactChild) -> str:
    return reported_name(
        child.reported_given_names, child.reported_family_name, unborn=child.reported_unborn
    )


def special_endings(
    session: Session, *, contact_child_id: UUID | None = None, by: Actor, at: datetime
) -> list[EndingPicture]:
    """Those open, the one due first on top; or all of one child. What was said to the designated
    officer is left out for all but those who may read allegations.
    """
    by.require(Permission.SEE_FRONT_DOOR)
    query = _endings_visible(by)
    if contact_child_id is None:
        query = query.where(SpecialEnding.ended_at.is_(None)).order_by(SpecialEnding.due_at)
    else:
        child = fetch_child(session, contact_child_id, by=by)
        query = query.where(SpecialEnding.contact_child_id == child.id)
    rows = session.execute(
        query.order_by(SpecialEnding.opened_at, SpecialEnding.kind).limit(MOST_SHOWN)
    )
    return [_ending(*row, by, at) for row in rows]


def _endings_visible(by: Actor) -> Select[SpecialEnding, ContactChild, str]:
    return (
        select(SpecialEnding, ContactChild, Contact.reference)
        .join(ContactChild, ContactChild.id == SpecialEnding.contact_child_id)
        .join(Contact, Contact.id == ContactChild.contact_id)
        .where(is_visible_to(by))
    )


def _ending(
    row: SpecialEnding, child: ContactChild, reference: str, by: Actor, at: datetime
) -> EndingPicture:
    kind = Ending(row.kind)
    withheld = ENDINGS[kind].is_restricted and not by.can(Permission.KEEP_ALLEGATIONS)
    is_open = row.ended_at is None
    return EndingPicture(
        id=row.id,
        contact_child_id=child.id,
        child_name=_name(child),
        reference=reference,
        kind=kind,
        known_at=row.known_at,
        due_at=row.due_at,
        is_overdue=bool(is_open and row.due_at and is_overdue(row.due_at, at=at)),
        owner="" if withheld else row.owner,
        detail="" if withheld else row.detail,
        done="" if withheld else row.done,
        took_place_at=None if withheld else row.took_place_at,
        first_due_at=row.first_due_at,
        extended_at=row.extended_at,
        is_open=is_open,
        is_withheld=withheld,
    )


def fetch_passed(session: Session, passed_id: UUID, *, by: Actor) -> PassedOn:
    """The live row of one that this person may see, held until the transaction ends."""
    row: PassedOn | None = session.scalars(
        _passed_visible(by)
        .where(PassedOn.id == passed_id)
        .with_for_update(of=PassedOn)
        .execution_options(populate_existing=True)
    ).first()
    if row is None:
        raise NotFound()
    return row


def fetch_ending(session: Session, ending_id: UUID, *, by: Actor) -> SpecialEnding:
    """The live row of one that this person may see, held until the transaction ends."""
    row: SpecialEnding | None = session.scalars(
        _endings_visible(by)
        .where(SpecialEnding.id == ending_id)
        .with_for_update(of=SpecialEnding)
        .execution_options(populate_existing=True)
    ).first()
    if row is None:
        raise NotFound()
    return row


def family_summaries(
    session: Session, contact_child_id: UUID, *, by: Actor
) -> list[SummaryPicture]:
    """What was written for the family, newest first."""
    by.require(Permission.SEE_FRONT_DOOR)
    child = fetch_child(session, contact_child_id, by=by)
    rows = session.execute(
        select(FamilySummary, UserAccount.name)
        .join(UserAccount, UserAccount.id == FamilySummary.written_by)
        .where(FamilySummary.contact_child_id == child.id)
        .order_by(FamilySummary.number.desc())
    )
    return [SummaryPicture(row.number, row.words, name, row.written_at) for row, name in rows]


def step_ups_of(session: Session, contact_child_id: UUID, *, by: Actor) -> list[StepUpPicture]:
    """How this child came back from early help, or went on from this contact to a new one; only
    with contacts that this person may see.
    """
    by.require(Permission.SEE_FRONT_DOOR)
    child = fetch_child(session, contact_child_id, by=by)
    rows = session.scalars(
        select(StepUp)
        .join(ContactChild, ContactChild.id == StepUp.came_from_id)
        .join(Contact, Contact.id == ContactChild.contact_id)
        .where(
            (StepUp.contact_child_id == child.id) | (StepUp.came_from_id == child.id),
            is_visible_to(by),
        )
        .order_by(StepUp.stepped_at)
    )
    return [
        StepUpPicture(
            came_from=row.came_from_id,
            came_as=row.contact_child_id,
            reason=row.reason,
            by_name=name_of(session, row.stepped_by) or "",
            at=row.stepped_at,
        )
        for row in rows
    ]


def open_rows(session: Session, contact_child_id: UUID) -> tuple[list[Standing], list[Ending]]:
    """What of one child, which was fetched, is handed on and not ended: for rules."""
    passings = session.scalars(
        select(PassedOn).where(PassedOn.contact_child_id == contact_child_id, PassedOn.is_open)
    )
    endings = session.scalars(
        select(SpecialEnding.kind).where(
            SpecialEnding.contact_child_id == contact_child_id, SpecialEnding.ended_at.is_(None)
        )
    )
    return [standing_of(row) for row in passings], [Ending(kind) for kind in endings]
