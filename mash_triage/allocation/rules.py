"""To whom a child may be allocated, and whom the service suggests: plain functions of facts."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from mash_triage.errors import NotReady
from mash_triage.people.identifiers import tidy_postcode
from mash_triage.text import storable

LONGEST_REASON = 2_000
MOST_CHILDREN = 200  # a limit above this is a slip of the finger


class Standing(StrEnum):
    """What the law and the authority let a worker take on; the values are the settings' keys."""

    QUALIFIED = "qualified"
    NEWLY_QUALIFIED = "newly_qualified"
    NOT_QUALIFIED = "not_qualified"


STANDING_WORDS = {
    Standing.QUALIFIED: "social-work qualified",
    Standing.NEWLY_QUALIFIED: "newly qualified",
    Standing.NOT_QUALIFIED: "not social-work qualified",
}


class How(StrEnum):
    """How a child came to a worker."""

    ALLOCATED = "allocated"
    TAKEN_UP = "taken_up"
    TAKEN_OVER = "taken_over"


class Block(StrEnum):
    """Why a worker is not to have this child, unless a person says why all the same."""

    ANOTHER_TEAM = "another_team"
    OVER_LIMIT = "over_limit"
    RED_NEEDS_QUALIFIED = "red_needs_qualified"
    RED_TOO_EARLY = "red_too_early"
    AWAY = "away"
    KNOWS_FAMILY = "knows_family"
    CLOSED_RECORD = "closed_record"


NEVER = frozenset({Block.KNOWS_FAMILY, Block.CLOSED_RECORD})
"""No reason passes these over."""

BLOCK_WORDS = {
    Block.ANOTHER_TEAM: "is not in the team that covers where this child lives",
    Block.OVER_LIMIT: "has as many children as the limit allows",
    Block.RED_NEEDS_QUALIFIED: "is not social-work qualified, and this child is red or in danger",
    Block.RED_TOO_EARLY: "is newly qualified, and this child is red or in danger",
    Block.AWAY: "is away",
    Block.KNOWS_FAMILY: "is related to the family or knows it; choose a colleague",
    Block.CLOSED_RECORD: "is not one of those who may open this record; choose a colleague",
}


@dataclass(frozen=True)
class WorkerFacts:
    """A worker as an allocation sees her: `load` is how many undecided children she has. Managers,
    who decide, and the night can be chosen and are not suggested: `screens` is false for them.
    """

    id: UUID
    name: str
    standing: Standing
    load: int
    most: int
    team_id: UUID | None = None
    away: bool = False
    screens: bool = True
    own_most: int | None = None

    @property
    def has_room(self) -> bool:
        """May one more child come, by number?"""
        return self.load < self.most


@dataclass(frozen=True)
class ChildFacts:
    """A child as an allocation sees it. `needs_qualified`: rated red, or reported in danger now.

    `never` are the workers who may not have this child whatever the reason; `known_to` those who
    worked with the child before, or have a brother or sister on the contact, with how.
    """

    needs_qualified: bool
    team_id: UUID | None = None
    never: Mapping[UUID, Block] | None = None
    known_to: Mapping[UUID, str] | None = None


def standing_of(*, qualified: bool, newly: bool) -> Standing:
    """The standing of a worker. Newly qualified is said only of the qualified."""
    if not qualified:
        return Standing.NOT_QUALIFIED
    return Standing.NEWLY_QUALIFIED if newly else Standing.QUALIFIED


def limit_of(own: int | None, standing: Standing, limits: Mapping[str, int]) -> int:
    """How many undecided children a worker has at most: her own limit, else the authority's."""
    return own if own is not None else limits[standing]


# ---------------------------------------------------------------- where a child lives

_PREFIX = re.compile(r"[A-Z]{1,2}([0-9][0-9A-Z]?( [0-9])?)?")


def tidy_prefix(text: str) -> str:
    """A postcode area, district or sector as it is kept: `ZA`, `ZA1`, `ZA1 4`. Refused otherwise.

    Royal Mail writes a sector as the district, a blank and the first figure after it.
    """
    tidy = " ".join(text.upper().split())
    if not _PREFIX.fullmatch(tidy):
        raise NotReady(f"'{text.strip()[:20]}' is no postcode area. Write ZA, ZA1 or ZA1 4.")
    return tidy


