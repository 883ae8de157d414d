"""What a reader loads once is loaded before anybody waits for it: word lists, wordings, weights."""

import threading
from collections.abc import Callable
from datetime import date

from mash_triage.chat.read import Context
from mash_triage.chat.talking import begin, take_turn

WORDS = "No. It is about Kayden Marsh, he is 6, of 12 Mill Lane."
ON = date(2026, 1, 5)


def warm_beside(on_fault: Callable[[Exception], object]) -> threading.Thread:
    """Read one invented turn in a thread of its own; a fault is told, and ends it."""

    def run() -> None:
        try:
            take_turn(begin(Context()), WORDS, ON, Context())
        except Exception as fault:
            on_fault(fault)

    thread = threading.Thread(target=run, name="warm the chat", daemon=True)
    thread.start()
    return thread
