"""Past contacts as they were known when decided, a page at a time, newest decision first.

Each page is a transaction of its own: nobody waits for a long one, and memory stays as it is
however many contacts there are. A decision is never edited, so pages agree with each other.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, String, and_, cast, func, or_, select, true
from sqlalchemy.orm import Session, aliased

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.contacts.models import Contact, ContactChild
from mash_triage.contacts.queries import is_visible_to
from mash_triage.decisions.models import Decision
from mash_triage.people.models import Household, PersonLink
from mash_triage.screening.models import FactsFrozen

MAY_TRY = (Permission.KEEP_LEVELS_OF_NEED, Permission.SEE_DECISION_QUEUE)
PAGE = 1_000  # contacts read at once: a tenth of a second, a megabyte
ROOM_KIB = 256 * 1024  # for a trial at one go: the keys of a million contacts stay deciphered

Look = Callable[[], AbstractContextManager[Session]]
"""Opens one transaction that only reads."""

Links = dict[int, list[int]]
"""For each record that is linked to others as one child's: those others."""


class PastContact(NamedTuple):
    """One decided child on a contact: the frozen facts as JSON, and what splits are made by.

    `back_at` is when the next contact about the same child came after the decision, if one did.
    """

    id: UUID
    decided_at: datetime
    facts: str
    sex: str
    source: str
    disabled: str | None
    ethnicity: str | None
    postcode: str | None
    back_at: datetime | None


@dataclass(frozen=True)
class Past:
    """The contacts decided in a time, as far as one person may count them."""

    since: datetime
    until: datetime
    by: Actor

    def count(self, session: Session) -> int:
        """How many there are."""
        self.by.require(*MAY_TRY)
        # Whoever was decided has a decision, so the index of decided children is enough.
        counted = select(func.count(ContactChild.id)).where(*self._wanted())
        return session.scalar(counted) or 0

    def pages(self, look: Look, size: int = PAGE) -> Iterator[list[PastContact]]:
        """All of them, newest decision first."""
        self.by.require(*MAY_TRY)
        with look() as session:
            links = _links(session)
        page: list[PastContact] = []
        while True:
            with look() as session:
                page = self._page(session, links, page[-1] if page else None, size)
            if page:
                yield page
            if len(page) < size:
                return

    def _page(
        self, session: Session, links: Links, last: PastContact | None, size: int
    ) -> list[PastContact]:
        child = ContactChild
        query = _query(session).where(*self._wanted())
        if last is not None:
            same_moment = and_(child.decided_at == last.decided_at, child.id < last.id)
            # The first condition alone says where the index is entered.
            query = query.where(
                child.decided_at <= last.decided_at,
                or_(child.decided_at < last.decided_at, same_moment),
            )
        rows = session.execute(query.limit(size)).all()
        return [_past(session, row, links) for row in rows]

    def _wanted(self) -> tuple[ColumnElement[bool], ...]:
        """Who may open records counts those she may open; who may open none counts all."""
        visible = is_visible_to(self.by) if self.by.can(Permission.SEE_FRONT_DOOR) else true()
        decided_at = ContactChild.decided_at
        return decided_at >= self.since, decided_at <= self.until, visible


def _query(session: Session) -> Select[Any]:
    child, later = ContactChild, aliased(ContactChild)
    back_at = (
        select(func.min(later.received_at))
        .where(later.person_id == child.person_id, later.received_at > child.decided_at)
        .scalar_subquery()
    )
    return (
        select(
            child.id,
            child.decided_at,
            FactsFrozen.facts["facts"].as_string(),
            child.reported_sex,
            Contact.source_code,
            _said(session, "disabled"),
            _said(session, "ethnicity"),
            Household.postcode,
            back_at,
            child.person_id,
        )
        .select_from(child)
        .join(Contact, Contact.id == child.contact_id)
        .join(Decision, Decision.contact_child_id == child.id)
        .join(FactsFrozen, FactsFrozen.id == Decision.facts_id)
        .outerjoin(Household, Household.id == child.household_id)
        .order_by(child.decided_at.desc(), child.id.desc())
    )


def _said(session: Session, answer: str) -> ColumnElement[str | None]:
    """One answer of the referrer about this child, taken out of what was sent by the database."""
    place = cast(ContactChild.position, String)
    if session.get_bind().dialect.name == "sqlite":
        return func.json_extract(Contact.submission, "$.children[" + place + f"].{answer}")
    return func.jsonb_extract_path_text(Contact.submission, "children", place, answer)


def _past(session: Session, row: Any, links: Links) -> PastContact:
    """A row of the query; `person_id`, its last column, only leads to records linked to it."""
    past, person_id = PastContact(*row[:-1]), row[-1]
    if person_id not in links:
        return past
    elsewhere = session.scalar(
        select(func.min(ContactChild.received_at)).where(
            ContactChild.person_id.in_(links[person_id]),
            ContactChild.received_at > past.decided_at,
        )
    )
    came = [moment for moment in (past.back_at, elsewhere) if moment]
    return past._replace(back_at=min(came, default=None))


def _links(session: Session) -> Links:
    pairs = session.execute(
        select(PersonLink.person_id, PersonLink.other_id).where(PersonLink.undone_at.is_(None))
    )
    groups: dict[int, set[int]] = {}
    for one, other in pairs:
        whole = groups.get(one, {one}) | groups.get(other, {other})
        groups.update(dict.fromkeys(whole, whole))
    return {one: sorted(whole - {one}) for one, whole in groups.items()}
