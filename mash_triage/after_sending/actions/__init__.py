"""Deeds on a sent contact: the referrer's, and the front door's."""

from mash_triage.after_sending.actions.add import add_words, amend_answer, ask_to_withdraw
from mash_triage.after_sending.actions.answer import (
    answer_withdrawal,
    record_additions_read,
    record_written_confirmation,
)
from mash_triage.after_sending.actions.confirm import confirm_call

__all__ = [
    "add_words",
    "amend_answer",
    "answer_withdrawal",
    "ask_to_withdraw",
    "confirm_call",
    "record_additions_read",
    "record_written_confirmation",
]
