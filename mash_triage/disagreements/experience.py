"""How referrers found it: what one said of her contact, and the counts for managers."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.contacts.models import Contact
from mash_triage.contacts.queries import fetch_contact, is_own
from mash_triage.disagreements.models import Experience

SCORES = (1, 2, 3, 4, 5)
SCORE_WORDS = {1: "1, very poor", 2: "2, poor", 3: "3, fair", 4: "4, good", 5: "5, very good"}
LAST_DAYS = timedelta(days=90)
MOST_WORDS = 20


@dataclass(frozen=True)
class ExperiencePicture:
    """What the referrer said of one contact."""

    score: int
    words: str
    at: datetime


def experience_of(session: Session, reference: str, *, by: Actor) -> ExperiencePicture | None:
    """What was said of this contact by whoever sent it; none until she has."""
    by.require(Permission.SEE_OWN_CONTACTS, Permission.SEE_AGENCY_CONTACTS)
    contact = fetch_contact(session, reference, by=by)
    row = session.scalars(
        select(Experience)
        .join(Contact, Contact.id == Experience.contact_id)
        .where(Experience.contact_id == contact.id, is_own(by))
    ).first()
    return ExperiencePicture(row.score, row.words, row.rated_at) if row else None


def experience_counts(session: Session, *, by: Actor, at: datetime) -> dict[int, int]:
    """How many contacts were rated with each score in the last 90 days, none left out."""
    by.require(Permission.SEE_MEASURES)
    rows = session.execute(
        select(Experience.score, func.count().label("rated"))
        .where(Experience.rated_at >= at - LAST_DAYS)
        .group_by(Experience.score)
    )
    found = {row.score: row.rated for row in rows}
    return {score: found.get(score, 0) for score in SCORES}


@dataclass(frozen=True)
class ExperienceWords:
    """What a referrer wrote beside her score."""

    contact_id: UUID
    score: int
    words: str
    at: datetime


def experience_words(session: Session, *, by: Actor, at: datetime) -> list[ExperienceWords]:
    """The latest words beside scores, for managers; who wrote them is not said."""
    by.require(Permission.SEE_DECISION_QUEUE)
    rows = session.scalars(
        select(Experience)
        .where(Experience.words != "", Experience.rated_at >= at - LAST_DAYS)
        .order_by(Experience.rated_at.desc())
        .limit(MOST_WORDS)
    )
    return [ExperienceWords(row.contact_id, row.score, row.words, row.rated_at) for row in rows]
