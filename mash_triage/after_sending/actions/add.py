"""The referrer's deeds on a contact that was sent: change an answer, add words, ask it back.

Each adds a row; nothing that was sent is touched, no clock moves, and no match changes by itself.
"""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import and_, func, select, update
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.after_sending.amended import IN_DANGER, additions_to, with_changes
from mash_triage.after_sending.models import ContactAddition
from mash_triage.after_sending.rules import (
    Kind,
    Reason,
    check_amendable,
    check_may_add,
    check_words,
)
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.clocks.working_days import london_day
from mash_triage.contacts.answers import steps_of, value_at, with_value
from mash_triage.contacts.models import Contact, ContactChild
from mash_triage.contacts.queries import fetch_contact
from mash_triage.contacts.reference import tidy_reference
from mash_triage.contacts.submission import problems_of
from mash_triage.errors import Changed, NotFound, NotReady
from mash_triage.text import storable, storable_answers

CHANGED_MEANWHILE = (
    "Somebody has changed this answer since you opened it. Read what it says now, then change it "
    "again if it is still wrong."
)


def amend_answer(
    session: Session,
    reference: str,
    path: str,
    now: Any,
    why: str,
    *,
    seen: int,
    token: UUID,
    by: Actor,
    at: datetime,
) -> ContactAddition:
    """Change one answer. `seen` is the number of the change to it that the form was drawn from, 0
    if there was none: an answer changed meanwhile is not changed again unread.
    """
    contact = _fetch_to_add(session, reference, by=by)
    earlier = already_added(session, contact, token)
    if earlier:
        return earlier
    check_amendable(path)
    check_words(why, "Say why it is changed.")
    additions = additions_to(session, contact.id)
    if seen != max((each.number for each in additions if each.path == path), default=0):
        raise Changed(CHANGED_MEANWHILE)
    said = with_changes(contact.submission, additions)
    was, new = value_at(said, path), storable_answers(now)
    _check_answer(contact, said, path, was, new, at=at)
    fields = {"path": path, "was": was, "now": new, "words": storable(why.strip())}
    danger = path == IN_DANGER and new == "yes"
    return put_beside(
        session, contact, token, Kind.AMENDMENT, fields, danger_now=danger, by=by, at=at
    )


def add_words(
    session: Session,
    reference: str,
    words: str,
    *,
    danger_now: bool = False,
    token: UUID,
    by: Actor,
    at: datetime,
) -> ContactAddition:
    """Add what is new, in words; also after the decision, when it is new information."""
    contact = _fetch_to_add(session, reference, by=by)
    earlier = already_added(session, contact, token)
    if earlier:
        return earlier
    check_words(words, "Write what you want to add.")
    fields = {"words": storable(words.strip())}
    return put_beside(
        session, contact, token, Kind.ADDITION, fields, danger_now=danger_now, by=by, at=at
    )


def ask_to_withdraw(
    session: Session,
    reference: str,
    reason: str,
    words: str,
    *,
    token: UUID,
    by: Actor,
    at: datetime,
) -> ContactAddition:
    """Ask a contact back, with a reason. It does not end: the front door says whether the worry
    stands, and decides.
    """
    contact = _fetch_to_add(session, reference, by=by)
    earlier = already_added(session, contact, token)
    if earlier:
        return earlier
    if reason not in set(Reason):
        raise NotReady("Choose why you want to withdraw.")
    check_words(words, "Say in a sentence why you want to withdraw.")
    fields = {"reason": reason, "words": storable(words.strip())}
    return put_beside(session, contact, token, Kind.WITHDRAWAL, fields, by=by, at=at)


def _fetch_to_add(session: Session, reference: str, *, by: Actor) -> Contact:
    """The contact, held until the transaction ends, so that two additions get two numbers."""
    by.require(Permission.SUBMIT_CONTACT, Permission.ENTER_FOR_OTHERS)
    tidy = tidy_reference(reference)
    if tidy is None:
        raise NotFound()
    contact = fetch_contact(session, tidy, by=by)
    check_may_add(contact, by)
    session.refresh(contact, with_for_update=True)
    return contact


def already_added(session: Session, contact: Contact, token: UUID) -> ContactAddition | None:
    """What was added with this token before: a second click is no second addition."""
    return session.scalars(
        select(ContactAddition).where(
            ContactAddition.contact_id == contact.id, ContactAddition.token == token
        )
    ).first()


def _check_answer(
    contact: Contact, said: dict[str, Any], path: str, was: Any, new: Any, *, at: datetime
) -> None:
    """Refuse an answer to what was never asked, the same answer, and what cannot be."""
    rows = next((step for step in steps_of(path) if isinstance(step, int)), 0)
    if rows >= len(contact.submission.get(str(steps_of(path)[0]), ())) > 0 and "[" in path:
        raise NotFound()
    if was == new:
        raise NotReady("That is what it says already.")
    today = london_day(at)
    before = problems_of(said, on=today)  # an expected date may have gone by since it was sent
    wrong = problems_of(with_value(said, path, new), on=today)
    about = [words for place, words in wrong.items() if place.startswith(path)]
    about += [words for place, words in wrong.items() if place not in before]
    if about:
        raise NotReady(f"{about[0]}.")


def put_beside(
    session: Session,
    contact: Contact,
    token: UUID,
    kind: Kind,
    fields: dict[str, Any],
    *,
    danger_now: bool = False,
    by: Actor,
    at: datetime,
) -> ContactAddition:
    """One more row beside the contact, which its caller holds."""
    last = select(func.max(ContactAddition.number)).where(ContactAddition.contact_id == contact.id)
    addition = ContactAddition(
        id=uuid4(),
        contact_id=contact.id,
        number=(session.scalar(last) or 0) + 1,
        token=token,
        kind=kind,
        danger_now=danger_now,
        added_by=by.user_id,
        added_by_name=by.name,
        added_at=at,
        **fields,
    )
    session.add(addition)
    session.flush()  # the next one on this contact counts on from it
    _outdate_open_forms(session, contact.id)
    trail.record(
        session,
        _ON_TRAIL[kind],
        about=contact.id,
        by=by,
        at=at,
        number=addition.number,
        path=addition.path,
        danger_now=danger_now,
    )
    return addition


def _outdate_open_forms(session: Session, contact_id: UUID) -> None:
    """A decision form drawn before the addition is refused, so that nobody decides without it."""
    undecided = and_(ContactChild.contact_id == contact_id, ContactChild.decided_at.is_(None))
    in_order = select(ContactChild.id).where(undecided).order_by(ContactChild.id)
    session.execute(in_order.with_for_update())  # as everybody holds the children of a contact
    session.execute(
        update(ContactChild)
        .where(undecided)
        .values(version=ContactChild.version + 1)
        .execution_options(synchronize_session="fetch")
    )


_ON_TRAIL = {
    Kind.AMENDMENT: AuditKind.CONTACT_AMENDED,
    Kind.ADDITION: AuditKind.CONTACT_ADDED_TO,
    Kind.WITHDRAWAL: AuditKind.WITHDRAWAL_ASKED,
}
