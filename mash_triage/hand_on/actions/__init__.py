"""The deeds after a decision: send on, answer, settle, end, step up, and write for the family."""

from mash_triage.hand_on.actions.endings import (
    end_special,
    extend_special,
    name_owner,
    open_special,
)
from mash_triage.hand_on.actions.family import write_family_summary
from mash_triage.hand_on.actions.following import follow_outcome
from mash_triage.hand_on.actions.passing import (
    pass_on,
    record_accepted,
    record_returned,
    record_told,
    send_on,
    settle_return,
)
from mash_triage.hand_on.actions.step_up import StepUpFacts, step_up

__all__ = [
    "StepUpFacts",
    "end_special",
    "extend_special",
    "follow_outcome",
    "name_owner",
    "open_special",
    "pass_on",
    "record_accepted",
    "record_returned",
    "record_told",
    "send_on",
    "settle_return",
    "step_up",
    "write_family_summary",
]
