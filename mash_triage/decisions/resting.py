"""The decisions and referrals that rested on who a child was taken to be."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from mash_triage.decisions.models import Decision, Referral
from mash_triage.people.resting import Link, Part, Rested
from mash_triage.screening.resting import counted_through


def _decisions(session: Session, link: Link) -> Sequence[Rested]:
    """The child's own decision, and others' that counted contacts through the link."""
    counted = [facts.id for facts in counted_through(session, link)]
    rows = session.scalars(
        select(Decision)
        .where(
            or_(Decision.contact_child_id == link.contact_child_id, Decision.facts_id.in_(counted))
        )
        .order_by(Decision.decided_at, Decision.id)
    )
    found = [
        Rested(
            subject=row.id,
            contact_child_id=row.contact_child_id,
            words=(
                "The decision was taken for the record that was linked."
                if row.contact_child_id == link.contact_child_id
                else "The decision counted a contact that is about another child."
            ),
            at=row.decided_at,
        )
        for row in rows
    ]
    return found + _referrals(session, link)


def _referrals(session: Session, link: Link) -> list[Rested]:
    """The child's own referral, and later ones of the record that were called re-referrals."""
    own = session.scalars(
        select(Referral).where(Referral.contact_child_id == link.contact_child_id)
    ).first()
    if own is None:
        return []
    later = session.scalars(
        select(Referral)
        .where(
            Referral.person_id == link.person_id,
            Referral.is_rereferral,
            Referral.accepted_at.between(own.accepted_at, link.until),
            Referral.id != own.id,
        )
        .order_by(Referral.accepted_at, Referral.id)
    )
    words = "The referral was counted for the record that was linked."
    again = "The referral was counted as a re-referral."
    return [
        Rested(own.id, own.contact_child_id, words, own.accepted_at),
        *(Rested(row.id, row.contact_child_id, again, row.accepted_at) for row in later),
    ]


def _take_referral_along(session: Session, contact_child_id: UUID, person_id: int | None) -> None:
    """A referral belongs to the record that its child is linked to: none while nobody says so."""
    for referral in session.scalars(
        select(Referral).where(Referral.contact_child_id == contact_child_id)
    ):
        referral.person_id = person_id


PART = Part("decision", "Decisions and referrals", _decisions, _take_referral_along)
COLUMNS = {"referral.person_id": "emptied with the link, and filled when the review is closed"}
