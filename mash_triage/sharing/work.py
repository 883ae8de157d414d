"""The one way into the sharing ledger; part of a deed that asked who may."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.sharing.grounds import Ground
from mash_triage.sharing.models import SharingRecord
from mash_triage.sharing.rules import Basis, Kind
from mash_triage.text import storable


@dataclass(frozen=True)
class Authorised:
    """The manager's word: whose, and when."""

    by: UUID | None
    by_name: str
    at: datetime


@dataclass(frozen=True)
class Entry:
    """One entry as a deed knows it."""

    kind: Kind
    with_whom: str
    what: str
    purpose: str = ""
    basis: Basis | None = None
    ground: Ground | None = None
    agreement_words: str = ""
    why_not_asked: str | None = None
    because: str = ""
    agency_id: UUID | None = None
    about_id: UUID | None = None
    shared_at: datetime | None = None
    authorised: Authorised | None = None


def add_entry(
    session: Session, contact_child_id: UUID, entry: Entry, *, by: Actor, at: datetime
) -> SharingRecord:
    """Write one entry about one child."""
    basis, word = entry.basis, entry.authorised
    row = SharingRecord(
        id=uuid4(),
        contact_child_id=contact_child_id,
        kind=entry.kind,
        agency_id=entry.agency_id,
        with_whom=storable(entry.with_whom.strip()),
        what=storable(entry.what.strip()),
        purpose=storable(entry.purpose.strip()),
        basis=basis.article_6 if basis else None,
        special_category=basis.article_9 if basis else None,
        gateway=basis.gateway if basis else None,
        confidentiality=basis.confidentiality if basis else None,
        necessity=storable(basis.necessity.strip()) if basis else "",
        agreement=entry.ground,
        agreement_words=storable(entry.agreement_words.strip()),
        why_not_asked=entry.why_not_asked,
        because=storable(entry.because.strip()),
        about_id=entry.about_id,
        shared_at=entry.shared_at or at,
        authorised_by=word.by if word else None,
        authorised_by_name=word.by_name if word else None,
        authorised_at=word.at if word else None,
        recorded_by=by.user_id,
        recorded_by_name=by.name,
        recorded_at=at,
    )
    session.add(row)
    return row
