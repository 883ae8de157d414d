"""What a kind duty worker would say between two questions, and what she would not."""

from dataclasses import replace

import pytest

from mash_triage.chat.answers import answers_of
from mash_triage.chat.replies import ADDED, SORRY, TRUST, aside
from mash_triage.chat.talking import take_turn
from mash_triage.contacts.answers import value_at
from tests.chat.talks import TEACHER, TODAY, YOUNG, talk_of


@pytest.mark.parametrize(
    "words",
    [
        "Late 9 times since half term. Lunch accounts in debt.",
        "this is the first time he has said it",
        "there wasn't anyone there when I knocked",
        "nobody knows who is this man she meets",
        "his brother was put in care last year",
        "will they take her to hospital",
        "she said she was ashamed of her shoes",
        'she told me "it is my fault"',
        "he has a GP consultation on Tuesday",
        "will it keep happening",
        "this is not the right place for him",
        "mum complained to the head about it",
        "he called him useless",
        "he is new to this school",
    ],
)
def test_what_is_said_of_a_child_is_not_taken_as_said_to_the_chat(words):
    assert aside(words) == ""


@pytest.mark.parametrize(
    ("words", "reply"),
    [
        ("I have rung you four times", "sorry"),
        ("is anybody there?", "I am here"),
        ("will they take him away", "natural to worry"),
        ("i feel stupid", "courage"),
        ("hi sorry im a bit new to this", "doing fine"),
        ("who is this?", "program"),
        ("is this the right place", "right place"),
        ("what else do you need", "enough to send"),
        ("is it saved", "every word"),
        ("hi is this private", "keeps you or somebody else safe"),
    ],
)
def test_what_is_said_to_the_chat_is_answered(words, reply):
    assert reply in aside(words)


def test_a_young_person_who_says_something_hard_is_met_with_more_than_a_thank_you():
    talk = talk_of(
        "no im at school",
        "Jodie im 15",
        "my dad slapped me round the face on sunday",
        "he grabbed me by my hair before that",
        context=YOUNG,
    )
    assert talk.replies[3].startswith(SORRY)
    assert talk.replies[4].startswith(TRUST)


def test_what_is_asked_about_is_explained_whichever_question_is_open():
    talk = talk_of("no", "Kayden Marsh", "he is hungry every day", "what do you mean by household")
    assert talk.pending == "age"
    assert "everybody who lives in the same home" in talk.replies[-1]
    assert talk.replies[-1].endswith("an age will do.")


def test_whoever_says_that_is_all_is_not_asked_on():
    talk = talk_of(
        "no",
        "about Kayden Marsh, he is 6",
        "he has come to school hungry for three weeks",
        "thats everything. Priya Nand, DSL at Larkfield Primary, 01632 960114",
    )
    assert talk.finished
    assert "check it" in talk.replies[-1]
    assert value_at(answers_of(talk), "referrer.telephone")


def test_whoever_goes_to_call_999_is_let_go_and_told_on_return_what_is_left():
    talk = talk_of(
        "no",
        "about Kayden Marsh, he is 6",
        "he is outside with a knife",
        "ringing 999. will come back to you",
    )
    assert talk.replies[-1].startswith("Yes, that comes first.")
    talk = talk_of(
        "no",
        "about Kayden Marsh, of 12 Mill Lane, he is at school",
        "he is outside with a knife",
        "01632 960114",
        "I'm back. police have the reg. what else do you need",
    )
    assert "enough to send" in talk.replies[-1]
    assert talk.replies[-1].endswith(ADDED[5 % len(ADDED)])


def test_hang_on_is_met_with_time():
    talk = talk_of("no", "about Kayden Marsh", "hang on")
    assert talk.replies[-1].startswith("Take your time.")


