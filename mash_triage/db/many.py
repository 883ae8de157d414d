"""Very many rows at once, and rows by a list of numbers, as each database does it fastest."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from sqlalchemy import Connection, CursorResult, Table, text
from sqlalchemy.orm import Session

from mash_triage.db.engine import Database

WORTH_A_COPY = 500  # rows; fewer go to PostgreSQL as ordinary inserts
ROOM_KIB = 160 * 1024

_IN = {
    "sqlite": "IN (SELECT value FROM json_each(:numbers))",
    "postgresql": "= ANY(CAST(:numbers AS bigint[]))",
}
_LISTED = {"sqlite": "[{}]", "postgresql": "{{{}}}"}


class ByNumbers:
    """A statement that asks for rows by a list of numbers, written `... WHERE id {among}`.

    One parameter and one text however long the list, so that neither the library nor the database
    has to read the statement anew each time, which would cost more than the rows.
    """

    def __init__(self, sql: str) -> None:
        self._statements = {name: text(sql.format(among=among)) for name, among in _IN.items()}

    def rows(self, session: Session, numbers: Collection[int]) -> Sequence[Any]:
        """The rows for these numbers."""
        return self._ask(session, numbers).all()

    def run(self, session: Session, numbers: Collection[int]) -> None:
        """Do what the statement says to the rows of these numbers."""
        self._ask(session, numbers)

    def _ask(self, session: Session, numbers: Collection[int]) -> CursorResult[Any]:
        connection = session.connection()
        kind = connection.dialect.name
        listed = _LISTED[kind].format(",".join(map(str, numbers)))
        return connection.execute(self._statements[kind], {"numbers": listed})


@contextmanager
def much_room(session: Session, kib: int = ROOM_KIB) -> Iterator[None]:
    """A larger page cache, up to so much, while very many rows are written or read: indexes over
    random values lie all over, and a page that does not stay is enciphered or deciphered again for
    each row.
    """
    connection = session.connection()
    if connection.dialect.name != "sqlite":
        yield
        return
    before = connection.exec_driver_sql("PRAGMA cache_size").scalar_one()
    connection.exec_driver_sql(f"PRAGMA cache_size = -{kib}")
    try:
        yield
    finally:
        connection.exec_driver_sql(f"PRAGMA cache_size = {before}")


def look_over(database: Database, *tables: str) -> None:
    """After very many rows were written and committed. PostgreSQL reads them at full speed, and
    knows how they are spread, once it has gone over them: now, and not when it finds the time.
    """
    if database.is_sqlite:
        return
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("SET statement_timeout = 0")
        for table in tables:
            connection.exec_driver_sql(f"VACUUM (ANALYZE) {table}")
        connection.exec_driver_sql("RESET statement_timeout")


def insert_many(
    session: Session, table: Table, columns: Sequence[str], rows: Sequence[Sequence[Any]]
) -> None:
    """Insert rows of plain values, in the transaction at hand.

    The library takes ten times as long for each row as the database does, so it only gives the
    conversion of each column. What a column has by default must be given here.
    """
    if not rows:
        return
    connection = session.connection()
    names, given = ", ".join(columns), _as_stored(connection, table, columns, rows)
    if connection.dialect.name == "sqlite":
        places = ", ".join("?" * len(columns))
    elif len(rows) < WORTH_A_COPY:
        places = ", ".join(["%s"] * len(columns))
    else:
        _copy(connection, f"COPY {table.name} ({names}) FROM STDIN", given)
        return
    sql = f"INSERT INTO {table.name} ({names}) VALUES ({places})"  # noqa: S608
    connection.exec_driver_sql(sql, given)


def _as_stored(
    connection: Connection, table: Table, columns: Sequence[str], rows: Sequence[Sequence[Any]]
) -> list[Any]:
    """The rows as the driver takes them."""
    dialect = connection.dialect
    types = [table.c[name].type.dialect_impl(dialect) for name in columns]
    convert = {
        at: change for at, each in enumerate(types) if (change := each.bind_processor(dialect))
    }
    by_column: list[Iterable[Any]] = list(zip(*rows, strict=True))
    for at, change in convert.items():
        by_column[at] = map(change, by_column[at])
    return list(zip(*by_column, strict=True)) if convert else list(map(tuple, rows))


def _copy(connection: Connection, sql: str, rows: Sequence[Sequence[Any]]) -> None:
    driver = connection.connection.driver_connection
    assert isinstance(driver, psycopg.Connection)
    with driver.cursor() as cursor, cursor.copy(sql.encode()) as copy:
        for row in rows:
            copy.write_row(row)
