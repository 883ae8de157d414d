"""From the chat to the form and back: nothing is asked twice, nothing typed in either is lost."""

import pytest

from mash_triage.chat.beside_form import beside
from mash_triage.chat.kept import change_fact, come_back, say, talk_of
from mash_triage.contacts.answers import value_at, with_value
from mash_triage.contacts.drafts import picture_of_draft, save_answers
from tests.cast import AMARA
from tests.stories import HOUR, MONDAY_NINE

HERS = {"by": AMARA, "at": MONDAY_NINE + HOUR}


@pytest.fixture
def chat(session, draft):
    """Says turns in the chat, one after the other; gives the talk."""

    def said(*turns):
        for words in turns:
            kept = talk_of(session, draft, by=AMARA)
            number = len(kept.talk.turns) + 1 if kept else 1
            talk = say(session, draft, words, turn=number, **HERS)
        return talk

    return said


@pytest.fixture
def answers(session, draft):
    """The answers of the draft as they are now."""
    return lambda: picture_of_draft(session, draft, by=AMARA).answers


def put(session, draft, path, value):
    """Writes one answer, as the form does."""
    save_answers(session, draft, {path: value}, **HERS)


def test_somebody_added_in_the_form_is_not_overwritten_by_somebody_named_in_the_chat(
    session, draft, chat, answers
):
    chat("no", "about Kayden Marsh, he is 6")
    put(session, draft, "household", [{"name": "Dana Marsh", "relationship": "Mother"}])
    chat("his gran is Pat Dunn")
    names = [each["name"] for each in answers()["household"]]
    assert names == ["Dana Marsh", "Pat Dunn"]


def test_a_child_of_whom_the_form_knows_is_the_one_the_chat_goes_on_about(
    session, draft, chat, answers
):
    child = {"given_names": "Mia", "family_name": "Shaw", "sex": "F"}
    put(session, draft, "children", [child])
    talk = chat("no", "she is 6 and she came to school with no coat three times this week")
    assert [each["given_names"] for each in answers()["children"]] == ["Mia"]
    assert value_at(answers(), "children[0].age.age_years") == 6
    assert "child_name" not in talk.asked


def test_what_the_form_was_told_is_not_asked_again(session, draft, chat):
    chat("no", "about Kayden Marsh", "he has come to school hungry for three weeks")
    put(session, draft, "children[0].age", {"kind": "born", "date_of_birth": "2020-03-04"})
    put(session, draft, "children[0].home", {"address_line": "12 Mill Lane"})
    put(session, draft, "referrer.telephone", "01632 960 111")
    put(session, draft, "concern.first_hand", "saw_or_heard")
    talk = chat("he looks thin too", "he is at school now with his teacher", "nothing else", "skip")
    assert not {"address", "first_hand", "reach"} & set(talk.asked)
    assert talk.asked.count("age") == 1  # it was open when she went to the form


def test_an_open_question_that_the_form_has_answered_gives_way_to_the_next(session, draft, chat):
    talk = chat("no", "about Kayden Marsh", "he has come to school hungry for three weeks")
    assert talk.pending == "age"
    put(session, draft, "children[0].age", {"kind": "born", "date_of_birth": "2020-03-04"})
    back = come_back(session, draft, **HERS)
    assert back.pending == "first_hand"
    assert back.replies[-1].startswith("I have what you wrote in the form.")
    assert len(back.replies) == len(talk.replies)
    assert come_back(session, draft, **HERS) == back


def test_the_card_shows_what_was_put_right_in_the_form(session, draft, chat, answers):
    chat("no", "about Kayden Marsh, of 12 Mill Lane")
    put(session, draft, "children[0].given_names", "Kaiden")
    put(session, draft, "children[0].home.address_line", "")
    talk = talk_of(session, draft, by=AMARA).talk
    assert talk.value("given_names", 0) == "Kaiden"
    assert talk.value("address_line", 0) is None
    chat("he is 6")
    assert value_at(answers(), "children[0].given_names") == "Kaiden"
    assert not value_at(answers(), "children[0].home.address_line")


