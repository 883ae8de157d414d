"""A named person says who a reported child is; nothing is ever linked by the service itself."""

from mash_triage.matching.actions.answer import confirm_match, reject_match, undo_match
from mash_triage.matching.actions.new_person import record_new_person
from mash_triage.matching.actions.suggest import suggest_matches
from mash_triage.matching.register_import import ImportResult, import_register

__all__ = [
    "ImportResult",
    "confirm_match",
    "import_register",
    "record_new_person",
    "reject_match",
    "suggest_matches",
    "undo_match",
]
