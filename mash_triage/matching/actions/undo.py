"""A wrong link is undone, and everything that rested on it is put before a manager."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.contacts.families import check_knows_not_family
from mash_triage.contacts.models import ContactChild
from mash_triage.contacts.queries import fetch_child
from mash_triage.contacts.status import UNDECIDED, Status
from mash_triage.errors import Changed, NotFound, NotReady
from mash_triage.matching.actions.answer import (
    check_reason,
    check_undecided,
    mark_undone,
    standing_link,
)
from mash_triage.matching.link_reviews import link_of, rests_on, review_visible_to
from mash_triage.matching.models import LinkReview, MatchDecision, RestedOnLink
from mash_triage.people.models import Person
from mash_triage.people.resting import Link, Rested, parts
from mash_triage.text import storable


def undo_match(
    session: Session, contact_child_id: UUID, *, because: str, by: Actor, at: datetime
) -> None:
    """Take a link back before the child is decided, with a reason; the answer stays on record as
    undone. Where something about another child rested on it, a manager looks at that anew.
    """
    by.require(Permission.SCREEN_CONTACT)
    child = fetch_child(session, contact_child_id, by=by, to_change=True)
    check_knows_not_family(session, child.id, by=by)
    check_undecided(child)
    check_reason(because)
    decision = standing_link(session, child)
    link = link_of(child, decision, until=at)

    rested = rests_on(session, link)
    unlink(child, decision, because, by=by, at=at)
    trail.record(
        session, AuditKind.MATCH_UNDONE, about=child.id, by=by, at=at, answer=decision.answer
    )
    if _concerns_others(rested, child.id):
        open_review(session, decision, link, rested, by=by, at=at)


def _concerns_others(rested: dict[str, list[Rested]], child_id: UUID) -> bool:
    """Does anything but looks rest on the link, of another child than the one being screened?"""
    return any(
        each.contact_child_id != child_id and each.viewer_id is None
        for found in rested.values()
        for each in found
    )


def recall_match(
    session: Session, contact_child_id: UUID, *, because: str, by: Actor, at: datetime
) -> LinkReview:
    """A manager undoes the link of a child who was decided, with a reason. Nothing is destroyed:
    what rested on the link is listed and waits for a manager's review, and who the child is can be
    said again.
    """
    by.require(Permission.DECIDE_CONTACT)
    child = fetch_child(session, contact_child_id, by=by, to_change=True)
    check_knows_not_family(session, child.id, by=by)
    if Status(child.status) in UNDECIDED:
        raise NotReady("This child is not decided yet. Undo the link on the child's page.")
    check_reason(because)
    decision = standing_link(session, child)
    link = link_of(child, decision, until=at)

    rested = rests_on(session, link)
    unlink(child, decision, because, by=by, at=at)
    return open_review(session, decision, link, rested, by=by, at=at)


def unlink(
    child: ContactChild, decision: MatchDecision, because: str, *, by: Actor, at: datetime
) -> None:
    """The child is nobody's record again; the answer stays, marked as undone."""
    mark_undone(decision, because, by=by, at=at)
    child.person_id = child.household_id = child.restricted_name_id = None


def open_review(
    session: Session,
    decision: MatchDecision,
    link: Link,
    rested: dict[str, list[Rested]],
    *,
    by: Actor,
    at: datetime,
) -> LinkReview:
    """Put what rested on a link that was undone before a manager, and reopen each part of it."""
    review = LinkReview(
        id=uuid4(),
        match_decision_id=decision.id,
        contact_child_id=link.contact_child_id,
        person_id=link.person_id,
        because=decision.undone_because or "",
        opened_by=by.user_id,
        opened_at=at,
    )
    session.add(review)
    session.flush()  # what rested on the link names its review
    session.add_all(
        RestedOnLink(
            review_id=review.id,
            part=name,
            subject=str(each.subject),
            contact_child_id=each.contact_child_id,
            words=each.words,
            happened_at=each.at,
            viewer_id=each.viewer_id,
        )
        for name, found in rested.items()
        for each in found
    )
    _reopen(session, link.contact_child_id, None)
    trail.record(
        session,
        AuditKind.MATCH_RECALLED,
        about=link.contact_child_id,
        by=by,
        at=at,
        person=session.get_one(Person, link.person_id).ref,
        rested={name: [str(each.subject) for each in found] for name, found in rested.items()},
        seen_by=sorted(
            {str(e.viewer_id) for found in rested.values() for e in found if e.viewer_id}
        ),
    )
    return review


def settle_rested(
    session: Session, rested_id: UUID, words: str, *, by: Actor, at: datetime
) -> None:
    """A manager looked anew at one thing that rested on an undone link, and says what follows.

    The last one closes the review, once it is said again who the child is.
    """
    by.require(Permission.DECIDE_CONTACT)
    row, review = _fetch_rested(session, rested_id, by=by)
    check_knows_not_family(session, row.contact_child_id, by=by)
    if not words.strip():
        raise NotReady("Say what you found, and what follows from it.")
    if row.settled_at is not None:
        raise Changed("Somebody has just reviewed this.")
    child = session.get_one(ContactChild, review.contact_child_id)
    is_last = _still_open(session, review) == 1
    if is_last and child.person_id is None:
        raise NotReady("Say first who this child is, then review the last of these.")

    row.settled_by, row.settled_at, row.settled_because = by.user_id, at, storable(words.strip())
    if is_last:
        review.closed_by, review.closed_at = by.user_id, at
        _reopen(session, child.id, child.person_id)
    trail.record(
        session,
        AuditKind.LINK_REVIEWED,
        about=review.contact_child_id,
        by=by,
        at=at,
        part=row.part,
        subject=row.subject,
        closed=is_last,
    )


def _reopen(session: Session, contact_child_id: UUID, person_id: int | None) -> None:
    for part in parts():
        part.reopens(session, contact_child_id, person_id)


def _fetch_rested(
    session: Session, rested_id: UUID, *, by: Actor
) -> tuple[RestedOnLink, LinkReview]:
    found = session.execute(
        select(RestedOnLink, LinkReview)
        .join(LinkReview, LinkReview.id == RestedOnLink.review_id)
        .join(ContactChild, ContactChild.id == RestedOnLink.contact_child_id)
        .where(RestedOnLink.id == rested_id, review_visible_to(by))
        .with_for_update(of=LinkReview)
        .execution_options(populate_existing=True)
    ).first()
    if found is None:
        raise NotFound()
    return found[0], found[1]


def _still_open(session: Session, review: LinkReview) -> int:
    return (
        session.scalar(
            select(func.count(RestedOnLink.id)).where(
                RestedOnLink.review_id == review.id, RestedOnLink.settled_at.is_(None)
            )
        )
        or 0
    )
