"""Drafts: a contact not sent yet, saved as it grows. Only its owner sees it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.models import UserAccount
from mash_triage.access.roles import Permission
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.contacts.answers import with_value
from mash_triage.contacts.codes import Channel, ReferrerKind
from mash_triage.contacts.models import Contact, ContactDraft
from mash_triage.contacts.reference import show_reference
from mash_triage.contacts.submission import SHAPE_VERSION
from mash_triage.errors import Changed, NotFound
from mash_triage.text import storable_answers

DRAFTS_KEPT = timedelta(days=14)


@dataclass(frozen=True)
class DraftPicture:
    """A draft as its owner sees it."""

    id: UUID
    token: UUID
    answers: dict[str, Any]
    step: str
    saved_at: datetime
    started_at: datetime
    version: int
    discarded: bool = False
    sent_as: str | None = None

    @property
    def kept_until(self) -> datetime:
        """When it may be removed, unless another word is saved before."""
        return self.saved_at + DRAFTS_KEPT


def drafts_of(session: Session, *, by: Actor) -> list[DraftPicture]:
    """This person's own drafts that were neither sent nor discarded, the latest first."""
    rows = session.scalars(
        select(ContactDraft)
        .where(
            ContactDraft.owner_id == by.user_id,
            ContactDraft.sent_at.is_(None),
            ContactDraft.discarded_at.is_(None),
        )
        .order_by(ContactDraft.saved_at.desc())
    )
    return [_draft_picture(row) for row in rows]


def fetch_draft(
    session: Session, draft_id: UUID, *, by: Actor, to_change: bool = False
) -> ContactDraft:
    """One draft as a live row, only for its owner; `to_change` holds it against other tabs."""
    draft = session.get(
        ContactDraft, draft_id, with_for_update=to_change, populate_existing=to_change
    )
    if draft is None or by.user_id is None or draft.owner_id != by.user_id:
        raise NotFound()
    return draft


def picture_of_draft(session: Session, draft_id: UUID, *, by: Actor) -> DraftPicture:
    """One draft, frozen, only for its owner; with the reference under which it was sent."""
    draft = fetch_draft(session, draft_id, by=by)
    contact = session.get(Contact, draft.contact_id) if draft.contact_id else None
    return _draft_picture(draft, sent_as=contact.reference if contact else None)


def _draft_picture(row: ContactDraft, *, sent_as: str | None = None) -> DraftPicture:
    return DraftPicture(
        id=row.id,
        token=row.token,
        answers=dict(row.answers),
        step=row.step,
        saved_at=row.saved_at,
        started_at=row.started_at,
        version=row.version,
        discarded=row.discarded_at is not None,
        sent_as=sent_as,
    )


def start_draft(session: Session, *, by: Actor, at: datetime) -> ContactDraft:
    """A new, empty draft with its own token."""
    by.require(Permission.SUBMIT_CONTACT, Permission.ENTER_FOR_OTHERS)
    draft = ContactDraft(
        id=uuid4(),
        owner_id=by.user_id,
        token=uuid4(),
        answers={},
        shape_version=SHAPE_VERSION,
        step="danger",
        started_at=at,
        saved_at=at,
    )
    session.add(draft)
    return draft


def save_draft(
    session: Session,
    draft_id: UUID,
    changes: dict[str, Any],
    *,
    step: str | None = None,
    by: Actor,
    at: datetime,
) -> datetime:
    """Merge what was just answered into the draft, so that no other answer is touched.

    Needs no permission beyond owning the draft: words that arrive when a session has just ended
    are kept all the same. Gives the time saved.
    """
    draft = fetch_draft(session, draft_id, by=by, to_change=True)
    _refuse_if_sent(session, draft)
    draft.answers = merged(draft.answers, storable_answers(changes))
    draft.saved_at = at
    if step:
        draft.step = step
    return at


def save_answers(
    session: Session,
    draft_id: UUID,
    changes: dict[str, Any],
    *,
    step: str | None = None,
    by: Actor,
    at: datetime,
) -> datetime:
    """Write single answers, each at its path, and touch no other: two windows on one draft do not
    undo each other. Like `save_draft` it needs no permission beyond owning the draft. Once it was
    sent nothing is written; whoever only opens a step of it is not refused.
    """
    draft = fetch_draft(session, draft_id, by=by, to_change=True)
    if draft.sent_at is not None and not changes:
        return draft.saved_at  # only a step was opened, in another window than the one that sent
    _refuse_if_sent(session, draft)
    answers = draft.answers
    for path, value in changes.items():
        answers = with_value(answers, path, storable_answers(value))
    draft.answers = answers
    draft.saved_at = at
    if step:
        draft.step = step
    return at


def is_sent_as(reference: str) -> str:
    """What is said of a draft that another window has sent."""
    return f"This contact was sent already, as {show_reference(reference)}."


def _refuse_if_sent(session: Session, draft: ContactDraft) -> None:
    if draft.sent_at is None:
        return
    contact = session.get(Contact, draft.contact_id) if draft.contact_id else None
    words = is_sent_as(contact.reference) if contact else "This contact was sent already."
    raise Changed(f"{words} Find it under My contacts, and add there what is new.")


def answers_known_of(session: Session, *, by: Actor) -> dict[str, Any]:
    """What the service knows already about whoever starts a draft. Somebody who enters for others
    is not the referrer, so nothing is known of whoever called or wrote.
    """
    user = session.get(UserAccount, by.user_id) if by.user_id else None
    if user is None or not by.can(Permission.SUBMIT_CONTACT):
        return {"channel": Channel.TELEPHONE.value}
    known = {"job_title": user.job_title, "telephone": user.telephone, "email": user.email}
    return {
        "channel": Channel.PORTAL.value,
        "referrer": {
            "name": user.name,
            "kind": ReferrerKind.PROFESSIONAL.value,
            **{field: words for field, words in known.items() if words},
        },
    }


def merged(answers: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """The answers with the changes laid over them, section by section; lists are replaced whole."""
    whole = dict(answers)
    for key, value in changes.items():
        both = isinstance(value, dict) and isinstance(whole.get(key), dict)
        whole[key] = merged(whole[key], value) if both and "missing" not in value else value
    return whole


def discard_draft(session: Session, draft_id: UUID, *, by: Actor, at: datetime) -> None:
    """Put a draft away; it can be brought back until drafts of its age are removed."""
    draft = fetch_draft(session, draft_id, by=by)
    draft.discarded_at = at


def restore_draft(session: Session, draft_id: UUID, *, by: Actor) -> None:
    """Bring back a draft that was put away."""
    fetch_draft(session, draft_id, by=by).discarded_at = None


def remove_old_drafts(session: Session, *, at: datetime) -> int:
    """Remove every draft that nobody has touched for 14 days, with one line on the trail; how many
    there were. That a draft was sent touches it; the contact itself stays.
    """
    touched = func.coalesce(ContactDraft.sent_at, ContactDraft.saved_at)
    removed = session.scalars(
        delete(ContactDraft).where(touched <= at - DRAFTS_KEPT).returning(ContactDraft.id)
    ).all()
    if removed:
        job = Actor.job("remove old drafts")
        kind = AuditKind.DRAFTS_REMOVED
        trail.record(session, kind, about=None, by=job, at=at, drafts=len(removed))
    return len(removed)
