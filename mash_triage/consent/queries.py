"""The records of consent and lawful basis of one child, as shown."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.models import UserAccount
from mash_triage.access.roles import Permission
from mash_triage.consent.models import ConsentRecord, LawfulBasisRecord
from mash_triage.contacts.queries import fetch_child


@dataclass(frozen=True)
class ConsentPicture:
    """One person's answer for one purpose, with who recorded it and when."""

    id: UUID
    subject: str
    covers: str
    status: str
    capacity: str
    why_not: str | None
    words: str
    told: str
    by_name: str
    at: datetime
    is_replaced: bool


@dataclass(frozen=True)
class LawfulBasisPicture:
    """One lawful basis, with who recorded it and when."""

    article_6: str
    article_9: str
    gateway: str
    confidentiality: str
    necessity: str
    by_name: str
    at: datetime


def consent_rows(session: Session, contact_child_id: UUID) -> list[ConsentRecord]:
    """All consent records of a child, the first recorded first, for rules."""
    return list(
        session.scalars(
            select(ConsentRecord)
            .where(ConsentRecord.contact_child_id == contact_child_id)
            .order_by(ConsentRecord.recorded_at)
        )
    )


def consent_of(session: Session, contact_child_id: UUID, *, by: Actor) -> list[ConsentPicture]:
    """What each person was told and agreed to, newest first."""
    by.require(Permission.SEE_FRONT_DOOR)
    child = fetch_child(session, contact_child_id, by=by)
    rows = session.execute(
        select(ConsentRecord, UserAccount.name)
        .join(UserAccount, UserAccount.id == ConsentRecord.recorded_by)
        .where(ConsentRecord.contact_child_id == child.id)
        .order_by(ConsentRecord.recorded_at.desc())
    ).all()
    replaced = {row.replaces_id for row, _ in rows}
    return [
        ConsentPicture(
            id=row.id,
            subject=row.subject,
            covers=row.covers,
            status=row.status,
            capacity=row.capacity,
            why_not=row.why_not,
            words=row.words,
            told=row.told,
            by_name=name,
            at=row.recorded_at,
            is_replaced=row.id in replaced,
        )
        for row, name in rows
    ]


def lawful_bases_of(
    session: Session, contact_child_id: UUID, *, by: Actor
) -> list[LawfulBasisPicture]:
    """On what basis information about this child is shared, newest first."""
    by.require(Permission.SEE_FRONT_DOOR)
    child = fetch_child(session, contact_child_id, by=by)
    rows = session.execute(
        select(LawfulBasisRecord, UserAccount.name)
        .join(UserAccount, UserAccount.id == LawfulBasisRecord.recorded_by)
        .where(LawfulBasisRecord.contact_child_id == child.id)
        .order_by(LawfulBasisRecord.recorded_at.desc())
    )
    return [
        LawfulBasisPicture(
            article_6=row.article_6,
            article_9=row.article_9,
            gateway=row.gateway,
            confidentiality=row.confidentiality,
            necessity=row.necessity,
            by_name=name,
            at=row.recorded_at,
        )
        for row, name in rows
    ]
