"""The return home interview: who holds it, that it is offered, its answer, and what it brought."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.clocks.moments import Moment
from mash_triage.contacts.families import check_knows_not_family
from mash_triage.errors import Changed, NotFound, NotReady
from mash_triage.missing import rules
from mash_triage.missing.actions.notices import report, settle
from mash_triage.missing.local import missing_rules
from mash_triage.missing.models import MissingEpisode, ReturnInterview
from mash_triage.missing.queries import fetch_episode, interview_rows
from mash_triage.missing.rules import HeldFacts
from mash_triage.text import storable

HELD = "The interview was held already. Open the page again."


def choose_provider(
    session: Session, episode_id: UUID, code: str, because: str, *, by: Actor, at: datetime
) -> None:
    """Somebody else than by rule holds the interview, for a reason."""
    by.require(Permission.RECORD_MISSING)
    row = fetch_episode(session, episode_id, by=by, to_change=True)
    check_knows_not_family(session, row.contact_child_id, by=by)
    rules.check_provider(code, because, missing_rules())
    row.provider, row.provider_because = code, storable(because.strip())
    trail.record(
        session,
        AuditKind.MISSING_PROVIDER_CHOSEN,
        about=row.contact_child_id,
        by=by,
        at=at,
        episode=row.id,
        provider=code,
    )


def offer_return_interview(
    session: Session,
    episode_id: UUID,
    offered_at: datetime | None,
    offered_for: str,
    *,
    to_child: bool,
    by: Actor,
    at: datetime,
) -> ReturnInterview:
    """The interview was offered: when, by whom, and whether to the child. It may be offered again
    after a no.
    """
    by.require(Permission.RECORD_MISSING)
    row = fetch_episode(session, episode_id, by=by, to_change=True)
    check_knows_not_family(session, row.contact_child_id, by=by)
    rules.check_offer(offered_at, offered_for, row.returned_at, at=at)
    assert offered_at is not None
    for each in interview_rows(session, row.id):
        if each.held_at is not None:
            raise Changed(HELD)
        if each.answer is None or each.answer == "accepted":
            raise Changed("It was offered already. Record the answer, or that it was held.")
    offer = ReturnInterview(
        id=uuid4(),
        episode_id=row.id,
        offered_at=offered_at,
        offered_for=storable(offered_for.strip()),
        offered_to_child=to_child,
        recorded_by=by.user_id,
        recorded_at=at,
    )
    session.add(offer)
    report(session, row, Moment.RETURN_INTERVIEW_OFFERED, offered_at, by=by, at=at)
    trail.record(
        session,
        AuditKind.RETURN_INTERVIEW_OFFERED,
        about=row.contact_child_id,
        by=by,
        at=at,
        episode=row.id,
        to_child=to_child,
    )
    settle(session, row, at=at)
    return offer


def answer_return_interview(
    session: Session, interview_id: UUID, answer: str, words: str = "", *, by: Actor, at: datetime
) -> None:
    """The child accepted, or declined with a reason, or it could not be."""
    by.require(Permission.RECORD_MISSING)
    row, interview = _fetch(session, interview_id, by=by)
    if interview.held_at is not None:
        raise Changed(HELD)
    if interview.answer in {"declined", "not_able"}:
        raise Changed("The answer was recorded already. Offer the interview again instead.")
    if interview.answer == answer == "accepted":
        raise Changed("The answer was recorded already. Open the page again.")
    rules.check_answer(answer, words)
    interview.answer, interview.answer_words = answer, storable(words.strip())
    interview.answer_recorded_by, interview.answer_recorded_at = by.user_id, at
    if answer != "accepted":
        report(session, row, Moment.RETURN_INTERVIEW_DECLINED, at, by=by, at=at)
    trail.record(
        session,
        AuditKind.RETURN_INTERVIEW_ANSWERED,
        about=row.contact_child_id,
        by=by,
        at=at,
        episode=row.id,
        answer=answer,
    )
    settle(session, row, at=at)


def record_return_interview(
    session: Session, interview_id: UUID, facts: HeldFacts, *, by: Actor, at: datetime
) -> None:
    """The interview was held: when, by whom, and what the child went from, was drawn to and said.
    Whether that was somebody independent follows from what she is to the child's case.
    """
    by.require(Permission.RECORD_MISSING)
    row, interview = _fetch(session, interview_id, by=by)
    if interview.held_at is not None:
        raise Changed(HELD)
    if row.returned_at is None:
        raise NotReady("Record first that the child was found or came back.")
    rules.check_held(
        facts,
        returned_at=row.returned_at,
        offered_at=interview.offered_at,
        answer=interview.answer,
        at=at,
    )
    assert facts.held_at is not None
    interview.held_at, interview.relation = facts.held_at, facts.relation
    interview.interviewer = storable(facts.interviewer.strip())
    interview.is_independent = rules.is_independent(facts.relation)
    interview.push, interview.pull = sorted(set(facts.push)), sorted(set(facts.pull))
    interview.factor_words = storable(facts.factor_words.strip())
    interview.disclosed = storable(facts.disclosed.strip())
    interview.held_recorded_by, interview.held_recorded_at = by.user_id, at
    report(session, row, Moment.RETURN_INTERVIEW_DONE, facts.held_at, by=by, at=at)
    trail.record(
        session,
        AuditKind.RETURN_INTERVIEW_HELD,
        about=row.contact_child_id,
        by=by,
        at=at,
        episode=row.id,
        independent=interview.is_independent,
        in_72_hours=rules.is_in_time(row.returned_at, facts.held_at),
    )
    settle(session, row, at=at)


def _fetch(
    session: Session, interview_id: UUID, *, by: Actor
) -> tuple[MissingEpisode, ReturnInterview]:
    """An offer with its episode, held until the deed is over."""
    interview = session.get(ReturnInterview, interview_id)
    if interview is None:
        raise NotFound()
    row = fetch_episode(session, interview.episode_id, by=by, to_change=True)
    session.refresh(interview)
    return row, interview
