"""Starting and stopping decision clocks; promises that start and end with what happens."""

from mash_triage.clocks.actions.decision_clocks import (
    first_start,
    next_due,
    start_clock,
    stop_clocks,
)
from mash_triage.clocks.actions.moments import (
    correct_moment,
    happened,
    lapse_promises,
    move_promise,
    take_back_moment,
)

__all__ = [
    "correct_moment",
    "first_start",
    "happened",
    "lapse_promises",
    "move_promise",
    "next_due",
    "start_clock",
    "stop_clocks",
    "take_back_moment",
]