def test_a_baby_is_not_asked_what_it_said():
    talk = talk_of(
        "no",
        "about Ayaan Siddique, he is 4 months old",
        "there is damp up the wall of his room and mum is very low",
        "I saw it myself",
        "at home with mum",
        "12 Mill Lane",
    )
    assert talk.pending == "voice"
    assert "feeding, sleeping" in talk.replies[-1]
    assert "own words" not in talk.replies[-1]


def test_after_going_back_the_question_that_was_open_comes_again():
    talk = talk_of("no", "Kayden Marsh", "he is hungry every day")
    assert talk.pending == "age"
    talk = talk_of("no", "Kayden Marsh", "he is hungry every day", "go back", "and cold too")
    assert talk.pending == "age"


def test_to_the_form_is_said_with_the_words_of_the_button():
    assert "Go on in the form" in talk_of("no", "can i use the form").replies[-1]


def test_whoever_is_eighteen_by_birth_date_is_told_where_help_comes_from():
    talk = talk_of("no", "about Kayden Marsh, he is 9", "sorry, dob 3 March 2007")
    assert "adult social care" in talk.replies[-1]


@pytest.mark.parametrize("words", ["not sure really", "no idea, ask his aunt"])
def test_not_sure_is_no_answer_to_whether_they_were_told(words):
    talk = talk_of("no", "Kayden Marsh, he is 6, of 12 Mill Lane", "he is hungry every day")
    after = take_turn(replace(talk, pending="told"), words, TODAY, TEACHER)
    assert not any(fact.what == "told" and fact.value == "no" for fact in after.facts)


@pytest.mark.parametrize("words", ["اسم الطفل محمد علي وعمره ست سنوات", "Дитині шість років"])
def test_words_in_another_script_are_kept_as_they_are_and_it_says_so(words):
    talk = talk_of("no", words)
    assert value_at(answers_of(talk), "concern.worry") == words
    assert "a social worker to read" in talk.replies[-1]
    assert "999" in talk.replies[-1]
    assert talk.replies[-1].endswith("if that is all you know.")


@pytest.mark.parametrize("words", ["his dad hit him with a belt", "HIS DAD HIT HIM WITH HIS BELT"])
def test_with_what_somebody_was_hit_is_not_where_the_child_is(words):
    child = answers_of(talk_of("no", "about Kayden Marsh, he is 6", words))["children"][0]
    assert "where_now" not in child


def test_a_no_after_all_is_said_is_no_addition():
    talk = talk_of(
        "no",
        "about Kayden Marsh, he is 6",
        "he has come to school hungry for three weeks",
        "thats everything",
        "no",
    )
    assert talk.replies[-1].endswith("Please check it, change what is wrong, and send it.")


def test_not_known_is_an_answer_that_the_form_does_not_ask_for_again():
    told = ("no", "about Kayden Marsh, he is 6", "he is hungry every day", "I saw it", "dont know")
    talk = talk_of(*told)
    assert talk.asked[-2] == "where_now"
    child = answers_of(talk)["children"][0]
    assert child["where_now"] == {"missing": "not_known"}
    child = answers_of(talk_of(*told, "sorry, he is at home with his nan now"))["children"][0]
    assert "at home" in child["where_now"]
    child = answers_of(talk_of(*told[:-1], "skip"))["children"][0]
    assert "where_now" not in child


def test_of_a_baby_not_born_yet_the_mother_is_asked_for_and_nothing_it_said():
    talk = talk_of(
        "no",
        "unborn baby, EDD 14th February 2027",
        "mum was hit by her ex in June and he looks for her",
        "I saw her myself",
        "at her sister's",
        "3 The Rise",
        "skip",
        "skip",
    )
    asked = " ".join(talk.replies)
    assert "Where is the mother now" in asked
    assert "voice" not in talk.asked
    assert "said or shown" not in asked


def test_a_young_person_held_by_the_neck_is_met_with_more_than_a_thank_you():
    talk = talk_of("no", "keira, 15", "he had me by the neck against the fridge", context=YOUNG)
    assert SORRY in talk.replies[-1] or "999" in talk.replies[-1]
