"""A manager writes, in plain words, what the family reads of a decision."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.after_sending.amended import facts_said
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.contacts.answers import value_at
from mash_triage.contacts.families import check_knows_not_family
from mash_triage.contacts.models import ContactChild
from mash_triage.contacts.queries import fetch_child
from mash_triage.contacts.status import Status
from mash_triage.hand_on import for_family, rules
from mash_triage.hand_on.models import FamilySummary
from mash_triage.screening.facts import suggestion_for
from mash_triage.text import storable


def write_family_summary(
    session: Session, contact_child_id: UUID, words: str, *, by: Actor, at: datetime
) -> FamilySummary:
    """Keep the words for the family; what was written before stays with its number."""
    by.require(Permission.DECIDE_CONTACT)
    child = fetch_child(session, contact_child_id, by=by, to_change=True)
    check_knows_not_family(session, child.id, by=by)
    rules.check_decided(Status(child.status))
    _facts, suggestion = suggestion_for(session, child, by=by)
    for_family.check_may_be_told(suggestion.do_not_contact_family)
    for_family.check_words(words, never_named(session, child, by=by))

    session.flush()
    last = session.scalar(
        select(func.max(FamilySummary.number)).where(FamilySummary.contact_child_id == child.id)
    )
    row = FamilySummary(
        id=uuid4(),
        contact_child_id=child.id,
        number=(last or 0) + 1,
        words=storable(words.strip()),
        written_by=by.user_id,
        written_at=at,
    )
    session.add(row)
    trail.record(
        session, AuditKind.FAMILY_SUMMARY_WRITTEN, about=child.id, by=by, at=at, number=row.number
    )
    return row


def never_named(session: Session, child: ContactChild, *, by: Actor) -> frozenset[str]:
    """Whatever would say who made contact about this child."""
    contact = child.contact
    names = (child.reported_given_names or "", child.reported_family_name or "")
    named = for_family.parts_never_named(
        contact.referrer_name,
        contact.agency.name,
        is_own_agency=contact.agency_id == by.agency_id,
        child_names=names,
    )
    now = facts_said(session, contact)  # a call's organisation may be put right later
    bodies = (value_at(whole, "referrer.organisation") for whole in (contact.submission, now))
    return named | {each.strip() for each in bodies if isinstance(each, str) and each.strip()}
