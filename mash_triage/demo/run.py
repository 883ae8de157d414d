"""Making or keeping the demonstration database: a town, its register, and a year of contacts."""

from collections.abc import Callable
from datetime import datetime, timedelta

from pydantic import TypeAdapter
from sqlalchemy.orm import Session

from mash_triage.access.models import Installation
from mash_triage.access.queries import is_demo
from mash_triage.attachments.vault import Vault
from mash_triage.clocks.now import now
from mash_triage.clocks.working_days import london_day
from mash_triage.db.engine import Database
from mash_triage.db.schema import State, state_of, step_back_to, upgrade
from mash_triage.demo.alive import come_alive
from mash_triage.demo.families import DemoFamily, newcomers, register
from mash_triage.demo.first_referrer import sent_by_first_referrer
from mash_triage.demo.missing import go_missing
from mash_triage.demo.next_edition import draft_next_edition
from mash_triage.demo.plan import plan_days, plan_year
from mash_triage.demo.planned import PlannedContact
from mash_triage.demo.protecting import follow_up
from mash_triage.demo.teams import leave_something
from mash_triage.demo.town import FOUNDER, load_register, settle
from mash_triage.demo.year import live
from mash_triage.errors import NotReady
from mash_triage.matching.reindex import reindex
from mash_triage.settings import settings
from mash_triage.thresholds.actions import load_editions
from mash_triage.thresholds.levels import Edition, read_edition

SEED = 1889  # the year of the first Act on cruelty to children; any number would do
YEAR = timedelta(days=365)
MOST_MISSING = timedelta(days=14)
STRANGERS = 3_000  # children whom the authority does not know yet

Progress = Callable[[str, int, int], None]
_STORIES = TypeAdapter(list[PlannedContact])


class StartAnew(NotReady):
    """This demonstration cannot go on from where it stands; it can be made anew."""


def prepare(
    database: Database,
    *,
    at: datetime | None = None,
    share: float = 1.0,
    files: Vault | None = None,
    progress: Progress = lambda _what, _done, _of: None,
) -> None:
    """A demonstration database, new or kept, lived up to now.

    `share` makes a smaller year; `files` is where attached files are put, without it there are
    none. A database that holds anything else is refused. StartAnew when it
    was not finished, or nobody looked at it for more than 14 days.
    """
    at = at or now()
    if state_of(database) is State.EMPTY:
        _found(database, at, share, files, progress)
        return
    upgrade(database)
    reindex(database)
    with database.look() as session:
        if not is_demo(session):
            raise NotReady("This database is not a demonstration; the demo does not touch it.")
    _live_missing_days(database, at, progress)


def remove(database: Database) -> None:
    """Take a demonstration away, and nothing else: a database of real people is refused."""
    with database.look() as session:
        if not is_demo(session):
            raise NotReady("This database is not a demonstration; the demo does not touch it.")
    if not database.is_sqlite:
        step_back_to(database, "base")
        return
    database.close()
    for ending in ("", "-wal", "-shm"):
        database.path.with_name(database.path.name + ending).unlink(missing_ok=True)


def _found(
    database: Database, at: datetime, share: float, files: Vault | None, progress: Progress
) -> None:
    """Rivermead from its first day; marked as finished only when the whole year was lived."""
    upgrade(database)
    began = at - YEAR
    families = _families(at)
    with database.work() as session:
        load_editions(session, settings().levels_of_need, by=FOUNDER, at=began)
        settle(session, at=began)
        load_register(
            session,
            families[0],
            at=began,
            progress=lambda done, of: progress("Loading the register", done, of),
        )
    edition = _edition()
    year = list(plan_year(SEED, london_day(began), at, *families, edition=edition, share=share))
    told_of = {child.family for contact in year for child in contact.children}
    others = [each for each in families[0] if each.number not in told_of]
    hers = sent_by_first_referrer(SEED + 1, at, others, edition=edition)
    unfinished = live(
        database,
        [*year, *hers],
        since=began - YEAR,
        until=at,
        progress=lambda done, of: progress("Living a year", done, of),
    )
    with database.work() as session:
        come_alive(session, files, at=at)
        go_missing(session, at=at)
        follow_up(session, at=at)
        leave_something(session, at=at)
        draft_next_edition(session, at=at)
        _remember(session, "founded_at", at.isoformat())
        _remember(session, "share", str(share))
        _remember_stories(session, at, unfinished)


def _live_missing_days(database: Database, at: datetime, progress: Progress) -> None:
    with database.look() as session:
        kept = {name: _recall(session, name) for name in ("lived_until", "founded_at", "share")}
        stories = _recall(session, "stories")
    if not all(kept.values()):
        raise StartAnew("The demonstration was not finished when it was made.")
    last = datetime.fromisoformat(str(kept["lived_until"]))
    if london_day(at) <= london_day(last):
        return
    if at - last > MOST_MISSING:
        raise StartAnew(f"Nobody has looked at this demonstration since {last:%d %B %Y}.")
    first_day = london_day(last) + timedelta(days=1)
    fresh = plan_days(
        SEED + first_day.toordinal(),
        first_day,
        at,
        *_families(datetime.fromisoformat(str(kept["founded_at"]))),
        edition=_edition(),
        share=float(str(kept["share"])),
    )
    unfinished = live(
        database,
        [*_STORIES.validate_json(stories or "[]"), *fresh],
        since=last,
        until=at,
        progress=lambda done, of: progress("Living the missing days", done, of),
    )
    with database.work() as session:
        _remember_stories(session, at, unfinished)


def _families(at: datetime) -> tuple[tuple[DemoFamily, ...], tuple[DemoFamily, ...]]:
    day = london_day(at)
    return register(SEED, day), newcomers(SEED, day, STRANGERS)


def _edition() -> Edition:
    return read_edition(settings().levels_of_need / settings().edition)


def _remember_stories(session: Session, at: datetime, stories: list[PlannedContact]) -> None:
    """How far the town has lived, and the stories that are not over."""
    _remember(session, "lived_until", at.isoformat())
    _remember(session, "stories", _STORIES.dump_json(stories).decode())


def _remember(session: Session, name: str, value: str) -> None:
    session.merge(Installation(name=name, value=value))


def _recall(session: Session, name: str) -> str | None:
    found = session.get(Installation, name)
    return found.value if found else None
