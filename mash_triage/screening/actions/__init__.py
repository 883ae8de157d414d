"""The social worker's deeds: take up, tick indicators, look up help before, rate, analyse,
set a level, send.
"""

from mash_triage.screening.actions.assess import record_analysis, set_level
from mash_triage.screening.actions.help_before import record_help_before
from mash_triage.screening.actions.indicators import (
    accept_proposed,
    copy_indicators_to_siblings,
    propose_from_words,
    propose_indicators,
    record_indicators,
)
from mash_triage.screening.actions.rating import set_rag
from mash_triage.screening.actions.send import freeze, send_for_decision
from mash_triage.screening.actions.take_up import hand_over, take_up

__all__ = [
    "accept_proposed",
    "copy_indicators_to_siblings",
    "freeze",
    "hand_over",
    "propose_from_words",
    "propose_indicators",
    "record_analysis",
    "record_help_before",
    "record_indicators",
    "send_for_decision",
    "set_level",
    "set_rag",
    "take_up",
]
