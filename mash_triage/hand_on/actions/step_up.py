"""A child who has early help comes back to the front door: a new contact that keeps its history."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID, uuid4

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.after_sending.amended import facts_said
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.contacts.actions import Receipt, submit_again
from mash_triage.contacts.models import ContactChild
from mash_triage.contacts.queries import fetch_child
from mash_triage.contacts.seen import contact_seen
from mash_triage.contacts.submission import ContactSubmission
from mash_triage.errors import NotReady
from mash_triage.hand_on.kinds import Passing
from mash_triage.hand_on.models import PassedOn, StepUp
from mash_triage.text import storable


@dataclass(frozen=True)
class StepUpFacts:
    """Why early help is not enough, what has changed, and what is asked anew: danger and voice."""

    reason: str
    changed: str
    in_danger_now: Literal["yes", "no", "not_known"]
    what_is_happening: str
    child_voice: str


def step_up(
    session: Session, contact_child_id: UUID, facts: StepUpFacts, *, by: Actor, at: datetime
) -> Receipt:
    """Send a new contact about this one child, with its own clocks, that names the one before.

    The service that took the child on does it as well as whoever screens. Who the child is, and
    what is needed, is said anew by whoever screens it.
    """
    by.require(Permission.STEP_UP)
    before = fetch_child(session, contact_child_id, by=by, to_change=True)
    _check(session, before, facts)
    again = _as_contact(session, before, facts, by=by)
    receipt = submit_again(session, before, again, token=uuid4(), by=by, at=at)
    child_id = session.scalars(
        select(ContactChild.id).where(ContactChild.contact_id == receipt.contact_id)
    ).one()
    session.add(
        StepUp(
            contact_child_id=child_id,
            came_from_id=before.id,
            reason=storable(facts.reason.strip()),
            stepped_by=by.user_id,
            stepped_at=at,
        )
    )
    trail.record(session, AuditKind.STEPPED_UP, about=child_id, by=by, at=at, came_from=before.id)
    return receipt


def _check(session: Session, before: ContactChild, facts: StepUpFacts) -> None:
    helped = session.scalars(
        select(PassedOn.id).where(
            PassedOn.contact_child_id == before.id,
            PassedOn.kind == Passing.STEP_DOWN,
            PassedOn.sent_at.is_not(None),
        )
    ).first()
    if helped is None:
        raise NotReady("This child was not sent to early help. Enter the worry as a new contact.")
    if not (facts.reason.strip() and facts.changed.strip()):
        raise NotReady("Say why early help is not enough, and what has changed.")
    if facts.in_danger_now == "yes" and not facts.what_is_happening.strip():
        raise NotReady("Say what is happening now.")
    if not facts.child_voice.strip():
        raise NotReady("Say what the child says now, or why that is not known.")


def _as_contact(
    session: Session, before: ContactChild, facts: StepUpFacts, *, by: Actor
) -> ContactSubmission:
    """What was said of the child then, with the worry, the danger and the voice of now."""
    seen = contact_seen(session, before.contact, by=by)
    if seen.withheld:
        raise NotReady("A brother or sister's record is restricted. Enter it as a new contact.")
    said: dict[str, Any] = dict(facts_said(session, before.contact))
    danger = {**said["danger"], "in_danger_now": facts.in_danger_now}
    if facts.what_is_happening.strip():
        danger["what_is_happening"] = facts.what_is_happening
    kept = ("household", "kept_from", "risk_to_staff", "chronology")
    answers = {
        **{part: said[part] for part in kept if part in said},
        "danger": danger,
        "referrer": {"name": by.name, "job_title": "Stepped up from early help"},
        "children": [said["children"][before.position]],
        "concern": {
            "main": said["concern"]["main"],
            "worry": f"{facts.reason.strip()}\n\n{facts.changed.strip()}",
            "working_well": said["concern"]["working_well"],
            "child_voice": facts.child_voice,
        },
    }
    try:
        return ContactSubmission.model_validate(answers)
    except ValidationError as wrong:
        raise NotReady(
            "What was said then does not fit a new contact. Enter it as a new one."
        ) from wrong
