"""Rule by rule: how often a suggestion rested on it, what people set instead, and what came after.

All of it is counted by the database from what was frozen when a child was decided, so that old
decisions keep the rules and the words they were taken under.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.contacts.models import Contact
from mash_triage.decisions.models import Decision
from mash_triage.departures import statements as asked
from mash_triage.departures.rules import AFTER_DAYS, DEPARTED, LONGEST, Direction
from mash_triage.screening.models import FactsFrozen


@dataclass(frozen=True)
class Share:
    """So many of those who could be followed so long."""

    counted: int = 0
    found: int = 0

    def __add__(self, other: "Share") -> "Share":
        return Share(self.counted + other.counted, self.found + other.found)


@dataclass
class Followed:
    """What became of children: how many came back within so many days, and how many had a later
    section 47 decision within a year. A child counts once that time has passed.
    """

    came_back: dict[int, Share] = field(default_factory=lambda: {d: Share() for d in AFTER_DAYS})
    s47_later: Share = Share()


@dataclass
class RuleUse:
    """One rule of one edition: how often it fired, and what was decided where it was decisive.

    `rested` counts the decisions whose suggested level and route this rule gave.
    """

    edition_id: UUID
    rule: str
    fired: int = 0
    decided: Counter[Direction] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)
    after: dict[Direction, Followed] = field(
        default_factory=lambda: {each: Followed() for each in Direction}
    )

    @property
    def rested(self) -> int:
        """Decisions whose suggestion rested on this rule."""
        return self.decided.total()

    @property
    def departed(self) -> int:
        """Those of them in which something else was set."""
        return sum(self.decided[each] for each in DEPARTED)


def uses_of_rules(session: Session, edition_id: UUID, *, by: Actor, at: datetime) -> list[RuleUse]:
    """Every rule of an edition that fired for a decided child, the most departed from first."""
    by.require(Permission.SEE_MEASURES)
    uses: dict[str, RuleUse] = {}
    for row in session.execute(asked.counted_by_rule(edition_id, by, at)):
        use = uses.setdefault(row.rule, RuleUse(edition_id, row.rule))
        use.fired += row.many
        if row.rests:
            _add(use, row)
    return sorted(uses.values(), key=lambda use: (-use.departed, -use.rested, use.rule))


def _add(use: RuleUse, row: Any) -> None:
    direction = Direction(row.direction)
    use.decided[direction] += row.many
    if direction in DEPARTED:
        use.reasons[row.departure] += row.many
        use.outcomes[row.outcome] += row.many
    followed = use.after[direction]
    for days in AFTER_DAYS:
        counted, found = getattr(row, f"counted_{days}"), getattr(row, f"found_{days}")
        followed.came_back[days] += Share(counted, found)
    followed.s47_later += Share(getattr(row, f"counted_{LONGEST}"), row.s47)


@dataclass(frozen=True)
class EditionUse:
    """An edition under which children were decided: how many, and what was set."""

    edition_id: UUID
    decided: dict[Direction, int]

    @property
    def counted(self) -> int:
        """All children decided under it."""
        return sum(self.decided.values())

    @property
    def departed(self) -> int:
        """Those for whom something else was set."""
        return sum(self.decided.get(each, 0) for each in DEPARTED)


def uses_of_editions(session: Session, *, by: Actor) -> list[EditionUse]:
    """Every edition under which a child was decided, the most used first."""
    by.require(Permission.SEE_MEASURES)
    edition_id = Contact.edition_id.label("edition_id")
    where_departed = and_(FactsFrozen.id == Decision.facts_id, Decision.departure.is_not(None))
    direction = asked.direction_of().label("direction")
    rows = session.execute(
        asked.on_children(select(edition_id, direction, func.count().label("many")))
        .outerjoin(FactsFrozen, where_departed)
        .where(asked.visible_to(by))
        .group_by(edition_id, "direction")
    )
    found: dict[UUID, dict[Direction, int]] = {}
    for row in rows:
        found.setdefault(row.edition_id, {})[Direction(row.direction)] = row.many
    uses = [EditionUse(key, decided) for key, decided in found.items()]
    return sorted(uses, key=lambda use: (-use.counted, str(use.edition_id)))


@dataclass(frozen=True)
class Departure:
    """One decision that departed: both values, the reason, and the words that were written."""

    contact_child_id: UUID
    decided_at: datetime
    suggested_level: int
    suggested_route: str
    level: int
    route: str | None
    outcome: str
    reason: str
    words: str


def departures_from(
    session: Session, edition_id: UUID, rule: str, *, by: Actor, limit: int = 50
) -> list[Departure]:
    """The latest decisions that departed from a suggestion resting on this rule, with the words.

    They are about children, so they are for those alone who may open the record.
    """
    by.require(Permission.SEE_FRONT_DOOR)
    departed = Decision.departure.is_not(None)
    fired = asked.fired_rules(asked.decided_children(edition_id, by, departed))
    rows = session.execute(
        select(fired.c.child_id, asked.SUGGESTED_LEVEL, asked.SUGGESTED_ROUTE, Decision)
        .join(Decision, Decision.id == fired.c.id)
        .join(FactsFrozen, FactsFrozen.id == Decision.facts_id)
        .where(fired.c.rule == rule, asked.rests_on(fired))
        .order_by(Decision.decided_at.desc())
        .limit(limit)
    )
    return [_departure(*row) for row in rows]


def _departure(child_id: UUID, level: int, route: str, decision: Decision) -> Departure:
    return Departure(
        contact_child_id=child_id,
        decided_at=decision.decided_at,
        suggested_level=level,
        suggested_route=route,
        level=decision.level,
        route=decision.route,
        outcome=decision.outcome,
        reason=decision.departure or "",
        words=decision.departure_words,
    )
