"""Words of danger in contacts that nobody has taken up, so that the queue does not hide them."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy.orm import Session, joinedload

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.contacts.models import ContactChild
from mash_triage.contacts.queries import children_visible_to
from mash_triage.screening.words import reading_of, words_of

READ_AT_ONCE = 8  # so that no look at the board waits long; the next look reads on
CHARACTERS_AT_ONCE = 8_000  # but one contact always; about half a second
MOST_KEPT = 10_000

_read: dict[tuple[UUID, Actor], bool] = {}  # what was sent never changes


def words_of_danger(session: Session, waiting: Iterable[UUID], *, by: Actor) -> frozenset[UUID]:
    """Those of the waiting children whose referrer's words speak of danger in the next hours, as
    far as this person may read them and as they have been read by now.
    """
    by.require(Permission.SEE_FRONT_DOOR)
    asked = tuple(waiting)
    fresh = [each for each in asked if (each, by) not in _read][:READ_AT_ONCE]
    if len(_read) > MOST_KEPT:
        _read.clear()
    if fresh:
        _read_on(session, fresh, by=by)
    return frozenset(each for each in asked if _read.get((each, by)))


def _read_on(session: Session, fresh: list[UUID], *, by: Actor) -> None:
    """Read these children's words until there was enough for one look."""
    rows = children_visible_to(by).where(ContactChild.id.in_(fresh))
    left = CHARACTERS_AT_ONCE
    for child in session.scalars(rows.options(joinedload(ContactChild.contact))):
        if left <= 0:
            return
        left -= len(words_of(child.contact.submission))
        _read[child.id, by] = reading_of(session, child, by=by).immediate_danger