def covers(prefix: str, postcode: str | None) -> bool:
    """Does this area, district or sector hold this postcode? `ZA1` does not hold ZA12 3AB."""
    tidy = tidy_postcode(postcode)
    if tidy is None:
        return False
    district, sector = tidy[:-3], tidy[-3]
    area = re.split("[0-9]", district, maxsplit=1)[0]
    return prefix in {area, district, f"{district} {sector}"}


def team_for(postcode: str | None, areas: Mapping[str, UUID]) -> UUID | None:
    """The team that covers where a child lives; of several areas the narrowest counts."""
    fitting = [prefix for prefix in areas if covers(prefix, postcode)]
    return areas[max(fitting, key=len)] if fitting else None


# ---------------------------------------------------------------- may this worker


def blocks(child: ChildFacts, worker: WorkerFacts) -> tuple[Block, ...]:
    """Everything that speaks against this worker for this child."""
    never = (child.never or {}).get(worker.id)
    against = [never] if never else []
    if child.needs_qualified and worker.standing is Standing.NOT_QUALIFIED:
        against.append(Block.RED_NEEDS_QUALIFIED)
    if child.needs_qualified and worker.standing is Standing.NEWLY_QUALIFIED:
        against.append(Block.RED_TOO_EARLY)
    if not worker.has_room:
        against.append(Block.OVER_LIMIT)
    if worker.away:
        against.append(Block.AWAY)
    if child.team_id is not None and worker.team_id != child.team_id:
        against.append(Block.ANOTHER_TEAM)
    return tuple(against)


def still_against(against: Iterable[Block], despite: Collection[Block]) -> tuple[Block, ...]:
    """What a person has not passed over, or cannot."""
    return tuple(each for each in against if each in NEVER or each not in despite)


def block_words(name: str, against: Iterable[Block]) -> str:
    """Why not, in one sentence."""
    return f"{name} {'; and '.join(BLOCK_WORDS[each] for each in against)}."


def check_reason(reason: str, *, changes: bool, despite: Collection[Block]) -> str:
    """The reason as it is kept; refused where one is needed and missing."""
    written = storable(reason).strip()
    if len(written) > LONGEST_REASON:
        raise NotReady(f"Shorten the reason to {LONGEST_REASON} characters or fewer.")
    if changes and not written:
        raise NotReady("Say why this child changes worker: each change is a loss for the family.")
    if despite and not written:
        raise NotReady("Say why you allocate all the same.")
    return written


def check_second(
    what_for: str, *, first: UUID | None, worker_id: UUID | None, team_id: UUID | None
) -> str:
    """What a second worker or team is for, as it is kept; refused where one of it is missing."""
    if worker_id is None and team_id is None:
        raise NotReady("Choose a second worker, or a team.")
    if worker_id is not None and worker_id == first:
        raise NotReady("This worker has the child already. Choose a colleague as the second.")
    written = storable(what_for).strip()
    if not written:
        raise NotReady("Say what the second one is for, such as knowledge of the disability.")
    if len(written) > LONGEST_REASON:
        raise NotReady(f"Shorten what it is for to {LONGEST_REASON} characters or fewer.")
    return written


def check_most(most: int | None) -> None:
    """Refuse a limit that is none."""
    if most is not None and not 0 <= most <= MOST_CHILDREN:
        raise NotReady(f"Give a limit between 0 and {MOST_CHILDREN}, or leave it empty.")


# ---------------------------------------------------------------- who is suggested


@dataclass(frozen=True)
class Suggested:
    """Whom the service would ask, and why. It allocates nothing."""

    team_id: UUID | None
    worker_id: UUID | None
    reasons: tuple[str, ...]


def suggest(
    child: ChildFacts, workers: Sequence[WorkerFacts], team_names: Mapping[UUID, str]
) -> Suggested:
    """The team that covers where the child lives, and of its workers with room and the right
    qualification one who knows the child, else the one with least to do.
    """
    team = team_names.get(child.team_id) if child.team_id else None
    reasons = [f"{team} covers where the child lives" if team else "No team covers the postcode"]
    fit = [each for each in workers if each.screens and not blocks(child, each)]
    if not fit:
        reasons.append("nobody with room and the right qualification")
        return Suggested(child.team_id, None, tuple(reasons))
    known = child.known_to or {}
    best = min(fit, key=lambda each: (each.id not in known, each.load, each.name, each.id.hex))
    if best.id in known:
        reasons.append(known[best.id])
    reasons.append(f"{best.load} of {best.most} children, {STANDING_WORDS[best.standing]}")
    return Suggested(child.team_id or best.team_id, best.id, tuple(reasons))
