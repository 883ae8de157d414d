"""The manager's deeds: decide, return, review each day, close; directions; and starting help."""

from mash_triage.decisions.actions.close import close_child
from mash_triage.decisions.actions.decide import record_decision
from mash_triage.decisions.actions.directions import end_direction, take_direction
from mash_triage.decisions.actions.early_help import record_help_agreed, start_help
from mash_triage.decisions.actions.give_back import return_to_worker
from mash_triage.decisions.actions.night import (
    check_may_decide,
    may_decide_alone,
    review_night_decision,
)
from mash_triage.decisions.actions.promised import record_referrer_told
from mash_triage.decisions.actions.review import record_daily_review

__all__ = [
    "check_may_decide",
    "close_child",
    "end_direction",
    "may_decide_alone",
    "record_daily_review",
    "record_decision",
    "record_help_agreed",
    "record_referrer_told",
    "return_to_worker",
    "review_night_decision",
    "start_help",
    "take_direction",
]
