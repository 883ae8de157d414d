"""The last hours of a plan: who is still open, at which stage, and who is already late."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from mash_triage.demo.moments import FRESH
from mash_triage.demo.planned import PlannedChild, PlannedContact, Stage

DAY = timedelta(hours=24)
LATE_SHARE, AGREEMENT_SHARE = 0.1, 0.12

Fits = Callable[[PlannedContact, timedelta], bool]

ROUNDS = (
    Stage.WAITING_FOR_SCREENING,
    Stage.SCREENING,
    Stage.WAITING_FOR_MANAGER,
    Stage.WAITING_FOR_SCREENING,
    Stage.SCREENING,
    Stage.WAITING_FOR_MANAGER,
    Stage.RETURNED,
)
"""The stages of open children, dealt out in turn from the oldest of three bands of age."""


def still_open(
    chance: Random, contacts: Sequence[PlannedContact], last_moment: datetime, open_now: int
) -> Iterator[PlannedContact]:
    """The contacts with stages for about `open_now` children; all others decided by the end."""
    late = _some(contacts, last_moment, max(1, round(open_now * LATE_SHARE)), _is_late)
    awaited = _some(
        contacts, last_moment, max(1, round(open_now * AGREEMENT_SHARE)), _awaits_agreement
    )
    fresh = _fresh(contacts, last_moment, open_now - late[1] - awaited[1])
    for place, contact in enumerate(contacts):
        age = last_moment - contact.received_at
        if place in awaited[0]:
            yield _with(contact, Stage.AGREEMENT_AWAITED, _in_time(chance, contact, age))
        elif place in late[0]:
            stage = (Stage.WAITING_FOR_MANAGER, Stage.RETURNED, Stage.SCREENING)[place % 3]
            yield _with(contact, stage, age + timedelta(minutes=chance.randrange(40, 300)))
        elif place in fresh:
            yield _with(contact, _stage(fresh, place), _later(chance, age))
        else:
            yield _with(contact, None, _in_time(chance, contact, age))


def _some(
    contacts: Sequence[PlannedContact], last_moment: datetime, count: int, fits: Fits
) -> tuple[frozenset[int], int]:
    places: list[int] = []
    children = 0
    for place in range(len(contacts) - 1, -1, -1):
        if children >= count:
            break
        if fits(contacts[place], last_moment - contacts[place].received_at):
            places.append(place)
            children += len(contacts[place].children)
    return frozenset(places), children


def _is_late(contact: PlannedContact, age: timedelta) -> bool:
    child = contact.children[0]
    return DAY < age < timedelta(hours=44) and child.rag != "red" and len(contact.children) == 1


def _awaits_agreement(contact: PlannedContact, age: timedelta) -> bool:
    child = contact.children[0]
    return age > timedelta(hours=44) and child.outcome == "early_help"


def _fresh(contacts: Sequence[PlannedContact], last_moment: datetime, count: int) -> dict[int, int]:
    """Places of the newest contacts, each with its rank from the newest."""
    ranks: dict[int, int] = {}
    children = 0
    for place in range(len(contacts) - 1, -1, -1):
        if children >= count or last_moment - contacts[place].received_at > FRESH:
            break
        ranks[place] = len(ranks)
        children += len(contacts[place].children)
    return ranks


def _stage(ranks: dict[int, int], place: int) -> Stage:
    """The newest wait for screening; older ones are further on, in turn."""
    if ranks[place] < len(ranks) * 0.35:
        return Stage.WAITING_FOR_SCREENING
    return ROUNDS[ranks[place] % len(ROUNDS)]


def _later(chance: Random, age: timedelta) -> timedelta:
    """Decided some time from now, within 24 hours of receipt."""
    left = max(DAY - timedelta(minutes=20) - age, timedelta(minutes=20))
    return age + timedelta(seconds=int(left.total_seconds() * chance.uniform(0.2, 0.9)))


def _in_time(chance: Random, contact: PlannedContact, age: timedelta) -> timedelta:
    """As planned, or shortly before the end where that would lie beyond it."""
    planned = contact.children[-1].decided_after
    if planned < age:
        return contact.children[0].decided_after
    return age * chance.uniform(0.5, 0.95)


def _with(contact: PlannedContact, stage: Stage | None, after: timedelta) -> PlannedContact:
    first = contact.children[0].decided_after
    children = tuple(
        _moved(child, stage, after + (child.decided_after - first) * 0.2 * bool(stage))
        for child in contact.children
    )
    return replace(contact, children=children)


def _moved(child: PlannedChild, stage: Stage | None, after: timedelta) -> PlannedChild:
    return replace(child, stage=stage, decided_after=after)
