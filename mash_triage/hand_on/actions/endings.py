"""Special endings: opened, owned by somebody named, and ended with what was done."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.clocks.actions import correct_moment, happened
from mash_triage.contacts.families import check_knows_not_family
from mash_triage.contacts.models import ContactChild
from mash_triage.contacts.queries import fetch_child
from mash_triage.contacts.status import OVER, Status
from mash_triage.errors import Changed
from mash_triage.hand_on import rules
from mash_triage.hand_on.actions.due import due_after, end_of, latest_after
from mash_triage.hand_on.kinds import ENDINGS, Ending
from mash_triage.hand_on.models import SpecialEnding
from mash_triage.hand_on.queries import fetch_ending, open_rows
from mash_triage.sharing.by_deeds import Shared, note_handed_on
from mash_triage.text import storable

TOLD_OUTSIDE = frozenset({Ending.LADO, Ending.PREVENT, Ending.MARAC})


@dataclass(frozen=True)
class EndingFacts:
    """Who owns it, since when it is known, by when where no law says so, and what it is about;
    `until` when an order says.
    """

    owner: str
    known_at: datetime
    due_on: date | None = None
    detail: str = ""
    until: datetime | None = None


def open_special(
    session: Session, contact_child_id: UUID, kind: Ending, facts: EndingFacts, *,
    by: Actor, at: datetime,
) -> SpecialEnding:  # fmt: skip
    """Begin one beside whatever else happens for the child, decided or not."""
    _require(kind, by)
    child = fetch_child(session, contact_child_id, by=by, to_change=True)
    if child.status in OVER:
        rules.check_decided(Status(child.status))
    if kind in open_rows(session, child.id)[1]:
        raise Changed("One of this kind is open already: it is listed here.")
    row = SpecialEnding(
        id=uuid4(), contact_child_id=child.id, kind=kind, opened_by=by.user_id, opened_at=at
    )
    _own(session, row, child, facts, at=at)
    session.add(row)
    if starts := ENDINGS[kind].starts:
        happened(
            session,
            child.id,
            starts,
            took_place_at=row.known_at,
            about=row.id,
            due_at=row.due_at,
            by=by,
            at=at,
        )
    trail.record(
        session, AuditKind.ENDING_OPENED, about=child.id, by=by, at=at, ending=row.id, of=kind
    )
    return row


def name_owner(
    session: Session, ending_id: UUID, facts: EndingFacts, *, by: Actor, at: datetime
) -> SpecialEnding:
    """Say who owns one that a decision began, since when it is known, and by when; or correct what
    was entered, while it is open and was not extended. The trail has the times as they were.
    """
    by.require(Permission.HAND_ON)
    row = fetch_ending(session, ending_id, by=by)
    check_knows_not_family(session, row.contact_child_id, by=by)
    _require(Ending(row.kind), by)
    if row.ended_at is not None:
        raise Changed("This was ended already. Open the page again.")
    child = fetch_child(session, row.contact_child_id, by=by)
    if row.extended_at is not None:
        raise Changed("It was extended since. Say what ended it instead.")
    was = (row.known_at, row.due_at)
    _own(session, row, child, facts, at=at)
    starts = ENDINGS[Ending(row.kind)].starts
    if starts is not None and (row.known_at, row.due_at) != was:
        correct_moment(
            session,
            child.id,
            starts,
            took_place_at=row.known_at,
            about=row.id,
            due_at=row.due_at,
            by=by,
            at=at,
        )
    told = {"known_was": was[0], "due_was": was[1]}
    trail.record(
        session, AuditKind.ENDING_OWNED, about=child.id, by=by, at=at, ending=row.id, **told
    )
    return row


def extend_special(
    session: Session, ending_id: UUID, until: datetime | None, *, granted_at: datetime | None,
    by: Actor, at: datetime,
) -> SpecialEnding:  # fmt: skip
    """A court let an order run longer: once, before it ended, and for as long as the law lets it.
    The first end stays on record.
    """
    by.require(Permission.HAND_ON)
    row = fetch_ending(session, ending_id, by=by)
    check_knows_not_family(session, row.contact_child_id, by=by)
    kind = Ending(row.kind)
    _require(kind, by)
    extends = ENDINGS[kind].extends
    extended, ended = row.extended_at is not None, row.ended_at is not None
    rules.check_can_be_extended(kind, was_extended=extended, has_ended=ended)
    child = fetch_child(session, row.contact_child_id, by=by)
    assert row.due_at is not None  # as was checked when it was opened
    latest = latest_after(session, child, extends, row.due_at)
    rules.check_extended(
        until, granted_at, known_at=row.known_at, ends_at=row.due_at, latest=latest, at=at
    )
    assert extends is not None
    assert until is not None
    assert granted_at is not None
    row.first_due_at, row.due_at, row.extended_at = row.due_at, until, granted_at
    row.extension_by, row.extension_at = by.user_id, at
    happened(
        session,
        child.id,
        extends,
        took_place_at=granted_at,
        about=row.id,
        due_at=until,
        by=by,
        at=at,
    )
    trail.record(session, AuditKind.ENDING_EXTENDED, about=child.id, by=by, at=at, ending=row.id)
    return row


def end_special(
    session: Session, ending_id: UUID, done: str, *, took_place_at: datetime | None = None,
    by: Actor, at: datetime,
) -> SpecialEnding:  # fmt: skip
    """It is ended: what was done, and when that really was."""
    by.require(Permission.HAND_ON)
    row = fetch_ending(session, ending_id, by=by)
    check_knows_not_family(session, row.contact_child_id, by=by)
    _require(Ending(row.kind), by)
    when = took_place_at or at
    rules.check_ended(row.ended_at, row.owner, done, when, known_at=row.known_at, at=at)

    row.done, row.took_place_at = storable(done.strip()), when
    row.ended_by, row.ended_at = by.user_id, at
    if stops := ENDINGS[Ending(row.kind)].stops:
        happened(
            session,
            row.contact_child_id,
            stops,
            took_place_at=when,
            about=row.id,
            by=by,
            at=at,
        )
    _note_told(session, row, when, by=by, at=at)
    trail.record(
        session, AuditKind.ENDING_ENDED, about=row.contact_child_id, by=by, at=at, ending=row.id
    )
    return row


def _note_told(
    session: Session, row: SpecialEnding, when: datetime, *, by: Actor, at: datetime
) -> None:
    """Somebody outside was told of the child; of an allegation no more than that there is one."""
    if row.kind not in TOLD_OUTSIDE:
        return
    kind = ENDINGS[Ending(row.kind)]
    whom = kind.words if kind.is_restricted else f"{kind.words}: {row.owner}"
    child = fetch_child(session, row.contact_child_id, by=by)
    shared = Shared(whom, f"Referral: {kind.words}.", kind.done, row.id, when)
    note_handed_on(session, child, shared, is_help=False, by=by, at=at)


def _require(kind: Ending, by: Actor) -> None:
    """An allegation against somebody who works with children is for fewer eyes."""
    by.require(Permission.KEEP_ALLEGATIONS if ENDINGS[kind].is_restricted else Permission.HAND_ON)


def _own(
    session: Session, row: SpecialEnding, child: ContactChild, facts: EndingFacts, *, at: datetime
) -> None:
    kind = ENDINGS[Ending(row.kind)]
    due_at = due_after(session, child, kind.starts, facts.known_at)
    if kind.until:
        due_at = facts.until
        latest = latest_after(session, child, kind.starts, facts.known_at)
        rules.check_until(due_at, latest)
    elif due_at is None and facts.due_on is not None:
        due_at = end_of(session, child, facts.due_on)
    rules.check_ending(facts.owner, facts.known_at, due_at, at=at)
    row.owner, row.detail = storable(facts.owner.strip()), storable(facts.detail.strip())
    row.known_at, row.due_at = facts.known_at, due_at
