"""Two editions of the levels of need over a year of decided contacts, and over a million."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from threading import Event, Thread
from time import perf_counter, process_time
from typing import Any

import psutil

from benchmarks.ground import JOB, Ground, ground, say
from benchmarks.past_made import demonstration, store
from mash_triage.backtest.compare import Comparison
from mash_triage.backtest.findings import findings_of
from mash_triage.backtest.past import ROOM_KIB, Past
from mash_triage.backtest.trial import Trial
from mash_triage.clocks.working_days import BankHolidays
from mash_triage.commands.progress import counting
from mash_triage.db.many import much_room
from mash_triage.settings import settings
from mash_triage.thresholds.levels import read_edition
from mash_triage.thresholds.suggest import FactsForSuggestion
from mash_triage.web.levels.backtest_report import report_html

YEAR, MILLION = 9_405, 1_000_000
OLD, NEW = "default", "family_help"
LONG_AGO = datetime(1900, 1, 1, tzinfo=UTC)


def measure(kind: str, count: int) -> dict[str, Any]:
    """The floor is reading the same rows and parsing their facts, and nothing else."""
    demo = demonstration()
    if demo is None:
        say("no demo database yet: run `make demo` once, then measure trials on past contacts")
        return {"not measured": "no demo database"}
    with ground(kind) as here:
        say(f"storing {count:,} decided contacts on {kind}")
        started = perf_counter()
        store(here, demo, count)
        stored = perf_counter() - started
        floor = min(_read(here) for _ in range(1 if count >= MILLION else 3))
        with memory() as seen:
            busy = process_time()
            trial, taken = _try(here)
            busy = process_time() - busy
        if count < MILLION:
            taken = min(taken, *(_try(here)[1] for _ in range(2)))
        started = perf_counter()
        found = findings_of(trial, seconds=taken, holidays=BankHolidays(), to_leave=True, by=JOB)
        written = len(report_html(found))
        return {
            "contacts": trial.done,
            "seconds": round(taken, 2),
            "processor seconds": round(busy, 2),
            "contacts a second": round(count / taken),
            "trial / reading and parsing": round(taken / floor, 2),
            "report seconds": round(perf_counter() - started, 2),
            "report MB": round(written / 1e6, 1),
            "MB more at a tenth": seen[len(seen) // 10] if seen else 0,
            "MB more at most": max(seen, default=0),
            "storing seconds": round(stored),
        }


def _try(here: Ground) -> tuple[Trial, float]:
    started = perf_counter()
    folder = settings().levels_of_need
    comparison = Comparison(read_edition(folder / OLD), read_edition(folder / NEW))
    trial = Trial(comparison, Past(LONG_AGO, datetime.now(UTC), JOB))
    with (
        here.database.look() as session,
        much_room(session, ROOM_KIB),
        counting("Past contacts") as tell,
    ):
        for done in trial.run(lambda: nullcontext(session)):
            tell(done, trial.of)
    return trial, perf_counter() - started


def _read(here: Ground) -> float:
    started = perf_counter()
    with here.database.look() as session, much_room(session, ROOM_KIB):
        for page in Past(LONG_AGO, datetime.now(UTC), JOB).pages(lambda: nullcontext(session)):
            for row in page:
                FactsForSuggestion.model_validate_json(row.facts)
    return perf_counter() - started


@contextmanager
def memory() -> Iterator[list[int]]:
    """How many megabytes more this process holds, looked at five times a second."""
    process, over, seen = psutil.Process(), Event(), list[int]()
    before = process.memory_info().rss

    def watch() -> None:
        while not over.wait(0.2):
            seen.append((process.memory_info().rss - before) // 1_000_000)

    watcher = Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield seen
    finally:
        over.set()
        watcher.join()
