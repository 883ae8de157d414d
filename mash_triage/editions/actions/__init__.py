"""What policy leads do with drafts; each is one deed and one line on the trail."""

from mash_triage.editions.actions.drafting import (
    import_draft,
    return_to_version,
    save_part,
    save_text,
    start_draft,
    withdraw_draft,
)
from mash_triage.editions.actions.publishing import ask_for_publishing, publish, send_back

__all__ = [
    "ask_for_publishing",
    "import_draft",
    "publish",
    "return_to_version",
    "save_part",
    "save_text",
    "send_back",
    "start_draft",
    "withdraw_draft",
]
