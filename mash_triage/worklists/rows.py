"""One child on a contact as a line of a list, and the one statement that reads such lines."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, FromClause, Row, and_, func, or_, select, union
from sqlalchemy.orm import Session, aliased

from mash_triage.access.actor import Actor
from mash_triage.access.models import Agency, UserAccount
from mash_triage.after_sending.queries import NOTHING_NEW, News
from mash_triage.allocation.models import Allocation, SecondAllocation, Team
from mash_triage.clocks.models import Clock, PromiseRecord
from mash_triage.clocks.rules import ClockKind, within_24_hours, working_days_past
from mash_triage.clocks.working_days import london_day
from mash_triage.contacts.actions import bank_holidays
from mash_triage.contacts.models import Contact, ContactChild, WrittenConfirmation
from mash_triage.contacts.pictures import ClockPicture
from mash_triage.contacts.queries import is_visible_to, reported_name
from mash_triage.contacts.status import Status
from mash_triage.decisions.models import DailyReview
from mash_triage.enquiries.queries import unread_replies
from mash_triage.handover.queries import oldest_unread
from mash_triage.promises.queries import PromiseMark, marked_promise
from mash_triage.settings import settings
from mash_triage.talk.unread import new_messages
from mash_triage.thresholds.levels import ClockTimes
from mash_triage.thresholds.queries import edition_in_force, edition_of
from mash_triage.worklists.ages import age_in_words, years_of


@dataclass(frozen=True)
class BoardRow:
    """One child on a contact, as a line of the board. `clocks` has the decision's two clocks
    first, then the one for a RED rating while it runs. `lacks_review` when a manager's review is
    missing for today or any working day before, since the 24 hours ran out; what was missed can
    no longer be written, and today's can. `words_of_danger`: nobody has taken the child up, and
    the referrer's words speak of danger in the next hours; or words added since that nobody has
    read. `confirmation_due_at`: a call that was not confirmed in writing yet. `new_messages`: the
    referrer wrote, and nobody at the front door has read it. `promise`: the one of those beside the
    decision's clocks that is past or nearly due. `handover_due_at`: by when the day was to read
    what the night handed over, while nobody has. `new_replies`: so many agencies have answered, and
    nobody has read it.
    """

    id: UUID
    reference: str
    name: str
    age: str
    agency_name: str
    source_code: str
    status: Status
    status_since: datetime
    rag: str | None
    worker: str | None
    worker_id: UUID | None
    received_at: datetime
    clocks: tuple[ClockPicture, ...]
    next_due_at: datetime | None
    decided_at: datetime | None
    lacks_review: bool
    needs_review_today: bool
    in_danger_now: str
    words_of_danger: bool = False
    news: News = NOTHING_NEW
    confirmation_due_at: datetime | None = None
    new_messages: int = 0
    contact_id: UUID | None = None
    team: str | None = None
    team_id: UUID | None = None
    handover_due_at: datetime | None = None
    promise: PromiseMark | None = None
    new_replies: int = 0
    years: int | None = None
    second_id: UUID | None = None
    second: str | None = None


def times_in_force(session: Session, *, at: datetime) -> ClockTimes:
    """The opening hours of the edition in force; asked of the database once in a transaction."""
    known: dict[date, ClockTimes] = session.info.setdefault("times_in_force", {})
    if london_day(at) not in known:
        record = edition_in_force(session, settings().edition, london_day(at))
        known[london_day(at)] = edition_of(session, record.id).clocks
    return known[london_day(at)]


_WORKER, _WORKING_DAY, _RED = aliased(UserAccount), aliased(Clock), aliased(Clock)
_SECOND, _SECOND_TEAM = aliased(UserAccount), aliased(Team)

Ways = tuple[ColumnElement[bool], ...]


def any_of(*ways: ColumnElement[bool]) -> Ways:
    """The children on contacts of whom one of these holds."""
    return ways


def _look_up(session: Session, wanted: Ways) -> FromClause:
    """The children that are wanted, each way by its own index. Of a condition joined by "or" a
    server reads the whole table, and of a union SQLite does.
    """
    if session.get_bind().dialect.name == "sqlite":
        return select(ContactChild.id).where(or_(*wanted)).subquery("wanted")
    ways = union(*(select(ContactChild.id).where(way) for way in wanted))
    return ways.subquery("wanted")


def read_rows(
    session: Session, wanted: Ways, times: ClockTimes, *, by: Actor, at: datetime
) -> list[BoardRow]:
    """The children that are wanted and that this person may see, in one statement of plain
    columns (and one of reviews, if any child is late): least time left first, then the longest
    waiting.
    """
    worker, working_day, red, child = _WORKER, _WORKING_DAY, _RED, ContactChild
    replies = unread_replies(by)
    few = _look_up(session, wanted)  # first, so that all others are looked up for these few
    rows = session.execute(
        select(
            child.id,
            child.reported_given_names,
            child.reported_family_name,
            child.reported_unborn,
            child.reported_dob,
            child.reported_age_years,
            child.status,
            child.status_since,
            child.rag,
            child.contact_id,
            worker.id.label("worker_id"),
            child.received_at,
            child.next_due_at,
            child.decided_at,
            Contact.reference,
            Contact.source_code,
            Contact.in_danger_now,
            Agency.name.label("agency_name"),
            worker.name.label("worker_name"),
            working_day.started_at.label("working_day_started_at"),
            working_day.due_at.label("working_day_due_at"),
            red.started_at.label("red_started_at"),
            red.due_at.label("red_due_at"),
            WrittenConfirmation.due_at.label("confirmation_due_at"),
            new_messages(by).label("new_messages"),
            func.coalesce(replies.c.unread, 0).label("new_replies"),
            Team.id.label("team_id"),
            Team.name.label("team_name"),
            oldest_unread().label("handover_due_at"),
            _SECOND.id.label("second_id"),
            func.coalesce(_SECOND.name, _SECOND_TEAM.name).label("second"),
            PromiseRecord.code.label("promise_code"),
            PromiseRecord.edition_id.label("promise_edition_id"),
            PromiseRecord.due_at.label("promise_due_at"),
        )
        .select_from(few)
        .join(child, child.id == few.c.id)
        .join(Contact, Contact.id == child.contact_id)
        .join(Agency, Agency.id == Contact.agency_id)
        .outerjoin(
            Allocation,
            and_(Allocation.contact_child_id == child.id, Allocation.ended_at.is_(None)),
        )
        .outerjoin(Team, Team.id == Allocation.team_id)
        .outerjoin(worker, worker.id == func.coalesce(Allocation.worker_id, child.taken_up_by))
        .outerjoin(
            SecondAllocation,
            and_(
                SecondAllocation.contact_child_id == child.id, SecondAllocation.ended_at.is_(None)
            ),
        )
        .outerjoin(_SECOND, _SECOND.id == SecondAllocation.worker_id)
        .outerjoin(_SECOND_TEAM, _SECOND_TEAM.id == SecondAllocation.team_id)
        .outerjoin(
            working_day,
            and_(
                working_day.contact_child_id == child.id,
                working_day.kind == ClockKind.ONE_WORKING_DAY,
            ),
        )
        .outerjoin(
            red,
            and_(
                red.contact_child_id == child.id,
                red.kind == ClockKind.RED_4_HOURS,
                red.stopped_at.is_(None),
            ),
        )
        .outerjoin(
            WrittenConfirmation,
            and_(
                WrittenConfirmation.contact_id == child.contact_id,
                WrittenConfirmation.came_at.is_(None),
            ),
        )
        .outerjoin(PromiseRecord, PromiseRecord.id == marked_promise(at))
        .outerjoin(replies, replies.c.contact_child_id == child.id)
        .where(is_visible_to(by))
        .order_by(child.next_due_at, child.received_at, child.contact_id, child.position)
    ).all()
    days = {row.id: _days_to_review(row, times, at=at) for row in rows}
    reviewed = _reviewed(session, wanted, by=by) if any(days.values()) else set()
    lacking = {
        row.id: {day for day in days[row.id] if (row.id, day) not in reviewed} for row in rows
    }
    return [
        _board_row(row, lacking[row.id], _mark(session, row), today=london_day(at)) for row in rows
    ]


def _mark(session: Session, row: Row[*tuple[Any, ...]]) -> PromiseMark | None:
    """The promise of this line, in the words of the edition that it keeps."""
    if row.promise_code is None:
        return None
    promise = edition_of(session, row.promise_edition_id).promise_of(row.promise_code)
    return PromiseMark(promise.words, row.promise_due_at)


def _days_to_review(
    row: Row[*tuple[Any, ...]], times: ClockTimes, *, at: datetime
) -> tuple[date, ...]:
    """The working days on which this child needed a manager's review; none once decided."""
    if row.decided_at is not None:
        return ()
    return working_days_past(within_24_hours(row.received_at), at, times, bank_holidays())


