"""Closing a discussion: the analysis, section 47 for each child, what is agreed."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.clocks.actions import happened
from mash_triage.clocks.moments import Moment
from mash_triage.clocks.working_days import london_day
from mash_triage.errors import NotAllowed, NotReady
from mash_triage.sharing.by_deeds import Shared, note_discussed
from mash_triage.sharing.rules import Kind
from mash_triage.strategy import quorum, rules
from mash_triage.strategy.actions.holding import need_again
from mash_triage.strategy.codes import Limb, Part, Sector, YesNo
from mash_triage.strategy.models import StrategyChild, StrategyDiscussion, StrategyTask
from mash_triage.strategy.queries import attending_of, fetch_discussion, people_of
from mash_triage.strategy.rules import Agreed, ChildOutcome
from mash_triage.text import storable

LOCAL_AUTHORITY = Sector.LOCAL_AUTHORITY
WORDS = {
    Kind.DISCLOSURE: "What was said at the strategy discussion.",
    Kind.REPLY: "What the agency said at the strategy discussion, or sent to it.",
}
PURPOSE = "To decide together how this child is protected."
UNQUALIFIED = "The outcome is recorded by a social-work-qualified colleague."


def close_discussion(
    session: Session, discussion_id: UUID, facts: Agreed, *, by: Actor, at: datetime
) -> StrategyDiscussion:
    """Record what the discussion came to, and close it. It is quorate only if those attended who
    must; where they did not, the outcome says why it could not wait, and when they meet again.
    """
    by.require(Permission.HOLD_STRATEGY)
    row = fetch_discussion(session, discussion_id, by=by, to_change=True)
    if not by.qualified and not by.may_everything:
        raise NotAllowed(UNQUALIFIED)
    rules.check_open(row.closed_at)
    if row.started_at is None:
        raise NotReady("Record first when it was held and who attended.")
    about = {
        each.contact_child_id: each
        for each in session.scalars(
            select(StrategyChild)
            .where(StrategyChild.discussion_id == row.id)
            .order_by(StrategyChild.contact_child_id)
        )
    }
    missing = quorum.missing_from(attending_of(session, row.id))
    held_on = london_day(row.started_at)
    rules.check_agreed(facts, about.keys(), missing, held_on=held_on, on=london_day(at))

    _write(row, facts)
    row.is_quorate = not missing
    row.without_quorum = storable(facts.without_quorum.strip()) if missing else ""
    row.closed_by, row.closed_at = by.user_id, at
    _add_tasks(session, row, facts)
    if missing:
        need_again(session, row, by=by, at=at)
    settled = [(about[each.contact_child_id], each) for each in facts.children]
    settled.sort(key=lambda pair: str(pair[0].contact_child_id))  # as every deed holds several
    for child, outcome in settled:
        _settle(session, row, child, outcome, by=by, at=at)
        _note_shared(session, row, child.contact_child_id, by=by, at=at)
    session.flush()  # what another deed holds is asked for before the end of the trail is held
    for child, _outcome in settled:
        _note(session, row, child, by=by, at=at)
    return row


def _write(row: StrategyDiscussion, facts: Agreed) -> None:
    row.analysis = storable(facts.analysis.strip())
    row.parents, row.parents_words = facts.parents, storable(facts.parents_words.strip())
    row.other_children = storable(facts.other_children.strip())
    row.next_on = facts.next_on
    if any(each.s47 is YesNo.YES for each in facts.children):
        row.conduct = facts.conduct
        row.medical, row.medical_why = facts.medical, storable(facts.medical_why.strip())
        row.seeing_who, row.seeing_on = storable(facts.seeing_who.strip()), facts.seeing_on
        row.seeing_alone = facts.seeing_alone
        row.seeing_how = storable(facts.seeing_how.strip())


def _add_tasks(session: Session, row: StrategyDiscussion, facts: Agreed) -> None:
    session.add_all(
        StrategyTask(
            discussion_id=row.id,
            position=position,
            what=storable(task.what.strip()),
            who=storable(task.who.strip()),
            due_on=task.due_on,
        )
        for position, task in enumerate(facts.tasks, 1)
    )


def _settle(
    session: Session,
    row: StrategyDiscussion,
    child: StrategyChild,
    outcome: ChildOutcome,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Section 47 for one child; it starts with the discussion that decided on it."""
    starts = outcome.s47 is YesNo.YES
    child.s47, child.reason = starts, storable(outcome.reason.strip())
    child.limb = Limb(outcome.limb) if starts and outcome.limb else None
    child.instead = "" if starts else storable(outcome.instead.strip())
    if starts and row.started_at is not None:
        happened(
            session,
            child.contact_child_id,
            Moment.S47_STARTED,
            took_place_at=row.started_at,
            by=by,
            at=at,
        )


def _note_shared(
    session: Session, row: StrategyDiscussion, child_id: UUID, *, by: Actor, at: datetime
) -> None:
    """Each agency that came heard about the child, and what each said was received."""
    assert row.started_at is not None  # only what was held is closed
    others = [each for each in people_of(session, row.id) if each.sector != LOCAL_AUTHORITY]
    came = {each.agency for each in others if each.part == Part.ATTENDED}
    said = {each.agency for each in others if each.information}
    for kind, agencies in ((Kind.DISCLOSURE, came), (Kind.REPLY, said)):
        for agency in sorted(agencies):
            shared = Shared(agency, WORDS[kind], PURPOSE, row.id, row.started_at)
            note_discussed(session, child_id, kind, shared, by=by, at=at)


def _note(
    session: Session, row: StrategyDiscussion, child: StrategyChild, *, by: Actor, at: datetime
) -> None:
    trail.record(
        session,
        AuditKind.STRATEGY_CLOSED,
        about=child.contact_child_id,
        by=by,
        at=at,
        discussion=row.id,
        s47=child.s47,
        quorate=row.is_quorate,
    )
