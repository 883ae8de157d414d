"""What can be sent, each with fixed words: a mail holds a link and a reference, and nothing else.

A template takes no words from anybody: its only gaps are the reference, the address of a page, and
the name that the authority gave its service. So no mail can name a child or tell a worry.
"""

from dataclasses import dataclass
from enum import StrEnum


class Channel(StrEnum):
    """By which way a message leaves."""

    MAIL = "mail"
    WEBHOOK = "webhook"


class Kind(StrEnum):
    """Each mail that the service writes."""

    CONTACT_RECEIVED = "contact_received"
    QUESTION_ASKED = "question_asked"
    NEW_MESSAGE = "new_message"
    OUTCOME_READY = "outcome_ready"
    DRAFT_LYING_2 = "draft_lying_2"
    DRAFT_LYING_7 = "draft_lying_7"
    ACCOUNT_LINK = "account_link"
    DISAGREEMENT_MOVED = "disagreement_moved"
    REQUEST_DUE = "request_due"
    CONFIRMATION_ASKED = "confirmation_asked"
    NEWS = "news"
    PROMISE_NEARLY_DUE = "promise_nearly_due"
    PROMISE_PAST = "promise_past"
    PROMISES_DUE = "promises_due"


class EventKind(StrEnum):
    """Each notice that an agency's system may be given."""

    CONTACT_RECEIVED = "contact.received"
    STATUS_CHANGED = "contact.status_changed"
    QUESTION_ASKED = "contact.question_asked"
    NEW_MESSAGE = "contact.new_message"
    OUTCOME_READY = "contact.outcome_ready"
    TEST = "endpoint.test"


@dataclass(frozen=True)
class Template:
    """The words of one kind of mail; gaps only for `{reference}`, `{address}` and `{service}`."""

    subject: str
    body: str


GAPS = frozenset({"reference", "address", "service"})

END = (
    "\n\nThis message holds no details on purpose. Please do not reply to it: nobody reads what is "
    "sent to its address, and e-mail is not a safe place for a family's details. If a child is in "
    "danger now, call 999.\n\n{service}\n"
)

TEMPLATES: dict[Kind, Template] = {
    kind: Template(subject, f"{words}\n\n{{address}}{END}")
    for kind, subject, words in (
        (
            Kind.CONTACT_RECEIVED,
            "We have received your contact {reference}",
            "Your contact {reference} has reached the front door and will be read by a person. "
            "Sign in to see where it stands:",
        ),
        (
            Kind.QUESTION_ASKED,
            "A question about {reference}",
            "The front door has a question about {reference} and waits for your answer. "
            "Sign in to read it and to answer:",
        ),
        (
            Kind.NEW_MESSAGE,
            "A new message about {reference}",
            "There is a new message about {reference}. Sign in to read it:",
        ),
        (
            Kind.OUTCOME_READY,
            "There is news about {reference}",
            "There is news about {reference}. Sign in to read it:",
        ),
        (
            Kind.DRAFT_LYING_2,
            "You have a contact that is not sent",
            "A contact that you began has not been sent, so nobody at the front door has read it. "
            "Sign in to finish it, or to put it away:",
        ),
        (
            Kind.DRAFT_LYING_7,
            "Your contact is still not sent, and is removed in a week",
            "A contact that you began a week ago has still not been sent. Nobody has read it, and "
            "it is removed when it has lain for 14 days. Sign in to finish it, or to put it away:",
        ),
        (
            Kind.ACCOUNT_LINK,
            "Set your password",
            "An administrator asks you to set a password of your own. This link works once, within "
            "48 hours. An earlier link no longer works. If you did not expect this, tell your "
            "administrator and do not open it.",
        ),
        (
            Kind.DISAGREEMENT_MOVED,
            "A disagreement about {reference} has moved on",
            "There is a new step in the disagreement about {reference}. Sign in to read it:",
        ),
        (
            Kind.REQUEST_DUE,
            "A request about {reference} waits for you",
            "A request for information, {reference}, waits for your answer. Sign in to see by "
            "when, and to answer:",
        ),
        (
            Kind.CONFIRMATION_ASKED,
            "Please confirm {reference} in writing",
            "You telephoned us; the reference is {reference}. Please send us the same in writing "
            "by the next working day: signed in, under My contacts, or by letter or your work's "
            "secure e-mail with the reference on it. What we do about it does not wait for this. "
            "Where we are found:",
        ),
        (
            Kind.NEWS,
            "There is news for you",
            "There is news for you about {reference}. Sign in to read it:",
        ),
        (
            Kind.PROMISE_NEARLY_DUE,
            "Something about {reference} is due soon",
            "Something that was promised about {reference} is due soon. Sign in to see what, and "
            "by when:",
        ),
        (
            Kind.PROMISE_PAST,
            "Something about {reference} is past its time",
            "Something that was promised about {reference} is past its time. Sign in to see what, "
            "and what can be done:",
        ),
        (
            Kind.PROMISES_DUE,
            "Several things are due soon or past their time",
            "Several things that were promised are due soon or past their time. Sign in to see "
            "all of them, least time left first:",
        ),
    )
}


def render(kind: Kind, *, reference: str, address: str, service: str) -> tuple[str, str]:
    """Subject and body of one mail; `reference` is as it is read aloud, or empty where none is."""
    gaps = {"reference": reference, "address": address, "service": service}
    template = TEMPLATES[kind]
    return template.subject.format(**gaps), template.body.format(**gaps)
