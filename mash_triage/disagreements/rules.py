"""What a disagreement needs before it moves, and before it ends. It never lapses by itself."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from mash_triage.clocks.rules import is_overdue
from mash_triage.disagreements.models import Disagreement
from mash_triage.disagreements.stages import (
    LAST,
    MANAGERS_FROM,
    Resolution,
    Subject,
    Turn,
    stage_of,
)
from mash_triage.errors import Changed, NotAllowed, NotReady

LONGEST_NAME = 200  # characters; the record has room for no more


@dataclass(frozen=True)
class Risk:
    """A child is at immediate risk, so stages are passed over: in whose words why."""

    words: str


@dataclass(frozen=True)
class ResolutionFacts:
    """How a disagreement ends: in what way, why, for whom, and what was learned from it.

    `resolved_for` names the person who resolved it, with the post. `new_decision` is the decision
    that a manager took afresh.
    """

    resolution: Resolution
    words: str
    resolved_for: str
    learning: str
    new_decision: UUID | None = None


def check_words(words: str, asked: str) -> None:
    """Refuse an empty answer, saying what is asked."""
    if not words.strip():
        raise NotReady(asked)


def check_open(row: Disagreement) -> None:
    """Refuse a step in a disagreement that was resolved meanwhile."""
    if row.resolved_at is not None:
        raise Changed("This disagreement was resolved already. Open the page again.")


def check_subject(subject: Subject, *, is_decided: bool) -> None:
    """A decision can be disagreed with once there is one; until then a discussion, or a delay."""
    if subject is Subject.DECISION and not is_decided:
        raise NotReady(
            "This child is not decided yet. Say whether you disagree with a strategy discussion or "
            "with the delay, send what you know, or call the duty number."
        )
    if subject is not Subject.DECISION and is_decided:
        raise NotReady("This child is decided by now. Disagree with the decision.")


def check_first_stage(stage: int, risk: Risk | None) -> None:
    """A disagreement begins at stage 1, unless a child is at immediate risk."""
    if not 1 <= stage <= LAST:
        raise NotReady(f"Choose a stage from 1 to {LAST}.")
    if stage > 1:
        _check_risk(risk, "A disagreement begins at stage 1.")


def check_next_stage(row: Disagreement, stage: int, risk: Risk | None, *, at: datetime) -> None:
    """A stage follows the one before once that was answered or its time has run out; any later
    stage may be chosen at once where a child is at immediate risk.
    """
    check_open(row)
    if row.stage == LAST:
        raise NotReady("This is the last stage. It ends with the scrutineer's answer.")
    if not row.stage < stage <= LAST:
        raise NotReady(f"Choose a stage from {row.stage + 1} to {LAST}.")
    in_time = row.turn == Turn.FRONT_DOOR and not is_overdue(row.due_at, at=at)
    if in_time:
        _check_risk(risk, "The front door still has time to answer this stage.")
    elif stage > row.stage + 1:
        _check_risk(risk, "The next stage comes first.")


def _check_risk(risk: Risk | None, otherwise: str) -> None:
    if risk is None or not risk.words.strip():
        raise NotReady(
            f"{otherwise} If a child is at immediate risk, say so and in what way, and choose "
            "any stage."
        )


def check_answerer(
    row: Disagreement, whose: UUID | None, by: UUID | None, *, manager: bool
) -> None:
    """From stage 2 on a manager answers, other than the one who decided, or who has the child."""
    if row.stage < MANAGERS_FROM:
        return
    if not manager:
        raise NotAllowed(f"From stage {MANAGERS_FROM} on a manager answers.")
    if by is not None and by == whose:
        what = "took this decision" if row.decision_id else "work on this child"
        raise NotAllowed(f"You {what}. From stage {MANAGERS_FROM} on somebody else answers.")


def check_answer(row: Disagreement, words: str, named: str) -> None:
    """An answer has words and, from stage 3 on, the name of the person who gave it."""
    check_open(row)
    if row.turn != Turn.FRONT_DOOR:
        raise Changed("This stage was answered already. Open the page again.")
    check_words(words, "Write the answer: what was considered, and why.")
    if stage_of(row.stage).must_name:
        check_words(named, "Name the person who answers this stage, with the post.")
    check_fits(named)


def check_accepting(row: Disagreement) -> None:
    """Only an answer that was given can be accepted."""
    check_open(row)
    if row.turn != Turn.REFERRER:
        raise NotReady("The front door has not answered this stage yet.")
    if row.is_accepted:
        raise Changed("The answer was accepted already.")


def check_resolution(row: Disagreement, facts: ResolutionFacts, *, at: datetime) -> None:
    """It ends with a named person's reasons, and only when its way allows: the agency accepted; a
    manager decided afresh; the last stage was answered; or the agency's time to reply ran out.
    """
    check_open(row)
    check_words(facts.words, "Give the reasons for this resolution.")
    check_words(facts.resolved_for, "Name the person who resolved it, with the post.")
    check_words(facts.learning, "Say what is learned from it, or that nothing is and why.")
    check_fits(facts.resolved_for)
    answered = row.turn == Turn.REFERRER
    match facts.resolution:
        case Resolution.AGREED if not row.is_accepted:
            raise NotReady("The agency has not accepted the answer.")
        case Resolution.STANDS if not (row.stage == LAST and answered):
            raise NotReady(f"Only the answer of stage {LAST} ends it against the agency's view.")
        case Resolution.NO_REPLY if not (answered and is_overdue(row.due_at, at=at)):
            raise NotReady("The agency still has time to reply to the answer.")
        case Resolution.CHANGED if facts.new_decision is None:
            raise NotReady(
                "No later decision about this child is named. A resolution changes nothing by "
                "itself: enter a new contact, have it screened and decided, then name it here."
            )
    if facts.resolution is not Resolution.CHANGED and facts.new_decision is not None:
        raise NotReady("A new decision is named only where a manager decided afresh.")


def check_fits(name: str) -> None:
    """Refuse a name for which the record has no room."""
    if len(name.strip()) > LONGEST_NAME:
        raise NotReady(f"Shorten the name and post to {LONGEST_NAME} characters or fewer.")