def test_long_words_of_both_are_kept(session, draft, chat, answers):
    chat("no", "about Kayden Marsh", "he has come to school hungry for three weeks")
    before = value_at(answers(), "concern.worry")
    put(session, draft, "concern.worry", f"{before}\nHis shoes are too small.")
    chat("and he fell asleep in class on Monday, he looked very tired and thin")
    worry = value_at(answers(), "concern.worry")
    assert "His shoes are too small." in worry
    assert "hungry for three weeks" in worry
    assert "fell asleep in class" in worry


def test_a_worry_begun_in_the_form_is_gone_on_with_in_the_chat(session, draft, chat, answers):
    put(session, draft, "concern.worry", "He is thin and cold.")
    chat("no", "about Kayden Marsh", "he has come to school hungry for three weeks")
    worry = value_at(answers(), "concern.worry")
    assert worry.startswith("He is thin and cold.\n")
    assert "hungry for three weeks" in worry


def test_a_child_removed_in_the_form_stays_away_and_the_talk_goes_on(session, draft, chat, answers):
    chat("no", "about Kayden Marsh who is 6 and his sister Mia Marsh who is 4")
    put(session, draft, "children", [answers()["children"][1]])
    chat("Mia lives at 12 Mill Lane")
    assert [each["given_names"] for each in answers()["children"]] == ["Mia"]
    assert value_at(answers(), "children[0].home.address_line") == "12 Mill Lane"


def test_who_was_told_in_the_form_keeps_the_row(session, draft, chat, answers):
    chat("no", "about Kayden Marsh, he is 6")
    row = {"person": "Dana Marsh", "told": "yes", "agreement": "given"}
    put(session, draft, "told_and_agreed", [row])
    chat("I have not told his dad because he would hit him")
    assert answers()["told_and_agreed"][0] == row


def test_a_fact_that_came_from_the_form_is_changed_on_the_card(session, draft, chat, answers):
    put(session, draft, "children", [{"given_names": "Mia", "family_name": "Shaw"}])
    talk = chat("no")
    name = next(fact for fact in talk.facts if fact.what == "given_names")
    assert name.turn == 0
    change_fact(session, draft, name, "Maya", **HERS)
    assert value_at(answers(), "children[0].given_names") == "Maya"


def test_undo_says_so_when_there_is_nothing_to_take_back(session, draft, chat):
    talk = chat("no", "about Kayden Marsh", "he is 6", "undo", "undo")
    assert talk.replies[-2].startswith("I have taken the last thing back.")
    assert talk.replies[-1].startswith("There is nothing more to take back.")


def test_an_empty_row_that_the_form_has_opened_is_nobody(session, draft, chat, answers):
    put(session, draft, "children", [{"age": {"kind": "born"}}])
    talk = chat("no", "about Kayden Marsh, he is 6")
    assert len(talk.child_numbers()) == 1
    assert [each["given_names"] for each in answers()["children"]] == ["Kayden"]


def test_a_child_of_whom_nothing_was_said_yet_keeps_the_place_before_the_next():
    answers: dict = {}
    for path, value in beside({"children[1].given_names": "Mia"}, {}, answers).items():
        answers = with_value(answers, path, value)
    assert answers == {"children": [{}, {"given_names": "Mia"}]}


def test_without_the_form_the_talk_goes_on_as_if_there_were_none(session, draft, chat):
    chat("no", "about Kayden Marsh and his sister Mia", "his dad is Lee Dunn", "and nan is Pat")
    before = talk_of(session, draft, by=AMARA).talk
    assert before.before is not None  # nothing was taken over, so the last turn can be taken back
    assert chat("undo").replies[-1].startswith("I have taken the last thing back.")
