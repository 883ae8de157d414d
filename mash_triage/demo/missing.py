"""Children who went missing: some months of episodes, one missing now, one not recorded yet; of the
older reports a manager has said why none is recorded.

The notices are those that the town's police sent; whoever screened and decided the child sees to
it. Times differ from child to child by their place in the list, so that it is the same every time.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.queries import actor_for, fetch_user
from mash_triage.access.roles import Permission
from mash_triage.contacts.models import Contact, ContactChild
from mash_triage.missing import actions
from mash_triage.missing.models import MissingEpisode
from mash_triage.missing.reported import CONCERN
from mash_triage.missing.rules import HeldFacts, NoticeFacts, ReturnFacts, RiskFacts

MOST = 16
LOOKED_AT = 60
HOUR = timedelta(hours=1)

LAST_SEEN = ("Leaving the house in the afternoon.", "At the bus stop, by a friend.")
REVIEWED = "Read with the history. The school was asked, and the interview is to be offered."
RISK = RiskFacts(
    "medium", "not_known", "no", "no", "Away with friends whom the family knows; no harm known."
)
HIGH = RiskFacts(
    "high", "yes", "no", "not_known", "Collected by an older person whom nobody at home knows."
)
DECLINED = "The young person said there was nothing to talk about."
FACTORS = "Wanted to be away from the arguing for a night."
NO_NOTICE = "Was with a relative, as the carer knew, and back before anybody had to look."


def go_missing(session: Session, *, at: datetime, most: int = MOST) -> None:
    """Episodes for the latest so many children whose contact is about going missing."""
    decided: list[ContactChild] = []
    waiting: list[ContactChild] = []
    for child in _children(session):
        (decided if child.decided_at else waiting).append(child)
    for number, child in enumerate(decided[:most]):
        _episode(session, child, number, at=at)
    session.flush()
    _settle_the_others(session)
    for child in waiting[1:2]:  # the first of them is left for the visitor
        _notice(session, child, 0, at=at)


def _children(session: Session) -> Iterator[ContactChild]:
    """The newest first, whom a worker has taken up; of one person only one."""
    rows = session.scalars(
        select(ContactChild)
        .join(Contact)
        .where(Contact.main_concern == CONCERN, ContactChild.taken_up_by.is_not(None))
        .order_by(Contact.received_at.desc(), Contact.id, ContactChild.position)
        .limit(LOOKED_AT)
    )
    seen = set()
    for child in rows:
        if child.person_id is None or child.person_id not in seen:
            seen.add(child.person_id)
            yield child


def _settle_the_others(session: Session) -> None:
    """Of each decided child without an episode, the manager who decided says why."""
    rows = session.scalars(
        select(ContactChild)
        .join(Contact)
        .outerjoin(MissingEpisode, MissingEpisode.contact_child_id == ContactChild.id)
        .where(
            Contact.main_concern == CONCERN,
            ContactChild.decided_at.is_not(None),
            MissingEpisode.id.is_(None),
        )
        .order_by(Contact.received_at, Contact.id, ContactChild.position)
    ).all()
    for child in rows:
        assert child.decided_at is not None  # as was asked for
        manager = _somebody(session, child.decided_by)
        actions.settle_report(session, child.id, NO_NOTICE, by=manager, at=child.decided_at)


def _notice(
    session: Session, child: ContactChild, number: int, *, at: datetime
) -> MissingEpisode | None:
    """The worker records it an hour after it came."""
    worker, received = _somebody(session, child.taken_up_by), child.contact.received_at
    recorded = min(received + HOUR, at)
    if not worker.can(Permission.RECORD_MISSING):
        return None
    facts = NoticeFacts(
        missing_since=received - (3 + number % 5 * 3) * HOUR,
        last_seen=LAST_SEEN[number % 2],
        reporter="Whoever has the care of the child, by telephone to the police",
        looked_after="yes" if number % 4 == 3 else "no",
    )
    row = actions.record_missing(session, child.id, facts, by=worker, at=recorded)
    risk = HIGH if number % 5 == 2 else RISK
    actions.assess_risk(session, row.id, risk, by=worker, at=recorded)
    return row


def _episode(session: Session, child: ContactChild, number: int, *, at: datetime) -> None:
    """From the notice to the interview, as far as it has come by now."""
    row = _notice(session, child, number, at=at)
    if row is None:
        return
    worker, received = _somebody(session, child.taken_up_by), child.contact.received_at
    read = received + (2 + number % 3) * HOUR
    if read < at:
        manager = _somebody(session, child.decided_by)
        actions.review_missing(session, row.id, REVIEWED, by=manager, at=read)
    back = received + (4 + number % 4 * 2) * HOUR
    if back + HOUR > at:
        return
    how = "by_police" if number % 2 else "by_themselves"
    actions.record_return(session, row.id, ReturnFacts(back, how), by=worker, at=back + HOUR)
    _interview(session, row, number, back, by=worker, at=at)


def _interview(
    session: Session, row: MissingEpisode, number: int, back: datetime, *, by: Actor, at: datetime
) -> None:
    offered = back + (18 + number % 3 * 8) * HOUR
    held = back + (90 if number % 5 == 4 else 40) * HOUR
    if held > at:
        return
    offer = actions.offer_return_interview(
        session, row.id, offered, "Youth service", to_child=True, by=by, at=offered
    )
    if number % 6 == 5:
        actions.answer_return_interview(session, offer.id, "declined", DECLINED, by=by, at=offered)
        return
    actions.answer_return_interview(session, offer.id, "accepted", by=by, at=offered)
    facts = HeldFacts(
        held_at=held,
        interviewer="A worker of the youth service",
        relation="own_worker" if number % 7 == 6 else "youth_service",
        push=("conflict_at_home",) if number % 2 else ("not_heard", "bullying"),
        pull=("family_or_friends",),
        factor_words=FACTORS,
    )
    actions.record_return_interview(session, offer.id, facts, by=by, at=held)


def _somebody(session: Session, user_id: UUID | None) -> Actor:
    assert user_id is not None  # each was asked for with the moment of it
    return actor_for(fetch_user(session, user_id))
