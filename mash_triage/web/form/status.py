"""Where a contact stands in plain words: what happens next, by when, and whom to call."""

from contextlib import suppress
from datetime import datetime
from html import escape

from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.contacts.sent import SentPicture
from mash_triage.contacts.status import ENDED, SENDER_WORDS, UNDECIDED, Status, for_sender
from mash_triage.errors import NotFound
from mash_triage.settings import settings
from mash_triage.web.page import Visit
from mash_triage.web.plain import Html
from mash_triage.web.wording import near_words
from mash_triage.worklists.my_contacts import MyChild, MyContact, my_contact


def status_words(status: Status) -> str:
    """Where a child stands, for somebody who is not at the front door."""
    return SENDER_WORDS[for_sender(status)]


def of_contact(session: Session, sent: SentPicture, *, by: Actor) -> MyContact | None:
    """Where this contact stands for whoever sent it; nothing for the front door, which has its own
    pages for that.
    """
    if by.can(Permission.SEE_OWN_CONTACTS) or by.can(Permission.SEE_AGENCY_CONTACTS):
        with suppress(NotFound):
            return my_contact(session, sent.reference, by=by)
    return None


def decided_at(contact: MyContact | None) -> datetime | None:
    """When the last child of the contact was decided; None while one is not."""
    if contact is None or any(child.decided_at is None for child in contact.children):
        return None
    return max(child.decided_at for child in contact.children if child.decided_at)


def whom_to_call() -> Html:
    """The number for every question about a contact."""
    number = escape(settings().duty_number)
    return Html(
        f"<p>To ask about a contact, call the duty number <strong>{number}</strong> and give its "
        "reference. In danger: <strong>999</strong>.</p>"
    )


def contact_html(visit: Visit, contact: MyContact) -> Html:
    """Each child with where it stands, and by when the next thing is due."""
    several = len(contact.children) > 1
    children = "".join(_child(visit, contact, child, several) for child in contact.children)
    return Html(f'<ul class="mash-children-stand">{children}</ul>')


def _child(visit: Visit, contact: MyContact, child: MyChild, several: bool) -> str:
    name = f"<strong>{escape(child.name)}</strong>: " if several else ""
    if child.withheld:
        return f"<li>{name}Decided. We cannot tell you more about this child.</li>"
    if child.status not in ENDED or not child.outcome:
        return (
            f"<li>{name}{status_words(child.status)}{_due(visit, contact, child)}"
            f"{_withdrawal(child)}</li>"
        )
    when = f" {near_words(child.decided_at, at=visit.at)}" if child.decided_at else ""
    return (
        f'<li class="mash-decided">{name}<strong>{escape(child.outcome)}</strong>, '
        f"decided{when}.<br>{escape(child.told or '')}</li>"
    )


def _due(visit: Visit, contact: MyContact, child: MyChild) -> str:
    """By when it is decided; once that has passed, that it is late and what to do."""
    if child.status not in UNDECIDED:
        return ""
    due = near_words(contact.due_at, at=visit.at)
    if visit.at > contact.due_at:
        return f" A decision was due {due}. It is late: call the duty number."
    return f" A decision is due by {due}."


def _withdrawal(child: MyChild) -> str:
    if not child.asked_to_withdraw:
        return ""
    if child.worry_stands is None:
        words = "You asked to withdraw. The front door will say whether the worry stands."
    elif child.worry_stands:
        words = "You asked to withdraw. The front door finds that the worry stands; work goes on."
    else:
        words = "You asked to withdraw. The front door agrees; a manager decides."
    return f"<br>{words}"
