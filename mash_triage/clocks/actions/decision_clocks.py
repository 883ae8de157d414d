"""Decision clocks start and stop; a child's next due time is worked out here and nowhere else."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from mash_triage.clocks.lengths import next_point_at
from mash_triage.clocks.models import Clock
from mash_triage.clocks.rules import ClockKind, points_of_clocks
from mash_triage.thresholds.queries import edition_of


def start_clock(
    session: Session,
    contact_child_id: UUID,
    kind: ClockKind,
    *,
    edition_id: UUID,
    due_at: datetime,
    at: datetime,
) -> None:
    """Start one clock of one child: `at` is its start, a fact that no later deed changes."""
    points = points_of_clocks(edition_of(session, edition_id).clocks)
    session.add(
        Clock(
            contact_child_id=contact_child_id,
            kind=kind,
            started_at=at,
            due_at=due_at,
            edition_id=edition_id,
            next_point_at=next_point_at(at, due_at, points),
        )
    )


def stop_clocks(
    session: Session, contact_child_id: UUID, *, at: datetime, kind: ClockKind | None = None
) -> None:
    """Stop the clocks of a child that still run: all of them, or those of one kind."""
    running = Clock.stopped_at.is_(None) & (Clock.contact_child_id == contact_child_id)
    if kind is not None:
        running &= Clock.kind == kind
    session.flush()  # a clock started in this deed is stopped as well
    session.execute(update(Clock).where(running).values(stopped_at=at, next_point_at=None))


def next_due(session: Session, contact_child_id: UUID) -> datetime | None:
    """The earliest due time of the clocks that still run; none when all have stopped."""
    session.flush()  # clocks started in this deed count
    return session.scalars(
        select(Clock.due_at)
        .where(Clock.contact_child_id == contact_child_id, Clock.stopped_at.is_(None))
        .order_by(Clock.due_at)
        .limit(1)
    ).first()


def first_start(session: Session, contact_child_id: UUID, kind: ClockKind) -> datetime | None:
    """When this child's first clock of a kind started, whether or not it still runs; or None."""
    return session.scalars(
        select(Clock.started_at)
        .where(Clock.contact_child_id == contact_child_id, Clock.kind == kind)
        .order_by(Clock.started_at)
        .limit(1)
    ).first()
