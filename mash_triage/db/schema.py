"""The schema: bringing a database up to date, knowing whether it is, and testing its settings."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from mash_triage.db import faults
from mash_triage.db.engine import OLDEST_SAFE_SQLITE, SQLITE_SETTINGS, Database
from mash_triage.errors import NotAvailable

MIGRATIONS = Path(__file__).parent / "migrations"
_UPGRADE_LOCK = 7_204_112  # any number, the same for every process that upgrades


class State(StrEnum):
    """How a database stands to this version of the service."""

    EMPTY = "empty"
    CURRENT = "current"
    OLDER = "older"
    FOREIGN = "foreign"


@dataclass(frozen=True)
class Finding:
    """One line of the self-test: is it good, and a sentence that says what was found."""

    good: bool
    words: str


def _quiet(_step: str) -> None:
    """Tell nobody."""


# ---------------------------------------------------------------- how it stands


@lru_cache(maxsize=1)
def newest() -> str:
    """The name of the newest migration."""
    return ScriptDirectory(str(MIGRATIONS)).get_current_head() or ""


def state_of(database: Database) -> State:
    """Empty, current, older, or not ours. A file that is not there yet is empty, and stays so."""
    if database.is_sqlite and not database.path.exists():
        return State.EMPTY
    with database.look() as session:
        return _state(session.connection())


def _state(connection: Connection) -> State:
    at = MigrationContext.configure(connection).get_current_revision()
    if at == newest():
        return State.CURRENT
    if at is None:
        tables = set(inspect(connection).get_table_names()) - {"alembic_version"}
        return State.FOREIGN if tables else State.EMPTY
    known = {script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()}
    return State.OLDER if at in known else State.FOREIGN


def is_current(database: Database) -> bool:
    """Is every migration in, and none that this version does not know?"""
    return state_of(database) is State.CURRENT


def make_ready(database: Database, progress: Callable[[str], None] = _quiet) -> None:
    """Bring a new, empty database up to date; refuse one that is older or not ours."""
    state = state_of(database)
    if state is State.EMPTY:
        upgrade(database, progress)
    elif state is not State.CURRENT:
        raise NotAvailable(faults.NOT_MIGRATED if state is State.OLDER else faults.FOREIGN)


# ---------------------------------------------------------------- moving it


def upgrade(database: Database, progress: Callable[[str], None] = _quiet) -> None:
    """Bring a database up to date in one transaction, one process at a time.

    `progress` is told each step's name. Raises NotAvailable for a database that is not ours, and
    for a SQLite file on a network file system.
    """
    if database.is_sqlite:
        if faults.is_on_network(database.path):
            raise NotAvailable(faults.NETWORK_FILE_SYSTEM)
        database.path.parent.mkdir(parents=True, exist_ok=True)
        with _folder_lock(database.path.parent):
            _set_write_ahead_log(database)
            _move(database, "head", progress)
    else:
        _move(database, "head", progress)


def step_back_to(database: Database, revision: str) -> None:
    """Undo migrations down to this one (`base`: all of them), and what was stored with them."""
    _move(database, revision, _quiet)


def _move(database: Database, to: str, progress: Callable[[str], None]) -> None:
    with database.engine.connect() as connection, _rebuilding(connection), connection.begin():
        if not database.is_sqlite:
            connection.execute(text("SET LOCAL lock_timeout = 0"))
            connection.execute(text("SET LOCAL statement_timeout = 0"))
            connection.execute(text(f"SELECT pg_advisory_xact_lock({_UPGRADE_LOCK})"))
        if _state(connection) is State.FOREIGN:
            raise NotAvailable(faults.FOREIGN)
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
        config.attributes.update(connection=connection, progress=progress)
        (command.upgrade if to == "head" else command.downgrade)(config, to)
        if database.is_sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
            raise NotAvailable(faults.WOULD_LOSE_ROWS)


@contextmanager
def _rebuilding(connection: Connection) -> Iterator[None]:
    """SQLite changes a table by making it anew, which it refuses while other tables point to it;
    so it does not watch references meanwhile, and all of them are looked at before the end.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    cursor = connection.connection.cursor()  # outside a transaction, where alone it takes effect
    cursor.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        cursor.execute("PRAGMA foreign_keys = ON")


def _set_write_ahead_log(database: Database) -> None:
    """Once and only here: two connections that both set it on a new file can lock each other."""
    connection = database.engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA journal_mode = WAL")
    finally:
        connection.close()


@contextmanager
def _folder_lock(folder: Path) -> Iterator[None]:
    """Hold the folder; a second handle on the file, when closed, would drop SQLite's own locks."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


# ---------------------------------------------------------------- testing its settings


def check(database: Database) -> list[Finding]:
    """The self-test of settings and schema: each setting is read back from the database itself."""
    state = state_of(database)
    if state is State.EMPTY:
        return [Finding(False, "The database is empty. Run: mash-triage db upgrade.")]
    settings = _sqlite_findings(database) if database.is_sqlite else _postgres_findings(database)
    words = {
        State.CURRENT: f"The schema is the newest one, {newest()}.",
        State.OLDER: faults.NOT_MIGRATED,
        State.FOREIGN: faults.FOREIGN,
    }
    return [*settings, Finding(state is State.CURRENT, words[state])]


def _setting(name: str, found: Any, wanted: Any) -> Finding:
    good = str(found) == str(wanted)
    return Finding(good, f"{name} is {found}" + ("." if good else f", but must be {wanted}."))


def _sqlite_findings(database: Database) -> list[Finding]:
    version = sqlcipher.sqlite_version
    safe = tuple(map(int, version.split("."))) >= OLDEST_SAFE_SQLITE
    wanted = SQLITE_SETTINGS | {
        "journal_mode": "wal",
        "busy_timeout": database.busy_milliseconds,
        "foreign_keys": 1,
    }
    with database.look() as session:
        run = session.connection().exec_driver_sql
        found = {name: run(f"PRAGMA {name}").scalar() for name in wanted}
        cipher = run("PRAGMA cipher_version").scalar()
    network = faults.is_on_network(database.path)
    return [
        *(_setting(name, found[name], wanted[name]) for name in wanted),
        Finding(safe, f"SQLite is {version}" + ("." if safe else ", too old for this journal.")),
        Finding(bool(cipher), f"The cipher is {cipher}." if cipher else "There is no cipher."),
        _enciphered(database),
        Finding(not network, faults.NETWORK_FILE_SYSTEM if network else "The disk is local."),
    ]


def _enciphered(database: Database) -> Finding:
    """Can the file be read without its key? SQLite is asked; opening the file drops its locks."""
    stranger = sqlcipher.connect(str(database.path))
    try:
        stranger.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlcipher.DatabaseError:
        return Finding(True, "The file cannot be read without its key.")
    finally:
        stranger.close()
    return Finding(False, "The file is not enciphered: anybody who has it can read it.")


_POSTGRES_WANTED = {
    "statement_timeout": "15s",
    "lock_timeout": "5s",
    "idle_in_transaction_session_timeout": "30s",
    "synchronous_commit": "on",
    "TimeZone": "UTC",
    "server_encoding": "UTF8",
    "data_checksums": "on",
    "fsync": "on",
}


def _postgres_findings(database: Database) -> list[Finding]:
    with database.look() as session:
        found = {
            name: session.scalar(text("SELECT current_setting(:name)"), {"name": name})
            for name in _POSTGRES_WANTED
        }
    return [_setting(name, found[name], wanted) for name, wanted in _POSTGRES_WANTED.items()]
