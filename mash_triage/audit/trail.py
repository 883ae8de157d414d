"""The trail: one line for every deed, in the deed's own transaction, chained by hashes."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import event, insert, select, text
from sqlalchemy.orm import Session, SessionTransaction

from mash_triage.access.actor import Actor
from mash_triage.audit.events import AuditEvent, AuditKind

FIRST = "0" * 64
_LINES = AuditEvent.metadata.tables[AuditEvent.__tablename__]
_ADD = insert(_LINES)
_LAST = select(_LINES.c.seq, _LINES.c.hash).order_by(_LINES.c.seq.desc()).limit(1)
_HEAD = "audit_head"
_LOCK = 7_204_111  # any number, the same for every writer of this chain


def record(
    session: Session,
    kind: AuditKind,
    *,
    about: UUID | str | None,
    by: Actor,
    at: datetime,
    **detail: Any,
) -> None:
    """Write one line of the trail. `detail` holds ids, codes and counts, nothing personal."""
    seq, previous = _head(session)
    line = {
        "seq": seq + 1,
        "at": at,
        "kind": str(kind),
        "about": str(about) if about is not None else None,
        "by_user": by.user_id,
        "by_name": by.name,
        "detail": json.loads(json.dumps(detail, default=str)),
    }
    line_hash = _hash(line, previous)
    session.connection().execute(_ADD, {**line, "previous_hash": previous, "hash": line_hash})
    session.info[_HEAD] = (seq + 1, line_hash)


def take_turn(session: Session) -> None:
    """Hold the end of the trail now, until the transaction ends: for a job that then takes rows
    which deeds may hold, so that neither waits for the other.
    """
    _head(session)


def _head(session: Session) -> tuple[int, str]:
    """The last line's number and hash; one writer at a time holds it until the transaction ends."""
    if _HEAD not in session.info:
        if session.get_bind().dialect.name == "postgresql":
            session.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
        last = session.connection().execute(_LAST).first()
        session.info[_HEAD] = (last.seq, last.hash) if last else (0, FIRST)
    seq, line_hash = session.info[_HEAD]
    return seq, line_hash


@event.listens_for(Session, "after_commit")
def _forget_head(session: Session) -> None:
    session.info.pop(_HEAD, None)


@event.listens_for(Session, "after_soft_rollback")
def _forget_head_undone(session: Session, _previous: SessionTransaction) -> None:
    session.info.pop(_HEAD, None)


def _hash(line: dict[str, Any], previous: str) -> str:
    plain = json.dumps(
        {**line, "at": line["at"].timestamp()}, sort_keys=True, default=str, ensure_ascii=False
    )
    return hashlib.sha256(f"{previous}{plain}".encode()).hexdigest()


@dataclass(frozen=True)
class Verdict:
    """The result of a check: how many lines were read, and the first bad one, in words."""

    lines: int
    head: str
    first_bad: int | None = None
    words: str = "The trail is whole."


def verify(
    session: Session,
    *,
    sealed: tuple[int, str] | None = None,
    progress: Callable[[int], None] = lambda _lines: None,
) -> Verdict:
    """Check every line and link of the trail, and a head (number, hash) sealed elsewhere before."""
    seq, previous = 0, FIRST
    rows = session.execute(
        select(AuditEvent.__table__).order_by(AuditEvent.seq).execution_options(yield_per=2_000)
    )
    for row in rows.mappings():
        line = {key: row[key] for key in ("seq", "at", "kind", "about", "by_user", "by_name")}
        line["detail"] = row["detail"]
        fault = _fault(row, line, seq, previous)
        if fault:
            return Verdict(seq, previous, row["seq"], fault)
        if sealed and row["seq"] == sealed[0] and row["hash"] != sealed[1]:
            return Verdict(seq, previous, row["seq"], f"Line {row['seq']} is not the sealed one.")
        seq, previous = row["seq"], row["hash"]
        progress(seq)
    if sealed and sealed[0] > seq:
        return Verdict(seq, previous, seq + 1, f"The trail ends at {seq}, before the sealed head.")
    return Verdict(seq, previous)


def _fault(row: Any, line: dict[str, Any], seq: int, previous: str) -> str | None:
    if row["seq"] != seq + 1:
        return f"Line {seq + 1} is missing; the next line is {row['seq']}."
    if row["previous_hash"] != previous:
        return f"Line {row['seq']} does not follow the line before it."
    if row["hash"] != _hash(line, previous):
        return f"Line {row['seq']} was changed after it was written."
    return None


def read_sealed_head(file: Path) -> tuple[int, str]:
    """A head sealed outside the database: one line, `number hash`; the last line counts."""
    number, line_hash = file.read_text("ascii").strip().splitlines()[-1].split()[:2]
    return int(number), line_hash
