"""The facts frozen for a manager that counted earlier contacts through a link."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from mash_triage.contacts.models import ContactChild
from mash_triage.people.resting import Link, Part, Rested
from mash_triage.screening.models import FactsFrozen

COUNTED_FOR = timedelta(days=365)  # the longest that an earlier contact counts as a repeat
_MOMENTS = {"sent": "sent to a manager", "decided": "decided"}


def counted_through(session: Session, link: Link) -> list[FactsFrozen]:
    """Frozen facts that counted contacts through this link: the child's own, and those of later
    contacts about the same record or household, among whose earlier ones the child's was counted.
    """
    child = session.get_one(ContactChild, link.contact_child_id)
    same = ContactChild.person_id == link.person_id
    if link.household_id is not None:
        same = or_(same, ContactChild.household_id == link.household_id)
    later = and_(
        same,
        ContactChild.contact_id != child.contact_id,
        ContactChild.received_at.between(child.received_at, child.received_at + COUNTED_FOR),
    )
    rows = session.scalars(
        select(FactsFrozen)
        .join(ContactChild, ContactChild.id == FactsFrozen.contact_child_id)
        .where(
            or_(ContactChild.id == child.id, later),
            FactsFrozen.frozen_at.between(link.since, link.until),
        )
        .order_by(FactsFrozen.frozen_at, FactsFrozen.id)
    )
    return [row for row in rows if row.facts["facts"]["repeat_12_months"]]


def _counts(session: Session, link: Link) -> Sequence[Rested]:
    return [
        Rested(
            subject=row.id,
            contact_child_id=row.contact_child_id,
            words=(
                f"When this child was {_MOMENTS.get(row.moment, row.moment)}, "
                f"{row.facts['facts']['repeat_3_months']} earlier contacts in 3 months and "
                f"{row.facts['facts']['repeat_12_months']} in 12 months were counted."
            ),
            at=row.frozen_at,
        )
        for row in counted_through(session, link)
    ]


PART = Part("counts", "Repeat contacts counted", _counts)
COLUMNS: dict[str, str] = {}
