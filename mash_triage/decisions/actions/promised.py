"""What a decision promises: reported to the clocks, and the referrer told where no page tells her.

Whoever sent the contact herself reads the outcome as soon as it is decided. Somebody who called or
wrote is told by a person, who says so here.
"""

from datetime import datetime
from functools import partial
from uuid import UUID

from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.clocks.actions import happened
from mash_triage.clocks.lengths import end_of_day
from mash_triage.clocks.moments import Moment
from mash_triage.contacts.codes import SENT_BY_THEMSELVES
from mash_triage.contacts.models import ContactChild
from mash_triage.contacts.queries import fetch_child
from mash_triage.decisions.rules import DecisionFacts
from mash_triage.errors import Changed, NotReady
from mash_triage.thresholds.queries import edition_of
from mash_triage.thresholds.routes import Outcome

DECIDED_AS = {
    Outcome.STRATEGY_DISCUSSION: Moment.S47_DECIDED,
    Outcome.S17_ASSESSMENT: Moment.S17_DECIDED,
    Outcome.EARLY_HELP: Moment.EARLY_HELP_DECIDED,
}


def report_decided(
    session: Session, child: ContactChild, facts: DecisionFacts, *, by: Actor, at: datetime
) -> None:
    """Report the decision, and that the referrer is told, to whatever was promised for this child.
    An assessment of a child who is open already is under way and is not promised anew.
    """
    report = partial(happened, session, child.id, took_place_at=at, by=by, at=at)
    report(Moment.DECIDED)
    moment = DECIDED_AS.get(facts.outcome)
    goes_on = moment is Moment.S17_DECIDED and facts.already_open == "yes"
    if moment is not None and not goes_on:
        due_at = None
        if facts.outcome is Outcome.EARLY_HELP and facts.agreement_due_on:
            times = edition_of(session, child.contact.edition_id).clocks
            due_at = end_of_day(facts.agreement_due_on, times)
        report(moment, due_at=due_at)
    if facts.told.withheld:
        report(Moment.REFERRER_NOT_TOLD)
    elif child.contact.channel in SENT_BY_THEMSELVES:
        report(Moment.REFERRER_TOLD)


def record_referrer_told(
    session: Session,
    contact_child_id: UUID,
    told_at: datetime | None,
    *,
    nobody_to_tell: bool = False,
    by: Actor,
    at: datetime,
) -> None:
    """Somebody who called or wrote was told the outcome, or there is nobody who can be told."""
    by.require(Permission.WRITE_TO_REFERRER)
    child = fetch_child(session, contact_child_id, by=by, to_change=True)
    if child.decided_at is None:
        raise NotReady("This child is not decided yet, so there is no outcome to tell.")
    if child.contact.channel in SENT_BY_THEMSELVES:
        raise Changed("Whoever sent this contact reads the outcome under My contacts.")
    if told_at is None and not nobody_to_tell:
        raise NotReady("Say on which day and at what time the referrer was told.")
    if told_at is not None and told_at < child.decided_at:
        raise NotReady("The referrer cannot be told before the decision. Check the day and time.")
    moment = Moment.REFERRER_NOT_TOLD if nobody_to_tell else Moment.REFERRER_TOLD
    happened(session, child.id, moment, took_place_at=told_at or at, by=by, at=at)
    trail.record(
        session,
        AuditKind.REFERRER_TOLD,
        about=child.id,
        by=by,
        at=at,
        nobody_to_tell=nobody_to_tell,
    )
