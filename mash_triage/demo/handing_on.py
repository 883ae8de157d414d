"""What the demonstration hands on: the family hub accepts, directions are done, one comes back."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.clocks.working_days import london_day
from mash_triage.decisions.actions import end_direction
from mash_triage.decisions.tasks import tasks
from mash_triage.hand_on.actions import (
    open_special,
    record_accepted,
    record_returned,
    send_on,
)
from mash_triage.hand_on.actions.endings import EndingFacts
from mash_triage.hand_on.kinds import Ending
from mash_triage.hand_on.queries import passed_on
from mash_triage.hand_on.rules import AnswerFacts

HANDED_ON_AFTER = timedelta(days=2)
HUB = "Rivermead family hub"
LEAD = AnswerFacts("Imogen Vale", "Hub lead")


def hand_on(session: Session, contact_child_id: UUID, *, by: Actor, at: datetime) -> None:
    """Two days after a decision the hub has accepted, and what was directed is done."""
    for each in passed_on(session, contact_child_id=contact_child_id, by=by, at=at):
        if each.sent_at is None and each.standing.is_open:
            send_on(session, each.id, HUB, "", by=by, at=at)
            record_accepted(session, each.id, LEAD, by=by, at=at)
    for task in tasks(session, contact_child_id=contact_child_id, by=by, at=at):
        if task.ended_at is None:
            end_direction(session, task.id, "Done as directed.", was_done=True, by=by, at=at)


def leave_some_open(session: Session, *, by: Actor, at: datetime) -> None:
    """Of what is not sent yet one comes back, and one waits, beside a special ending."""
    waiting = [each for each in passed_on(session, by=by, at=at) if each.sent_at is None]
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
