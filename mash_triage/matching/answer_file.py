"""Looking for many reported children at once: a file of them in, a file of candidates out.

The candidates are those for somebody whom no restricted record is open to. Nothing is stored but
one line on the trail, and nothing is linked.
"""

import csv
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import TextIO

from sqlalchemy import select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.matching.asked_file import Asked, read_asked
from mash_triage.matching.queries import Search, search
from mash_triage.people.models import Person
from mash_triage.people.register_file import RefusedRow, examine

COLUMNS = ("query_id", "rank", "child_id", "band", "probability")
MOST_ANSWERED = 10


@dataclass(slots=True)
class Answered:
    """What came of one file: how long each search took in seconds, and the rows refused."""

    sha256: str
    seconds: list[float] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)
    too_thin: int = 0


def answer_file(
    session: Session,
    asked: Path,
    answers: TextIO,
    *,
    today: date,
    by: Actor,
    progress: Callable[[int, int], None] = lambda _done, _of: None,
) -> Answered:
    """Write up to ten candidates a row, best first; none for a row with too little to search."""
    by.require(Permission.SCREEN_CONTACT)
    file = examine(asked)
    answered = Answered(file.sha256)
    rows = csv.writer(answers)
    rows.writerow(COLUMNS)
    for row in read_asked(asked, today=today):
        if isinstance(row, RefusedRow):
            answered.refused.append(row)
            continue
        started = perf_counter()
        found = search(session, row.reported, by=by)
        answered.seconds.append(perf_counter() - started)
        answered.too_thin += found.too_thin is not None
        rows.writerows(_rows(session, row, found))
        progress(len(answered.seconds), file.lines)
    return answered


@contextmanager
def kept_when_done(path: Path) -> Iterator[TextIO]:
    """A file for its owner's eyes only, which takes its place when the work in it is done."""
    handle, made = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # mode 0600
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            yield file
        Path(made).replace(path)
    finally:
        Path(made).unlink(missing_ok=True)


def _rows(session: Session, row: Asked, found: Search) -> Iterator[tuple[str | int, ...]]:
    best = found.candidates[:MOST_ANSWERED]
    names = _register_ids(session, [each.id for each in best])
    for rank, each in enumerate(best, start=1):
        yield row.query_id, rank, names[each.id], str(each.band), f"{each.probability:.6f}"


def _register_ids(session: Session, ids: list[int]) -> dict[int, str]:
    """The register's own ids; a child who was first known here has `person:` and a number."""
    if not ids:
        return {}
    known = session.execute(select(Person.id, Person.register_id).where(Person.id.in_(ids)))
    return {person_id: register_id or f"person:{person_id}" for person_id, register_id in known}
