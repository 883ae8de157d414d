"""Loading the authority's register: one transaction, one line on the trail, the index with it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path

from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.clocks.working_days import london_day
from mash_triage.db.many import much_room
from mash_triage.matching.filing import NewChildren, index_children
from mash_triage.matching.former_names import restricted_names, take_out_names
from mash_triage.matching.identity import identity_of_row
from mash_triage.matching.register_records import known_of, write_records
from mash_triage.people.register import RegisterRow, read_register, row_sha
from mash_triage.people.register_file import RefusedRow, examine, write_rejected

BATCH = 2_000


@dataclass(frozen=True)
class ImportResult:
    """How many rows were new, changed, the same as before, and refused (and where those are)."""

    added: int
    changed: int
    same: int
    refused: int
    rejected_file: Path | None


def import_register(
    session: Session,
    path: Path,
    *,
    by: Actor,
    at: datetime,
    progress: Callable[[int, int], None] = lambda _done, _of: None,
) -> ImportResult:
    """Load or refresh the register from a file; the same file twice changes nothing.

    Good rows are kept; refused ones go to `X.rejected.csv` beside the file with line and reason.
    """
    by.require(Permission.IMPORT_REGISTER)
    file = examine(path)
    refused: list[RefusedRow] = []
    counts = {"added": 0, "changed": 0, "same": 0}
    done = 0
    new = NewChildren(session)
    with much_room(session):
        for batch in _batches(_taken(read_register(path, today=london_day(at)), refused)):
            _import_batch(session, batch, new, counts, by=by, at=at)
            done += len(batch)
            progress(done, file.lines)
        new.finish()
    take_out_names(session, restricted_names(session))
    trail.record(
        session,
        AuditKind.REGISTER_IMPORTED,
        about=None,
        by=by,
        at=at,
        sha256=file.sha256,
        refused=len(refused),
        **counts,
    )
    return ImportResult(**counts, refused=len(refused), rejected_file=write_rejected(path, refused))


def _taken(
    rows: Iterable[RegisterRow | RefusedRow], refused: list[RefusedRow]
) -> Iterator[RegisterRow]:
    for row in rows:
        if isinstance(row, RefusedRow):
            refused.append(row)
        else:
            yield row


def _batches(rows: Iterator[RegisterRow]) -> Iterator[list[RegisterRow]]:
    while batch := list(islice(rows, BATCH)):
        yield batch


def _import_batch(
    session: Session,
    batch: list[RegisterRow],
    new: NewChildren,
    counts: dict[str, int],
    *,
    by: Actor,
    at: datetime,
) -> None:
    known = known_of(session, batch)
    fresh = [row for row in batch if row.child_id not in known]
    changed = [
        row for row in batch if row.child_id in known and known[row.child_id][1] != row_sha(row)
    ]
    counts["added"] += len(fresh)
    counts["changed"] += len(changed)
    counts["same"] += len(batch) - len(fresh) - len(changed)
    if not fresh and not changed:
        return

    ids = write_records(session, fresh, changed, known, by=by, at=at)
    index_children(session, [(ids[row.child_id], identity_of_row(row)) for row in changed])
    new.add([(ids[row.child_id], identity_of_row(row)) for row in fresh])
