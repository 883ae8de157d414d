"""Very many rows at once, and rows by a list of numbers, as each database does it fastest."""

from collections.abc import Collection, Sequence
from typing import Any

import psycopg
from sqlalchemy import Connection, CursorResult, Table, text
from sqlalchemy.orm import Session

WORTH_A_COPY = 500  # rows; fewer go to PostgreSQL as ordinary inserts

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


def insert_many(session: Session, table: Table, rows: Sequence[Sequence[Any]]) -> None:
    """Insert plain rows, with the table's columns in their order, in the transaction at hand."""
    if not rows:
        return
    connection = session.connection()
    names = ", ".join(column.name for column in table.columns)
    on_sqlite = connection.dialect.name == "sqlite"
    if not on_sqlite and len(rows) >= WORTH_A_COPY:
        _copy(connection, f"COPY {table.name} ({names}) FROM STDIN", rows)
        return
    places = ", ".join(["?" if on_sqlite else "%s"] * len(table.columns))
    sql = f"INSERT INTO {table.name} ({names}) VALUES ({places})"  # noqa: S608
    connection.exec_driver_sql(sql, [tuple(row) for row in rows])


def _copy(connection: Connection, sql: str, rows: Sequence[Sequence[Any]]) -> None:
    driver = connection.connection.driver_connection
    assert isinstance(driver, psycopg.Connection)
    with driver.cursor() as cursor, cursor.copy(sql.encode()) as copy:
        for row in rows:
            copy.write_row(row)
