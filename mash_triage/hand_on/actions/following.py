"""What a decision's outcome begins by itself, so that nothing decided waits unseen."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import deciding
from mash_triage.clocks.actions import happened
from mash_triage.contacts.queries import fetch_child
from mash_triage.hand_on.actions.due import due_after
from mash_triage.hand_on.kinds import ENDED_BY, ENDINGS, PASSED_ON_BY
from mash_triage.hand_on.models import PassedOn, SpecialEnding
from mash_triage.hand_on.queries import open_rows
from mash_triage.thresholds.routes import Outcome


def follow_outcome(
    session: Session, contact_child_id: UUID, outcome: Outcome, *, by: Actor, at: datetime
) -> None:
    """Part of a decision: begin the step-down, the transfer or the special ending it calls for.

    Each is open from then on; to whom it goes and who owns it are said by a person.
    """
    by.require(*deciding(qualified=by.qualified))
    child = fetch_child(session, contact_child_id, by=by)
    if passing := PASSED_ON_BY.get(outcome):
        session.add(
            PassedOn(
                id=uuid4(),
                contact_child_id=child.id,
                kind=passing,
                begun_by=by.user_id,
                begun_at=at,
            )
        )
    ending = ENDED_BY.get(outcome)
    if ending is not None and ending not in open_rows(session, child.id)[1]:
        starts, known_at = ENDINGS[ending].starts, child.received_at
        row = SpecialEnding(
            id=uuid4(),
            contact_child_id=child.id,
            kind=ending,
            known_at=known_at,
            due_at=due_after(session, child, starts, known_at),
            opened_by=by.user_id,
            opened_at=at,
        )
        session.add(row)
        if starts is not None:
            happened(
                session,
                child.id,
                starts,
                took_place_at=known_at,
                about=row.id,
                by=by,
                at=at,
            )
