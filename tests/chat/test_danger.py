"""Danger in people's own words: heard, asked about when in doubt, and never talked down."""

from pathlib import Path

import pytest

from mash_triage.chat.answers import answers_of
from mash_triage.chat.hearing.danger import chance_of_danger, heard_in
from mash_triage.chat.talking import take_turn
from mash_triage.contacts.answers import value_at
from tests.chat.talks import TEACHER, TODAY, talk_of

LINES = Path(__file__).parents[1] / "data" / "conversations" / "lines"
SOUNDS_LIKE_IT = "her stepdad gets back at six and she has been crying about it all lunch"


def lines(name: str) -> list[str]:
    return (LINES / f"{name}_sealed.txt").read_text("utf-8").splitlines()


def test_of_messages_nobody_learned_from_nearly_every_danger_is_heard_or_asked_about():
    heard = [heard_in((line,)) for line in lines("danger")]
    assert len(heard) == 80
    assert heard.count("nothing") <= 8


def test_of_frightening_messages_without_danger_few_are_taken_for_it():
    heard = [heard_in((line,)) for line in lines("calm")]
    assert len(heard) == 80
    assert heard.count("danger") <= 8
    assert heard.count("doubt") <= 16


@pytest.fixture
def in_doubt():
    """A talk in which something sounded like danger to the weights alone."""
    talk = talk_of("no", "Kayden Marsh", SOUNDS_LIKE_IT)
    assert (talk.danger_at_turn, talk.doubt_at_turn) == (None, 3)
    return talk


def test_a_doubt_shows_the_numbers_and_asks_once(in_doubt):
    assert in_doubt.numbers_from_turn == 3
    assert "I want to be sure" in in_doubt.replies[-1]
    assert "999" in in_doubt.replies[-1]
    after = take_turn(in_doubt, "no she is safe with her nan tonight", TODAY, TEACHER)
    again = take_turn(after, SOUNDS_LIKE_IT, TODAY, TEACHER)
    assert "I want to be sure" not in again.replies[-1]
    assert again.numbers_from_turn == 3  # what once sounded like danger is never talked down


def test_a_yes_to_the_doubt_is_danger(in_doubt):
    after = take_turn(in_doubt, "yes he is on his way", TODAY, TEACHER)
    assert after.danger_at_turn == 4
    assert value_at(answers_of(after), "danger.in_danger_now") == "yes"


def test_a_no_to_the_doubt_goes_on_and_says_nothing_in_her_name(in_doubt):
    after = take_turn(in_doubt, "no", TODAY, TEACHER)
    assert after.danger_at_turn is None
    assert after.pending not in {None, "surely"}
    assert value_at(answers_of(after), "danger.in_danger_now") == "no"  # her first answer


def test_what_matters_is_heard_in_the_middle_of_a_long_message():
    dull = "He is in year four and likes football and his teacher is Mrs Pell. " * 12
    alone = chance_of_danger("hes locked her in the shed and its freezing")
    buried = chance_of_danger(f"{dull} hes locked her in the shed and its freezing. {dull}")
    assert buried > 0.5
    assert alone > 0.5


@pytest.mark.parametrize("words", ["", "...", "🙂", "12 34", "\n"])
def test_nothing_said_is_no_danger(words):
    assert heard_in((words,)) == "nothing"
