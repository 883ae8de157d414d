"""The engine, one for each database address, in the durable mode that was measured.

SQLite (through SQLCipher, a whole-file cipher): write-ahead log, synchronous FULL, and BEGIN
IMMEDIATE for every writing transaction, so that a writer waits its turn instead of failing.
PostgreSQL: time limits on statements and locks, and a check that a pooled connection still lives.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.orm import Session, sessionmaker

from mash_triage.db.keys import key_for
from mash_triage.db.turns import Turns

BUSY_MILLISECONDS = 30_000
OLDEST_SAFE_SQLITE = (3, 51, 3)  # the write-ahead-log reset race is mended from here on
STATEMENTS_KEPT = 1_000  # prepared on each connection; there are about 400, some long to prepare
SQLITE_SETTINGS = {
    "foreign_keys": 1,
    "recursive_triggers": 1,
    "synchronous": 2,
    "trusted_schema": 0,
    "secure_delete": 1,
    "mmap_size": 0,
    "busy_timeout": BUSY_MILLISECONDS,
}
POSTGRES_SETTINGS = {
    "statement_timeout": "15s",
    "lock_timeout": "5s",
    "idle_in_transaction_session_timeout": "30s",
    "synchronous_commit": "on",
    "random_page_cost": "1.1",  # a disk without a head; else all is read to find a few hundred
}


@dataclass(frozen=True)
class Database:
    """One database: transactions that write, and transactions that only read."""

    url: URL
    key: str | None = None
    busy_milliseconds: int = BUSY_MILLISECONDS

    @property
    def is_sqlite(self) -> bool:
        """Is it the SQLite file, rather than PostgreSQL?"""
        return self.url.get_backend_name() == "sqlite"

    @property
    def path(self) -> Path:
        """The SQLite file."""
        return Path(self.url.database or "")

    @cached_property
    def engine(self) -> Engine:
        """The pool of connections, made at first use."""
        return _sqlite_engine(self) if self.is_sqlite else _postgres_engine(self.url)

    @cached_property
    def _writers(self) -> sessionmaker[Session]:
        return sessionmaker(self.engine, expire_on_commit=False)

    @cached_property
    def _readers(self) -> sessionmaker[Session]:
        reading = self.engine.execution_options(mash_reading=True)
        return sessionmaker(reading, expire_on_commit=False, autoflush=False)

    @cached_property
    def _turns(self) -> Turns:
        return Turns()

    @contextmanager
    def work(self) -> Iterator[Session]:
        """One transaction that may write; it is committed at the end or wholly undone. SQLite has
        one writer at a time, and those of one process go in the order in which they came.
        """
        turn = self._turns.take(self.busy_milliseconds / 1000) if self.is_sqlite else nullcontext()
        with turn, self._writers.begin() as session:
            yield session

    @contextmanager
    def look(self) -> Iterator[Session]:
        """One transaction that only reads; a write in it is refused by the database."""
        with self._readers.begin() as session:
            yield session

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def open_database(url: str, key: str | None = None) -> Database:
    """The database at this address: `sqlite:///path` (enciphered) or `postgresql://...`.

    The key of a SQLite file comes from the caller, else from the key file beside it, which is
    made with a new database. Raises ValueError, in one plain sentence, for an address or a key
    that is not one, and NotAvailable when an existing file's key is nowhere to be found.
    """
    address = make_url(url)
    if address.get_backend_name() == "postgresql":
        return Database(address.set(drivername="postgresql+psycopg"))
    if address.get_backend_name() != "sqlite" or not address.database:
        raise ValueError("The database address must be sqlite:///path or postgresql://...")
    path = Path(address.database).resolve()
    if key is None:
        key = key_for(path)
    if not re.fullmatch("[0-9a-fA-F]{64}", key):
        raise ValueError("The database key must be 64 hexadecimal digits.")
    path.parent.mkdir(parents=True, exist_ok=True)
    return Database(address.set(database=str(path)), key)


def _sqlite_engine(database: Database) -> Engine:
    engine = create_engine(
        database.url,
        module=sqlcipher,
        hide_parameters=True,
        connect_args={"check_same_thread": False, "cached_statements": STATEMENTS_KEPT},
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA key = \"x'{database.key}'\"")
        if not cursor.execute("PRAGMA cipher_version").fetchone():
            raise RuntimeError("This SQLite cannot encipher; the service does not start on it.")
        for name, value in SQLITE_SETTINGS.items():
            cursor.execute(f"PRAGMA {name} = {value}")
        cursor.execute(f"PRAGMA busy_timeout = {database.busy_milliseconds}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        reading = bool(connection.get_execution_options().get("mash_reading"))
        connection.exec_driver_sql(f"PRAGMA query_only = {int(reading)}")
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine


def _postgres_engine(url: URL) -> Engine:
    options = " ".join(f"-c {name}={value}" for name, value in POSTGRES_SETTINGS.items())
    engine = create_engine(
        url,
        hide_parameters=True,
        pool_pre_ping=True,
        pool_size=10,
        max_overflow=20,
        connect_args={"options": f"{options} -c timezone=UTC"},
    )

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get("mash_reading"):
            connection.exec_driver_sql("SET TRANSACTION READ ONLY")

    return engine


def reads_only(session: Session) -> bool:
    """Was this session begun by `Database.look`, so that nothing changes through it?"""
    return bool(session.get_bind().get_execution_options().get("mash_reading"))


_databases: dict[tuple[str, str | None, int], Database] = {}


def database_at(url: str, key: str | None = None) -> Database:
    """The one open database of this process at this address."""
    name = (url, key, os.getpid())
    if name not in _databases:
        _databases[name] = open_database(url, key)
    return _databases[name]
