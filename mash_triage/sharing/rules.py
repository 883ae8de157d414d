"""What an entry of the sharing ledger needs: to whom, what, what for, why lawful, why necessary."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mash_triage.consent.rules import ARTICLE_6, ARTICLE_9, CONFIDENTIALITY, GATEWAY, WHY_NOT
from mash_triage.errors import NotReady

LONGEST_NAME = 300  # characters; the record has room for no more


class Kind(StrEnum):
    """What an entry of the ledger is."""

    REQUEST = "request"
    REPLY = "reply"
    DISCLOSURE = "disclosure"
    RELEASE = "release"
    NOT_SHARED = "not_shared"


KIND_WORDS: dict[Kind, str] = {
    Kind.REQUEST: "Asked, and told with it",
    Kind.REPLY: "Received",
    Kind.DISCLOSURE: "Shared",
    Kind.RELEASE: "Released beyond the enquiry",
    Kind.NOT_SHARED: "Not shared",
}


@dataclass(frozen=True)
class Basis:
    """The layers of lawful basis and the necessity note, each code of `consent.rules`."""

    article_6: str
    article_9: str
    gateway: str
    confidentiality: str
    necessity: str


def check_basis(basis: Basis) -> None:
    """Refuse sharing that does not say why it is lawful and necessary."""
    chosen = (
        (basis.article_6, ARTICLE_6, "Choose the lawful basis."),
        (basis.article_9, ARTICLE_9, "Choose the condition for special category information."),
        (basis.gateway, GATEWAY, "Choose the statutory gateway."),
        (basis.confidentiality, CONFIDENTIALITY, "Say why confidentiality allows it."),
    )
    for code, codes, words in chosen:
        if code not in codes:
            raise NotReady(words)
    if not basis.necessity.strip():
        raise NotReady("Say in a sentence why sharing is necessary and no more than needed.")


def check_told(with_whom: str, what: str, purpose: str) -> None:
    """Refuse an entry that does not say to whom, what and what for."""
    check_body(with_whom)
    if not what.strip():
        raise NotReady("Say what was shared.")
    if not purpose.strip():
        raise NotReady("Say what it was shared for.")


def check_body(with_whom: str) -> None:
    """Refuse an entry without the other body's name, or with one too long."""
    if not with_whom.strip():
        raise NotReady("Name the body, for example Riverside Homes.")
    if len(with_whom.strip()) > LONGEST_NAME:
        raise NotReady(f"Shorten the body's name to {LONGEST_NAME} characters or fewer.")


def check_not_shared(with_whom: str, what: str, because: str) -> None:
    """Refuse an entry that leaves open what was kept back from whom, or why."""
    check_body(with_whom)
    if not what.strip():
        raise NotReady("Say what was not shared.")
    if not because.strip():
        raise NotReady("Say why it was not shared, for example: it would harm the child more.")


def check_why_not_asked(code: str | None) -> None:
    """Refuse a reason that is not one of the coded ones."""
    if code is not None and code not in WHY_NOT:
        raise NotReady("Choose one of the reasons for not asking.")


def check_moment(shared_at: datetime, *, at: datetime) -> None:
    """Refuse sharing that is still to come."""
    if shared_at > at:
        raise NotReady("This moment is still to come. Enter when it was shared.")
