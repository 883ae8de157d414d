"""The life of a child on a contact: every status, and the only moves there are."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Protocol, TypeVar

from mash_triage.errors import NotReady


class Status(StrEnum):
    """Where a child on a contact stands."""

    DRAFT = "draft"
    RECEIVED = "received"
    ACKNOWLEDGED = "acknowledged"
    SCREENING = "screening"
    AWAITING_REFERRER = "awaiting_referrer"
    MASH_ENQUIRY = "mash_enquiry"
    ANALYSIS = "analysis"
    MANAGER_REVIEW = "manager_review"
    RETURNED_TO_WORKER = "returned_to_worker"
    DECIDED = "decided"
    TRANSFERRED = "transferred"
    CLOSED = "closed"
    VOID = "void"


S = Status

MOVES: dict[Status, frozenset[Status]] = {
    S.DRAFT: frozenset({S.RECEIVED}),
    S.RECEIVED: frozenset({S.ACKNOWLEDGED}),
    S.ACKNOWLEDGED: frozenset({S.SCREENING}),
    S.SCREENING: frozenset({S.AWAITING_REFERRER, S.MASH_ENQUIRY, S.ANALYSIS, S.MANAGER_REVIEW}),
    S.AWAITING_REFERRER: frozenset({S.SCREENING, S.MANAGER_REVIEW}),
    S.MASH_ENQUIRY: frozenset({S.ANALYSIS, S.MANAGER_REVIEW}),
    S.ANALYSIS: frozenset({S.MANAGER_REVIEW}),
    S.MANAGER_REVIEW: frozenset({S.RETURNED_TO_WORKER, S.DECIDED}),
    S.RETURNED_TO_WORKER: frozenset({S.SCREENING, S.MANAGER_REVIEW}),
    S.DECIDED: frozenset({S.TRANSFERRED, S.CLOSED, S.VOID}),
    S.TRANSFERRED: frozenset({S.CLOSED}),
    S.CLOSED: frozenset(),
    S.VOID: frozenset(),
}

WAITING_FOR_SCREENING = frozenset({S.RECEIVED, S.ACKNOWLEDGED})
WITH_WORKER = frozenset(
    {S.SCREENING, S.AWAITING_REFERRER, S.MASH_ENQUIRY, S.ANALYSIS, S.RETURNED_TO_WORKER}
)
WAITING_FOR_MANAGER = frozenset({S.MANAGER_REVIEW})
UNDECIDED = WAITING_FOR_SCREENING | WITH_WORKER | WAITING_FOR_MANAGER
OVER = frozenset({S.CLOSED, S.VOID})
"""Nothing more is done on this contact; a new worry comes as a new one."""

ENDED = OVER | {S.DECIDED, S.TRANSFERRED}


def check_move(now: Status, to: Status) -> None:
    """Refuse a move that the life of a contact does not have."""
    if to not in MOVES[now]:
        raise NotReady(f"This child is at the stage '{STAGE_WORDS[now]}'. Open the page again.")


class Step(Protocol):
    """One step of a child's way."""

    @property
    def moved_from(self) -> Status: ...
    @property
    def moved_to(self) -> Status: ...
    @property
    def moved_at(self) -> datetime: ...


AnyStep = TypeVar("AnyStep", bound=Step)


def in_their_order(steps: Iterable[AnyStep]) -> tuple[AnyStep, ...]:
    """A child's steps by time; several of one moment in the order in which one leads to the next,
    since a database keeps no order among them.
    """
    left = sorted(steps, key=lambda step: step.moved_at)
    ordered: list[AnyStep] = []
    status = Status.RECEIVED
    while left:
        same = [each for each in left if each.moved_at == left[0].moved_at]
        following = next((each for each in same if each.moved_from is status), same[0])
        left.remove(following)
        ordered.append(following)
        status = following.moved_to
    return tuple(ordered)


STAGE_WORDS: dict[Status, str] = {
    S.DRAFT: "Draft, not sent",
    S.RECEIVED: "Waiting for screening",
    S.ACKNOWLEDGED: "Waiting for screening",
    S.SCREENING: "Being screened",
    S.AWAITING_REFERRER: "Waiting for the referrer",
    S.MASH_ENQUIRY: "Agencies asked",
    S.ANALYSIS: "Being analysed",
    S.MANAGER_REVIEW: "Waiting for a manager",
    S.RETURNED_TO_WORKER: "Returned to the worker",
    S.DECIDED: "Decided",
    S.TRANSFERRED: "Transferred",
    S.CLOSED: "Closed",
    S.VOID: "Sent twice or in error",
}


class ForSender(StrEnum):
    """Where a child stands, as told to whoever sent the contact; the values are fixed names that
    agencies' systems rely on.
    """

    RECEIVED = "received"
    WITH_WORKER = "with_worker"
    NEEDS_SENDER = "needs_sender"
    WITH_MANAGER = "with_manager"
    DECIDED = "decided"
    VOID = "void"


SENDER_WORDS: dict[ForSender, str] = {
    ForSender.RECEIVED: "Received. A social worker will read it next.",
    ForSender.WITH_WORKER: "A social worker is looking into it.",
    ForSender.NEEDS_SENDER: "We asked you something and wait for your answer.",
    ForSender.WITH_MANAGER: "With a manager, who decides what happens next.",
    ForSender.DECIDED: "Decided.",
    ForSender.VOID: "Sent twice or in error.",
}


def for_sender(status: Status) -> ForSender:
    """What whoever sent the contact is told of this status."""
    if status in (S.AWAITING_REFERRER, S.VOID):
        return ForSender.VOID if status is S.VOID else ForSender.NEEDS_SENDER
    if status in WAITING_FOR_MANAGER:
        return ForSender.WITH_MANAGER
    if status in WITH_WORKER:
        return ForSender.WITH_WORKER
    return ForSender.RECEIVED if status in UNDECIDED else ForSender.DECIDED
