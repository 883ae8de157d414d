"""The service itself, through its commands and its search, on one register and its contacts."""

import json
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from itertools import islice
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import Any

from sqlalchemy import text

from benchmarks.ground import KEY
from mash_triage.access.actor import Actor
from mash_triage.access.roles import Role
from mash_triage.db.engine import Database, open_database
from mash_triage.matching.asked_file import Asked, read_asked
from mash_triage.matching.explain import explanation, probability_again
from mash_triage.matching.index import index_children, secret
from mash_triage.matching.keys import query_keys
from mash_triage.matching.minimum import enough_to_search
from mash_triage.matching.queries import search
from mash_triage.matching.stored import from_text

BY = Actor("benchmark", role=Role.SOCIAL_WORKER)
WARM_UP = 40
PROGRAM = (sys.executable, "-c", "from mash_triage.cli import main; main()")
INDEX_TABLES = ("match_key", "match_feature", "match_term")


def run(url: str, *arguments: str | Path) -> dict[str, Any]:
    """Run one command on this database: what it printed, its seconds and its peak memory in MB."""
    told = {**os.environ, "MASH_DATABASE_URL": url, "MASH_DATABASE_KEY": KEY}
    started = perf_counter()
    with subprocess.Popen(
        [*PROGRAM, *map(str, arguments)], stdout=subprocess.PIPE, text=True, env=told
    ) as program:
        printed = program.stdout.read() if program.stdout else ""
        _, status, used = os.wait4(program.pid, 0)
        program.returncode = os.waitstatus_to_exitcode(status)
    if program.returncode:
        raise RuntimeError(f"mash-triage {arguments[1]} ended with {program.returncode}")
    return {
        "printed": printed,
        "seconds": round(perf_counter() - started, 1),
        "peak_mb": round(_peak(used)),
    }


def _peak(used: resource.struct_rusage) -> float:
    return used.ru_maxrss / 1024


def load(url: str, folder: Path) -> dict[str, Any]:
    """Import the register: how long it took and how much memory, index included."""
    done = run(url, "people", "import", folder / "register.csv")
    return {"seconds": done["seconds"], "peak_mb": done["peak_mb"]}


def refile(url: str) -> dict[str, Any]:
    """Build the index anew for all who are on the register: how long, and how much memory."""
    done = run(url, "people", "refile")
    return {"seconds": done["seconds"], "peak_mb": done["peak_mb"]}


def match(url: str, folder: Path, out: Path) -> dict[str, Any]:
    """Match the queries by the command, and give its own figures of time."""
    done = run(url, "people", "match", folder / "queries.csv", "--out", out)
    return dict(json.loads(done["printed"].splitlines()[-1])) | {"peak_mb": done["peak_mb"]}


def asked_of(folder: Path, count: int | None = None) -> list[Asked]:
    """The first queries of the file that say enough to be searched with."""
    rows = read_asked(folder / "queries.csv", today=date(2026, 11, 2))
    taken = (row for row in rows if isinstance(row, Asked) and not enough_to_search(row.reported))
    return list(islice(taken, count))


@contextmanager
def database_at(url: str) -> Iterator[Database]:
    """The database at this address, for as long as needed."""
    database = open_database(url, KEY if url.startswith("sqlite") else None)
    try:
        yield database
    finally:
        database.close()


def timings(database: Database, asked: list[Asked]) -> dict[str, Any]:
    """A search through SQLAlchemy, and beside it the bare SELECT of the same keys, same driver."""
    with database.look() as session:
        ours = _milliseconds(asked, lambda each: search(session, each.reported, by=BY))
    keys = {each.query_id: list(query_keys(each.reported, secret())) for each in asked}
    connection = database.engine.raw_connection()
    try:
        cursor = connection.cursor()
        bare = _select_sqlite if database.is_sqlite else _select_postgres
        floor = _milliseconds(asked, lambda each: bare(cursor, keys[each.query_id]))
    finally:
        connection.close()
    return {
        "p50_ms": ours[0],
        "p95_ms": ours[1],
        "floor_p50_ms": floor[0],
        "floor_p95_ms": floor[1],
    }


def _select_sqlite(cursor: Any, keys: list[int]) -> None:
    marks = ",".join("?" * len(keys))
    cursor.execute(f"SELECT k, child_id FROM match_key WHERE k IN ({marks})", keys).fetchall()


def _select_postgres(cursor: Any, keys: list[int]) -> None:
    cursor.execute("SELECT k, child_id FROM match_key WHERE k = ANY(%s)", (keys,)).fetchall()


def _milliseconds(asked: list[Asked], deed: Callable[[Asked], Any]) -> tuple[float, float]:
    for each in asked[:WARM_UP]:
        deed(each)
    taken = []
    for each in asked:
        started = perf_counter()
        deed(each)
        taken.append((perf_counter() - started) * 1000)
    return round(median(taken), 4), round(quantiles(taken, n=20)[-1], 4)


def percentiles(taken: list[float]) -> dict[str, float]:
    """Seconds as median and 95th percentile in milliseconds."""
    return {
        "p50_ms": round(median(taken) * 1000, 3),
        "p95_ms": round(quantiles(taken, n=20)[-1] * 1000, 3),
    }


def index_bytes(database: Database, spare: Path) -> dict[str, float]:
    """Bytes of the index for each child, by table: what a copy of the file frees without it.

    On SQLite only; `spare` is where the copy stands meanwhile.
    """
    with database.work() as session:
        children = session.scalar(text("SELECT count(*) FROM match_feature")) or 1
    database.engine.dispose()
    shutil.copy(database.path, spare)
    found = {}
    with database_at(f"sqlite:///{spare}") as copy, copy.engine.connect() as connection:
        for pragma in ("foreign_keys = 0", "secure_delete = 0"):
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql(f"PRAGMA {pragma}")
            connection.exec_driver_sql("BEGIN")
        page = int(connection.exec_driver_sql("PRAGMA page_size").scalar_one())
        for table in INDEX_TABLES:
            before = connection.exec_driver_sql("PRAGMA freelist_count").scalar_one()
            connection.exec_driver_sql(f"DROP TABLE {table}")
            freed = connection.exec_driver_sql("PRAGMA freelist_count").scalar_one() - before
            found[table] = round(freed * page / children, 1)
        connection.rollback()
    for each in spare.parent.glob(f"{spare.name}*"):
        each.unlink()
    return {"all": round(sum(found.values()), 1), **found}


def one_child(database: Database, count: int = 60) -> dict[str, float]:
    """Filing one child anew beside a transaction of one small row: both as medians."""
    with database.look() as session:
        rows = session.execute(
            text("SELECT child_id, line FROM match_feature ORDER BY child_id LIMIT :n"),
            {"n": count},
        ).all()
    filing, small = [], []
    for child_id, line in rows:
        child = from_text(line)
        started = perf_counter()
        with database.work() as session:
            index_children(session, [(child_id, child)])
        filing.append(perf_counter() - started)
        started = perf_counter()
        with database.work() as session:
            session.execute(
                text("UPDATE person SET version = version WHERE id = :id"), {"id": child_id}
            )
        small.append(perf_counter() - started)
    return {"filed_ms": percentiles(filing)["p50_ms"], "floor_ms": percentiles(small)["p50_ms"]}


def rebuilt(database: Database, asked: list[Asked]) -> float:
    """The furthest that a probability lies from the one worked out again from its explanation."""
    furthest = 0.0
    with database.look() as session:
        for each in asked:
            for candidate in search(session, each.reported, by=BY).candidates:
                again = probability_again(explanation(candidate))
                furthest = max(furthest, abs(again - candidate.probability))
    return furthest
