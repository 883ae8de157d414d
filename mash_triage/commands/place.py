"""Which database a command works on, and having it ready."""

import os
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from mash_triage.db.engine import Database

Command = TypeVar("Command", bound=Callable[..., Any])


def _choose(_context: click.Context, _option: click.Parameter, url: str | None) -> None:
    if url:
        from mash_triage.settings import settings

        os.environ["MASH_DATABASE_URL"] = url
        settings.cache_clear()


def database_option(command: Command) -> Command:
    """Give a command `--database-url`, which goes before MASH_DATABASE_URL."""
    return click.option(
        "--database-url",
        metavar="URL",
        expose_value=False,
        is_eager=True,
        callback=_choose,
        help="sqlite:///path or postgresql://...; default MASH_DATABASE_URL, else a file in var/.",
    )(command)


def open_database() -> "Database":
    """The database that was asked for, as it is."""
    from mash_triage.db.engine import database_at
    from mash_triage.settings import settings

    chosen = settings()
    key = chosen.database_key.get_secret_value() if chosen.database_key else None
    try:
        return database_at(chosen.database_url, key)
    except ValueError as fault:
        raise click.UsageError(str(fault)) from None


def ready_database(*, at: datetime) -> "Database":
    """The database that was asked for; a new, empty one is brought up to date first."""
    from mash_triage.db.schema import State, make_ready, state_of

    database = open_database()
    if state_of(database) is State.EMPTY:
        bring_up_to_date(database, at=at)
    else:
        make_ready(database)
    return database


def bring_up_to_date(
    database: "Database", *, at: datetime, progress: Callable[[str], None] = lambda _step: None
) -> None:
    """Make every migration, load the shipped editions, and file anew whoever an earlier version
    filed otherwise: until then no search would find them.
    """
    from mash_triage.access.actor import Actor
    from mash_triage.db.schema import upgrade
    from mash_triage.matching.reindex import reindex
    from mash_triage.settings import settings
    from mash_triage.thresholds.actions import load_editions

    upgrade(database, progress)
    with database.work() as session:
        load_editions(session, settings().levels_of_need, by=Actor.job("db upgrade"), at=at)
    if filed := reindex(database):
        progress(f"Filed anew for matching: {filed:,} children.")
