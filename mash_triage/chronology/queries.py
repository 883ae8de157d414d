"""A child's chronology as it is read: every source, with what people added, corrected and hid."""

from dataclasses import dataclass
from datetime import UTC, datetime, time
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.models import UserAccount
from mash_triage.access.roles import Permission
from mash_triage.chronology.models import ChronologyLine, LineHidden
from mash_triage.chronology.rules import Correction, Line, Weight, in_order, with_corrections
from mash_triage.chronology.scope import Scope
from mash_triage.chronology.sources import SOURCES
from mash_triage.contacts.history import EarlierContact, contacts_of_family
from mash_triage.contacts.models import ContactChild
from mash_triage.contacts.queries import fetch_child, reported_name

NOON = time(12, tzinfo=UTC)


@dataclass(frozen=True)
class Chronology:
    """The lines of one child and household, the newest first, and the contacts behind them."""

    contact_child_id: UUID
    name: str
    is_known: bool
    lines: tuple[Line, ...]
    contacts: tuple[EarlierContact, ...]


def chronology_of(session: Session, contact_child_id: UUID, *, by: Actor) -> Chronology:
    """Everything that this person may see of the child and the household."""
    by.require(Permission.SEE_FRONT_DOOR)
    child = fetch_child(session, contact_child_id, by=by)
    family = tuple(contacts_of_family(session, child, by=by))
    scope = Scope(family, by)
    found = [line for source in SOURCES for line in source(session, scope)]
    written, corrections = _written(session, scope)
    lines = with_corrections([*found, *written], corrections)
    return Chronology(
        contact_child_id=child.id,
        name=_name(child),
        is_known=child.person_id is not None,
        lines=tuple(in_order(lines, _hidden(session, scope))),
        contacts=family,
    )


def _name(child: ContactChild) -> str:
    return reported_name(
        child.reported_given_names, child.reported_family_name, unborn=child.reported_unborn
    )


def _written(session: Session, scope: Scope) -> tuple[list[Line], list[Correction]]:
    rows = session.execute(
        select(ChronologyLine, UserAccount.name)
        .join(UserAccount, UserAccount.id == ChronologyLine.written_by)
        .where(ChronologyLine.contact_child_id.in_(scope.ids))
        .order_by(ChronologyLine.written_at, ChronologyLine.id)
    )
    lines, corrections = [], []
    for row, name in rows:
        order, weight = datetime.combine(row.on_day, NOON), Weight(row.weight)
        key = f"line:{row.id}"
        if row.corrects is None:
            about = scope.by_id[row.contact_child_id]
            lines.append(
                Line(
                    key=key,
                    contact_child_id=row.contact_child_id,
                    order=order,
                    day=row.on_day,
                    about=about.name,
                    is_same_child=about.is_same_child,
                    words=row.words,
                    source=row.source,
                    weight=weight,
                    written_by=name,
                )
            )
        else:
            corrections.append(
                Correction(
                    key=key,
                    corrects=row.corrects,
                    day=row.on_day,
                    order=order,
                    words=row.words,
                    source=row.source,
                    weight=weight,
                    because=row.because,
                    written_by=name,
                )
            )
    return lines, corrections


def _hidden(session: Session, scope: Scope) -> dict[str, str]:
    rows = session.execute(
        select(LineHidden.line_key, LineHidden.reason).where(
            LineHidden.contact_child_id.in_(scope.ids), LineHidden.shown_at.is_(None)
        )
    )
    return {row.line_key: row.reason for row in rows}
