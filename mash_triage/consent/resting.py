"""The agreement recorded while a child was linked to a record: that family's, or another's?"""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from mash_triage.consent.models import ConsentRecord
from mash_triage.people.resting import Link, Part, Rested


def _records(session: Session, link: Link) -> Sequence[Rested]:
    rows = session.scalars(
        select(ConsentRecord)
        .where(
            ConsentRecord.contact_child_id == link.contact_child_id,
            ConsentRecord.recorded_at.between(link.since, link.until),
        )
        .order_by(ConsentRecord.recorded_at)
    )
    return [
        Rested(
            subject=row.id,
            contact_child_id=row.contact_child_id,
            words=f"An answer about {row.covers.replace('_', ' ')} was recorded: {row.status}.",
            at=row.recorded_at,
        )
        for row in rows
    ]


PART = Part("consent", "Agreement recorded meanwhile", _records)
COLUMNS: dict[str, str] = {}
