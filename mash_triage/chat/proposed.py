"""Where an authority may attach its own approved language model, and what of its proposals is kept.
None is attached unless the authority does so.
"""

from dataclasses import replace
from datetime import date
from typing import Any, Protocol

from mash_triage.chat.state import Fact, Talk
from mash_triage.chat.tidy import folded
from mash_triage.contacts.answers import day_of

CODES = frozenset(
    {"yes", "no", "not_known", "M", "F", "U", "given", "refused", "saw_or_heard", "told_by_child"}
    | {"told_by_other", "mixed"}
)
"""Values that stand for words; every other value is words that were typed."""


class LanguageModel(Protocol):
    """A reader beside this one. It is given a turn and proposes facts; a fact whose words do not
    stand in the turn is thrown away.
    """

    def propose(self, talk: Talk, words: str, today: date) -> tuple[Fact, ...]:
        """Facts that this turn may say besides those understood already."""


def with_proposed(talk: Talk, proposed: tuple[Fact, ...]) -> Talk:
    """The talk with those of the proposed facts that were typed in its last turn, about people who
    are in it. That nobody is in danger is never taken from a model.
    """
    typed, people = folded(talk.turns[-1]), {None, *(one.number for one in talk.people)}
    fit = (
        replace(each, turn=len(talk.turns))
        for each in proposed
        if _stands_in(each.words, typed) and _is_said(each.value, typed)
        if {each.who, each.to} <= people and (each.what, each.value) != ("in_danger", "no")
    )
    return talk.with_facts((*talk.facts, *fit))


def _stands_in(words: str, typed: str) -> bool:
    """Are these words there, as whole words?"""
    plain = folded(words)
    return bool(plain) and f" {plain} " in f" {typed} "


def _is_said(value: Any, typed: str) -> bool:
    if isinstance(value, str) and (value in CODES or day_of(value)):
        return True
    return isinstance(value, (str, int)) and _stands_in(str(value), typed)
