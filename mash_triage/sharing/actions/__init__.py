"""The deeds of the sharing ledger."""

from mash_triage.sharing.actions.record import (
    DisclosureFacts,
    authorise_disclosure,
    record_disclosure,
    record_not_shared,
)

__all__ = ["DisclosureFacts", "authorise_disclosure", "record_disclosure", "record_not_shared"]
