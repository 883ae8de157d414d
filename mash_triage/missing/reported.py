"""Contacts that report a child missing: those of whom no episode is recorded, and a manager's word
that none is to be.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.contacts.models import Contact, ContactChild
from mash_triage.contacts.queries import children_visible_to, fetch_child
from mash_triage.contacts.status import UNDECIDED
from mash_triage.errors import Changed, NotReady
from mash_triage.missing.models import MissingEpisode, ReportSettled
from mash_triage.missing.queries import MOST_SHOWN, name_of_child
from mash_triage.missing.rules import check_line
from mash_triage.missing.taken_back import counts
from mash_triage.talk.models import InternalNote

CONCERN = "missing"  # the main concern of a contact about a child who is or was missing


@dataclass(frozen=True)
class NotRecorded:
    """A child who was reported as missing and of whom no episode is recorded."""

    contact_child_id: UUID
    child_name: str
    reference: str
    agency: str
    received_at: datetime
    decided_at: datetime | None


@dataclass(frozen=True)
class ReportedMissing:
    """Those reported missing without an episode; `total` where the list stops before the last."""

    shown: tuple[NotRecorded, ...]
    total: int


def reported_missing(session: Session, *, by: Actor) -> ReportedMissing:
    """The children whose contact is about going missing, such as a police notice, and of whom no
    episode is recorded nor a manager said why none is to be: the undecided first, the longest
    waiting first; then those who were decided without one, the latest first. A decision is no
    record of where a child was, nor is an episode that was taken back as recorded in error.
    """
    by.require(Permission.SEE_FRONT_DOOR)
    recorded = exists().where(MissingEpisode.contact_child_id == ContactChild.id, counts())
    wanted = children_visible_to(by).where(
        Contact.main_concern == CONCERN, ~recorded, ~_is_settled()
    )
    waiting = ContactChild.status.in_(UNDECIDED)
    rows: list[ContactChild] = []
    for some, *order in (
        (waiting, ContactChild.received_at, ContactChild.position),
        (~waiting, ContactChild.received_at.desc(), ContactChild.position),
    ):
        left = MOST_SHOWN - len(rows)
        rows += session.scalars(wanted.where(some).order_by(*order).limit(left))
    total = len(rows)
    if total == MOST_SHOWN:
        ids = wanted.with_only_columns(ContactChild.id).order_by(None).subquery()
        total = session.scalar(select(func.count()).select_from(ids)) or 0
    shown = [
        NotRecorded(
            contact_child_id=child.id,
            child_name=name_of_child(child),
            reference=child.contact.reference,
            agency=child.contact.agency.name,
            received_at=child.received_at,
            decided_at=child.decided_at,
        )
        for child in rows
    ]
    return ReportedMissing(tuple(shown), total)


@dataclass(frozen=True)
class SettledReport:
    """A manager's word that a report needs no episode of its own."""

    words: str
    by_name: str
    at: datetime


def settled_report(session: Session, contact_child_id: UUID, *, by: Actor) -> SettledReport | None:
    """Why no episode is recorded of a report that a child is missing, if a manager said so."""
    by.require(Permission.SEE_FRONT_DOOR)
    child = fetch_child(session, contact_child_id, by=by)
    note = session.scalars(
        select(InternalNote)
        .join(ReportSettled, ReportSettled.note_id == InternalNote.id)
        .where(ReportSettled.contact_child_id == child.id, _still_counts())
    ).first()
    return SettledReport(note.words, note.written_by_name, note.written_at) if note else None


def _is_settled() -> ColumnElement[bool]:
    """The condition on `contact_child` that a manager has settled its report."""
    return exists().where(ReportSettled.contact_child_id == ContactChild.id, _still_counts())


def _still_counts() -> ColumnElement[bool]:
    """The condition that a manager's word stands: the episode that it names was no error."""
    there = exists().where(MissingEpisode.id == ReportSettled.same_as, counts())
    return or_(ReportSettled.same_as.is_(None), there)


def check_settles_report(
    words: str, *, reports_missing: bool, is_recorded: bool, is_settled: bool, names_known: bool
) -> None:
    """A report is taken off the list once, with a reason, and only while no episode came of it."""
    if not reports_missing:
        raise NotReady("This contact does not report the child missing.")
    if is_recorded:
        raise Changed("An episode is recorded on this contact already. Open the page again.")
    if is_settled:
        raise Changed("A manager has settled this report already. Open the page again.")
    if not names_known:
        raise NotReady("Choose an episode of the same child that is recorded on another contact.")
    check_line(words, "Say why no episode is recorded of this report.", most=2_000)
