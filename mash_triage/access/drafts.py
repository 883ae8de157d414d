"""Work drafts: what a person has written on a form and not recorded yet. Only she sees it.

Keeping one is no deed: it needs no permission, moves nothing, and leaves nothing on the trail. So
words that arrive when a sign-in has just ended are kept all the same.
"""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.models import WorkDraft
from mash_triage.errors import NotFound
from mash_triage.text import storable_answers

WORK_DRAFTS_KEPT = timedelta(days=14)

Answers = dict[str, Any]


def drafts_of(session: Session, subject: str, *, by: Actor, at: datetime) -> dict[str, Answers]:
    """This person's own answers about one subject (the id of a child on a contact), form by form;
    those older than 14 days are no longer shown.
    """
    rows = session.scalars(
        select(WorkDraft).where(
            WorkDraft.owner_id == by.user_id,
            WorkDraft.subject == subject,
            WorkDraft.saved_at > at - WORK_DRAFTS_KEPT,
        )
    )
    return {row.form: dict(row.answers) for row in rows}


def draft_of(session: Session, form: str, subject: str, *, by: Actor, at: datetime) -> Answers:
    """This person's own answers on one form about one subject; none if there are none."""
    return drafts_of(session, subject, by=by, at=at).get(form, {})


def keep_draft(
    session: Session, form: str, subject: str, answers: Answers, *, by: Actor, at: datetime
) -> None:
    """Lay these answers over those kept, and touch no other: two windows on one form do not undo
    each other. An answer of None takes one away. A job, which is nobody, keeps nothing.
    """
    row = _own_row(session, form, subject, by=by, at=at)
    there = row.answers if row.saved_at > at - WORK_DRAFTS_KEPT else {}
    both = {**there, **storable_answers(answers)}
    row.answers = {name: answer for name, answer in both.items() if answer is not None}
    row.saved_at = at


def drop_draft(session: Session, form: str, subject: str, *, by: Actor) -> None:
    """Drop this person's own draft, in the transaction in which its words are recorded."""
    session.execute(
        delete(WorkDraft).where(
            WorkDraft.owner_id == by.user_id,
            WorkDraft.form == form,
            WorkDraft.subject == subject,
        )
    )


def _own_row(session: Session, form: str, subject: str, *, by: Actor, at: datetime) -> WorkDraft:
    """The draft as a live row, held against her other windows; begun if there is none yet."""
    if by.user_id is None:
        raise NotFound()
    if (row := _held(session, by.user_id, form, subject)) is not None:
        return row
    new = WorkDraft(owner_id=by.user_id, form=form, subject=subject, answers={}, saved_at=at)
    with suppress(IntegrityError), session.begin_nested():  # another window of hers may be first
        session.add(new)
    row = _held(session, by.user_id, form, subject)
    if row is None:
        raise NotFound()  # nobody of this id has an account
    return row


def _held(session: Session, owner_id: UUID, form: str, subject: str) -> WorkDraft | None:
    return session.scalars(
        select(WorkDraft)
        .where(WorkDraft.owner_id == owner_id, WorkDraft.form == form, WorkDraft.subject == subject)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()
