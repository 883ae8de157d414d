"""A named person says who a reported child is; nothing is ever linked by the service itself."""

from mash_triage.matching.actions.adults import (
    confirm_adult,
    record_new_adult,
    rule_out_adult,
    undo_adult,
)
from mash_triage.matching.actions.answer import (
    confirm_match,
    leave_match_open,
    reject_match,
    take_back_answer,
)
from mash_triage.matching.actions.former_names import lift_name_restriction, restrict_name
from mash_triage.matching.actions.new_person import record_new_person
from mash_triage.matching.actions.suggest import (
    note_file_searched,
    search_by_hand,
    suggest_matches,
)
from mash_triage.matching.actions.undo import recall_match, settle_rested, undo_match
from mash_triage.matching.register_import import ImportResult, import_register

__all__ = [
    "ImportResult",
    "confirm_adult",
    "confirm_match",
    "import_register",
    "leave_match_open",
    "lift_name_restriction",
    "note_file_searched",
    "recall_match",
    "record_new_adult",
    "record_new_person",
    "reject_match",
    "restrict_name",
    "rule_out_adult",
    "search_by_hand",
    "settle_rested",
    "suggest_matches",
    "take_back_answer",
    "undo_adult",
    "undo_match",
]
