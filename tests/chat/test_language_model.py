"""The seam for an authority's own language model: what was not typed is never kept."""

from dataclasses import dataclass

import pytest

from mash_triage.chat.answers import answers_of
from mash_triage.chat.state import Fact
from mash_triage.chat.talking import take_turn
from mash_triage.contacts.answers import value_at
from tests.chat.talks import TEACHER, TODAY, talk_of

WORDS = "he is ever so fond of his teacher Mrs Pell, who gives him fruit"


@dataclass(frozen=True)
class Proposes:
    """A model that proposes these facts of every turn."""

    facts: tuple[Fact, ...]

    def propose(self, _talk, _words, _today) -> tuple[Fact, ...]:
        return self.facts


def after(*facts):
    talk = talk_of("no", "about Kayden Marsh, he is 6")
    return take_turn(talk, WORDS, TODAY, TEACHER, Proposes(facts))


def test_what_was_typed_is_kept_with_its_turn():
    fond = Fact("working_well", "fond of his teacher Mrs Pell", 99, "fond of his teacher Mrs Pell")
    talk = after(fond)
    assert value_at(answers_of(talk), "concern.working_well") == "fond of his teacher Mrs Pell"
    [kept] = [each for each in talk.facts if each.value == fond.value]
    assert kept.turn == 3


@pytest.mark.parametrize(
    "invented",
    [
        Fact("working_well", "fond of his aunt", 3, "fond of his aunt"),
        Fact("working_well", "fond of his aunt", 3, "fond of his teacher"),
        Fact("working_well", "fond", 3, "..."),
        Fact("working_well", "fond", 3, ""),
        Fact("working_well", "on", 3, "on"),  # only a part of a word of hers
        Fact("name", "Mrs Pell", 3, "Mrs Pell", who=7),
        Fact("in_danger", "no", 3, "he is ever so fond"),
    ],
)
def test_what_was_not_typed_or_talks_danger_down_is_thrown_away(invented):
    before = after()
    assert after(invented).facts == before.facts
