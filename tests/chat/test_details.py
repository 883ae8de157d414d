"""What is said of a child and of whoever writes, in the many ways in which people say it."""

import pytest

from mash_triage.chat.answers import answers_of
from mash_triage.chat.read import Context
from mash_triage.chat.sender.own_work import introduction_in
from mash_triage.chat.state import Talk
from mash_triage.chat.words.signature import signature_in
from mash_triage.contacts.answers import value_at
from tests.chat.talks import talk_of

CHILD = "about Kayden Marsh, he is 6"


def answer(path: str, *turns: str) -> object:
    talk: Talk = talk_of("no", CHILD, *turns, context=Context("school", "Teacher"))
    return value_at(answers_of(talk), path)


@pytest.mark.parametrize(
    ("words", "name", "role", "agency", "team"),
    [
        ("Ann Reed, class teacher, Elm Primary, 01632 960001", "Ann Reed", "class teacher",
         "Elm Primary", ""),
        ("PC 88 Ann Reed, Response C, a.reed@police.example", "Ann Reed", "PC", "", "Response C"),
        ("i'm ann reed, key worker at Harbour House. 01632 960001", "ann reed", "key worker",
         "Harbour House", ""),
        ("Ann Reed youth worker at The Loft, 01632 960001", "Ann Reed", "youth worker",
         "The Loft", ""),
    ],
)  # fmt: skip
def test_a_line_that_says_who_writes_is_read_piece_by_piece(words, name, role, agency, team):
    signed = signature_in(words)
    assert signed is not None
    assert (signed.name, signed.role, signed.agency, signed.team) == (name, role, agency, team)


@pytest.mark.parametrize(
    "words",
    [
        "Kayden Marsh, 6, Elm Primary",
        "Ann Reed is his mum, 01632 960001",
        "Ann Reed, social worker, rang them on Monday",
        "She told me",
    ],
)
def test_a_line_about_somebody_else_is_no_signature(words):
    assert signature_in(words) is None


def test_the_work_is_said_without_a_name_where_the_talk_begins():
    first = introduction_in("hi, nursery manager here, need advice", first=True)
    assert first is not None
    assert first.role == "nursery manager"
    assert introduction_in("nursery manager rang me", first=True) is None


@pytest.mark.parametrize(
    ("words", "path", "value"),
    [
        ("dob 03/04/2019 no sorry 03/04/2020", "children[0].age.date_of_birth", "2020-04-03"),
        ("hes in y3.. no hang on y2", "children[0].year_group", "y2"),
    ],
)
def test_what_the_next_words_take_back_does_not_stand(words, path, value):
    assert answer(path, words) == value


def test_his_words_are_the_childs_though_his_father_was_named_last():
    turns = ("dad is Lee Marsh", 'he told me on Tuesday, on his own, "I sleep in the van"')
    assert answer("children[0].voice.said", *turns) == "I sleep in the van"
    assert answer("children[0].voice.to_whom", *turns) == "me"
    assert answer("children[0].voice.when", *turns) == "2026-11-17"
    assert answer("children[0].voice.seen_alone", *turns) == "yes"


@pytest.mark.parametrize(
    ("words", "path", "value"),
    [
        ("hv is Pat Lowe", "children[0].health_visitor", "Pat Lowe"),
        ("gp he changed its now dr stone", "children[0].gp", "dr stone"),
        ("he goes to Elm Bank primary, year 2", "children[0].school", "Elm Bank primary"),
        ("gran has special guardianship of him", "children[0].legal_status",
         "special guardianship"),
        ("please dont give his address to anybody", "children[0].home.confidential", True),
        ("Rose Cottage, Mill Lane ZA1 2BB", "children[0].home.address_line",
         "Rose Cottage, Mill Lane"),
        ("they moved there in March from a hostel in Leeds", "children[0].home.since", "2026-03"),
        ("your scale? well 10 is safe so a 4", "concern.scale", 4),
        ("999 done, incident 4410", "danger.reference", "4410"),
    ],
)  # fmt: skip
def test_a_detail_stands_in_its_field(words, path, value):
    assert answer(path, words) == value


def test_a_refusal_to_say_or_a_thing_in_passing_makes_no_detail():
    assert answer("children[0].health_visitor", "hv not known") is None
    assert answer("children[0].school", "he has a cousin at Elm Primary") is None
