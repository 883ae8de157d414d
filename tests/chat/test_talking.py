"""The conversation as a duty worker would hold it: safety first, one question, nothing forced."""

import pytest

from mash_triage.chat.answers import answers_of
from mash_triage.chat.state import Talk
from mash_triage.contacts.answers import value_at
from tests.chat.talks import talk_of


def test_it_opens_with_safety_and_asks_one_thing_at_a_time():
    talk = talk_of("no, nobody is", "Kayden Marsh, he is 6")
    assert "in danger" in talk.replies[0]
    assert all(reply.count("?") <= 2 for reply in talk.replies)
    assert value_at(answers_of(talk), "children[0].given_names") == "Kayden"


def test_several_facts_of_one_sentence_are_each_put_where_they_belong():
    talk = talk_of(
        "no", "about Kayden Marsh", "his sister is 4 and they both stop at gran's, 12 Mill Lane"
    )
    answers = answers_of(talk)
    assert value_at(answers, "children[1].age.age_years") == 4
    assert value_at(answers, "children[0].home.address_line") == "12 Mill Lane"
    assert value_at(answers, "household[0].relationship") == "Grandmother"


def test_a_correction_replaces_what_was_said():
    talk = talk_of("no", "about Kayden Marsh of 12 Mill Lane", "sorry its not 12 its 21 Mill Lane")
    assert value_at(answers_of(talk), "children[0].home.address_line") == "21 Mill Lane"


def test_undo_takes_the_last_turn_back():
    talk = talk_of("no", "about Kayden Marsh", "he is 6", "undo")
    assert value_at(answers_of(talk), "children[0].age") is None


@pytest.mark.parametrize(
    "words",
    [
        "he is outside with a knife",
        "my step dad just hit me and hes coming upstairs",
        "i took all mums tablets like half an hour ago",
    ],
)
def test_danger_is_heard_at_any_turn_and_999_comes_first(words):
    talk = talk_of("no", "Kayden Marsh", words)
    assert talk.danger_at_turn == 3
    assert talk.replies[-1].startswith("If somebody is in danger now, please call 999 first.")


@pytest.mark.parametrize("words", ["", "...", "\u200b\u200d", "🙂🙂", "\u202e", "x" * 25_000])
def test_silence_and_strange_input_are_met_kindly(words):
    talk = talk_of("no", words)
    assert talk.replies[-1]
    assert Talk.from_json(talk.as_json()) == talk


def test_a_birth_date_to_come_is_asked_back_and_not_kept():
    talk = talk_of("no", "about Kayden Marsh", "born 03/03/2029")
    assert "still to come" in talk.replies[-1]
    assert value_at(answers_of(talk), "children[0].age.date_of_birth") is None
