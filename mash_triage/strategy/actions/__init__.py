"""The deeds of a strategy discussion, from the call to the last agreed task."""

from mash_triage.strategy.actions.closing import close_discussion
from mash_triage.strategy.actions.convening import (
    cancel_discussion,
    convene_discussion,
    invite_to_discussion,
    record_not_needed,
)
from mash_triage.strategy.actions.dissenting import open_escalation, record_dissent
from mash_triage.strategy.actions.following import note_minutes_printed, record_task_done
from mash_triage.strategy.actions.holding import record_held

__all__ = [
    "cancel_discussion",
    "close_discussion",
    "convene_discussion",
    "invite_to_discussion",
    "note_minutes_printed",
    "open_escalation",
    "record_dissent",
    "record_held",
    "record_not_needed",
    "record_task_done",
]
