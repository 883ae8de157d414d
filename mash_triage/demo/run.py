"""Making or keeping the demonstration database."""

from mash_triage.access.queries import is_demo
from mash_triage.clocks.now import now
from mash_triage.db.engine import Database
from mash_triage.db.schema import State, state_of, upgrade
from mash_triage.demo.families import register
from mash_triage.demo.town import FOUNDER, load_register, settle
from mash_triage.errors import NotReady
from mash_triage.settings import settings
from mash_triage.thresholds.actions import load_editions

SEED = 1889  # the year of the first Act on cruelty to children; any number would do


def prepare(database: Database) -> None:
    """A demonstration database, new or kept. One that holds real people is never touched."""
    at = now()
    if state_of(database) is State.EMPTY:
        upgrade(database)
        with database.work() as session:
            load_editions(session, settings().levels_of_need, by=FOUNDER, at=at)
            settle(session, at=at)
        with database.work() as session:
            load_register(session, register(SEED, at.date()), at=at)
        return
    upgrade(database)
    with database.look() as session:
        if not is_demo(session):
            raise NotReady("This database is not a demonstration; the demo does not touch it.")
