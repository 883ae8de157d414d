"""What rested on links that were undone, for the manager who looks at it anew, and for those who
saw a record through such a link.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, aliased

from mash_triage.access.actor import Actor
from mash_triage.access.models import UserAccount
from mash_triage.access.roles import Permission
from mash_triage.contacts.models import Contact, ContactChild
from mash_triage.contacts.queries import fetch_child, is_visible_to, reported_name
from mash_triage.matching.models import LINKING, LinkReview, MatchDecision, RestedOnLink
from mash_triage.people.queries import may_open_person
from mash_triage.people.resting import Link, Rested, parts

TOLD_FOR = timedelta(days=28)  # whoever saw a record through an undone link is told so long


def link_of(child: ContactChild, decision: MatchDecision, *, until: datetime) -> Link:
    """The link that an answer made, as it stands or stood until this moment."""
    return Link(
        contact_child_id=child.id,
        person_id=decision.person_id,
        household_id=child.household_id,
        since=decision.decided_at,
        until=until,
    )


def rests_on(session: Session, link: Link) -> dict[str, list[Rested]]:
    """Everything that rests on a link, by the name of the part that listed it."""
    return {part.name: list(part.lists(session, link)) for part in parts()}


def headings() -> dict[str, str]:
    """The heading under which each part's things are shown."""
    return {part.name: part.heading for part in parts()}


def rests_on_link_of(
    session: Session, contact_child_id: UUID, *, by: Actor, at: datetime
) -> dict[str, list[str]]:
    """What would have to be looked at anew if this child's link were undone now, in words, by
    heading; of contacts that this person may see.
    """
    by.require(Permission.SEE_FRONT_DOOR)
    child = fetch_child(session, contact_child_id, by=by)
    decision = session.scalars(
        select(MatchDecision).where(
            MatchDecision.contact_child_id == child.id,
            MatchDecision.answer.in_(LINKING),
            MatchDecision.undone_at.is_(None),
        )
    ).first()
    if decision is None:
        return {}
    found = rests_on(session, link_of(child, decision, until=at))
    about = {each.contact_child_id for rested in found.values() for each in rested}
    seen = set(
        session.scalars(
            select(ContactChild.id)
            .join(Contact)
            .where(ContactChild.id.in_(about), is_visible_to(by))
        )
    )
    named = headings()
    return {
        named[name]: [each.words for each in rested if each.contact_child_id in seen]
        for name, rested in found.items()
        if any(each.contact_child_id in seen for each in rested)
    }


def review_visible_to(by: Actor) -> ColumnElement[bool]:
    """The condition on `rested_on_link` joined to its review and to the child it is about."""
    return and_(may_open_person(LinkReview.person_id, by), is_visible_to(by))


@dataclass(frozen=True)
class RestedPicture:
    """One thing to look at anew: under which heading, on whose contact, and what was said of it."""

    id: UUID
    heading: str
    contact_child_id: UUID
    child_name: str
    reference: str
    words: str
    at: datetime
    settled_by_name: str | None
    settled_at: datetime | None
    settled_because: str | None


@dataclass(frozen=True)
class ReviewPicture:
    """A link that was undone, by whom and why, with all that rested on it."""

    id: UUID
    contact_child_id: UUID
    because: str
    by_name: str
    at: datetime
    closed_at: datetime | None
    rested: tuple[RestedPicture, ...]

    @property
    def still_open(self) -> tuple[RestedPicture, ...]:
        """What no manager has looked at yet."""
        return tuple(each for each in self.rested if each.settled_at is None)


def open_link_reviews(session: Session, *, by: Actor) -> list[ReviewPicture]:
    """The managers' list: links undone with something resting on them, the longest waiting
    first.
    """
    by.require(Permission.SEE_DECISION_QUEUE)
    return _reviews(session, LinkReview.closed_at.is_(None), by=by)


def link_reviews_of(session: Session, contact_child_id: UUID, *, by: Actor) -> list[ReviewPicture]:
    """The undone links of one child with all that rested on them, and of others' undone links what
    rested on them of this child; also once they are closed.
    """
    by.require(Permission.SEE_FRONT_DOOR)
    child = fetch_child(session, contact_child_id, by=by)
    own = LinkReview.contact_child_id == child.id
    return _reviews(session, or_(own, RestedOnLink.contact_child_id == child.id), by=by)


def _reviews(session: Session, wanted: ColumnElement[bool], *, by: Actor) -> list[ReviewPicture]:
    opener, settler = aliased(UserAccount), aliased(UserAccount)
    rows = session.execute(
        select(LinkReview, RestedOnLink, ContactChild, Contact.reference, opener.name, settler.name)
        .join(RestedOnLink, RestedOnLink.review_id == LinkReview.id)
        .join(ContactChild, ContactChild.id == RestedOnLink.contact_child_id)
        .join(Contact, Contact.id == ContactChild.contact_id)
        .join(opener, opener.id == LinkReview.opened_by)
        .outerjoin(settler, settler.id == RestedOnLink.settled_by)
        .where(wanted, review_visible_to(by))
        .order_by(LinkReview.opened_at, LinkReview.id, RestedOnLink.happened_at, RestedOnLink.id)
    )
    named = headings()
    found: dict[UUID, ReviewPicture] = {}
    for review, rested, child, reference, opened_by, settled_by in rows:
        earlier = found.get(review.id)
        found[review.id] = ReviewPicture(
            id=review.id,
            contact_child_id=review.contact_child_id,
            because=review.because,
            by_name=opened_by,
            at=review.opened_at,
            closed_at=review.closed_at,
            rested=(
                *(earlier.rested if earlier else ()),
                _rested(rested, child, reference, named[rested.part], settled_by),
            ),
        )
    return list(found.values())


def _rested(
    row: RestedOnLink, child: ContactChild, reference: str, heading: str, settled_by: str | None
) -> RestedPicture:
    return RestedPicture(
        id=row.id,
        heading=heading,
        contact_child_id=child.id,
        child_name=reported_name(
            child.reported_given_names, child.reported_family_name, unborn=child.reported_unborn
        ),
        reference=reference,
        words=row.words,
        at=row.happened_at,
        settled_by_name=settled_by,
        settled_at=row.settled_at,
        settled_because=row.settled_because,
    )


@dataclass(frozen=True)
class SeenThroughLink:
    """Told to whoever opened a contact through a link that was undone since."""

    contact_child_id: UUID
    reference: str
    seen_at: datetime
    undone_at: datetime


def seen_through_undone_links(
    session: Session, *, by: Actor, at: datetime
) -> list[SeenThroughLink]:
    """What this person saw through links undone in the last four weeks: it was about another
    child.
    """
    by.require(Permission.SEE_FRONT_DOOR)
    rows = session.execute(
        select(ContactChild.id, Contact.reference, RestedOnLink.happened_at, LinkReview.opened_at)
        .join(LinkReview, LinkReview.id == RestedOnLink.review_id)
        .join(ContactChild, ContactChild.id == RestedOnLink.contact_child_id)
        .join(Contact, Contact.id == ContactChild.contact_id)
        .where(
            RestedOnLink.viewer_id == by.user_id,
            LinkReview.opened_at.between(at - TOLD_FOR, at),
            is_visible_to(by),
        )
        .order_by(LinkReview.opened_at.desc(), ContactChild.id)
    )
    return [SeenThroughLink(*row) for row in rows]
