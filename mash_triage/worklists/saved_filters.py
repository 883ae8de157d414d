"""What the board can be narrowed down to: teams, workers, and the filters that a person saved."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.models import UserAccount
from mash_triage.access.roles import Permission
from mash_triage.allocation.models import Team
from mash_triage.allocation.work import MAY_HAVE_CHILDREN
from mash_triage.worklists.models import SavedFilter


@dataclass(frozen=True)
class Choices:
    """Teams and workers by id, and this person's own filters by name."""

    teams: Mapping[str, str]
    workers: Mapping[str, str]
    saved: Mapping[str, Mapping[str, Any]]


def choices_of_board(session: Session, *, by: Actor) -> Choices:
    """What there is to choose from on the board, each by name."""
    by.require(Permission.SEE_FRONT_DOOR)
    teams = session.execute(
        select(Team.id, Team.name).where(Team.closed_at.is_(None)).order_by(Team.name)
    )
    workers = session.execute(
        select(UserAccount.id, UserAccount.name)
        .where(UserAccount.deactivated_at.is_(None), UserAccount.role.in_(MAY_HAVE_CHILDREN))
        .order_by(UserAccount.name)
    )
    saved = session.execute(
        select(SavedFilter.name, SavedFilter.choices)
        .where(SavedFilter.owner_id == by.user_id)
        .order_by(SavedFilter.name)
    )
    return Choices(
        teams={str(row.id): row.name for row in teams},
        workers={str(row.id): row.name for row in workers},
        saved={row.name: row.choices for row in saved},
    )
