"""Recording what people were told and agreed to, and on what lawful basis information is shared."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.consent import rules
from mash_triage.consent.models import ConsentRecord, LawfulBasisRecord
from mash_triage.consent.queries import consent_rows
from mash_triage.contacts.families import check_knows_not_family
from mash_triage.contacts.queries import fetch_child
from mash_triage.errors import NotReady
from mash_triage.text import storable


@dataclass(frozen=True)
class ConsentFacts:
    """One person's answer for one purpose, as recorded by a worker."""

    subject: str
    covers: str
    status: str
    capacity: str = "parental_responsibility"
    given_by: str = ""
    how: str | None = None
    why_not: str | None = None
    words: str = ""
    told: str = "not_known"
    expires_on: date | None = None
    override_basis: str | None = None
    override_note: str | None = None
    replaces_id: UUID | None = None


def record_consent(
    session: Session, contact_child_id: UUID, facts: ConsentFacts, *, by: Actor, at: datetime
) -> ConsentRecord:
    """Add one person's answer for one purpose; a change of mind is a new record that replaces.

    The same person's last answer for the same purpose is replaced, or the one named. A refusal is
    replaced by nobody but whoever refused. Whoever knows the family records none.
    """
    by.require(Permission.SCREEN_CONTACT, Permission.START_HELP)
    child = fetch_child(session, contact_child_id, by=by, to_change=True)
    check_knows_not_family(session, child.id, by=by)
    subject = storable(facts.subject.strip())
    given_by = storable(facts.given_by.strip()) or subject
    rules.check_person(subject, given_by)
    rules.check_codes(facts.covers, facts.capacity, facts.told, facts.how)
    rules.check_consent(facts.status, facts.why_not, facts.words)
    earlier = rules.earlier_answer(
        consent_rows(session, child.id), subject, given_by, facts.covers, facts.replaces_id
    )
    rules.check_replaces(earlier, given_by, facts.capacity)

    authorised = by.can(Permission.DECIDE_CONTACT) and facts.override_basis is not None
    record = ConsentRecord(
        id=uuid4(),
        contact_child_id=child.id,
        subject=subject,
        given_by=given_by,
        capacity=facts.capacity,
        covers=facts.covers,
        status=facts.status,
        asked="no" if facts.status in rules.NEVER_ASKED else "yes",
        how=facts.how,
        why_not=facts.why_not,
        words=storable(facts.words.strip()),
        told=facts.told,
        expires_on=facts.expires_on,
        override_basis=facts.override_basis,
        override_note=storable(facts.override_note) if facts.override_note else None,
        authorised_by=by.user_id if authorised else None,
        authorised_at=at if authorised else None,
        replaces_id=earlier.id if earlier else None,
        recorded_by=by.user_id,
        recorded_at=at,
    )
    session.add(record)
    trail.record(
        session,
        AuditKind.CONSENT_RECORDED,
        about=child.id,
        by=by,
        at=at,
        covers=facts.covers,
        status=facts.status,
    )
    return record


def record_lawful_basis(
    session: Session,
    contact_child_id: UUID,
    *,
    article_6: str,
    article_9: str,
    gateway: str,
    confidentiality: str,
    necessity: str,
    by: Actor,
    at: datetime,
) -> LawfulBasisRecord:
    """Record why sharing about this child is lawful and necessary; usually not by consent."""
    by.require(Permission.SCREEN_CONTACT)
    child = fetch_child(session, contact_child_id, by=by)
    check_knows_not_family(session, child.id, by=by)
    chosen = (
        (article_6, rules.ARTICLE_6),
        (article_9, rules.ARTICLE_9),
        (gateway, rules.GATEWAY),
        (confidentiality, rules.CONFIDENTIALITY),
    )
    if any(code not in codes for code, codes in chosen):
        raise NotReady("Choose the lawful basis, the condition, the gateway and confidentiality.")
    if not necessity.strip():
        raise NotReady("Say in a sentence why sharing is necessary and no more than needed.")

    record = LawfulBasisRecord(
        id=uuid4(),
        contact_child_id=child.id,
        article_6=article_6,
        article_9=article_9,
        gateway=gateway,
        confidentiality=confidentiality,
        necessity=storable(necessity.strip()),
        recorded_by=by.user_id,
        recorded_at=at,
    )
    session.add(record)
    trail.record(
        session, AuditKind.LAWFUL_BASIS_RECORDED, about=child.id, by=by, at=at, gateway=gateway
    )
    return record
