"""The live board and the decision queue: children by stage, least time left first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.after_sending.queries import NOTHING_NEW, News, news_of_children
from mash_triage.contacts.models import ContactChild
from mash_triage.contacts.status import (
    UNDECIDED,
    WAITING_FOR_MANAGER,
    WAITING_FOR_SCREENING,
)
from mash_triage.enquiries.queries import unread_replies
from mash_triage.handover.models import Handover
from mash_triage.thresholds.levels import ClockTimes
from mash_triage.thresholds.routes import Rag
from mash_triage.worklists.danger import added_words_of_danger, words_of_danger
from mash_triage.worklists.rows import BoardRow, any_of, read_rows, times_in_force

SOON = timedelta(hours=4)


class Figure(StrEnum):
    """The figures at the head of the board; each opens its list."""

    PAST = "past"
    SOON = "soon"
    SCREENING = "screening"
    MANAGER = "manager"
    DECIDED = "decided"


def is_past(row: BoardRow, at: datetime) -> bool:
    """Has any of this child's clocks run out?"""
    return row.next_due_at is not None and at > row.next_due_at


def is_due_soon(row: BoardRow, at: datetime) -> bool:
    """Will the next clock run out within four hours?"""
    return row.next_due_at is not None and at <= row.next_due_at <= at + SOON


def is_urgent(row: BoardRow) -> bool:
    """Is this child to be seen by everybody, whatever they look for: red, or in danger as somebody
    says or as words that nobody has read may say?
    """
    in_danger = row.in_danger_now == "yes" or row.words_of_danger or row.news.says_danger
    return row.decided_at is None and (row.rag == Rag.RED or in_danger)


def urgent_first(rows: Iterable[BoardRow]) -> list[BoardRow]:
    """The urgent before all others; among each the order stays."""
    return sorted(rows, key=lambda row: not is_urgent(row))


def belongs_to(row: BoardRow, figure: Figure, at: datetime) -> bool:
    """Is this child counted in that figure?"""
    match figure:
        case Figure.PAST:
            return is_past(row, at)
        case Figure.SOON:
            return is_due_soon(row, at)
        case Figure.SCREENING:
            return row.status in WAITING_FOR_SCREENING
        case Figure.MANAGER:
            return row.status in WAITING_FOR_MANAGER
        case Figure.DECIDED:
            return row.decided_at is not None


@dataclass(frozen=True)
class Board:
    """Every child at the front door now, least time left first; those decided today; and those of
    whom something new was said after the decision that nobody has read.
    """

    at: datetime
    open: tuple[BoardRow, ...]
    decided_today: tuple[BoardRow, ...]
    new_after_decision: tuple[BoardRow, ...]
    figures: dict[Figure, int]
    times: ClockTimes
    handed_over: tuple[BoardRow, ...] = ()

    def rows(self, figure: Figure | None) -> tuple[BoardRow, ...]:
        """The list behind a figure; all open children without one."""
        if figure is Figure.DECIDED:
            return self.decided_today
        return tuple(row for row in self.open if figure is None or belongs_to(row, figure, self.at))


def board(session: Session, *, by: Actor, at: datetime) -> Board:
    """The live board: children, not forms, in three statements, and one for words not yet read."""
    by.require(Permission.SEE_FRONT_DOOR)
    times = times_in_force(session, at=at)
    news = news_of_children(session, by=by)
    answered = select(unread_replies(by).c.contact_child_id)
    said_later = frozenset(child for child, each in news.items() if each.after_decision)
    midnight = at.astimezone(times.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    today = and_(ContactChild.decided_at.is_not(None), ContactChild.decided_at >= midnight)
    unread = select(Handover.contact_child_id).where(Handover.read_at.is_(None))
    ways = (
        ContactChild.status.in_(UNDECIDED),
        today,
        ContactChild.id.in_(said_later),
        ContactChild.id.in_(answered),
        ContactChild.id.in_(unread),
    )
    rows = read_rows(session, any_of(*ways), times, by=by, at=at)
    rows = _with_news(session, rows, news, by=by)
    still_open = tuple(row for row in rows if row.status in UNDECIDED)
    decided = [row for row in rows if row.decided_at is not None and row.decided_at >= midnight]
    decided.sort(key=lambda row: row.decided_at or at, reverse=True)
    return Board(
        at=at,
        open=still_open,
        decided_today=tuple(decided),
        new_after_decision=tuple(
            row
            for row in rows
            if row.id in said_later or (row.new_replies and row.status not in UNDECIDED)
        ),
        figures={
            figure: sum(belongs_to(row, figure, at) for row in (*still_open, *decided))
            for figure in Figure
        },
        times=times,
        handed_over=tuple(row for row in rows if row.handover_due_at is not None),
    )


def _with_news(
    session: Session, rows: list[BoardRow], news: Mapping[UUID, News], *, by: Actor
) -> list[BoardRow]:
    """The rows with what came after sending, and whether words that nobody has read speak of
    danger.
    """
    waiting = (row.id for row in rows if row.status in WAITING_FOR_SCREENING)
    unread = {child: each.latest for child, each in news.items() if each.unread}
    spoken = words_of_danger(session, waiting, by=by)
    spoken |= added_words_of_danger(session, unread, by=by)
    return [
        replace(
            row,
            words_of_danger=row.id in spoken,
            news=news.get(row.id, NOTHING_NEW),
        )
        for row in rows
    ]


@dataclass(frozen=True)
class Queue:
    """Children who wait for a manager, and all who lack today's review, least time left first."""

    at: datetime
    waiting: tuple[BoardRow, ...]
    lack_review: tuple[BoardRow, ...]
    times: ClockTimes


def undecided(session: Session, times: ClockTimes, *, by: Actor, at: datetime) -> list[BoardRow]:
    """All who are undecided, with what came after sending and words of danger nobody has read."""
    by.require(Permission.SEE_FRONT_DOOR)
    rows = read_rows(session, any_of(ContactChild.status.in_(UNDECIDED)), times, by=by, at=at)
    return _with_news(session, rows, news_of_children(session, by=by), by=by)


def decision_queue(session: Session, *, by: Actor, at: datetime) -> Queue:
    """What waits for a manager: decisions, those rated RED on top, and today's reviews."""
    by.require(Permission.SEE_DECISION_QUEUE)
    times = times_in_force(session, at=at)
    rows = undecided(session, times, by=by, at=at)
    waiting = [row for row in rows if row.status in WAITING_FOR_MANAGER]
    waiting.sort(key=lambda row: row.rag != "red")  # stable: within each, by time left
    return Queue(
        at=at,
        waiting=tuple(waiting),
        lack_review=tuple(row for row in rows if row.needs_review_today),
        times=times,
    )
