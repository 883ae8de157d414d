"""What other deeds share about a child, such as a step-down: each writes its line of the ledger.

Nobody has to remember the ledger. The lawful basis is the newest that stands on the child's record
at that moment; where none does, the line says so.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.models import UserAccount
from mash_triage.access.roles import Permission
from mash_triage.clocks.working_days import london_day
from mash_triage.consent.models import LawfulBasisRecord
from mash_triage.consent.queries import consent_rows
from mash_triage.consent.rules import agreement_to_early_help
from mash_triage.contacts.models import ContactChild
from mash_triage.screening.models import Screening
from mash_triage.sharing.grounds import Ground, ground, is_child_protection, lacking_words
from mash_triage.sharing.models import SharingRecord
from mash_triage.sharing.queries import standing_of_child
from mash_triage.sharing.rules import LONGEST_NAME, Basis, Kind
from mash_triage.sharing.work import Authorised, Entry, add_entry


@dataclass(frozen=True)
class Shared:
    """With whom, what, what for, by which row of the deed, and when."""

    with_whom: str
    what: str
    purpose: str
    about_id: UUID
    shared_at: datetime


def note_handed_on(
    session: Session, child: ContactChild, shared: Shared, *, is_help: bool, by: Actor, at: datetime
) -> SharingRecord:
    """A decided child is handed on. Without agreement it rests on the word of the manager who
    decided so. Agreement to early help covers the service that gives it.
    """
    on = london_day(at)
    standing = standing_of_child(session, child, on=on)
    route = session.scalar(select(Screening.route).where(Screening.contact_child_id == child.id))
    rests_on = ground([standing], None, protects=is_child_protection(child.rag, route))
    if is_help and agreement_to_early_help(consent_rows(session, child.id), on=on) is not None:
        rests_on = Ground.AGREEMENT
    word = _word_for(session, child, by=by, at=at) if rests_on is Ground.MANAGER else None
    lacking = lacking_words([standing]) if rests_on is Ground.MANAGER else []
    entry = _entry(session, child.id, Kind.DISCLOSURE, shared, rests_on, lacking, word)
    return add_entry(session, child.id, entry, by=by, at=at)


def note_discussed(
    session: Session, contact_child_id: UUID, kind: Kind, shared: Shared, *, by: Actor, at: datetime
) -> SharingRecord:
    """Shared or received at a strategy discussion, which is for a child's protection."""
    rests_on = Ground.PROTECTION if kind is Kind.DISCLOSURE else None
    entry = _entry(session, contact_child_id, kind, shared, rests_on, [], None)
    return add_entry(session, contact_child_id, entry, by=by, at=at)


def _entry(
    session: Session,
    contact_child_id: UUID,
    kind: Kind,
    shared: Shared,
    rests_on: Ground | None,
    lacking: list[str],
    word: Authorised | None,
) -> Entry:
    return Entry(
        kind=kind,
        with_whom=shared.with_whom[:LONGEST_NAME],
        what=shared.what,
        purpose=shared.purpose,
        basis=_newest_basis(session, contact_child_id) if kind is Kind.DISCLOSURE else None,
        ground=rests_on,
        agreement_words="\n".join(lacking),
        about_id=shared.about_id,
        shared_at=shared.shared_at,
        authorised=word,
    )


def _word_for(
    session: Session, child: ContactChild, *, by: Actor, at: datetime
) -> Authorised | None:
    """Of whoever decided; before a decision that of a manager who does it herself, or none yet."""
    if child.decided_by is None or child.decided_at is None:
        may = by.can(Permission.AUTHORISE_SHARING)
        return Authorised(by.user_id, by.name, at) if may else None
    name = session.get_one(UserAccount, child.decided_by).name
    return Authorised(child.decided_by, name, child.decided_at)


def _newest_basis(session: Session, contact_child_id: UUID) -> Basis | None:
    row = session.scalars(
        select(LawfulBasisRecord)
        .where(LawfulBasisRecord.contact_child_id == contact_child_id)
        .order_by(LawfulBasisRecord.recorded_at.desc())
        .limit(1)
    ).first()
    if row is None:
        return None
    return Basis(row.article_6, row.article_9, row.gateway, row.confidentiality, row.necessity)
