"""The pages with a year of contacts behind them: one rerun, and one session's memory."""

import os
import shutil
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import Any

import psutil

from benchmarks.browserless import Session, served, sign_in
from benchmarks.ground import say
from mash_triage.settings import DEFAULT_DATABASE

WORKER, MANAGER, NOBODY = "Beth Hollis", "Carol Nkemelu", "Rosalind Meek"
"""The auditor has no page of her own: hers is the empty signed-in page, the floor."""

RERUNS, SESSIONS, PORT = 200, 60, 8599


def measure(demo: Path = DEFAULT_DATABASE, reruns: int = RERUNS) -> dict[str, Any]:
    """Reruns of each worklist against an empty signed-in page; memory of one more session."""
    say("running the worklists with the demo year behind them")
    with TemporaryDirectory(prefix="mash-bench-") as folder:
        copy = Path(folder) / "mash.sqlite"
        shutil.copy(demo, copy)
        key = demo.with_name(f"{demo.name}.key").read_text("ascii").strip()
        with served(f"sqlite:///{copy}", key, PORT) as server:
            found: dict[str, Any] = {}
            floor = _times(NOBODY, "", reruns)
            for name, page in ((WORKER, "board"), (MANAGER, "decisions"), (MANAGER, "measures")):
                taken = _times(name, page, reruns)
                found[f"{page}: p95 / empty page p95"] = round(_p95(taken) / _p95(floor), 2)
                found[f"{page}: p50 / empty page p50"] = round(median(taken) / median(floor), 2)
            found["empty page p95 ms"] = round(_p95(floor) * 1000, 1)
            found["KB a connected session"] = _memory(server.pid)
            return found


def _times(name: str, page: str, reruns: int) -> list[float]:
    session = Session(PORT, sign_in(PORT, name))
    for _ in range(10):
        session.rerun(page)
    taken = [session.rerun(page) for _ in range(reruns)]
    session.close()
    return taken


def _p95(taken: list[float]) -> float:
    return quantiles(taken, n=100)[94]


def _memory(pid: int) -> int:
    """Kilobytes that the server grows by for one more person with the board open."""
    cookie = sign_in(PORT, WORKER)
    early = [Session(PORT, cookie) for _ in range(10)]
    for session in early:
        session.rerun("board")
    before = psutil.Process(pid).memory_info().rss
    more = [Session(PORT, cookie) for _ in range(SESSIONS)]
    for session in more:
        session.rerun("board")
    after = psutil.Process(pid).memory_info().rss
    for session in early + more:
        session.close()
    return round((after - before) / SESSIONS / 1024)


if __name__ == "__main__":
    print(measure(Path(os.environ.get("MASH_BENCH_DEMO", DEFAULT_DATABASE)), 100))
