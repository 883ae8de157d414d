"""The deeds about missing children: the notice and what is seen to, and the interview after it."""

from mash_triage.missing.actions.interviews import (
    answer_return_interview,
    choose_provider,
    offer_return_interview,
    record_return_interview,
)
from mash_triage.missing.actions.notices import record_missing, record_return, review_missing
from mash_triage.missing.actions.reports import settle_report
from mash_triage.missing.actions.seeing_to import (
    add_action,
    assess_risk,
    finish_action,
    leave_action_undone,
    propose_from_missing,
)
from mash_triage.missing.actions.taking_back import take_back_missing

__all__ = [
    "add_action",
    "answer_return_interview",
    "assess_risk",
    "choose_provider",
    "finish_action",
    "leave_action_undone",
    "offer_return_interview",
    "propose_from_missing",
    "record_missing",
    "record_return",
    "record_return_interview",
    "review_missing",
    "settle_report",
    "take_back_missing",
]
