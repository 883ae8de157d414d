"""Early help that was offered: agreed, and started."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.clocks.actions import happened
from mash_triage.clocks.moments import Moment
from mash_triage.clocks.working_days import london_day
from mash_triage.consent.queries import consent_rows
from mash_triage.consent.rules import agreement_to_early_help, check_no_refusal_of_early_help
from mash_triage.contacts.queries import fetch_child
from mash_triage.decisions.models import (
    HelpOffer,
)
from mash_triage.errors import Changed, NotFound, NotReady


def record_help_agreed(
    session: Session, contact_child_id: UUID, *, by: Actor, at: datetime
) -> HelpOffer:
    """The family's agreement to early help is on record; the offer now rests on it."""
    by.require(Permission.START_HELP, Permission.SCREEN_CONTACT)
    offer = _offer_of(session, contact_child_id, by=by)
    agreement = agreement_to_early_help(
        consent_rows(session, offer.contact_child_id), on=london_day(at)
    )
    if agreement is None:
        raise NotReady("Record the family's agreement to early help, and in what capacity, first.")
    offer.consent_id = agreement.id
    agreed = Moment.EARLY_HELP_AGREED
    happened(session, contact_child_id, agreed, took_place_at=at, by=by, at=at)
    trail.record(session, AuditKind.HELP_AGREED, about=contact_child_id, by=by, at=at)
    return offer


def start_help(session: Session, contact_child_id: UUID, *, by: Actor, at: datetime) -> HelpOffer:
    """Early help has started: only when agreement stands, and nobody with a say stands against."""
    by.require(Permission.START_HELP)
    offer = _offer_of(session, contact_child_id, by=by)
    if offer.started_at is not None:
        raise Changed("This help was started already.")
    records = consent_rows(session, contact_child_id)
    agreement = agreement_to_early_help(records, on=london_day(at))
    if agreement is None:
        raise NotReady(
            "Early help starts only when the agreement of somebody who may give it is recorded."
        )
    check_no_refusal_of_early_help(records)
    offer.consent_id = agreement.id
    offer.started_by, offer.started_at = by.user_id, at
    started = Moment.EARLY_HELP_STARTED
    happened(session, contact_child_id, started, took_place_at=at, by=by, at=at)
    trail.record(session, AuditKind.HELP_STARTED, about=contact_child_id, by=by, at=at)
    return offer


def _offer_of(session: Session, contact_child_id: UUID, *, by: Actor) -> HelpOffer:
    child = fetch_child(session, contact_child_id, by=by, to_change=True)
    offer = session.scalars(select(HelpOffer).where(HelpOffer.contact_child_id == child.id)).first()
    if offer is None:
        raise NotFound("No early help was offered for this child.")
    return offer
