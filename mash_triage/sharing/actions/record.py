"""Recording that something was shared about a child, or that it was not, because."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.clocks.working_days import london_day
from mash_triage.contacts.families import check_knows_not_family
from mash_triage.contacts.models import ContactChild
from mash_triage.contacts.queries import fetch_child
from mash_triage.errors import Changed, NotFound
from mash_triage.screening.models import Screening
from mash_triage.sharing import rules
from mash_triage.sharing.grounds import Ground, ground, is_child_protection, lacking_words
from mash_triage.sharing.models import SharingRecord
from mash_triage.sharing.queries import standing_of_child
from mash_triage.sharing.rules import Basis, Kind
from mash_triage.sharing.work import Authorised, Entry, add_entry


@dataclass(frozen=True)
class DisclosureFacts:
    """What was shared, with whom, what for, on what basis, and why nobody was asked if so."""

    with_whom: str
    what: str
    purpose: str
    basis: Basis
    shared_at: datetime
    why_not_asked: str | None = None
    why_not_words: str = ""


def record_disclosure(
    session: Session, contact_child_id: UUID, facts: DisclosureFacts, *, by: Actor, at: datetime
) -> SharingRecord:
    """Record what was shared outside a request, as by telephone. A fact is recorded in any case;
    one that needs a manager's word says so until it has it.
    """
    by.require(Permission.SCREEN_CONTACT)
    child = fetch_child(session, contact_child_id, by=by)
    rules.check_told(facts.with_whom, facts.what, facts.purpose)
    rules.check_basis(facts.basis)
    rules.check_why_not_asked(facts.why_not_asked)
    rules.check_moment(facts.shared_at, at=at)
    standing = standing_of_child(session, child, on=london_day(facts.shared_at))
    route = session.scalar(select(Screening.route).where(Screening.contact_child_id == child.id))
    rests_on = ground(
        [standing], facts.why_not_asked, protects=is_child_protection(child.rag, route)
    )
    entry = Entry(
        kind=Kind.DISCLOSURE,
        with_whom=facts.with_whom,
        what=facts.what,
        purpose=facts.purpose,
        basis=facts.basis,
        ground=rests_on,
        agreement_words=agreement_words(facts.why_not_words, lacking_words([standing])),
        why_not_asked=facts.why_not_asked,
        shared_at=facts.shared_at,
        authorised=_own_word(rests_on, by, at),
    )
    row = add_entry(session, child.id, entry, by=by, at=at)
    trail.record(
        session,
        AuditKind.DISCLOSURE_RECORDED,
        about=child.id,
        by=by,
        at=at,
        entry=row.id,
        rests_on=rests_on,
        gateway=facts.basis.gateway,
    )
    return row


def agreement_words(why_not_words: str, lacking: list[str]) -> str:
    """The worker's reason in words, and whose agreement is missing."""
    return "\n".join(each for each in (why_not_words.strip(), *lacking) if each)


def _own_word(rests_on: Ground, by: Actor, at: datetime) -> Authorised | None:
    """A manager who shares without agreement has given her word by doing so."""
    if rests_on is Ground.MANAGER and by.can(Permission.AUTHORISE_SHARING):
        return Authorised(by.user_id, by.name, at)
    return None


def authorise_disclosure(session: Session, entry_id: UUID, *, by: Actor, at: datetime) -> None:
    """A manager has looked at what was shared without agreement or reason, and stands by it."""
    by.require(Permission.AUTHORISE_SHARING)
    row = session.get(SharingRecord, entry_id)
    if row is None or row.kind != Kind.DISCLOSURE:
        raise NotFound()
    child = fetch_child(session, row.contact_child_id, by=by, to_change=True)
    check_knows_not_family(session, child.id, by=by)
    session.refresh(row)
    if row.authorised_at is not None or row.agreement != Ground.MANAGER:
        raise Changed("A manager has given her word already, or none is needed.")
    row.authorised_by, row.authorised_by_name, row.authorised_at = by.user_id, by.name, at
    trail.record(
        session, AuditKind.DISCLOSURE_AUTHORISED, about=child.id, by=by, at=at, entry=row.id
    )


def record_not_shared(
    session: Session,
    contact_child_id: UUID,
    with_whom: str,
    what: str,
    because: str,
    *,
    by: Actor,
    at: datetime,
) -> SharingRecord:
    """Record that something was not shared, because: as Children Act 2004 section 16LA asks where
    sharing would do the child more harm than not.
    """
    by.require(Permission.SCREEN_CONTACT)
    child: ContactChild = fetch_child(session, contact_child_id, by=by)
    rules.check_not_shared(with_whom, what, because)
    entry = Entry(kind=Kind.NOT_SHARED, with_whom=with_whom, what=what, because=because)
    row = add_entry(session, child.id, entry, by=by, at=at)
    trail.record(session, AuditKind.NOT_SHARED_RECORDED, about=child.id, by=by, at=at, entry=row.id)
    return row
