"""Words of danger in contacts that nobody has taken up, so that the queue does not hide them."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from sqlalchemy.orm import Session, joinedload

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.contacts.models import ContactChild
from mash_triage.contacts.queries import children_visible_to
from mash_triage.screening.words import reading_of, reading_of_additions, words_of

READ_AT_ONCE = 8  # so that no look at the board waits long; the next look reads on
CHARACTERS_AT_ONCE = 8_000  # but one contact always; about half a second
MOST_KEPT = 10_000

_read: dict[tuple[UUID, Actor], bool] = {}  # what was sent never changes
_added: dict[tuple[UUID, Actor, int], bool] = {}  # nor do the first so many additions


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


def added_words_of_danger(
    session: Session, unread: Mapping[UUID, int], *, by: Actor
) -> frozenset[UUID]:
    """Those of the children with so many additions that nobody has read, of which the words speak
    of danger in the next hours, as far as this person may read them and as read by now.
    """
    by.require(Permission.SEE_FRONT_DOOR)
    fresh = [each for each in unread if (each, by, unread[each]) not in _added]
    if len(_added) > MOST_KEPT:
        _added.clear()
    if fresh:
        rows = children_visible_to(by).where(ContactChild.id.in_(fresh[:READ_AT_ONCE]))
        for child in session.scalars(rows.options(joinedload(ContactChild.contact))):
            reading = reading_of_additions(session, child, by=by)
            _added[child.id, by, unread[child.id]] = reading.immediate_danger
    return frozenset(each for each in unread if _added.get((each, by, unread[each])))


def _read_on(session: Session, fresh: list[UUID], *, by: Actor) -> None:
    """Read these children's words until there was enough for one look."""
    rows = children_visible_to(by).where(ContactChild.id.in_(fresh))
    left = CHARACTERS_AT_ONCE
    for child in session.scalars(rows.options(joinedload(ContactChild.contact))):
        if left <= 0:
            return
        left -= len(words_of(child.contact.submission))
        _read[child.id, by] = reading_of(session, child, by=by).immediate_danger
