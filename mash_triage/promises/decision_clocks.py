"""The decision clocks beside the promises of the edition: their words, and who is told of them."""

from mash_triage.clocks.rules import ClockKind
from mash_triage.thresholds.promises import Holder

CLOCK_PROMISES: dict[ClockKind, str] = {
    ClockKind.WITHIN_24_HOURS: "Decision within 24 hours",
    ClockKind.ONE_WORKING_DAY: "Decision within one working day",
    ClockKind.RED_4_HOURS: "Child rated red dealt with",
}
OWNER = Holder.WORKER
TELL = (Holder.WORKER,)
TELL_WHEN_PAST = (Holder.WORKER, Holder.MANAGERS)
"""A working day is of Working Together; 24 hours and red are local. Managers review what is past
each working day (Worcestershire 2017), so they are told at once.
"""
