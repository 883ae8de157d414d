"""What is done with promises by themselves: raising what is due, and counting them anew."""

from mash_triage.promises.actions.counting_anew import Recounted, recount
from mash_triage.promises.actions.raising import Raised, anything_to_raise, raise_due

__all__ = ["Raised", "Recounted", "anything_to_raise", "raise_due", "recount"]
