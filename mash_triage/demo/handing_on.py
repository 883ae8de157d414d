"""What the demonstration hands on: the family hub accepts, directions are done, one comes back."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.clocks.actions import happened
from mash_triage.clocks.moments import Moment
from mash_triage.clocks.working_days import london_day
from mash_triage.contacts.models import ContactChild
from mash_triage.decisions.actions import end_direction
from mash_triage.decisions.tasks import tasks
from mash_triage.hand_on.actions import (
    open_special,
    record_accepted,
    record_returned,
    record_told,
    send_on,
)
from mash_triage.hand_on.actions.endings import EndingFacts
from mash_triage.hand_on.kinds import PASSINGS, Ending
from mash_triage.hand_on.queries import passed_on
from mash_triage.hand_on.rules import AnswerFacts
from mash_triage.thresholds.routes import Outcome

HANDED_ON_AFTER = timedelta(days=2)
CLOSED_AFTER = timedelta(days=6)  # then its promises no longer run
FOLLOWED = frozenset({Outcome.EARLY_HELP, Outcome.S17_ASSESSMENT, Outcome.STRATEGY_DISCUSSION})
IF_NOT = "Whoever leads looks again after four weeks; if nothing is better, it comes back to us."
HUB = "Rivermead family hub"
SCHOOL = "The school's own family worker"
LEAD = AnswerFacts("Imogen Vale", "Hub lead")


def hand_on(session: Session, child: ContactChild, *, by: Actor, at: datetime) -> None:
    """Two days after a decision the hub has accepted, and what was directed is done."""
    contact_child_id = child.id
    for each in passed_on(session, contact_child_id=contact_child_id, by=by, at=at):
        if PASSINGS[each.kind].is_told and each.standing.is_open:
            record_told(session, each.id, SCHOOL, by.name, by=by, at=at)
        elif each.sent_at is None and each.standing.is_open:
            send_on(session, each.id, HUB, "", by=by, at=at)
            record_accepted(session, each.id, LEAD, by=by, at=at)
    for task in tasks(session, contact_child_id=contact_child_id, by=by, at=at):
        if task.ended_at is None:
            end_direction(session, task.id, "Done as directed.", was_done=True, by=by, at=at)


def no_longer_follow(session: Session, child: ContactChild, *, by: Actor, at: datetime) -> None:
    """The team that took the work on keeps its promises from here."""
    happened(session, child.id, Moment.CHILD_CLOSED, took_place_at=at, by=by, at=at)


def leave_some_open(session: Session, *, by: Actor, at: datetime) -> None:
    """Of what is not sent yet one comes back, and one waits, beside a special ending."""
    waiting = [
        each
        for each in passed_on(session, by=by, at=at)
        if each.sent_at is None and not PASSINGS[each.kind].is_told
    ]
    for place, each in enumerate(waiting[:2]):
        send_on(session, each.id, HUB, "", by=by, at=at)
        if place == 0:
            reason = "The family has moved to the other side of town; the south hub is nearer."
            record_returned(session, each.id, LEAD.name, reason, by=by, at=at)
        else:
            facts = EndingFacts(
                "Officer for children missing education",
                at - timedelta(hours=20),
                london_day(at + timedelta(days=5)),
                "On no school's roll since the move.",
            )
            child = each.contact_child_id
            open_special(session, child, Ending.MISSING_EDUCATION, facts, by=by, at=at)
