"""The queue of whoever co-ordinates what is done about domestic abuse."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.contacts.models import Contact, ContactChild
from mash_triage.contacts.queries import is_visible_to
from mash_triage.contacts.status import UNDECIDED
from mash_triage.hand_on.kinds import Ending
from mash_triage.hand_on.models import SpecialEnding
from mash_triage.screening.models import IndicatorSeen
from mash_triage.thresholds.queries import edition_of
from mash_triage.worklists.board import is_urgent
from mash_triage.worklists.rows import BoardRow, any_of, read_rows, times_in_force

DOMESTIC_ABUSE = "domestic_abuse"  # the worry and the theme of that name in every edition


@dataclass(frozen=True)
class AbuseRow:
    """A child of the queue: whether it is the main worry or named beside another one, what was
    accepted of it in screening, and the case before the MARAC that is open.
    """

    row: BoardRow
    is_main: bool
    is_named: bool
    indicators: tuple[str, ...]
    marac_due_at: datetime | None
    has_marac: bool


def domestic_abuse_queue(session: Session, *, by: Actor, at: datetime) -> list[AbuseRow]:
    """Undecided children with domestic abuse as the main worry, beside another one, or accepted in
    screening, and all with an open case before the MARAC; the urgent first, then by time left.
    """
    by.require(Permission.SEE_FRONT_DOOR)
    named = _named(session, by=by)
    seen = _accepted(session, by=by)
    marac = _before_marac(session, by=by)
    wanted = ContactChild.id.in_({*named, *seen, *marac})
    rows = read_rows(session, any_of(wanted), times_in_force(session, at=at), by=by, at=at)
    found = [
        AbuseRow(
            row=row,
            is_main=named.get(row.id) is True,
            is_named=row.id in named,
            indicators=tuple(seen.get(row.id, ())),
            marac_due_at=marac.get(row.id),
            has_marac=row.id in marac,
        )
        for row in rows
    ]
    return sorted(found, key=lambda each: not is_urgent(each.row))


def _undecided(by: Actor) -> ColumnElement[bool]:
    return ContactChild.status.in_(UNDECIDED) & is_visible_to(by)


def _named(session: Session, *, by: Actor) -> dict[UUID, bool]:
    """The undecided of whose contact it is a worry, and whether it is the main one."""
    rows = session.execute(
        select(
            ContactChild.id, Contact.main_concern, Contact.submission["concern"].label("concern")
        )
        .join(Contact, Contact.id == ContactChild.contact_id)
        .where(_undecided(by))
    )
    return {
        row.id: row.main_concern == DOMESTIC_ABUSE
        for row in rows
        if DOMESTIC_ABUSE in (row.main_concern, *(row.concern.get("others") or ()))
    }


def _accepted(session: Session, *, by: Actor) -> dict[UUID, list[str]]:
    """What of it was accepted for the undecided, in the words of the edition each came under."""
    rows = session.execute(
        select(IndicatorSeen.contact_child_id, IndicatorSeen.code, Contact.edition_id)
        .join(ContactChild, ContactChild.id == IndicatorSeen.contact_child_id)
        .join(Contact, Contact.id == ContactChild.contact_id)
        .where(IndicatorSeen.state == "accepted", _undecided(by))
    )
    found: dict[UUID, list[str]] = {}
    for child_id, code, edition_id in rows:
        indicator = edition_of(session, edition_id).indicator_of(code)
        if indicator.theme == DOMESTIC_ABUSE:
            found.setdefault(child_id, []).append(indicator.words)
    return found


def _before_marac(session: Session, *, by: Actor) -> dict[UUID, datetime | None]:
    """Everybody with an open case before the MARAC, decided or not, and when it is due."""
    rows = session.execute(
        select(SpecialEnding.contact_child_id, SpecialEnding.due_at)
        .join(ContactChild, ContactChild.id == SpecialEnding.contact_child_id)
        .join(Contact, Contact.id == ContactChild.contact_id)
        .where(
            SpecialEnding.kind == Ending.MARAC, SpecialEnding.ended_at.is_(None), is_visible_to(by)
        )
    )
    return {row.contact_child_id: row.due_at for row in rows}
