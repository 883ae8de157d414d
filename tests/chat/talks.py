"""Talks held in a line: what is typed turn after turn, and what was understood of it."""

from datetime import date
from typing import Any

from mash_triage.chat.answers import answers_of
from mash_triage.chat.read import Context
from mash_triage.chat.state import Talk
from mash_triage.chat.talking import begin, take_turn

TODAY = date(2026, 11, 17)
TEACHER, YOUNG = Context("school", "Teacher"), Context("self", "Young person")


def talk_of(*turns: str, context: Context = TEACHER) -> Talk:
    """The talk after these turns."""
    talk = begin(context)
    for words in turns:
        talk = take_turn(talk, words, TODAY, context)
    return talk


def told(*turns: str, context: Context = TEACHER) -> dict[str, Any]:
    """The answers of a contact in which nobody is in danger now."""
    return answers_of(talk_of("no", *turns, context=context))
