"""The five stages of a professional disagreement: who talks with whom, and by when.

The stages follow the escalation procedures of safeguarding partnerships (worker, line managers,
service manager with the named professional, heads of service, independent scrutineer). Their times
are the partnership's own: `MASH_ESCALATION_WORKING_DAYS`.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mash_triage.clocks.rules import after_working_days
from mash_triage.clocks.working_days import BankHolidays
from mash_triage.thresholds.levels import ClockTimes


@dataclass(frozen=True)
class Stage:
    """One stage: who talks with whom, and from when on the answer must name a person."""

    number: int
    words: str
    must_name: bool


STAGES: tuple[Stage, ...] = (
    Stage(1, "Worker to worker", must_name=False),
    Stage(2, "Line managers and safeguarding leads", must_name=False),
    Stage(3, "Service manager with the named or designated professional", must_name=True),
    Stage(4, "Heads of service and the partnership", must_name=True),
    Stage(5, "Independent scrutineer", must_name=True),
)
LAST = STAGES[-1].number
MANAGERS_FROM = 2
"""From this stage on a manager answers, and not the one who decided."""


class Subject(StrEnum):
    """With what an agency disagrees."""

    DECISION = "decision"
    DISCUSSION = "strategy_discussion"
    DELAY = "delay"


SUBJECT_WORDS: dict[Subject, str] = {
    Subject.DECISION: "The decision",
    Subject.DISCUSSION: "A strategy discussion: that there is none, or what it came to",
    Subject.DELAY: "A delay: that nothing is decided yet",
}
BEFORE_DECISION = (Subject.DISCUSSION, Subject.DELAY)


class Turn(StrEnum):
    """Whose answer is awaited."""

    FRONT_DOOR = "front_door"
    REFERRER = "referrer"


class Step(StrEnum):
    """What happened in a disagreement."""

    RAISED = "raised"
    ANSWERED = "answered"
    ESCALATED = "escalated"
    ACCEPTED = "accepted"
    RESOLVED = "resolved"


class Resolution(StrEnum):
    """How a disagreement ended."""

    AGREED = "agreed"
    CHANGED = "changed"
    STANDS = "stands"
    NO_REPLY = "no_reply"


STEP_WORDS: dict[Step, str] = {
    Step.RAISED: "Raised",
    Step.ANSWERED: "Answered by the front door",
    Step.ESCALATED: "Taken further",
    Step.ACCEPTED: "The answer was accepted",
    Step.RESOLVED: "Resolved",
}

RESOLUTION_WORDS: dict[Resolution, str] = {
    Resolution.AGREED: "The agency accepts the answer; the decision stands",
    Resolution.CHANGED: "A manager decided afresh",
    Resolution.STANDS: "After the last stage the decision stands",
    Resolution.NO_REPLY: "The agency did not reply; the decision stands",
}

RESOLUTION_WORDS_BEFORE: dict[Resolution, str] = {
    Resolution.AGREED: "The agency accepts the answer",
    Resolution.CHANGED: "A manager has decided since",
    Resolution.STANDS: "After the last stage the answer stands",
    Resolution.NO_REPLY: "The agency did not reply; the answer stands",
}
"""The same where it was not about a decision."""


def resolution_words(subject: Subject) -> dict[Resolution, str]:
    """The ways in which a disagreement about this can end."""
    return RESOLUTION_WORDS if subject is Subject.DECISION else RESOLUTION_WORDS_BEFORE


SAFETY_GOES_ON = (
    "The child's safety plan goes on meanwhile: nobody waits for this. If a child is in danger "
    "now, call 999."
)


def stage_of(number: int) -> Stage:
    """The stage with this number."""
    return STAGES[number - 1]


def due_of(
    number: int,
    since: datetime,
    days: tuple[int, ...],
    times: ClockTimes,
    holidays: BankHolidays,
) -> datetime:
    """By when this stage is answered, from the moment it began; in UTC."""
    return after_working_days(since, days[number - 1], times, holidays)


def time_words(days: int) -> str:
    """A stage's time in words: `the same working day`, `2 working days`."""
    if days == 0:
        return "the same working day"
    return f"{days} working {'day' if days == 1 else 'days'}"