def _reviewed(session: Session, wanted: Ways, *, by: Actor) -> set[tuple[UUID, date]]:
    """The days on which each child that is wanted and undecided was reviewed."""
    rows = session.execute(
        select(DailyReview.contact_child_id, DailyReview.on_day)
        .join(ContactChild, ContactChild.id == DailyReview.contact_child_id)
        .join(Contact, Contact.id == ContactChild.contact_id)
        .where(or_(*wanted), is_visible_to(by), ContactChild.decided_at.is_(None))
    )
    return {(row.contact_child_id, row.on_day) for row in rows}


def _board_row(
    row: Row[*tuple[Any, ...]], lacking: set[date], mark: PromiseMark | None, *, today: date
) -> BoardRow:
    return BoardRow(
        id=row.id,
        reference=row.reference,
        name=reported_name(
            row.reported_given_names, row.reported_family_name, unborn=row.reported_unborn
        ),
        age=age_in_words(
            row.reported_dob,
            row.reported_age_years,
            unborn=row.reported_unborn,
            on=row.received_at,
        ),
        agency_name=row.agency_name,
        source_code=row.source_code,
        status=Status(row.status),
        status_since=row.status_since,
        rag=row.rag,
        worker=row.worker_name,
        worker_id=row.worker_id,
        received_at=row.received_at,
        clocks=_clocks(row),
        next_due_at=row.next_due_at,
        decided_at=row.decided_at,
        lacks_review=bool(lacking),
        needs_review_today=today in lacking,
        in_danger_now=row.in_danger_now,
        confirmation_due_at=row.confirmation_due_at,
        new_messages=row.new_messages,
        new_replies=row.new_replies,
        contact_id=row.contact_id,
        team=row.team_name,
        team_id=row.team_id,
        handover_due_at=row.handover_due_at,
        promise=mark,
        years=years_of(
            row.reported_dob,
            row.reported_age_years,
            unborn=row.reported_unborn,
            on=row.received_at,
        ),
        second_id=row.second_id,
        second=row.second,
    )


def _clocks(row: Row[*tuple[Any, ...]]) -> tuple[ClockPicture, ...]:
    """The clocks of a line. Both decision clocks stop with the decision."""
    spans = (
        (ClockKind.WITHIN_24_HOURS, row.received_at, within_24_hours(row.received_at)),
        (ClockKind.ONE_WORKING_DAY, row.working_day_started_at, row.working_day_due_at),
        (ClockKind.RED_4_HOURS, row.red_started_at, row.red_due_at),
    )
    return tuple(
        ClockPicture(kind, started_at, due_at, row.decided_at)
        for kind, started_at, due_at in spans
        if started_at is not None
    )
