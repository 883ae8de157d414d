"""A child is missing, a manager sees to it, and the child is back."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.clocks.actions import happened
from mash_triage.clocks.moments import Moment
from mash_triage.contacts.families import check_knows_not_family
from mash_triage.contacts.queries import fetch_child
from mash_triage.errors import Changed, NotReady
from mash_triage.missing import rules
from mash_triage.missing.local import missing_rules
from mash_triage.missing.models import MissingEpisode, MissingReview, MissingRisk
from mash_triage.missing.queries import episodes_of_child, fetch_episode, interview_rows
from mash_triage.missing.rules import NoticeFacts, ReturnFacts
from mash_triage.people.models import Person
from mash_triage.text import storable


def record_missing(
    session: Session, contact_child_id: UUID, facts: NoticeFacts, *, by: Actor, at: datetime
) -> MissingEpisode:
    """Record that a child is or was missing, from a notice. A manager is to see to it within the
    time of the edition, from when the front door was told; the contact's receipt, unless said.
    """
    by.require(Permission.RECORD_MISSING)
    child = fetch_child(session, contact_child_id, by=by, to_change=True)
    if child.person_id is not None:  # two notices on two contacts wait for each other
        session.execute(select(Person.id).where(Person.id == child.person_id).with_for_update())
    received_at = child.contact.received_at
    rules.check_notice(facts, received_at=received_at, at=at)
    assert facts.missing_since is not None
    back = facts.returned
    if back is not None:
        rules.check_return(back, missing_since=facts.missing_since, at=at)
    earlier = [
        (each.missing_since, each.returned_at) for each in episodes_of_child(session, child, by=by)
    ]
    rules.check_apart(facts.missing_since, back.returned_at if back else None, earlier)
    row = MissingEpisode(
        id=uuid4(),
        contact_child_id=child.id,
        missing_since=facts.missing_since,
        last_seen=storable(facts.last_seen.strip()),
        reporter=storable(facts.reporter.strip()),
        reference=storable(facts.reference.strip()),
        looked_after=facts.looked_after,
        noticed_at=facts.noticed_at or (received_at if received_at >= facts.missing_since else at),
        recorded_by=by.user_id,
        recorded_at=at,
        provider=rules.provider_for(facts.looked_after, missing_rules()),
    )
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError as twice:
        raise Changed(rules.TWICE) from twice
    report(session, row, Moment.MISSING_NOTICE, row.noticed_at, by=by, at=at)
    trail.record(
        session,
        AuditKind.MISSING_RECORDED,
        about=child.id,
        by=by,
        at=at,
        episode=row.id,
        looked_after=row.looked_after,
    )
    if back is not None:
        _is_back(session, row, back, by=by, at=at)
    return row


def record_return(
    session: Session, episode_id: UUID, facts: ReturnFacts, *, by: Actor, at: datetime
) -> None:
    """The child was found or came back; the time for the return home interview begins."""
    by.require(Permission.RECORD_MISSING)
    row = fetch_episode(session, episode_id, by=by, to_change=True)
    if row.returned_at is not None:
        raise Changed("It was recorded already that the child is back. Open the page again.")
    rules.check_return(facts, missing_since=row.missing_since, at=at)
    _is_back(session, row, facts, by=by, at=at)


def review_missing(
    session: Session, episode_id: UUID, words: str, *, by: Actor, at: datetime
) -> MissingReview:
    """A manager has read the notice and says what is to happen. The first one counts for the time;
    she may write again.
    """
    by.require(Permission.DECIDE_CONTACT)
    row = fetch_episode(session, episode_id, by=by, to_change=True)
    check_knows_not_family(session, row.contact_child_id, by=by)
    rules.check_review(words)
    review = MissingReview(
        id=uuid4(),
        episode_id=row.id,
        words=storable(words.strip()),
        reviewed_by=by.user_id,
        reviewed_at=at,
    )
    session.add(review)
    if row.reviewed_at is None:
        row.reviewed_at = at
        report(session, row, Moment.MISSING_REVIEWED, at, by=by, at=at)
    settle(session, row, at=at)
    trail.record(
        session,
        AuditKind.MISSING_REVIEWED,
        about=row.contact_child_id,
        by=by,
        at=at,
        episode=row.id,
    )
    return review


def settle(session: Session, row: MissingEpisode, *, at: datetime) -> None:
    """Note whether anything is still to be done of an episode."""
    session.flush()
    assessed = select(MissingRisk.id).where(MissingRisk.episode_id == row.id).limit(1)
    interviews = [(each.answer, each.held_at) for each in interview_rows(session, row.id)]
    settled = rules.is_settled(
        is_back=row.returned_at is not None,
        reviewed=row.reviewed_at is not None,
        assessed=session.scalars(assessed).first() is not None,
        interview_over=rules.is_over(interviews),
    )
    if settled != (row.settled_at is not None):
        row.settled_at = at if settled else None


def report(
    session: Session,
    row: MissingEpisode,
    moment: Moment,
    took_place_at: datetime,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Tell the clocks what took place with the child, about this episode."""
    happened(
        session,
        row.contact_child_id,
        moment,
        took_place_at=took_place_at,
        about=row.id,
        by=by,
        at=at,
    )


def _is_back(
    session: Session, row: MissingEpisode, facts: ReturnFacts, *, by: Actor, at: datetime
) -> None:
    if facts.returned_at is None:
        raise NotReady("Say when the child was found or came back.")
    row.returned_at, row.returned_how = facts.returned_at, facts.how
    row.returned_words = storable(facts.words.strip())
    row.return_recorded_by, row.return_recorded_at = by.user_id, at
    report(session, row, Moment.RETURNED_FROM_MISSING, facts.returned_at, by=by, at=at)
    trail.record(
        session,
        AuditKind.MISSING_RETURNED,
        about=row.contact_child_id,
        by=by,
        at=at,
        episode=row.id,
        how=facts.how,
    )
