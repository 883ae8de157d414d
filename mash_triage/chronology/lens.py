"""All contacts about one child on one line of time, also those of look-alikes whom nobody has
linked, and which rules about things that add up they meet.

What is not confirmed counts for nothing: it is shown beside, with what it would change if it were
this child. Nor does what was sent twice or in error: it says nothing new.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.contacts.history import (
    THREE_MONTHS,
    TWELVE_MONTHS,
    EarlierContact,
    contacts_about,
    contacts_of_family,
)
from mash_triage.contacts.queries import fetch_child
from mash_triage.contacts.status import Status
from mash_triage.matching.for_child import offered_for
from mash_triage.matching.score import Band
from mash_triage.screening.facts import facts_of
from mash_triage.thresholds.facts import FactsForSuggestion
from mash_triage.thresholds.levels import Edition
from mash_triage.thresholds.queries import edition_of
from mash_triage.thresholds.suggest import FiredRule, suggest

REPEATS = frozenset({"repeat_3_months", "repeat_12_months"})


class Whose(StrEnum):
    """Whose contact a point is."""

    CHILD = "This child"
    HOUSEHOLD = "Household"
    NOT_CONFIRMED = "Not confirmed"


@dataclass(frozen=True)
class Point:
    """One contact on the line of time; `is_void` where it was sent twice or in error."""

    contact_child_id: UUID
    received_at: datetime
    whose: Whose
    name: str
    worry: str
    agency: str
    is_void: bool = False


@dataclass(frozen=True)
class Lens:
    """The points in order, the rules that are met, and those that the unconfirmed would add; with
    the names of the indicators that they rest on.
    """

    points: tuple[Point, ...]
    met: tuple[FiredRule, ...]
    would_be_met: tuple[FiredRule, ...]
    not_confirmed: int
    names: Mapping[str, str] = field(default_factory=dict)


def lens_of(session: Session, contact_child_id: UUID, *, by: Actor) -> Lens:
    """The lens for one child. Look-alikes are offered to those who may say who a child is; records
    that are closed to this person are not among them.
    """
    by.require(Permission.SEE_FRONT_DOOR)
    child = fetch_child(session, contact_child_id, by=by)
    edition = edition_of(session, child.contact.edition_id)
    family = contacts_of_family(session, child, by=by)
    alike = _look_alikes(session, child.id, by=by)
    known = {each.contact_child_id for each in family}
    doubtful = [each for each in alike if each.contact_child_id not in known]
    facts = facts_of(session, child, by=by)
    met = cumulative(edition, facts)
    more = cumulative(edition, counted_too(facts, doubtful, since=child.received_at))
    points = [
        *(_point(edition, each, _whose(each)) for each in family),
        *(_point(edition, each, Whose.NOT_CONFIRMED) for each in doubtful),
    ]
    return Lens(
        points=tuple(sorted(points, key=lambda point: point.received_at)),
        met=tuple(met),
        would_be_met=tuple(rule for rule in more if rule.rule not in {each.rule for each in met}),
        not_confirmed=len(doubtful),
        names={code: each.words for code, each in edition.indicators_by_code.items()},
    )


def _whose(contact: EarlierContact) -> Whose:
    return Whose.CHILD if contact.is_same_child else Whose.HOUSEHOLD


def _point(edition: Edition, contact: EarlierContact, whose: Whose) -> Point:
    worry = next((c.words for c in edition.concern if c.code == contact.main_concern), "")
    return Point(
        contact_child_id=contact.contact_child_id,
        received_at=contact.received_at,
        whose=whose,
        name=contact.name,
        worry=worry or contact.main_concern,
        agency=contact.agency_name,
        is_void=contact.status is Status.VOID,
    )


def cumulative(edition: Edition, facts: FactsForSuggestion) -> list[FiredRule]:
    """The rules that fire because things add up: contacts that repeat, or several worries."""
    return [
        rule
        for rule in suggest(edition, facts).rules
        if REPEATS & set(rule.facts) or len(set(rule.indicators)) > 1
    ]


def counted_too(
    facts: FactsForSuggestion, doubtful: Sequence[EarlierContact], *, since: datetime
) -> FactsForSuggestion:
    """The facts as they would be if the unconfirmed contacts before this one were of this child."""
    before = {
        each.contact_id: each.received_at
        for each in doubtful
        if each.received_at <= since and each.status is not Status.VOID
    }
    return facts.model_copy(
        update={
            "repeat_3_months": facts.repeat_3_months + _within(before.values(), since, 3),
            "repeat_12_months": facts.repeat_12_months + _within(before.values(), since, 12),
        }
    )


def _within(moments: Iterable[datetime], until: datetime, months: int) -> int:
    length = THREE_MONTHS if months == 3 else TWELVE_MONTHS
    return sum(moment >= until - length for moment in moments)


def _look_alikes(session: Session, contact_child_id: UUID, *, by: Actor) -> list[EarlierContact]:
    """Contacts about records that may be this child's and that nobody linked or ruled out."""
    if not by.can(Permission.SCREEN_CONTACT):
        return []
    offered = offered_for(session, contact_child_id, by=by)
    ruled_out = {each for each, pin in offered.pins.items() if pin.answer == "different"}
    maybe = [
        each.id
        for each in offered.search.candidates
        if each.band is not Band.UNLIKELY and each.id not in ruled_out
    ]
    return [contact for each in maybe for contact in contacts_about(session, each, by=by)]
