"""What a contact says now: the submission as sent, with the answers changed since put in place."""

from collections.abc import Iterable, Sequence
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from mash_triage.after_sending.models import ContactAddition
from mash_triage.after_sending.rules import READ_AS_WORDS, Kind, place_of
from mash_triage.contacts.answers import Answers, value_at, with_value
from mash_triage.contacts.models import Contact

IN_DANGER = "danger.in_danger_now"


class Changed(Protocol):
    """As much of an addition as says which answer it changes."""

    @property
    def path(self) -> str: ...

    @property
    def now(self) -> Any: ...


def additions_to(session: Session, contact_id: UUID) -> list[ContactAddition]:
    """Everything said after sending, in the order in which it was said."""
    return list(
        session.scalars(
            select(ContactAddition)
            .where(ContactAddition.contact_id == contact_id)
            .order_by(ContactAddition.number)
        )
    )


def with_changes(submission: Answers, additions: Iterable[Changed]) -> Answers:
    """The submission with these answers changed one after another."""
    whole = submission
    for each in additions:
        if each.path:
            whole = with_value(whole, each.path, each.now)
    return whole


def facts_said(session: Session, contact: Contact) -> Answers:
    """The answers on which facts rest now. That somebody is in danger is never taken back by a
    changed answer: only people decide that it has passed.
    """
    additions = additions_to(session, contact.id)
    if not additions:
        return contact.submission
    whole = with_changes(contact.submission, additions)
    was_said = value_at(contact.submission, IN_DANGER) == "yes"
    if was_said or any(each.danger_now for each in additions):
        return with_value(whole, IN_DANGER, "yes")
    return whole


def new_words(additions: Sequence[ContactAddition]) -> str:
    """The referrer's own words of these additions, one below the other. Words that were changed
    stand beside those that were there before: nothing that was said is taken out of the reading.
    """
    return "\n".join(
        said
        for each in additions
        if isinstance(said := each.now if each.kind == Kind.AMENDMENT else each.words, str)
        and (each.kind != Kind.AMENDMENT or place_of(each.path) in READ_AS_WORDS)
    )
