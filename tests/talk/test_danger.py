"""Words of danger are heard however they are said: in messages, additions and return interviews."""

import pytest

from mash_triage.talk.danger import speaks_of_danger
from tests.cast import MONDAY_NINE


@pytest.mark.parametrize(
    "words",
    [
        "He is outside her door now with a knife and she is screaming.",
        "He is going to kill me when I go home.",
        "I ran because dad hits me. I am scared to go home tonight.",
        "If she goes home tonight her brother will be waiting with a knife.",
        "I will do it tonight, I have the tablets.",
        "We ate pizza. " * 200 + "He is going to kill me when I go home. " + "We ate pizza. " * 200,
    ],
)
def test_danger_is_heard_without_the_words_of_a_list(session, words):
    assert speaks_of_danger(session, words, at=MONDAY_NINE)


@pytest.mark.parametrize(
    "words",
    [
        "I was at my friend's, we ate pizza and watched films.",
        "She said that she was not hurt and that she is fine at home.",
        "The school has sent the attendance record.",
        "A boy in my class has stopped eating at lunch and will not say why.",
        "",
        "   ",
        "A" * 100_000,
    ],
)
def test_calm_words_call_nobody(session, words):
    assert not speaks_of_danger(session, words, at=MONDAY_NINE)
