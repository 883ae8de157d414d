"""What the database is asked about departures, the same for both kinds of database.

A suggestion is read from the facts that were frozen with its decision.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CTE,
    ColumnElement,
    Integer,
    Select,
    SQLColumnExpression,
    Subquery,
    and_,
    case,
    func,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import aliased

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.contacts.models import Contact, ContactChild
from mash_triage.contacts.queries import is_visible_to
from mash_triage.db.spans import days_between, each_of
from mash_triage.decisions.models import Decision
from mash_triage.departures.rules import AFTER_DAYS, LONGEST, Direction
from mash_triage.people.models import PersonLink
from mash_triage.screening.models import FactsFrozen
from mash_triage.thresholds.routes import Route

AnySelect = Select[*tuple[Any, ...]]

SUGGESTED_LEVEL = FactsFrozen.facts[("suggestion", "level")].as_integer()
SUGGESTED_ROUTE = FactsFrozen.facts[("suggestion", "route")].as_string()


def visible_to(by: Actor) -> ColumnElement[bool]:
    return is_visible_to(by) if by.can(Permission.SEE_FRONT_DOOR) else true()


def on_children(query: AnySelect) -> AnySelect:
    return (
        query.select_from(Decision)
        .join(ContactChild, ContactChild.id == Decision.contact_child_id)
        .join(Contact, Contact.id == ContactChild.contact_id)
    )


def _weight(route: SQLColumnExpression[Any]) -> ColumnElement[int]:
    return case({each.value: each.weight for each in Route}, value=route, else_=-1)


def direction_of() -> ColumnElement[str]:
    """Where the decision lies beside what was suggested for what was then known."""
    same_level = Decision.level == SUGGESTED_LEVEL
    higher_route = _weight(Decision.route) > _weight(SUGGESTED_ROUTE)
    return case(
        (Decision.departure.is_(None), Direction.AS_SUGGESTED.value),
        (and_(same_level, Decision.route.is_(None)), Direction.NO_ROUTE.value),
        (or_(Decision.level > SUGGESTED_LEVEL, and_(same_level, higher_route)), "higher"),
        else_=Direction.LOWER.value,
    )


def decided_children(edition_id: UUID, by: Actor, *only: ColumnElement[bool]) -> CTE:
    """The children decided under this edition whom this person may count."""
    query = select(
        Decision.id,
        Decision.facts_id,
        ContactChild.id.label("child_id"),
        ContactChild.contact_id,
        ContactChild.person_id,
        Decision.decided_at,
    )
    return (
        on_children(query)
        .where(Contact.edition_id == edition_id, visible_to(by), *only)
        .cte("decided")
    )


def fired_rules(decided: CTE) -> CTE:
    """Each rule that fired for each of them; `height` is how far up it leads, if anywhere."""
    rule = each_of(FactsFrozen.facts[("suggestion", "rules")])
    level = rule.c.value["level"].as_integer()
    height = level * 10 + _weight(rule.c.value["route"].as_string())
    return (
        select(
            decided.c.id,
            decided.c.child_id,
            decided.c.person_id,
            decided.c.decided_at,
            Decision.departure,
            Decision.outcome,
            direction_of().label("direction"),
            rule.c.value["rule"].as_string().label("rule"),
            height.label("height"),
            func.max(height).over(partition_by=decided.c.id).label("highest"),
        )
        .select_from(decided)
        .join(Decision, Decision.id == decided.c.id)
        .join(FactsFrozen, FactsFrozen.id == decided.c.facts_id)
        .join(rule, true())
        .cte("fired")
    )


def rests_on(fired: CTE) -> ColumnElement[bool]:
    """A suggestion rests on those of its rules that lead highest."""
    return and_(fired.c.height.is_not(None), fired.c.height == fired.c.highest)


def _later(decided: CTE) -> CTE:
    """When each child came back, and when section 47 was decided later, by all its records."""
    back, then = aliased(ContactChild), aliased(Decision)
    known = _all_records(decided)
    s47_at = case((then.route == Route.S47.value, then.decided_at))
    came_after = and_(
        back.person_id == known.c.person_id,
        back.contact_id != known.c.contact_id,
        back.received_at > known.c.decided_at,
    )
    return (
        select(
            known.c.id,
            func.min(back.received_at).label("back_at"),
            func.min(s47_at).label("s47_at"),
        )
        .select_from(known)
        .join(back, came_after)
        .outerjoin(then, then.contact_child_id == back.id)
        .group_by(known.c.id)
        .cte("later")
    )


def _all_records(decided: CTE) -> Subquery:
    """Each decided child by its own record, and by those linked to it as one child's."""
    one, other = PersonLink.person_id, PersonLink.other_id

    def by(record: SQLColumnExpression[Any]) -> AnySelect:
        told = (decided.c.contact_id, decided.c.decided_at)
        return select(decided.c.id, record.label("person_id"), *told)

    linked = (
        by(theirs)
        .join(PersonLink, decided.c.person_id == ours)
        .where(PersonLink.undone_at.is_(None))
        for ours, theirs in ((one, other), (other, one))
    )
    return union_all(by(decided.c.person_id), *linked).subquery("known")


def counted_by_rule(edition_id: UUID, by: Actor, at: datetime) -> AnySelect:
    """Counts by rule, by what was decided, why, and with which outcome."""
    decided = decided_children(edition_id, by)
    fired, later = fired_rules(decided), _later(decided)
    rests = case((rests_on(fired), 1), else_=0).label("rests")
    groups = (fired.c.rule, rests, fired.c.direction, fired.c.departure, fired.c.outcome)
    known = fired.c.person_id.is_not(None)
    figures: list[ColumnElement[int]] = []
    for days in AFTER_DAYS:
        followed = and_(known, fired.c.decided_at <= at - timedelta(days=days))
        came = and_(followed, _within(fired, later.c.back_at, days))
        figures += [_how_many(followed, f"counted_{days}"), _how_many(came, f"found_{days}")]
    followed = and_(known, fired.c.decided_at <= at - timedelta(days=LONGEST))
    figures.append(_how_many(and_(followed, _within(fired, later.c.s47_at, LONGEST)), "s47"))
    return (
        select(*groups, func.count().label("many"), *figures)
        .select_from(fired)
        .outerjoin(later, later.c.id == fired.c.id)
        .group_by(*groups)
    )


def _within(fired: CTE, moment: ColumnElement[Any], days: int) -> ColumnElement[bool]:
    return days_between(fired.c.decided_at, moment) <= days


def _how_many(condition: ColumnElement[bool], name: str) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0)).cast(Integer).label(name)
