"""The manager decides for one child, and what follows from it."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission, deciding
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.clocks.actions import stop_clocks
from mash_triage.clocks.working_days import london_day
from mash_triage.consent.queries import consent_rows
from mash_triage.consent.rules import agreement_to_early_help
from mash_triage.contacts.actions import tell_sender
from mash_triage.contacts.families import check_knows_not_family
from mash_triage.contacts.models import ContactChild
from mash_triage.contacts.queries import fetch_child, name_of
from mash_triage.contacts.status import Status
from mash_triage.decisions import rules
from mash_triage.decisions.actions.night import check_may_decide, mark_for_review, may_decide_alone
from mash_triage.decisions.actions.promised import report_decided
from mash_triage.decisions.before import (
    NOT_HELD,
    StrategyFacts,
    check_discussion_over,
    check_not_talked_down,
)
from mash_triage.decisions.models import (
    Decision,
    Direction,
    HelpOffer,
    Referral,
    ToldToReferrer,
)
from mash_triage.decisions.queries import recent_referral, who_screened
from mash_triage.decisions.rules import DecisionFacts
from mash_triage.decisions.tasks import open_discussion
from mash_triage.decisions.telling import unnamed_on_contact, whom_to_tell
from mash_triage.decisions.told import check_told
from mash_triage.errors import Changed, NotReady
from mash_triage.hand_on.actions import follow_outcome
from mash_triage.outbox.kinds import Kind
from mash_triage.screening.actions import freeze
from mash_triage.screening.actions.strategy import settle_strategy
from mash_triage.screening.facts import frozen, suggestion_for
from mash_triage.screening.models import Screening
from mash_triage.text import storable
from mash_triage.thresholds.queries import edition_of
from mash_triage.thresholds.routes import REFERRAL_OUTCOMES, Outcome

REREFERRAL_WITHIN = timedelta(days=365)  # DfE: a referral within 12 months of an earlier one


def record_decision(
    session: Session,
    contact_child_id: UUID,
    facts: DecisionFacts,
    *,
    seen: int | None = None,
    strategy: StrategyFacts | None = NOT_HELD,
    by: Actor,
    at: datetime,
) -> Decision:
    """Record the manager's decision for one child on a contact; at night, where the authority
    allows it, that of one qualified person, which a manager reviews by day.

    `seen` is the version of the child that the form was drawn from: a decision taken on an older
    picture is refused, and nothing typed is lost by it. `strategy` is how the strategy discussion
    stands; whoever does not say is taken to know of none, and None is for a place that keeps none.
    """
    by.require(*deciding(qualified=by.qualified))
    child = fetch_child(session, contact_child_id, by=by, to_change=True)
    check_unchanged(session, child, seen)
    _check_screened(session, child)
    rules.check_person_known(child.person_id)
    screened = who_screened(session, child.id)
    times = edition_of(session, child.contact.edition_id).clocks
    check_may_decide(times, by, at=at)
    alone = may_decide_alone(times, at=at)
    rules.check_second_pair_of_eyes(screened, by.user_id, alone=alone)
    check_knows_not_family(session, child.id, by=by)
    known, suggestion = suggestion_for(session, child, by=by)
    edition = edition_of(session, child.contact.edition_id)
    check_not_talked_down(suggestion.triggered, facts.route, strategy)
    is_open = open_discussion(session, child.id, by=by) is not None
    check_discussion_over(facts.outcome, is_open=is_open)
    rules.check_decision(edition, suggestion, facts, on=london_day(at))
    telling = whom_to_tell(session, child.id, by=by)
    check_told(edition, facts.level, facts.told, telling, unnamed_on_contact(session, child))
    accepted_on = recent_referral(session, child.person_id, at=at)
    rules.check_already_open(accepted_on, facts)
    may_be_open = accepted_on is not None and facts.outcome in REFERRAL_OUTCOMES

    as_known = frozen(session, child, known, suggestion, on=london_day(at))
    facts_row = freeze(session, child, "decided", as_known, by=by, at=at)
    is_departure = rules.departs_from(suggestion, facts)
    decision = Decision(
        id=uuid4(),
        contact_child_id=child.id,
        outcome=facts.outcome,
        route=facts.route,
        level=facts.level,
        rationale=storable(facts.rationale.strip()),
        departure=facts.departure if is_departure else None,
        departure_words=storable(facts.departure_words.strip()) if is_departure else "",
        repeat_comment=storable(facts.repeat_comment.strip()),
        contingency=storable(facts.contingency.strip()),
        already_open=facts.already_open if may_be_open else None,
        facts_id=facts_row.id,
        decided_by=by.user_id,
        decided_at=at,
    )
    session.add(child.move_to(Status.DECIDED, by=by, at=at))
    child.decided_by, child.decided_at, child.next_due_at = by.user_id, at, None
    stop_clocks(session, child.id, at=at)
    session.add(decision)
    session.flush()  # what follows from the decision names it
    _follow(session, child, decision, facts, by=by, at=at)
    decided_alone = by.user_id in screened or not by.can(Permission.DECIDE_CONTACT)
    if decided_alone:
        mark_for_review(session, child, decision, at=at)
    report_decided(session, child, facts, by=by, at=at)
    settle_strategy(session, child, facts.outcome, by=by, at=at)
    trail.record(
        session,
        AuditKind.DECISION_RECORDED,
        about=child.id,
        by=by,
        at=at,
        outcome=facts.outcome,
        route=facts.route,
        level=facts.level,
        suggested_route=suggestion.route,
        departure=decision.departure,
        withheld=facts.told.withheld,
        facts_sha256=facts_row.sha256,
        alone=decided_alone,
    )
    tell_sender(session, child.contact, Kind.OUTCOME_READY, by=by, at=at)
    return decision


def check_unchanged(session: Session, child: ContactChild, seen: int | None) -> None:
    """The second of two managers is told who decided what, and when."""
    status = Status(child.status)
    if status is Status.DECIDED:
        raise Changed(_who_decided(session, child))
    if status is not Status.MANAGER_REVIEW:
        raise Changed("This child is no longer waiting for a manager. Open the page again.")
    if seen is not None and seen != child.version:
        raise Changed("Somebody has just changed this child. Read what is new, then decide.")


def _who_decided(session: Session, child: ContactChild) -> str:
    decision = session.scalars(
        select(Decision).where(Decision.contact_child_id == child.id)
    ).first()
    if decision is None:
        return "This child was decided already."
    outcome = edition_of(session, child.contact.edition_id).outcome_of(Outcome(decision.outcome))
    return (
        f"{name_of(session, decision.decided_by)} has just decided: {outcome.words}, "
        f"level {decision.level}. Your text is still here to copy."
    )


def _check_screened(session: Session, child: ContactChild) -> None:
    screening = session.scalars(
        select(Screening.id).where(Screening.contact_child_id == child.id)
    ).first()
    if screening is None:
        raise NotReady("This child has not been screened yet.")


def _follow(
    session: Session,
    child: ContactChild,
    decision: Decision,
    facts: DecisionFacts,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """What a decision brings with it: what is told, what is handed on, directions, a referral, an
    offer of help.
    """
    session.add(_told(decision, facts, by=by, at=at))
    follow_outcome(session, child.id, facts.outcome, by=by, at=at)
    session.add_all(
        Direction(
            decision_id=decision.id,
            what=storable(each.what.strip()),
            who=storable(each.who.strip()),
            due_on=each.due_on,
        )
        for each in facts.directions
    )
    if facts.outcome in REFERRAL_OUTCOMES and decision.already_open != "yes":
        session.add(_referral(session, child, decision, by=by, at=at))
    if facts.outcome is Outcome.EARLY_HELP:
        agreement = agreement_to_early_help(consent_rows(session, child.id), on=london_day(at))
        session.add(
            HelpOffer(
                id=uuid4(),
                contact_child_id=child.id,
                owner=storable(facts.owner.strip()),
                agreement_due_on=facts.agreement_due_on,
                offered_by=by.user_id,
                offered_at=at,
                consent_id=agreement.id if agreement else None,
            )
        )


def _told(decision: Decision, facts: DecisionFacts, *, by: Actor, at: datetime) -> ToldToReferrer:
    told = facts.told
    return ToldToReferrer(
        decision_id=decision.id,
        reasons=[str(reason) for reason in told.reasons],
        words=storable(told.words.strip()),
        explaining_rule=told.explaining_rule,
        withheld=told.withheld,
        withheld_words=storable(told.withheld_words.strip()),
        chosen_by=by.user_id,
        chosen_at=at,
    )


def _referral(
    session: Session, child: ContactChild, decision: Decision, *, by: Actor, at: datetime
) -> Referral:
    earlier = None
    if child.person_id is not None:
        earlier = session.scalars(
            select(Referral.id)
            .where(
                Referral.person_id == child.person_id,
                Referral.accepted_at >= at - REREFERRAL_WITHIN,
            )
            .limit(1)
        ).first()
    return Referral(
        id=uuid4(),
        contact_child_id=child.id,
        decision_id=decision.id,
        person_id=child.person_id,
        referred_on=london_day(child.received_at),
        source_code=child.contact.source_code,
        is_rereferral=earlier is not None,
        accepted_by=by.user_id,
        accepted_at=at,
    )
