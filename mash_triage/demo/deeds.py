"""Deeds of the demonstration: one thing that somebody does, at its moment; and who is who.

Only the service's own actions are called, by the people who would do so: nothing is written past
them.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.contacts.actions import (
    submit_contact,
)
from mash_triage.contacts.submission import ContactSubmission
from mash_triage.demo.planned import PlannedContact

Do = Callable[[Session], None]
NameAndBirth = tuple[str | None, str | None, date | None]


@dataclass(frozen=True)
class Deed:
    """One thing that somebody does, at its moment."""

    at: datetime
    do: Do


@dataclass
class Town:
    """Who is who while the plan is lived: accounts by e-mail, records by register id and key.

    `recorded_before` are the records made from contacts that were lived earlier, by name and birth
    date.
    """

    people: dict[str, Actor]
    by_register_id: dict[str, int]
    recorded_before: dict[NameAndBirth, int]
    by_key: dict[str, int] = field(default_factory=dict)
    children: dict[tuple[UUID, int], UUID] = field(default_factory=dict)


def token_of(contact: PlannedContact) -> UUID:
    """The token of a planned contact, the same each time the plan is made; another one for another
    child, whom the same person may write about in the same second.
    """
    about = " ".join(child.key for child in contact.children)
    return uuid5(NAMESPACE_URL, f"{contact.received_at.isoformat()} {contact.sender} {about}")


def sending(contact: PlannedContact, town: Town) -> Deed:
    """The referrer sends it."""

    def send(session: Session) -> None:
        submit_contact(
            session,
            ContactSubmission.model_validate(contact.answers),
            token=token_of(contact),
            by=town.people[contact.sender],
            at=contact.received_at,
        )

    return Deed(contact.received_at, send)
