"""Family names said once for all, and ages that come in a list."""

import pytest

from mash_triage.chat.read import Context
from tests.chat.talks import TEACHER, YOUNG, told


def children(*turns: str, context: Context = TEACHER):
    return told(*turns, context=context)["children"]


@pytest.mark.parametrize(
    "words",
    [
        "all Tolworths",
        "they're all Tolworth",
        "surname Tolworth",
        "Tolworth is the surname, its on the door",
        "last name is Tolworth for both of them",
        "surname is mums - Tolworth",
        "the Tolworth kids",
        "Tolworth, the pair of them",
    ],
)
def test_a_family_name_said_once_is_that_of_all_the_children(words):
    found = children("Kezia 9 and Rhys 3", words)
    assert [one["family_name"] for one in found] == ["Tolworth", "Tolworth"]


def test_a_family_name_of_one_child_is_not_given_to_another():
    found = children("Kezia 9 and Rhys 3", "Kezia's surname is Tolworth")
    assert found[0]["family_name"] == "Tolworth"
    assert not found[1].get("family_name")


def test_the_children_somebody_plays_with_give_nobody_their_name():
    found = children("Kezia 9", "she plays with the Tolworth kids")
    assert not found[0].get("family_name")


def test_a_newborn_without_a_first_name_has_a_family_name():
    (one,) = children("baby girl Tolworth, no name yet, born 3.11.26")
    assert one["family_name"] == "Tolworth"
    assert not one.get("given_names")


def test_family_names_the_wrong_way_round_are_put_right():
    found = children("Kezia 9 and Rhys 3", "Kezias Tolworth, Rhys Ashdown")
    assert found[0]["family_name"] == "Tolworth"
    found = children(
        "Kezia Ashdown 9 and Bryn Tolworth 3", "sorry wrong way round, Kezias Tolworth"
    )
    assert found[0]["family_name"] == "Tolworth"


def test_an_ordinary_word_is_a_family_name_where_somebody_says_her_own():
    (one,) = children("im kezia price im 12", context=YOUNG)
    assert (one["given_names"], one["family_name"]) == ("kezia", "price")


@pytest.mark.parametrize(
    "words",
    [
        "Kezia and Rhys, 9 and 3",
        "Kezia and Rhys they are 9 and 3",
        "Kezia & Rhys (9 and 3)",
        "Kezia and Rhys. theyre 9 and 3",
        "Kezia and Rhys. the kids are 9 and 3",
        "2 kids, 9 and 3. eldest is Kezia, youngest is Rhys",
    ],
)
def test_each_age_of_a_list_is_that_of_the_child_in_its_place(words):
    found = children(words)
    assert [(one["given_names"], one["age"]["age_years"]) for one in found] == [
        ("Kezia", 9),
        ("Rhys", 3),
    ]


def test_another_name_is_kept_beside_a_longer_form_of_it():
    (one,) = children("Abdirahman Ashdown, known as Abdi, 12")
    assert one["aliases"][0]["given_names"] == "Abdi"


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("not rolling yet", "no"),
        ("she isnt crawling", "no"),
        ("she walks fine", "yes"),
        ("she moves about by herself", "yes"),
        ("she is crawling now", "yes"),
    ],
)
def test_whether_a_child_moves_about_alone(words, value):
    (one,) = children("about Kezia, 9 months", words)
    assert one["moves_independently"] == value
