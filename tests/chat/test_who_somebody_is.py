"""Who somebody is: the name, the relation, the household, as people type them."""

import pytest

from mash_triage.chat.words.vocabulary import is_slip
from mash_triage.contacts.answers import value_at
from tests.chat.talks import YOUNG, told


def person(answers, relation: str):
    """The one of the household with this relationship."""
    rows = [row for row in answers.get("household", []) if row["relationship"] == relation]
    assert len(rows) == 1, answers.get("household")
    return rows[0]


@pytest.mark.parametrize(
    "words",
    [
        "her nan is Peggy Ashdown",
        "she stops with her nan, Peggy Ashdown, who's about 70",
        "nan = peggy ashdown",
        "nans name is Peggy Ashdown",
        "her nan is called Peggy Ashdown",
    ],
)
def test_a_name_belongs_to_the_word_for_the_person_it_introduces(words):
    answers = told("about Kezia Marsh, she is 6", words)
    assert person(answers, "Grandmother")["name"].lower() == "peggy ashdown"


def test_a_name_in_small_letters_that_opens_a_sentence_is_the_child():
    answers = told("kezia tolworth, shes in y3")
    assert value_at(answers, "children[0].given_names") == "kezia"
    assert value_at(answers, "children[0].family_name") == "tolworth"


def test_a_young_person_who_types_her_name_alone_says_her_own():
    answers = told("its my stepdad", "kezia tolworth im 14", context=YOUNG)
    assert value_at(answers, "children[0].given_names") == "kezia"
    assert value_at(answers, "household[0].name") == "Stepfather"


def test_a_slip_is_no_name():
    assert is_slip("finaly")
    assert not is_slip("tolworth")


def test_a_man_whose_name_is_said_is_kept_without_a_relation():
    answers = told("about Kezia Marsh", "there is a man called Bryn Oakes in the flat")
    assert person(answers, "Not known")["name"] == "Bryn Oakes"


def test_what_is_denied_is_nobody():
    answers = told("about Kezia Marsh", "dad? there's no dad about")
    assert "household" not in answers


def test_a_father_of_some_is_not_the_father_of_all():
    answers = told("Kezia 9 and Rhys 3", "Bryn Oakes is dad to Rhys only")
    assert person(answers, "Father")["relations"] == [{"child": 1, "relationship": "Father"}]


def test_each_child_has_the_father_that_was_said():
    answers = told(
        "about Kayden Marsh and his sister Mia Marsh",
        "his dad is Lee Dunn and Mia's dad is Paul Shaw",
    )
    fathers = {row["name"]: row.get("relations", []) for row in answers["household"]}
    assert fathers["Paul Shaw"] == [{"child": 1, "relationship": "Father"}]
    assert {"child": 1, "relationship": "Father"} not in fathers["Lee Dunn"]


@pytest.mark.parametrize(
    ("words", "relation", "field", "value"),
    [
        ("she lives with her mum and nan", "Grandmother", "lives_with_child", "yes"),
        ("dad doesnt live there, he moved out", "Father", "lives_with_child", "no"),
        ("mum has PR. the dad does not", "Father", "parental_responsibility", "no"),
        ("mum speaks Polish", "Mother", "language", "Polish"),
        ("dad is in prison, mum is at work", "Father", "whereabouts", "dad is in prison"),
        ("her dad hit her with a belt", "Father", "worry_about_them", "yes"),
        ("mum is Jo. her mobile 07700 900471", "Mother", "telephone", "07700 900471"),
    ],
)
def test_each_clause_speaks_of_somebody(words, relation, field, value):
    found = person(told("about Kezia Marsh", words), relation)[field]
    assert str(found).replace(" ", "") == value.replace(" ", "")


def test_hearsay_names_nobody_a_source_of_harm():
    answers = told("about Kezia Marsh", "people say her dad hit somebody, ignore that")
    assert "worry_about_them" not in person(answers, "Father")


def test_a_language_put_right_replaces_the_one_before():
    answers = told("about Kezia Marsh", "mum speaks Urdu", "no sorry not Urdu, Punjabi")
    assert person(answers, "Mother")["language"] == "Punjabi"
