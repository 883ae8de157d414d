"""What the API answers: a receipt, and where the children on a contact stand. Nobody's name."""

from datetime import datetime

from pydantic import BaseModel

from mash_triage.clocks.rules import within_24_hours
from mash_triage.contacts.actions import Receipt
from mash_triage.contacts.elsewhere import is_elsewhere, where_to_tell
from mash_triage.contacts.status import ENDED, SENDER_WORDS, ForSender, for_sender
from mash_triage.contacts.submission import ContactSubmission
from mash_triage.settings import settings
from mash_triage.worklists.my_contacts import MyChild, MyContact


class ReceiptShape(BaseModel):
    """That a contact is stored: its reference, and by when it will be decided. `advice` stands
    where the contact speaks of danger now, or of a child of another authority, and is to be shown
    to whoever sent it.
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


def receipt(sent: Receipt, submission: ContactSubmission) -> ReceiptShape:
    """The receipt as answered, with what is to be shown to whoever sent the contact."""
    emergency = submission.danger.in_danger_now == "yes"
    advice = [_call_now()] if emergency else []
    return ReceiptShape(
        reference=sent.reference,
        received_at=sent.received_at,
        decide_by=sent.decide_by,
        children=sent.children,
        emergency=emergency,
        advice=" ".join([*advice, *_elsewhere(submission)]) or None,
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


def _elsewhere(submission: ContactSubmission) -> list[str]:
    """Whom to tell too of children who live outside the authority, unless somebody was told."""
    if submission.handed_over is not None:
        return []
    postcodes = (child.home.postcode for child in submission.children)
    places = dict.fromkeys(where_to_tell(each) for each in postcodes if is_elsewhere(each))
    name = settings().authority_name
    return [f"A child lives outside {name}. {each} Tell them too." for each in places]


def _call_now() -> str:
    return (
        "If anybody is in danger now, call 999. Then call the duty team on "
        f"{settings().duty_number}; do not wait for an answer to this message."
    )
