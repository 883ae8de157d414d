"""The sharing ledger of one child, as shown; and how agreement stands, for deeds that share."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.consent.queries import consent_rows
from mash_triage.contacts.models import ContactChild
from mash_triage.contacts.queries import fetch_child, reported_name
from mash_triage.sharing.grounds import Ground, Standing, of_child
from mash_triage.sharing.models import SharingRecord
from mash_triage.sharing.rules import Basis, Kind


@dataclass(frozen=True)
class SharingPicture:
    """One entry of the ledger. `lacks_word` says that a manager has still to look at it."""

    id: UUID
    kind: Kind
    with_whom: str
    what: str
    purpose: str
    basis: Basis | None
    ground: Ground | None
    agreement_words: str
    why_not_asked: str | None
    because: str
    shared_at: datetime
    authorised_by: str | None
    authorised_at: datetime | None
    by_name: str
    at: datetime

    @property
    def lacks_word(self) -> bool:
        """It was shared without agreement or reason, and no manager has said yes to it yet."""
        return (
            self.kind is Kind.DISCLOSURE
            and self.ground is Ground.MANAGER
            and self.authorised_at is None
        )


def sharing_of(session: Session, contact_child_id: UUID, *, by: Actor) -> list[SharingPicture]:
    """Everything shared about a child, received, and not shared, the newest first."""
    by.require(Permission.SEE_FRONT_DOOR)
    child = fetch_child(session, contact_child_id, by=by)
    rows = session.scalars(
        select(SharingRecord)
        .where(SharingRecord.contact_child_id == child.id)
        .order_by(SharingRecord.shared_at.desc(), SharingRecord.recorded_at.desc())
    )
    return [_picture(row) for row in rows]


def _picture(row: SharingRecord) -> SharingPicture:
    return SharingPicture(
        id=row.id,
        kind=Kind(row.kind),
        with_whom=row.with_whom,
        what=row.what,
        purpose=row.purpose,
        basis=_basis(row),
        ground=Ground(row.agreement) if row.agreement else None,
        agreement_words=row.agreement_words,
        why_not_asked=row.why_not_asked,
        because=row.because,
        shared_at=row.shared_at,
        authorised_by=row.authorised_by_name,
        authorised_at=row.authorised_at,
        by_name=row.recorded_by_name,
        at=row.recorded_at,
    )


def _basis(row: SharingRecord) -> Basis | None:
    if row.basis is None:
        return None
    return Basis(
        article_6=row.basis,
        article_9=row.special_category or "none",
        gateway=row.gateway or "",
        confidentiality=row.confidentiality or "",
        necessity=row.necessity,
    )


def standing_of_child(session: Session, child: ContactChild, *, on: date) -> Standing:
    """How agreement to sharing stands about one child that was fetched."""
    return of_child(
        reported_name(
            child.reported_given_names, child.reported_family_name, unborn=child.reported_unborn
        ),
        consent_rows(session, child.id),
        age=_age(child, on),
        on=on,
    )


def _age(child: ContactChild, on: date) -> int | None:
    born = child.reported_dob
    if born is None:
        return child.reported_age_years
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
