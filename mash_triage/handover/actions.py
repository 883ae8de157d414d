"""The night hands a child over; somebody of the day, by name, says that she has read it."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.clocks.actions import happened
from mash_triage.clocks.moments import Moment
from mash_triage.contacts.actions import bank_holidays
from mash_triage.contacts.queries import fetch_child
from mash_triage.errors import Changed, NotAllowed, NotFound
from mash_triage.handover.models import Handover
from mash_triage.handover.rules import checked, is_of_the_day, read_by
from mash_triage.thresholds.queries import edition_of

OF_THE_DAY = "Somebody of the day, who did not write it, says that she has read this."


def hand_over_to_day(
    session: Session,
    contact_child_id: UUID,
    *,
    done: str,
    outstanding: str,
    who_knows: str,
    by: Actor,
    at: datetime,
) -> UUID:
    """Hand one child over: what was done, what is still to do, who knows; gives its id."""
    by.require(Permission.SCREEN_CONTACT)
    child = fetch_child(session, contact_child_id, by=by)
    edition = edition_of(session, child.contact.edition_id)
    handover = Handover(
        id=uuid4(),
        contact_child_id=child.id,
        done=checked("done", done),
        outstanding=checked("outstanding", outstanding),
        who_knows=checked("who_knows", who_knows),
        given_by=by.user_id,
        given_at=at,
        due_at=read_by(at, edition, bank_holidays()),
    )
    session.add(handover)
    _report(session, handover, Moment.HANDED_OVER, by=by, at=at)
    told = {"handover": handover.id}
    trail.record(session, AuditKind.HANDED_OVER, about=child.id, by=by, at=at, **told)
    return handover.id


def mark_handover_read(session: Session, handover_id: UUID, *, by: Actor, at: datetime) -> None:
    """Say that it was read, and take what it asks for into the day: somebody else than its writer,
    who does not work at night.
    """
    by.require(Permission.SCREEN_CONTACT)
    if not is_of_the_day(by.role):
        raise NotAllowed(OF_THE_DAY)
    handover = session.get(Handover, handover_id, with_for_update=True)
    if handover is None:
        raise NotFound()
    child = fetch_child(session, handover.contact_child_id, by=by)
    if handover.given_by == by.user_id:
        raise NotAllowed(OF_THE_DAY)
    if handover.read_at is not None:
        raise Changed("A colleague has read this handover already.")
    handover.read_by, handover.read_at = by.user_id, at
    _report(session, handover, Moment.HANDOVER_READ, by=by, at=at)
    told = {"handover": handover.id}
    trail.record(session, AuditKind.HANDOVER_READ, about=child.id, by=by, at=at, **told)


def _report(
    session: Session, handover: Handover, moment: Moment, *, by: Actor, at: datetime
) -> None:
    child_id = handover.contact_child_id
    happened(session, child_id, moment, took_place_at=at, about=handover.id, by=by, at=at)
