"""How great the risk is, what is offered for the screening, and who does what."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.contacts.families import check_knows_not_family
from mash_triage.errors import Changed, NotFound, NotReady
from mash_triage.missing import rules
from mash_triage.missing.actions.notices import settle
from mash_triage.missing.models import MissingAction, MissingRisk
from mash_triage.missing.queries import fetch_episode, offered_for
from mash_triage.missing.rules import RiskFacts
from mash_triage.screening.actions import propose_indicators
from mash_triage.text import storable

SENTENCE = "Offered by the record of a missing episode."


def assess_risk(
    session: Session, episode_id: UUID, facts: RiskFacts, *, by: Actor, at: datetime
) -> MissingRisk:
    """Judge the risk to the child. It sets no level, no rating and no indicator; earlier
    assessments stay.
    """
    by.require(Permission.RECORD_MISSING)
    row = fetch_episode(session, episode_id, by=by, to_change=True)
    check_knows_not_family(session, row.contact_child_id, by=by)
    rules.check_risk(facts)
    risk = MissingRisk(
        id=uuid4(),
        episode_id=row.id,
        level=facts.level,
        exploitation=facts.exploitation,
        health=facts.health,
        medication=facts.medication,
        words=storable(facts.words.strip()),
        assessed_by=by.user_id,
        assessed_at=at,
    )
    session.add(risk)
    settle(session, row, at=at)
    trail.record(
        session,
        AuditKind.MISSING_RISK_ASSESSED,
        about=row.contact_child_id,
        by=by,
        at=at,
        episode=row.id,
        level=facts.level,
    )
    return risk


def propose_from_missing(session: Session, episode_id: UUID, *, by: Actor, at: datetime) -> int:
    """Propose in the screening what the episode offers; the worker accepts or rejects each."""
    by.require(Permission.SCREEN_CONTACT)
    row = fetch_episode(session, episode_id, by=by)
    codes = offered_for(session, row, by=by, at=at)
    if not codes:
        raise NotReady("This episode offers nothing for the screening.")
    sentences = dict.fromkeys(codes, SENTENCE)
    return propose_indicators(session, row.contact_child_id, sentences, "missing", by=by, at=at)


def add_action(
    session: Session,
    episode_id: UUID,
    what: str,
    owner: str,
    due_on: date | None,
    *,
    by: Actor,
    at: datetime,
) -> MissingAction:
    """Somebody does something by a day."""
    by.require(Permission.RECORD_MISSING)
    row = fetch_episode(session, episode_id, by=by, to_change=True)
    check_knows_not_family(session, row.contact_child_id, by=by)
    rules.check_action(what, owner, due_on, at=at)
    assert due_on is not None
    action = MissingAction(
        id=uuid4(),
        episode_id=row.id,
        what=storable(what.strip()),
        owner=storable(owner.strip()),
        due_on=due_on,
        added_by=by.user_id,
        added_at=at,
    )
    session.add(action)
    trail.record(
        session,
        AuditKind.MISSING_ACTION_ADDED,
        about=row.contact_child_id,
        by=by,
        at=at,
        episode=row.id,
    )
    return action


def finish_action(session: Session, action_id: UUID, *, by: Actor, at: datetime) -> None:
    """It is done."""
    by.require(Permission.RECORD_MISSING)
    action, child_id = _fetch(session, action_id, by=by)
    action.done_by, action.done_at = by.user_id, at
    trail.record(
        session,
        AuditKind.MISSING_ACTION_DONE,
        about=child_id,
        by=by,
        at=at,
        episode=action.episode_id,
    )


def leave_action_undone(
    session: Session, action_id: UUID, because: str, *, by: Actor, at: datetime
) -> None:
    """It is not done and will not be, with the reason, which is kept beside it."""
    by.require(Permission.RECORD_MISSING)
    action, child_id = _fetch(session, action_id, by=by)
    check_knows_not_family(session, child_id, by=by)
    rules.check_line(because, "Say why it is not done.", most=2_000)
    not_done(action, because, by=by, at=at)
    trail.record(
        session,
        AuditKind.MISSING_ACTION_NOT_DONE,
        about=child_id,
        by=by,
        at=at,
        episode=action.episode_id,
    )


def not_done(action: MissingAction, because: str, *, by: Actor, at: datetime) -> None:
    """End an action that was fetched as not done."""
    action.not_done_by, action.not_done_at = by.user_id, at
    action.not_done_because = storable(because.strip())


def _fetch(session: Session, action_id: UUID, *, by: Actor) -> tuple[MissingAction, UUID]:
    """An action that has not ended, its episode held until the deed is over; and whose it is."""
    action = session.get(MissingAction, action_id)
    if action is None:
        raise NotFound()
    row = fetch_episode(session, action.episode_id, by=by, to_change=True)
    session.refresh(action)
    if action.done_at is not None:
        raise Changed("That is recorded as done already. Open the page again.")
    if action.not_done_at is not None:
        raise Changed("That is recorded as not done already. Open the page again.")
    return action, row.contact_child_id
