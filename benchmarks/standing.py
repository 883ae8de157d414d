"""A million contacts stored and 500 children open: what a look at the front door costs, in time, in
statements, and in reading a big table without an index.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from statistics import median, quantiles
from time import perf_counter
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID, uuid4

from sqlalchemy import Table, event, select
from sqlalchemy.orm import Session

from benchmarks.ground import Ground, a_submission, ground, say
from mash_triage.access.actor import Actor
from mash_triage.clocks.models import Clock
from mash_triage.contacts.actions import submit_contact
from mash_triage.contacts.models import Contact, ContactChild, StatusMove
from mash_triage.db.base import Base
from mash_triage.db.engine import Database
from mash_triage.db.many import insert_many, look_over, much_room
from mash_triage.promises.queries import Wanted, running_promises
from mash_triage.web.child.reading import read_child
from mash_triage.web.page import Visit
from mash_triage.worklists.board import board, decision_queue
from mash_triage.worklists.in_hand import in_hand

STORED, OPEN, LOOKS, CHUNK = 1_000_000, 500, 70, 20_000
NOW = datetime(2026, 11, 19, 11, tzinfo=UTC)
HOUR = timedelta(hours=1)
BIG = ("contact", "contact_child", "clock", "status_move")
"""Tables that have a row, or more, for each contact."""

Rows = dict[type[Base], list[dict[str, Any]]]
Look = Callable[[Session, Actor], object]


def measure(kind: str, stored: int = STORED) -> dict[str, Any]:
    """The floor is one statement that reads one row."""
    with ground(kind) as here:
        say(f"storing {stored:,} contacts on {kind}")
        child = _store(here, stored)
        floor = _p95(_times(here.database, lambda session, _by: session.scalar(select(1)), here))
        found: dict[str, Any] = {"contacts": stored, "open": OPEN}
        for name, look in _looks(child).items():
            times = _times(here.database, look, here)
            taken = _p95(times)
            with _said(here.database) as said:
                _once(here.database, look, here.managers[0])
            found[f"{name}: median ms"] = round(median(times) * 1000, 1)
            found[f"{name}: p95 ms"] = round(taken * 1000, 1)
            found[f"{name}: p95 / one statement"] = round(taken / floor)
            found[f"{name}: statements"] = len(said)
            found[f"{name}: read without an index"] = _unindexed(here.database, said)
        return found


def _looks(child: UUID) -> dict[str, Look]:
    def whole_child(session: Session, by: Actor) -> object:
        visit = SimpleNamespace(
            by=by, at=NOW, look=lambda: _same(session), note_viewed=lambda _id: None
        )
        return read_child(cast(Visit, visit), child)

    return {
        "board": lambda session, by: board(session, by=by, at=NOW),
        "decisions": lambda session, by: decision_queue(session, by=by, at=NOW),
        "work in hand": lambda session, by: in_hand(session, by=by, at=NOW),
        "promises": lambda session, by: running_promises(session, Wanted(), by=by, at=NOW),
        "one child": whole_child,
    }


@contextmanager
def _same(session: Session) -> Iterator[Session]:
    yield session


def _times(database: Database, look: Look, here: Ground) -> list[float]:
    by = here.managers[0]
    _once(database, look, by)
    taken = []
    for _each in range(LOOKS):
        started = perf_counter()
        _once(database, look, by)
        taken.append(perf_counter() - started)
    return taken


def _once(database: Database, look: Look, by: Actor) -> None:
    with database.look() as session:
        look(session, by)


def _p95(taken: list[float]) -> float:
    return quantiles(taken, n=100)[94]


# ---------------------------------------------------------------- statements and their plans


@contextmanager
def _said(database: Database) -> Iterator[list[tuple[str, Any]]]:
    """Each statement with its values, as the database is told them."""
    said: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_more: Any) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "WITH")):
            said.append((statement, values))

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(database.engine, "before_cursor_execute", note)


def _unindexed(database: Database, said: list[tuple[str, Any]]) -> str:
    """Big tables that a plan reads from end to end; none where it is empty."""
    explain = "EXPLAIN QUERY PLAN " if database.is_sqlite else "EXPLAIN "
    found: set[str] = set()
    with database.look() as session:
        connection = session.connection()
        for statement, values in said:
            plan = connection.exec_driver_sql(explain + statement, values).all()
            lines = [str(row[-1]) for row in plan]
            found |= {table for table in BIG for line in lines if _scans(line, table)}
    return ", ".join(sorted(found))


def _scans(line: str, table: str) -> bool:
    words = line.replace('"', "").split()
    if "Scan" in words and "Seq" in words:
        return table in words
    return words[:1] == ["SCAN"] and words[1:2] == [table] and "INDEX" not in words


# ---------------------------------------------------------------- what is stored


def _store(here: Ground, stored: int) -> UUID:
    """So many contacts of one child, all decided but the last 500; gives one open child."""
    with here.database.work() as session:
        sent = submit_contact(
            session, a_submission(children=1), token=uuid4(), by=here.sender, at=NOW - HOUR
        )
        contact = session.get_one(Contact, sent.contact_id)
        child = contact.children[0]
        session.flush()
        like = {
            Contact: _plain(contact),
            ContactChild: _plain(child),
            StatusMove: _plain(session.scalars(select(StatusMove).limit(1)).one()),
            Clock: _plain(session.scalars(select(Clock).limit(1)).one()),
        }
        first = child.id
    for start in range(0, stored, CHUNK):
        rows: Rows = {model: [] for model in like}
        for number in range(start, min(start + CHUNK, stored)):
            _one_more(rows, like, number, stored, here)
        with here.database.work() as session, much_room(session):
            for model, made in rows.items():
                table = model.__table__
                assert isinstance(table, Table)
                names = tuple(made[0])
                values = [tuple(row[name] for name in names) for row in made]
                insert_many(session, table, names, values)
        if start % 200_000 == 0:
            say(f"stored {start + CHUNK:,} of {stored:,}")
    look_over(here.database, *Base.metadata.tables)
    return first


def _one_more(
    rows: Rows, like: dict[type[Base], dict[str, Any]], number: int, stored: int, here: Ground
) -> None:
    """A contact with its child, its clocks and one move; the last ones are not decided yet."""
    is_open = number >= stored - OPEN
    received = NOW - (number % OPEN) * timedelta(minutes=2) - (0 if is_open else 1) * 720 * HOUR
    contact, child, decided = uuid4(), uuid4(), None if is_open else received + 5 * HOUR
    rows[Contact].append(
        {**like[Contact], "id": contact, "token": uuid4(), "reference": f"{number:010x}"}
    )
    decision = {} if is_open else {"decided_by": here.managers[0].user_id, "decided_at": decided}
    rows[ContactChild].append(
        {
            **like[ContactChild], **decision, "id": child, "contact_id": contact,
            "received_at": received, "status": "received" if is_open else "decided",
            "next_due_at": received + 24 * HOUR if is_open else None,
        }
    )  # fmt: skip
    rows[StatusMove].append(
        {**like[StatusMove], "id": uuid4(), "contact_child_id": child, "moved_at": received}
    )
    for kind in ("within_24_hours", "one_working_day"):
        rows[Clock].append(
            {
                **like[Clock], "id": uuid4(), "contact_child_id": child, "kind": kind,
                "started_at": received, "due_at": received + 24 * HOUR, "stopped_at": decided,
                "next_point_at": received + 19 * HOUR if is_open else None,
            }
        )  # fmt: skip


def _plain(row: Base) -> dict[str, Any]:
    return {column.name: getattr(row, column.name) for column in row.__table__.columns}
