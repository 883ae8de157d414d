"""Danger in people's own words: heard, asked about when in doubt, and never talked down."""

from dataclasses import replace
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


@pytest.mark.parametrize(
    "words",
    [
        "he is not safe",
        "Not safe at all",
        "i dont know if she is safe",
        "no idea if they are safe",
        "not sure to be honest, he might come back tonight",
        "I can't say no",
        "nobody knows where he is",
        "no one is with them and they are 3 and 5",
        "no food in the house and no adult with them",
        "not 100% its for you",
        "ok so she came in with a bruise",
        "before anything i am not giving my name",
    ],
)
def test_a_no_in_another_sense_never_says_that_nobody_is_in_danger(words):
    talk = talk_of(words)
    assert value_at(answers_of(talk), "danger.in_danger_now") != "no"
    assert talk.danger_at_turn or "in danger" in talk.replies[-1]


@pytest.mark.parametrize(
    "words",
    [
        "no",
        "Nope.",
        "nobody in danger this minute but need to log a worry about Kayden Marsh in year 2",
        "Hi, not an emergency, the children are at home with their mum",
        "yeah no they're fine",
        "im not in danger rn im at school. its about home",
        "its not urgent. nobody is going to get hurt today",
        "safe here, we have 1:1 on him",
        "no, they are both asleep",
        "not live. return from missing, for info",
    ],
)
def test_a_no_that_answers_the_question_is_written_down(words):
    assert value_at(answers_of(talk_of(words)), "danger.in_danger_now") == "no"


def test_the_first_question_is_put_again_once_when_something_else_was_said():
    talk = talk_of("Kayden Marsh keeps coming to school hungry")
    assert talk.pending == "danger"
    assert "in danger right now" in talk.replies[-1]
    after = take_turn(talk, "his sister too", TODAY, TEACHER)
    assert after.pending != "danger"
    assert value_at(answers_of(after), "danger.in_danger_now") is None


def test_danger_in_a_thank_you_is_answered_with_999():
    talk = talk_of("no", "Kayden Marsh")
    talk = take_turn(
        replace(talk, pending="more"), "thank you he is outside with a knife", TODAY, TEACHER
    )
    assert talk.danger_at_turn == 3
    assert "please call 999 first" in talk.replies[-1]


def test_a_no_to_the_doubt_is_the_answer_where_none_was_given():
    talk = talk_of("he is not safe")
    assert talk.numbers_from_turn == 1
    after = take_turn(talk, "no, not today, she is at school with me", TODAY, TEACHER)
    assert value_at(answers_of(after), "danger.in_danger_now") == "no"
    assert after.numbers_from_turn == 1


def test_a_clear_no_is_not_asked_about_again():
    talk = talk_of("no")
    assert talk.pending == "child_name"
    assert "in danger" not in talk.replies[-1]


def test_danger_is_heard_in_the_words_with_which_somebody_leaves():
    talk = talk_of("no", "Kayden Marsh", "gotta go hes outside her door with a knife")
    assert talk.danger_at_turn == 3
    assert "please call 999 first" in talk.replies[-1]
    assert "saved" in talk.replies[-1]


def test_a_yes_to_the_doubt_stands_whatever_follows_it(in_doubt):
    after = take_turn(in_doubt, "yes, she is safe with me but he is on his way", TODAY, TEACHER)
    assert after.danger_at_turn == 4
