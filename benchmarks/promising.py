"""The job over ten thousand open clocks: nothing due, a few due, and all of them at once."""

from datetime import UTC, datetime, timedelta
from time import perf_counter
from typing import Any
from uuid import uuid4

from sqlalchemy import Table, func, select, text

from benchmarks.ground import Ground, a_submission, ground, say
from mash_triage.clocks.models import Clock, PointRaised, PromiseRecord
from mash_triage.clocks.moments import Moment
from mash_triage.contacts.actions import submit_contact
from mash_triage.contacts.models import Contact, ContactChild
from mash_triage.db.base import Base
from mash_triage.db.many import insert_many, look_over
from mash_triage.promises.actions import anything_to_raise, raise_due
from mash_triage.thresholds.models import EditionRecord

OPEN = 10_000
BEGAN = datetime(2026, 3, 2, 9, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def measure(kind: str, count: int = OPEN) -> dict[str, Any]:
    """The floor reads the same rows and writes one column of each, and does nothing else."""
    with ground(kind) as here:
        say(f"storing {count:,} open clocks on {kind}")
        _store(here, count)
        nothing = _timed_look(here, BEGAN)
        few, of_few = _timed(here, BEGAN + 12 * HOUR + MINUTE * 30)
        every, of_all = _timed(here, BEGAN + timedelta(days=60))
        floor = _floor(here)
        with here.database.look() as session:
            points = session.scalar(select(func.count()).select_from(PointRaised)) or 0
    return {
        "open clocks": count,
        "points raised": points,
        "nothing due ms": round(nothing * 1000, 1),
        "few due": of_few,
        "few due ms": round(few * 1000),
        "all due": of_all,
        "all due seconds": round(every, 2),
        "all due / reading and writing the same rows": round(every / floor, 1),
    }


def _timed_look(here: Ground, at: datetime) -> float:
    started = perf_counter()
    with here.database.look() as session:
        assert not anything_to_raise(session, at=at)
    return perf_counter() - started


def _timed(here: Ground, at: datetime) -> tuple[float, int]:
    started = perf_counter()
    with here.database.work() as session:
        raised = raise_due(session, at=at)
    return perf_counter() - started, raised.warnings + raised.breaches


def _floor(here: Ground) -> float:
    """Read every open row of both tables and write one column of it."""
    started = perf_counter()
    with here.database.work() as session:
        for table in ("clock", "promise"):
            session.execute(text(f"SELECT * FROM {table}")).all()
            session.execute(text(f"UPDATE {table} SET next_point_at = NULL"))
    return perf_counter() - started


def _store(here: Ground, count: int) -> None:
    """Children with both decision clocks and two promises each, begun one minute after another."""
    with here.database.work() as session:
        sent = submit_contact(
            session, a_submission(children=1), token=uuid4(), by=here.sender, at=BEGAN
        )
        contact = session.get_one(Contact, sent.contact_id)
        child = contact.children[0]
        session.flush()
        like = {
            model: _plain(row)
            for model, row in (
                (Contact, contact),
                (ContactChild, child),
                (Clock, session.scalars(select(Clock).limit(1)).one()),
            )
        }
        edition = session.get_one(EditionRecord, contact.edition_id)
        session.execute(text("DELETE FROM clock"))
        rows: dict[type[Base], list[dict[str, Any]]] = {}
        for number in range(count // 4):
            _one_more(rows, like, edition.id, number, here)
        for model, made in rows.items():
            table = model.__table__
            assert isinstance(table, Table)
            names = tuple(made[0])
            insert_many(session, table, names, [tuple(row[name] for name in names) for row in made])
    look_over(here.database, "contact", "contact_child", "clock", "promise")


def _one_more(
    rows: dict[type[Base], list[dict[str, Any]]],
    like: dict[Any, dict[str, Any]],
    edition_id: Any,
    number: int,
    here: Ground,
) -> None:
    contact, child, began = uuid4(), uuid4(), BEGAN + number * MINUTE
    rows.setdefault(Contact, []).append(
        {**like[Contact], "id": contact, "token": uuid4(), "reference": f"{number:010x}"}
    )
    taken = {"taken_up_by": here.worker.user_id, "taken_up_at": began}
    rows.setdefault(ContactChild, []).append(
        {**like[ContactChild], **taken, "id": child, "contact_id": contact}
    )
    for kind, hours in (("within_24_hours", 24), ("one_working_day", 24)):
        due = began + hours * HOUR
        rows.setdefault(Clock, []).append(
            {
                **like[Clock], "id": uuid4(), "contact_child_id": child, "kind": kind,
                "started_at": began, "due_at": due, "next_point_at": began + (due - began) * 0.8,
            }
        )  # fmt: skip
    for code, hours in (("strategy_discussion", 24), ("police_protection", 72)):
        due = began + hours * HOUR
        rows.setdefault(PromiseRecord, []).append(
            {
                "id": uuid4(), "contact_child_id": child, "about": child, "code": code,
                "edition_id": edition_id, "started_with": str(Moment.STRATEGY_NEEDED),
                "started_at": began, "due_at": due, "next_point_at": began + (due - began) * 0.5,
                "ended": None, "ended_at": None,
            }
        )  # fmt: skip


def _plain(row: Base) -> dict[str, Any]:
    return {column.name: getattr(row, column.name) for column in row.__table__.columns}
