"""Which edition of the levels of need is in force, and which one a contact came under."""

from datetime import date
from functools import lru_cache
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from mash_triage.errors import NotReady
from mash_triage.thresholds.levels import Edition, read_edition
from mash_triage.thresholds.models import EditionRecord


def edition_in_force(session: Session, code: str, on: date) -> EditionRecord:
    """The stored edition with this code in force on this day, the latest loaded first."""
    record = session.scalars(
        select(EditionRecord)
        .where(
            EditionRecord.code == code,
            EditionRecord.effective_from <= on,
            or_(EditionRecord.effective_to.is_(None), EditionRecord.effective_to >= on),
        )
        .order_by(EditionRecord.effective_from.desc(), EditionRecord.loaded_at.desc())
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
    return read_edition(toml)
