"""The sharing ledger of one child, as shown; and how agreement stands, for deeds that share."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, not_, select
from sqlalchemy.orm import Session, aliased

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.consent.queries import consent_rows
from mash_triage.contacts.models import ContactChild
from mash_triage.contacts.queries import fetch_child, reported_name
from mash_triage.contacts.seen import PART_IS_RESTRICTED
from mash_triage.people.queries import may_open_name, may_open_person
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
    rows = session.execute(
        select(SharingRecord, _words_are_open(by))
        .where(SharingRecord.contact_child_id == child.id)
        .order_by(SharingRecord.shared_at.desc(), SharingRecord.recorded_at.desc())
    )
    return [_picture(row) if is_open else _cut(_picture(row)) for row, is_open in rows]


def _words_are_open(by: Actor) -> ColumnElement[bool]:
    """Words of a request may name every child it covers: no entry of it is of a closed child."""
    other, child = aliased(SharingRecord), aliased(ContactChild)
    closed = not_(
        and_(may_open_person(child.person_id, by), may_open_name(child.restricted_name_id, by))
    )
    of_closed = exists().where(
        other.about_id == SharingRecord.about_id, child.id == other.contact_child_id, closed
    )
    return not_(of_closed.correlate(SharingRecord))


def _cut(seen: SharingPicture) -> SharingPicture:
    """Without the words that may name a child whose record is closed to this person."""
    return replace(
        seen,
        purpose=PART_IS_RESTRICTED if seen.purpose else "",
        because=PART_IS_RESTRICTED if seen.because else "",
        agreement_words=PART_IS_RESTRICTED if seen.agreement_words else "",
        basis=replace(seen.basis, necessity=PART_IS_RESTRICTED) if seen.basis else None,
    )


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
