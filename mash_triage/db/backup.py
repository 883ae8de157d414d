"""Backups: written in one step, verified before they count, restored only into an empty database.

A SQLite backup is one enciphered file with the database's own key, which is kept elsewhere. A
PostgreSQL backup is a `pg_dump` archive. What a backup holds besides rows (the trail's chain) is
judged by the `examine` that the caller brings.
"""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, MetaData, Table, func, inspect, select, text
from sqlalchemy.engine import URL

from mash_triage.db.engine import Database
from mash_triage.db.faults import plain_fault
from mash_triage.db.schema import State, state_of, upgrade
from mash_triage.errors import NotReady

Examine = Callable[[Database], None]
"""Refuses (NotReady) a database whose contents are not sound."""

NOT_OURS = "This file is not a backup of this service made with this key, or it is damaged."
NOT_EMPTY = "This database already holds records. A backup is restored only into an empty one."
NO_PROGRAM = "{} is needed and not installed (on Debian: apt install postgresql-client)."
NOT_MADE = "{} could not do it. Its version must not be older than the database server's."


@dataclass(frozen=True)
class Backup:
    """What was written or restored: rows of each table; none are counted in a pg_dump archive."""

    file: Path
    rows: dict[str, int]


# ---------------------------------------------------------------- making one


def backup(database: Database, file: Path, examine: Examine) -> Backup:
    """Write a backup to a new file and verify it; a file that fails does not stay.

    Raises NotReady in a plain sentence: the file is already there, or the copy is not sound.
    """
    if file.exists():
        raise NotReady("There is already a file of this name. Name a new one.")
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f".{file.name}.{os.getpid()}.part")
    os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        make = _copy_sqlite if database.is_sqlite else _dump_postgres
        rows = make(database, draft, examine)
        _to_disk(draft)
        draft.replace(file)
        _to_disk(file.parent)
    finally:
        draft.unlink(missing_ok=True)
    return Backup(file, rows)


def _copy_sqlite(database: Database, draft: Path, examine: Examine) -> dict[str, int]:
    copy = _beside(database, draft)
    with database.look() as session:
        connection = session.connection()
        rows = _rows(connection)
        _copy_pages(connection, copy)
    with _opened(copy):
        _check_sound(copy, examine)
        with copy.look() as session:
            if _rows(session.connection()) != rows:
                raise NotReady("The copy does not hold the same rows. Make the backup again.")
    return rows


def _copy_pages(connection: Connection, target: Database) -> None:
    """All pages in one step: in several, every write meanwhile would start it anew."""
    into = target.engine.raw_connection()
    try:
        source = connection.connection.driver_connection
        source.backup(into.driver_connection)  # type: ignore[union-attr]
        into.cursor().execute("PRAGMA journal_mode = DELETE")  # one file, nothing beside it
    finally:
        into.close()


def _dump_postgres(database: Database, draft: Path, examine: Examine) -> dict[str, int]:
    examine(database)
    _run("pg_dump", "--format=custom", "--no-owner", f"--file={draft}", database=database)
    _run("pg_restore", "--file=/dev/null", str(draft), database=database, words=NOT_OURS)
    return {}


# ---------------------------------------------------------------- restoring one


def restore(database: Database, file: Path, examine: Examine) -> Backup:
    """Put a backup into an empty database and bring it up to date.

    Raises NotReady in a plain sentence, with the database as it was: it is not empty, or the file
    is damaged, foreign, or made with another key.
    """
    if state_of(database) is not State.EMPTY:
        raise NotReady(NOT_EMPTY)
    (_restore_sqlite if database.is_sqlite else _restore_postgres)(database, file, examine)
    upgrade(database)
    with database.look() as session:
        return Backup(file, _rows(session.connection()))


def _restore_sqlite(database: Database, file: Path, examine: Examine) -> None:
    stored = _beside(database, file)
    with _opened(stored):
        _check_sound(stored, examine)
        with stored.look() as session:
            _copy_pages(session.connection(), database)


def _restore_postgres(database: Database, file: Path, examine: Examine) -> None:
    listed = _run("pg_restore", "--list", str(file), database=database, words=NOT_OURS)
    if "audit_event" not in listed or "alembic_version" not in listed:
        raise NotReady(NOT_OURS)
    url = _without_password(database.url)
    options = ("--no-owner", "--single-transaction", "--exit-on-error", f"--dbname={url}")
    _run("pg_restore", *options, str(file), database=database, words=NOT_OURS)
    try:
        _check_ours(database)
        examine(database)
    except NotReady:
        with database.engine.begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
        raise


# ---------------------------------------------------------------- verifying one


def _check_sound(copy: Database, examine: Examine) -> None:
    try:
        with copy.look() as session:
            run = session.connection().exec_driver_sql
            sound = run("PRAGMA integrity_check").scalar() == "ok"
            linked = not run("PRAGMA foreign_key_check").first()
    except Exception as fault:
        if plain_fault(fault) is None:
            raise
        raise NotReady(NOT_OURS) from None
    if not (sound and linked):
        raise NotReady(NOT_OURS)
    _check_ours(copy)
    examine(copy)


def _check_ours(database: Database) -> None:
    if state_of(database) not in (State.CURRENT, State.OLDER):
        raise NotReady(NOT_OURS)


def _rows(connection: Connection) -> dict[str, int]:
    tables = (Table(name, MetaData()) for name in sorted(inspect(connection).get_table_names()))
    return {
        table.name: connection.scalar(select(func.count()).select_from(table)) or 0
        for table in tables
    }


# ---------------------------------------------------------------- files and programs


def _beside(database: Database, file: Path) -> Database:
    return Database(database.url.set(database=str(file.resolve())), database.key)


@contextmanager
def _opened(database: Database) -> Iterator[None]:
    try:
        yield
    finally:
        database.close()


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _without_password(url: URL) -> str:
    plain = url.set(drivername="postgresql")._replace(password=None)
    return plain.render_as_string(hide_password=False)


def _run(program: str, *arguments: str, database: Database, words: str = NOT_MADE) -> str:
    """What a PostgreSQL program printed; the password goes by the environment, not the list."""
    found = shutil.which(program)
    if found is None:
        raise NotReady(NO_PROGRAM.format(program))
    secret = {"PGPASSWORD": database.url.password} if database.url.password else {}
    if program == "pg_dump":
        arguments = (*arguments, f"--dbname={_without_password(database.url)}")
    done = subprocess.run(  # noqa: S603
        [found, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **secret},
    )
    if done.returncode:
        raise NotReady(words.format(program))
    return done.stdout
