"""Which edition of the levels of need is in force, and which one a contact came under."""

from datetime import date
from functools import lru_cache
from uuid import UUID

from sqlalchemy import case, select
from sqlalchemy.orm import Session

from mash_triage.errors import NotFound, NotReady
from mash_triage.thresholds.levels import Edition, read_edition
from mash_triage.thresholds.models import EditionRecord


def edition_in_force(session: Session, code: str, on: date) -> EditionRecord:
    """The stored edition with this code in force on this day, the latest to begin first.

    Of two that begin on one day the one stored later counts. When all that have begun are over, the
    last one goes on, since contacts are never turned away for want of an edition.
    """
    over = case((EditionRecord.effective_to < on, 1), else_=0)
    record = session.scalars(
        select(EditionRecord)
        .where(EditionRecord.code == code, EditionRecord.effective_from <= on)
        .order_by(over, EditionRecord.effective_from.desc(), EditionRecord.loaded_at.desc())
        .limit(1)
    ).first()
    if record is None:
        raise NotReady("No edition of the levels of need is in force. Ask the policy lead.")
    return record


def edition_for_receipt(session: Session, code: str, on: date) -> EditionRecord:
    """The edition for what reached us on this day: the one in force, and for a letter older than
    all of them the earliest.
    """
    earliest = session.scalars(
        select(EditionRecord)
        .where(EditionRecord.code == code)
        .order_by(EditionRecord.effective_from, EditionRecord.loaded_at.desc())
        .limit(1)
    ).first()
    if earliest is not None and on < earliest.effective_from:
        return earliest
    return edition_in_force(session, code, on)


def edition_to_read(session: Session, code: str, on: date, wanted: str | None) -> EditionRecord:
    """The edition that everybody may read: the one in force on this day, or one that was.

    `wanted` is an edition's code or the id of its record. NotFound for any that is not known, and
    for one that is not in force yet: that is nobody's to read beforehand.
    """
    if wanted is None:
        return edition_in_force(session, code, on)
    try:
        record = session.get(EditionRecord, UUID(wanted))
    except ValueError:
        return _in_force_or_not_found(session, wanted, on)
    if record is None or record.effective_from > on:
        raise NotFound("There is no such edition of the levels of need.")
    return record


def _in_force_or_not_found(session: Session, code: str, on: date) -> EditionRecord:
    try:
        return edition_in_force(session, code, on)
    except NotReady:
        raise NotFound("There is no such edition of the levels of need.") from None


def editions_before(session: Session, record: EditionRecord, on: date) -> dict[UUID, date]:
    """The other editions of the same code that are or were in force, and since when, newest
    first.
    """
    rows = session.execute(
        select(EditionRecord.id, EditionRecord.effective_from)
        .where(
            EditionRecord.code == record.code,
            EditionRecord.id != record.id,
            EditionRecord.effective_from <= on,
        )
        .order_by(EditionRecord.effective_from.desc(), EditionRecord.loaded_at.desc())
    )
    return {row.id: row.effective_from for row in rows}


def edition_of(session: Session, edition_id: UUID) -> Edition:
    """The edition that a contact keeps, read from its stored text, though its file may be gone."""
    if edition_id not in _read:
        record = session.get_one(EditionRecord, edition_id)
        _read[edition_id] = _parsed(record.toml)
    return _read[edition_id]


def edition_stamp(session: Session, edition_id: UUID) -> tuple[str, str]:
    """The code and the sha256 of a stored edition, for whatever rests on it."""
    if edition_id not in _stamps:
        record = session.get_one(EditionRecord, edition_id)
        _stamps[edition_id] = (record.code, record.sha256)
    return _stamps[edition_id]


_stamps: dict[UUID, tuple[str, str]] = {}
_read: dict[UUID, Edition] = {}  # an edition never changes once it is stored


@lru_cache(maxsize=32)
def _parsed(toml: str) -> Edition:
    return read_edition(toml, in_force=True)
