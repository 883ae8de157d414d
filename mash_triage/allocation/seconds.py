"""Who works on a child beside the first worker, read for deeds and pages that fetched the child."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from mash_triage.access.models import UserAccount
from mash_triage.allocation.models import SecondAllocation, Team


def standing_second(session: Session, contact_child_id: UUID) -> SecondAllocation | None:
    """Who works on this child beside the first."""
    return session.scalars(
        select(SecondAllocation).where(
            SecondAllocation.contact_child_id == contact_child_id,
            SecondAllocation.ended_at.is_(None),
        )
    ).first()


@dataclass(frozen=True)
class SecondPicture:
    """A second worker or team beside the first, what for, and why it ended."""

    id: UUID
    worker: str | None
    team: str | None
    what_for: str
    at: datetime
    ended_at: datetime | None
    ended_because: str

    @property
    def who(self) -> str:
        """The worker, the team, or both."""
        return ", ".join(each for each in (self.worker, self.team) if each)


def seconds_of(session: Session, contact_child_id: UUID) -> tuple[SecondPicture, ...]:
    """Everybody who ever was the second one on this child, newest first."""
    rows = session.execute(
        select(SecondAllocation, UserAccount.name, Team.name)
        .outerjoin(UserAccount, UserAccount.id == SecondAllocation.worker_id)
        .outerjoin(Team, Team.id == SecondAllocation.team_id)
        .where(SecondAllocation.contact_child_id == contact_child_id)
        .order_by(SecondAllocation.added_at.desc())
    )
    return tuple(
        SecondPicture(
            id=row.id,
            worker=name,
            team=team,
            what_for=row.what_for,
            at=row.added_at,
            ended_at=row.ended_at,
            ended_because=row.ended_because or "",
        )
        for row, name, team in rows
    )
