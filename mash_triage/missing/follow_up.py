"""What was agreed after episodes and is neither done nor left undone."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.clocks.working_days import london_day
from mash_triage.contacts.models import Contact, ContactChild
from mash_triage.contacts.queries import is_visible_to
from mash_triage.missing.models import MissingAction, MissingEpisode
from mash_triage.missing.queries import MOST_SHOWN, name_of_child


@dataclass(frozen=True)
class OpenAction:
    """What somebody is to do after an episode and has not done yet."""

    episode_id: UUID
    child_name: str
    reference: str
    what: str
    owner: str
    due_on: date
    is_overdue: bool


def open_actions(session: Session, *, by: Actor, at: datetime) -> list[OpenAction]:
    """What follows from episodes and has not ended, also once nothing else is due of them; the one
    due first on top.
    """
    by.require(Permission.SEE_FRONT_DOOR)
    rows = session.execute(
        select(MissingAction, ContactChild, Contact.reference)
        .join(MissingEpisode, MissingEpisode.id == MissingAction.episode_id)
        .join(ContactChild, ContactChild.id == MissingEpisode.contact_child_id)
        .join(Contact, Contact.id == ContactChild.contact_id)
        .where(
            MissingAction.done_at.is_(None),
            MissingAction.not_done_at.is_(None),
            is_visible_to(by),
        )
        .order_by(MissingAction.due_on, MissingAction.added_at)
        .limit(MOST_SHOWN)
    )
    today = london_day(at)
    return [
        OpenAction(
            episode_id=row.episode_id,
            child_name=name_of_child(child),
            reference=reference,
            what=row.what,
            owner=row.owner,
            due_on=row.due_on,
            is_overdue=row.due_on < today,
        )
        for row, child, reference in rows
    ]
