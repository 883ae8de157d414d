"""Which answers of a sent contact can be changed, why one may be asked back, and who may say so."""

import re
from enum import StrEnum
from uuid import UUID

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.contacts.codes import SENT_BY_THEMSELVES
from mash_triage.contacts.models import Contact
from mash_triage.errors import NotAllowed, NotReady

NOT_YOURS = (
    "Only whoever sent this contact can change or add to it. Call the duty number with what is new."
)
MOST_WORDS = 20_000  # characters, as in any free answer of the form
_ROW = re.compile(r"\[\d+\]")


class Kind(StrEnum):
    """What was said after sending."""

    AMENDMENT = "amendment"
    ADDITION = "addition"
    WITHDRAWAL = "withdrawal"


class Reason(StrEnum):
    """Coded reasons for asking a contact back; the value is stored."""

    SENT_IN_ERROR = "sent_in_error"
    WRONG_CHILD = "wrong_child"
    SENT_TWICE = "sent_twice"
    WORRY_EXPLAINED = "worry_explained"
    FAMILY_ASKED = "family_asked"
    ANOTHER_AGENCY_ACTS = "another_agency_acts"
    OTHER = "other"


AMENDABLE = frozenset(
    {
        "danger.in_danger_now",
        "danger.what_is_happening",
        "danger.steps_taken",
        "danger.safe_adult_named",
        "danger.safe_adult",
        "danger.legal_protection",
        "referrer.telephone",
        "referrer.email",
        "referrer.last_seen",
        "children[].given_names",
        "children[].family_name",
        "children[].age",
        "children[].sex",
        "children[].home.address_line",
        "children[].home.postcode",
        "children[].where_now",
        "children[].school",
        "children[].disabled",
        "children[].moves_independently",
        "children[].language",
        "children[].nhs_number",
        "household[].name",
        "household[].relationship",
        "household[].date_of_birth",
        "household[].lives_with_child",
        "concern.worry",
        "concern.working_well",
        "concern.child_voice",
    }
)
"""Answers that can be changed one by one, by their place; anything else is said as an addition."""

SAYS_WHO = frozenset(
    {
        "children[].given_names",
        "children[].family_name",
        "children[].age",
        "children[].sex",
        "children[].nhs_number",
    }
)
"""Answers by which it was found out who a child is."""

READ_AS_WORDS = frozenset(
    {
        "danger.what_is_happening",
        "danger.steps_taken",
        "concern.worry",
        "concern.child_voice",
    }
)
"""Answers in the referrer's own words, in which worries and danger are looked for."""


def place_of(path: str) -> str:
    """The place of an answer whatever its row: `children[1].sex` is at `children[].sex`."""
    return _ROW.sub("[]", path)


def check_amendable(path: str) -> None:
    """Refuse to change what is not one plain answer."""
    if place_of(path) not in AMENDABLE:
        raise NotReady("This answer cannot be changed by itself. Add what is new in words.")


def check_may_add(contact: Contact, by: Actor) -> None:
    """Whoever sent it may add; and at the front door anybody, where it was entered for somebody who
    has no other way to reach us.
    """
    if not may_add(contact.submitted_by, contact.channel, by):
        raise NotAllowed(NOT_YOURS)


def may_add(submitted_by: UUID, channel: str, by: Actor) -> bool:
    """The same as a yes or no, for a page."""
    enters = by.can(Permission.ENTER_FOR_OTHERS)
    if submitted_by == by.user_id:
        return enters or by.can(Permission.SUBMIT_CONTACT)
    return enters and channel not in SENT_BY_THEMSELVES


def check_words(words: str, missing: str) -> None:
    """Refuse nothing said, and floods."""
    if not words.strip():
        raise NotReady(missing)
    if len(words) > MOST_WORDS:
        raise NotReady(f"Shorten this to {MOST_WORDS:,} characters or fewer.")
