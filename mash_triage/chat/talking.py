"""The conversation itself: what was read, what is asked next, what is replied."""

from datetime import date

from mash_triage.chat.read import Context, read_turn
from mash_triage.chat.state import Talk


def begin(context: Context) -> Talk:
    return Talk(pending="danger", asked=("danger",))


def take_turn(talk: Talk, words: str, today: date, context: Context) -> Talk:
    return read_turn(talk, words, today, context)
