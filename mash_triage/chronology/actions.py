"""Mending a chronology: add a line, put one right, leave one out of print, show it again."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.chronology import rules
from mash_triage.chronology.models import ChronologyLine, LineHidden
from mash_triage.chronology.queries import chronology_of
from mash_triage.chronology.rules import Line, Weight
from mash_triage.clocks.working_days import london_day
from mash_triage.contacts.families import check_knows_not_family
from mash_triage.contacts.queries import fetch_child
from mash_triage.errors import Changed, NotFound
from mash_triage.text import storable


@dataclass(frozen=True)
class LineFacts:
    """What a person writes: on which day, what happened, from where, and how heavy it is."""

    day: date | None
    words: str
    source: str
    weight: Weight


def add_line(
    session: Session, contact_child_id: UUID, facts: LineFacts, *, by: Actor, at: datetime
) -> ChronologyLine:
    """A line that no record of ours holds."""
    by.require(Permission.SCREEN_CONTACT)
    child = fetch_child(session, contact_child_id, by=by)
    check_knows_not_family(session, child.id, by=by)
    return _write(session, child.id, facts, by=by, at=at)


def correct_line(
    session: Session, contact_child_id: UUID, key: str, facts: LineFacts, because: str, *,
    by: Actor, at: datetime,
) -> ChronologyLine:  # fmt: skip
    """Put a line right; what it said stays beside it, with the reason."""
    by.require(Permission.SCREEN_CONTACT)
    line = _line(session, contact_child_id, key, by=by)
    rules.check_reason(because, "Say why the line is put right.")
    return _write(
        session, line.contact_child_id, facts, corrects=key, because=because, by=by, at=at
    )


def hide_line(
    session: Session, contact_child_id: UUID, key: str, reason: str, *, by: Actor, at: datetime
) -> None:
    """Leave a line out of print. On the screen it stays, with the reason."""
    by.require(Permission.SCREEN_CONTACT)
    line = _line(session, contact_child_id, key, by=by)
    rules.check_reason(reason, "Say why the line is left out of print.")
    if not line.is_printed:
        raise Changed("This line is left out of print already. Open the page again.")
    session.add(
        LineHidden(
            id=uuid4(),
            contact_child_id=line.contact_child_id,
            line_key=key,
            reason=storable(reason.strip()),
            hidden_by=by.user_id,
            hidden_at=at,
        )
    )
    trail.record(
        session, AuditKind.LINE_HIDDEN, about=line.contact_child_id, by=by, at=at, line=key
    )


def show_line(
    session: Session, contact_child_id: UUID, key: str, *, by: Actor, at: datetime
) -> None:
    """Print a line again."""
    by.require(Permission.SCREEN_CONTACT)
    line = _line(session, contact_child_id, key, by=by)
    row = session.scalars(
        select(LineHidden).where(
            LineHidden.contact_child_id == line.contact_child_id,
            LineHidden.line_key == key,
            LineHidden.shown_at.is_(None),
        )
    ).first()
    if row is None:
        raise Changed("This line is in print already. Open the page again.")
    row.shown_by, row.shown_at = by.user_id, at
    about = line.contact_child_id
    trail.record(session, AuditKind.LINE_SHOWN, about=about, by=by, at=at, line=key)


def _line(session: Session, contact_child_id: UUID, key: str, *, by: Actor) -> Line:
    check_knows_not_family(session, contact_child_id, by=by)
    session.flush()  # a line written in this deed counts
    lines = chronology_of(session, contact_child_id, by=by).lines
    found = next((each for each in lines if each.key == key), None)
    if found is None:
        raise NotFound()
    return found


def _write(
    session: Session, contact_child_id: UUID, facts: LineFacts, *, corrects: str | None = None,
    because: str = "", by: Actor, at: datetime,
) -> ChronologyLine:  # fmt: skip
    rules.check_line(facts.words, facts.source, facts.day, today=london_day(at))
    row = ChronologyLine(
        id=uuid4(),
        contact_child_id=contact_child_id,
        on_day=facts.day,
        words=storable(facts.words.strip()),
        source=storable(facts.source.strip()),
        weight=facts.weight,
        corrects=corrects,
        because=storable(because.strip()),
        written_by=by.user_id,
        written_at=at,
    )
    session.add(row)
    kind = AuditKind.LINE_CORRECTED if corrects else AuditKind.LINE_ADDED
    trail.record(session, kind, about=contact_child_id, by=by, at=at, line=row.id)
    return row
