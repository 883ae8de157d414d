"""Ten contacts a second from 16 threads: is every one stored, and what does it cost?"""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from statistics import median, quantiles
from typing import Any
from uuid import uuid4

from sqlalchemy import func, select, text

from benchmarks.ground import Ground, a_submission, ground, say
from mash_triage.contacts.actions import submit_contact
from mash_triage.contacts.models import Contact

A_SECOND, THREADS, SECONDS = 10, 16, 60


def measure(kind: str, seconds: int = SECONDS) -> dict[str, Any]:
    """Submit at a steady pace; the floor is a one-row commit on the same database."""
    wanted = A_SECOND * seconds
    say(f"submitting {wanted} contacts on {kind}")
    with ground(kind) as here:
        floor = _one_row_commits(here)
        with ThreadPoolExecutor(THREADS) as threads:
            start = time.monotonic()
            jobs = [threads.submit(_submit, here, start + n / A_SECOND, n) for n in range(wanted)]
            taken = [job.result() for job in jobs if job.exception() is None]
            errors = sum(job.exception() is not None for job in jobs)
        with here.database.look() as session:
            stored = session.scalar(select(func.count()).select_from(Contact)) or 0
    cuts = quantiles(taken, n=100)
    return {
        "wanted": wanted,
        "stored": stored,
        "errors": errors,
        "p50 / one-row commit": round(median(taken) / floor, 1),
        "p95 / one-row commit": round(cuts[94] / floor, 1),
        "p95 ms": round(cuts[94] * 1000, 1),
    }


def _submit(here: Ground, due: float, number: int) -> float:
    time.sleep(max(0.0, due - time.monotonic()))
    started = time.monotonic()
    with here.database.work() as session:
        submit_contact(
            session,
            a_submission(number=number),
            token=uuid4(),
            by=here.sender,
            at=datetime.now(UTC),
        )
    return time.monotonic() - started


def _one_row_commits(here: Ground, count: int = 200) -> float:
    """The median time, in seconds, of a transaction that stores one small row."""
    with here.database.work() as session:
        session.execute(text("CREATE TABLE bench_floor (n INTEGER PRIMARY KEY)"))
    taken = []
    for n in range(count):
        started = time.monotonic()
        with here.database.work() as session:
            session.execute(text("INSERT INTO bench_floor VALUES (:n)"), {"n": n})
        taken.append(time.monotonic() - started)
    return median(taken)
