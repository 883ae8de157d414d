"""The shapes of a plan: contacts that will reach Rivermead, and what will become of each child."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from mash_triage.demo.answers import PlannedConsent


class Stage(StrEnum):
    """Where a child stands at the last moment of the plan, when it is not behind us by then."""

    WAITING_FOR_SCREENING = "waiting_for_screening"
    SCREENING = "screening"
    WAITING_FOR_MANAGER = "waiting_for_manager"
    RETURNED = "returned"
    AGREEMENT_AWAITED = "agreement_awaited"


@dataclass(frozen=True, slots=True)
class PlannedAnalysis:
    """The worker's analysis under its four heads, and what it means for this child."""

    harm: str
    danger: str
    works: str
    harder: str
    so_what: str


@dataclass(frozen=True, slots=True)
class PlannedDeparture:
    """Why level or route is not the one suggested: a code of the edition, and words."""

    reason: str
    words: str


@dataclass(frozen=True, slots=True)
class PlannedDirection:
    """What the manager directs: who does what, within how many days."""

    who: str
    what: str
    within_days: int


@dataclass(frozen=True, slots=True)
class PlannedChild:
    """What becomes of one child on a contact.

    `key` names the child through the whole plan; `child_id` is the register's, None for a child
    whom the authority does not know yet. `route` is None when the child has an allocated worker.
    Everything is filled in for open children too, so that their story can be finished later;
    `decided_after` then lies beyond the last moment, except for agreement that is awaited.
    """

    key: str
    child_id: str | None
    family: int
    indicators: tuple[str, ...]
    strengths: tuple[str, ...]
    suggested_route: str
    rag: str
    level: int
    route: str | None
    outcome: str
    departure: PlannedDeparture | None
    analysis: PlannedAnalysis
    consent: PlannedConsent
    decided_after: timedelta
    rationale: str
    directions: tuple[PlannedDirection, ...]
    repeat_comment: str
    returned_once: str
    protective_action: str
    is_rereferral: bool
    stage: Stage | None = None

    @property
    def is_referral(self) -> bool:
        """Whether the decision accepts a referral for services."""
        return self.outcome in ("s17_assessment", "strategy_discussion")


@dataclass(frozen=True, slots=True)
class PlannedContact:
    """One approach to the front door, the account that sends it, and who works on it.

    `answers` are those of a `ContactSubmission`, in the order of `children`. `worker` screens and
    `manager` decides, both by the e-mail address of their account.
    """

    received_at: datetime
    agency: str
    sender: str
    channel: str
    voice: str
    story: str
    answers: dict[str, Any]
    children: tuple[PlannedChild, ...]
    worker: str
    manager: str
