"""Allocating children, keeping teams and workers' limits, and asking why nothing is recorded."""

from mash_triage.allocation.actions.allocate import allocate, note_worker
from mash_triage.allocation.actions.conflicts import lift_conflict, record_conflict
from mash_triage.allocation.actions.prompts import answer_prompt, ask_why_quiet
from mash_triage.allocation.actions.second import add_second, end_second
from mash_triage.allocation.actions.teams import (
    add_team,
    change_team,
    end_absence,
    record_absence,
    set_worker_profile,
)

__all__ = [
    "add_second",
    "add_team",
    "allocate",
    "answer_prompt",
    "ask_why_quiet",
    "change_team",
    "end_absence",
    "end_second",
    "lift_conflict",
    "note_worker",
    "record_absence",
    "record_conflict",
    "set_worker_profile",
]
