"""What the API answers: a receipt, and where the children on a contact stand. Nobody's name."""

from datetime import datetime

from pydantic import BaseModel

from mash_triage.clocks.rules import within_24_hours
from mash_triage.contacts.actions import Receipt
from mash_triage.contacts.status import ENDED, SENDER_WORDS, ForSender, for_sender
from mash_triage.settings import settings
from mash_triage.worklists.my_contacts import MyChild, MyContact


class ReceiptShape(BaseModel):
    """That a contact is stored: its reference, and by when it will be decided. `advice` stands
    where the contact speaks of danger now, and is to be shown to whoever sent it.
    """

    reference: str
    received_at: datetime
    decide_by: datetime
    children: int
    emergency: bool
    advice: str | None


class StatusShape(BaseModel):
    """Where a child stands: a fixed code, and plain words to show."""

    code: ForSender
    words: str


class OutcomeShape(BaseModel):
    """What was decided, in the words meant for whoever sent the contact."""

    words: str
    told: str | None


class ChildPicture(BaseModel):
    """One child, by the place in the contact as sent, counted from 0."""

    position: int
    status: StatusShape
    decided_at: datetime | None
    outcome: OutcomeShape | None


class ContactPicture(BaseModel):
    """One contact as its sender may see it."""

    reference: str
    received_at: datetime
    decide_by: datetime
    children: list[ChildPicture]


class ContactList(BaseModel):
    """Some contacts, and the reference after which the next ones follow."""

    contacts: list[ContactPicture]
    next: str | None


def receipt(sent: Receipt, *, emergency: bool) -> ReceiptShape:
    """The receipt as answered."""
    return ReceiptShape(
        reference=sent.reference,
        received_at=sent.received_at,
        decide_by=sent.decide_by,
        children=sent.children,
        emergency=emergency,
        advice=_advice() if emergency else None,
    )


def picture_of(contact: MyContact) -> ContactPicture:
    """A contact as answered."""
    return ContactPicture(
        reference=contact.reference,
        received_at=contact.received_at,
        decide_by=within_24_hours(contact.received_at),
        children=[_child(position, each) for position, each in enumerate(contact.children)],
    )


def _child(position: int, child: MyChild) -> ChildPicture:
    status = for_sender(child.status)
    told = child.status in ENDED and child.outcome
    return ChildPicture(
        position=position,
        status=StatusShape(code=status, words=SENDER_WORDS[status]),
        decided_at=child.decided_at,
        outcome=OutcomeShape(words=str(child.outcome), told=child.told) if told else None,
    )


def _advice() -> str:
    return (
        "If anybody is in danger now, call 999. Then call the duty team on "
        f"{settings().duty_number}; do not wait for an answer to this message."
    )
