"""The children behind a figure: with their reference for whoever may open records, without any
name, reference or day for whoever may not.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.backtest.figures import age_band
from mash_triage.backtest.past import MAY_TRY
from mash_triage.contacts.models import Contact, ContactChild
from mash_triage.contacts.queries import is_visible_to, reported_name
from mash_triage.decisions.models import Decision
from mash_triage.people.models import Person
from mash_triage.screening.models import FactsFrozen
from mash_triage.thresholds.suggest import FactsForSuggestion


@dataclass(frozen=True)
class ChildBehind:
    """Who it is, for somebody who may open the record."""

    id: UUID
    reference: str
    name: str


@dataclass(frozen=True)
class RowBehind:
    """One child behind a figure: the facts that the rules read. `child` is None for somebody
    without access to records.
    """

    facts: FactsForSuggestion
    child: ChildBehind | None

    @property
    def age_band(self) -> str:
        """The age group; the age itself is not told."""
        return age_band(self.facts)


def rows_behind(
    session: Session, contact_child_ids: Sequence[UUID], *, by: Actor
) -> list[RowBehind]:
    """These children, as far as this person may see them.

    Without access to records, restricted children are left out and the order tells nothing: it is
    that of a digest of the facts.
    """
    by.require(*MAY_TRY)
    sees_records = by.can(Permission.SEE_FRONT_DOOR)
    rows = session.execute(
        select(ContactChild, Contact.reference, FactsFrozen.facts["facts"].as_string())
        .join(Contact, Contact.id == ContactChild.contact_id)
        .join(Decision, Decision.contact_child_id == ContactChild.id)
        .join(FactsFrozen, FactsFrozen.id == Decision.facts_id)
        .outerjoin(Person, Person.id == ContactChild.person_id)
        .where(
            ContactChild.id.in_(contact_child_ids),
            is_visible_to(by) if sees_records else _is_open_to_all(),
        )
        .order_by(ContactChild.decided_at.desc(), ContactChild.id.desc())
    ).all()
    if not sees_records:
        rows = sorted(rows, key=lambda row: hashlib.sha256(row[2].encode()).digest())
    return [
        RowBehind(
            FactsForSuggestion.model_validate_json(facts),
            _child(child, reference) if sees_records else None,
        )
        for child, reference, facts in rows
    ]


def _is_open_to_all() -> ColumnElement[bool]:
    is_plain = or_(Person.id.is_(None), Person.restricted.is_(False))
    return and_(is_plain, ContactChild.restricted_name_id.is_(None))


def _child(child: ContactChild, reference: str) -> ChildBehind:
    name = reported_name(
        child.reported_given_names, child.reported_family_name, unborn=child.reported_unborn
    )
    return ChildBehind(child.id, reference, name)
