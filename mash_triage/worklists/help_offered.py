"""Early help that was decided and has not started: agreement awaited first."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.contacts.models import Contact, ContactChild
from mash_triage.contacts.queries import is_visible_to, reported_name
from mash_triage.decisions.models import HelpOffer
from mash_triage.decisions.queries import rests_on_agreement


@dataclass(frozen=True)
class AwaitedHelp:
    """A child for whom early help was decided and agreement is awaited, or help not yet started."""

    id: UUID
    reference: str
    name: str
    owner: str
    agreement_due_on: date
    is_agreed: bool


def help_not_started(session: Session, *, by: Actor) -> list[AwaitedHelp]:
    """Early help offered and not started: agreement awaited first, by date."""
    by.require(Permission.SEE_FRONT_DOOR)
    child = ContactChild
    rows = session.execute(
        select(
            child.id,
            child.reported_given_names,
            child.reported_family_name,
            child.reported_unborn,
            Contact.reference,
            HelpOffer.owner,
            HelpOffer.agreement_due_on,
            rests_on_agreement().label("is_agreed"),
        )
        .join(Contact, Contact.id == child.contact_id)
        .join(HelpOffer, HelpOffer.contact_child_id == child.id)
        .where(HelpOffer.started_at.is_(None), is_visible_to(by))
        .order_by(HelpOffer.agreement_due_on)
        .limit(200)
    )
    return [
        AwaitedHelp(
            id=row.id,
            reference=row.reference,
            name=reported_name(
                row.reported_given_names, row.reported_family_name, unborn=row.reported_unborn
            ),
            owner=row.owner,
            agreement_due_on=row.agreement_due_on,
            is_agreed=row.is_agreed,
        )
        for row in rows
    ]
