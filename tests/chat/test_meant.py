"""Free text in words that no list of cues holds: filed under the question that it answers."""

import pytest

from mash_triage.chat.state import Talk
from mash_triage.chat.talking import take_turn
from tests.chat.talks import TEACHER, TODAY, talk_of


def values(talk: Talk, what: str) -> str:
    return " / ".join(str(fact.value) for fact in talk.facts if fact.what == what)


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("where_now", "he is upstairs in the library with me until three"),
        ("working_well", "his auntie never lets him down and cooks for them every sunday"),
        ("needs", "somebody ought to go round and see them this week"),
        ("staff_risk", "the uncle has threatened a housing officer at the door so go in pairs"),
        ("next", "he goes back to his dad on friday at half five"),
        ("restricted_text", "please dont let his mum know it came from me"),
    ],
)
def test_a_sentence_is_filed_under_the_question_that_it_answers(what, words):
    talk = talk_of("no", "it is about Kayden Marsh, he is 6", words)
    assert values(talk, what)
    assert values(talk, what) in words


def test_what_is_filed_is_always_a_part_of_what_was_typed():
    words = (
        "he flinches when the door bangs, but he lights up when nan comes, he told me he's tired"
    )
    talk = talk_of("no", "Kayden Marsh is 3", words)
    assert all(fact.words.lower() in words for fact in talk.facts if fact.turn == 3)


def test_small_talk_is_filed_nowhere():
    before = talk_of("no", "it is about Kayden Marsh, he is 6")
    after = take_turn(before, "sorry the bell just went, are you still there?", TODAY, TEACHER)
    assert {f.what for f in after.facts if f.turn == 3} <= {"worry"}
