"""A draft that lies is a worry that nobody has read: its owner is written to after 2 and 7 days."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.contacts.drafts import DRAFTS_KEPT
from mash_triage.contacts.models import ContactDraft
from mash_triage.outbox.actions import post
from mash_triage.outbox.kinds import Kind

REMINDERS = (
    (Kind.DRAFT_LYING_2, timedelta(days=2), timedelta(days=7)),
    (Kind.DRAFT_LYING_7, timedelta(days=7), DRAFTS_KEPT),
)
"""The mail, after how long it is due, and when it is too late for it."""
JOB = Actor.job("remind of drafts")


def remind_of_drafts(session: Session, *, at: datetime) -> int:
    """Post a reminder for each draft that has lain so long; how many. One for each time that it is
    left lying: a word added begins the days anew.
    """
    posted = 0
    for kind, after, before in REMINDERS:
        lying = select(ContactDraft).where(
            ContactDraft.sent_at.is_(None),
            ContactDraft.discarded_at.is_(None),
            ContactDraft.saved_at <= at - after,
            ContactDraft.saved_at > at - before,
        )
        for draft in session.scalars(lying):
            once = f"{kind} {draft.id} {int(draft.saved_at.timestamp())}"
            sent = post(
                session,
                kind,
                to_user=draft.owner_id,
                link="/my_contacts",
                once=once,
                by=JOB,
                at=at,
            )
            posted += sent is not None
    return posted
