"""How often domestic abuse is the main worry, by month and by area."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.allocation.models import Team
from mash_triage.allocation.rules import team_for
from mash_triage.allocation.work import areas_of_teams
from mash_triage.clocks.working_days import last_months, london_day
from mash_triage.contacts.models import Contact, ContactChild
from mash_triage.contacts.queries import is_visible_to
from mash_triage.contacts.status import Status
from mash_triage.worklists.domestic_abuse import DOMESTIC_ABUSE

MONTHS = 12  # before the one now running
NO_AREA = "No team's area, or not known"


@dataclass(frozen=True)
class MonthOfWorry:
    """Children received in one month: of how many it is the main worry, by area, and all."""

    month: date
    by_area: Mapping[str, int]
    received: int

    @property
    def main(self) -> int:
        """Of how many it is the main worry, wherever they live."""
        return sum(self.by_area.values())


def months_of_worry(session: Session, *, by: Actor, at: datetime) -> list[MonthOfWorry]:
    """The last twelve months and the one now running, oldest first: children by the month in which
    their contact was received. An area is what a team covers now; each child counts once, by the
    one main worry of its contact, and what was sent twice or in error not at all.
    """
    by.require(Permission.SEE_MEASURES)
    months = last_months(london_day(at), MONTHS)
    rows = session.execute(
        select(
            ContactChild.received_at,
            ContactChild.position,
            Contact.submission["children"].label("children"),
        )
        .join(Contact, Contact.id == ContactChild.contact_id)
        .where(Contact.main_concern == DOMESTIC_ABUSE, *_counted(by, at))
    )
    areas = areas_of_teams(session)
    counts: Counter[tuple[date, UUID | None]] = Counter()
    for received_at, position, children in rows:
        team = team_for(_postcode(children[position].get("home")), areas)
        counts[london_day(received_at).replace(day=1), team] += 1
    received = Counter(
        london_day(moment).replace(day=1)
        for moment in session.scalars(
            select(ContactChild.received_at)
            .join(Contact, Contact.id == ContactChild.contact_id)
            .where(*_counted(by, at))
        )
    )
    names = _names(session, areas)
    return [
        MonthOfWorry(
            month, {name: counts[month, team] for team, name in names.items()}, received[month]
        )
        for month in months
    ]


def _counted(by: Actor, at: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        is_visible_to(by) if by.can(Permission.SEE_FRONT_DOOR) else true(),
        ContactChild.received_at >= at - timedelta(days=31 * (MONTHS + 1)),
        ContactChild.received_at <= at,
        ContactChild.status != Status.VOID,
    )


def _names(session: Session, areas: Mapping[str, UUID]) -> dict[UUID | None, str]:
    """The teams that cover an area, by name, and what stands for all the rest."""
    rows = session.execute(
        select(Team.id, Team.name).where(Team.id.in_(set(areas.values()))).order_by(Team.name)
    )
    return {**{row.id: row.name for row in rows}, None: NO_AREA}


def _postcode(home: Any) -> str | None:
    """Where a child lives as reported; nothing of an address that is to stay unknown."""
    if not isinstance(home, Mapping) or home.get("confidential"):
        return None
    postcode = home.get("postcode")
    return postcode if isinstance(postcode, str) else None
