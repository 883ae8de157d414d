"""The deeds of a disagreement, and the referrer's word on how a contact went."""

from mash_triage.disagreements.actions.answering import answer_disagreement, resolve_disagreement
from mash_triage.disagreements.actions.raising import (
    accept_answer,
    escalate_disagreement,
    raise_disagreement,
)
from mash_triage.disagreements.actions.rating import rate_experience

__all__ = [
    "accept_answer",
    "answer_disagreement",
    "escalate_disagreement",
    "raise_disagreement",
    "rate_experience",
    "resolve_disagreement",
]
