"""Choosing what to try: two editions, published or drafts, and how far back."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.clocks.working_days import london_day
from mash_triage.editions.models import DraftState
from mash_triage.editions.pictures import Standing
from mash_triage.editions.queries import drafts, editions, picture_of_draft
from mash_triage.errors import NotReady
from mash_triage.settings import settings
from mash_triage.thresholds.levels import EditionFault, read_edition
from mash_triage.thresholds.queries import edition_of
from mash_triage.thresholds.shapes import Edition
from mash_triage.web import wording

SHORT = {Standing.EXAMPLE: "example"}
BEGINNING = datetime(1900, 1, 1, tzinfo=UTC)
PERIODS: dict[str, timedelta | None] = {
    "The last 3 months": timedelta(days=91),
    "The last 6 months": timedelta(days=182),
    "The last 12 months": timedelta(days=365),
    "All": None,
}


@dataclass(frozen=True)
class Choice:
    """One edition or draft that can be tried."""

    key: str
    words: str
    in_force: bool = False


def choices(session: Session, *, by: Actor, at: datetime) -> list[Choice]:
    """Every edition, the one in force first, then the drafts that this person may read."""
    found = editions(session, settings().edition, on=london_day(at), by=by)
    names = [f"{e.code}, {SHORT.get(e.standing, e.standing)}: {e.title}" for e in found]
    stored = [
        Choice(
            f"edition {each.id}",
            name if names.count(name) == 1 else f"{name} ({each.sha256[:8]})",
            each.standing is Standing.IN_FORCE,
        )
        for name, each in zip(names, found, strict=True)
    ]
    written = (
        [
            Choice(
                f"draft {each.id}",
                f"Draft: {each.purpose}, edited {wording.near_words(each.edited_at, at=at)}",
            )
            for each in drafts(session, by=by)
            if each.state is DraftState.OPEN
        ]
        if by.can(Permission.KEEP_LEVELS_OF_NEED)
        else []
    )
    return [*sorted(stored, key=lambda each: not each.in_force), *written]


def chosen_edition(session: Session, key: str, *, by: Actor) -> Edition:
    """The edition of a choice; NotReady, with its first fault, for a draft that is not sound."""
    kind, _, number = key.partition(" ")
    if kind == "edition":
        return edition_of(session, UUID(number))
    draft = picture_of_draft(session, UUID(number), by=by)
    try:
        return read_edition(draft.toml)
    except EditionFault as fault:
        raise NotReady(
            f"The draft cannot be tried yet: {fault.key}: {fault.words}. Mend it first."
        ) from fault


def since(period: str, *, at: datetime) -> datetime:
    """From when on contacts count."""
    length = PERIODS[period]
    return at - length if length else BEGINNING
