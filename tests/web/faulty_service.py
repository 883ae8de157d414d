"""The shipped service on a database that can be made to fail: `faulty_service.py PORT`.

It waits half a second for a busy database and opens a SQLite file anew for each transaction: only
for reading while a file `read-only` lies beside it, and without room to grow while a file `full`
does. Everything that is refused then is refused by SQLite itself.
"""

import sys
from dataclasses import replace
from pathlib import Path

import sqlalchemy
from sqlalchemy import Connection, Engine, event
from sqlalchemy.pool import NullPool

from mash_triage.db import engine

PATIENCE = 500  # milliseconds

plain_open, plain_connect = engine.open_database, engine.sqlcipher.connect


def connect(file: str, **how):
    """A connection to the file, which can only read where that is asked."""
    mode = "ro" if Path(file).with_name("read-only").exists() else "rw"
    return plain_connect(f"file:{file}?mode={mode}", uri=True, **how)


@event.listens_for(Engine, "begin")
def no_room(connection: Connection) -> None:
    """The file may not grow where that is asked."""
    if connection.dialect.name == "sqlite":
        full = Path(connection.engine.url.database).with_name("full").exists()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {1 if full else 4_294_967_294}")


def create_engine(url, **how) -> Engine:
    """An engine that keeps no SQLite file open."""
    if url.get_backend_name() == "sqlite":
        how["poolclass"] = NullPool
    return sqlalchemy.create_engine(url, **how)


engine.open_database = lambda *address: replace(plain_open(*address), busy_milliseconds=PATIENCE)
engine.sqlcipher.connect = connect
engine.create_engine = create_engine
engine.POSTGRES_SETTINGS["lock_timeout"] = f"{PATIENCE}ms"

if __name__ == "__main__":
    from mash_triage.web.server import serve

    serve(port=int(sys.argv[1]))
