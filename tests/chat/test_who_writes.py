"""Who writes, from whom something is kept, and who of the family knows: in people's own words."""

import pytest

from mash_triage.chat.hearing.danger import heard_in
from mash_triage.chat.read import Context
from mash_triage.chat.sender.kept_from import kept_from
from mash_triage.chat.sender.own_work import introduction_in
from mash_triage.chat.words.items import taken_apart
from mash_triage.chat.words.marks import marks_in
from mash_triage.chat.words.signature import signature_in
from tests.chat.talks import TODAY, talk_of


def kept(words: str) -> str | None:
    marks = marks_in(words, TODAY)
    return kept_from(taken_apart(words, (0, len(words)), marks, frozenset(), bare=False))


def understood(*turns: str, agency: str = "school") -> dict[str, object]:
    talk = talk_of(*turns, context=Context(agency, ""))
    return {fact.what: fact.value for fact in talk.facts}


@pytest.mark.parametrize(
    ("line", "after", "name", "role", "agency", "team"),
    [
        ("Health visitor here, Jo Kerr, Alder clinic", "", "Jo Kerr", "Health visitor",
         "Alder clinic", ""),
        ("PC 5120 Pellow Q section", "", "Pellow", "PC", "", "Q section"),
        ("Tracey Bow.", " Alder Homes. Income team. t.bow@alder.example", "Tracey Bow", "",
         "Alder Homes", "Income team"),
        ("Cheers, Bilal Shah - youth worker - Hope Project - 07700 900111", "", "Bilal Shah",
         "youth worker", "Hope Project", ""),
        ("Deputy head, Oakfield Juniors, Sam Pryce", "", "Sam Pryce", "Deputy head",
         "Oakfield Juniors", ""),
    ],
)  # fmt: skip
def test_work_place_and_name_are_read_in_any_order(line, after, name, role, agency, team):
    said = signature_in(line, after, opening=True)
    assert said is not None
    assert (said.name, said.role, said.agency, said.team) == (name, role, agency, team)


def test_a_child_with_an_age_is_nobodys_signature():
    assert signature_in("Teacher, Ellie Pellow, 9", opening=True) is None


def test_work_alone_opens_a_conversation():
    said = introduction_in("School nurse, drop in at Alder High.", first=True)
    assert said is not None
    assert (said.role, said.agency) == ("School nurse", "Alder High")


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("please dont let Dad get wind of this", "Dad"),
        ("Grandma is not to be told", "Grandma"),
        ("can this stay between us, not his family", "his family"),
        ("our names should be left off any paperwork going to the Marshes", "the Marshes"),
        ("mum would rather her mother didn't know", "her mother"),
        ("he doesnt know and mustnt", "he"),
        ("he never tells anyone anything", None),
        ("I haven't told mum yet", None),
        ("they don't let the kids go out", None),
        ("pls keep my name out of it", None),
    ],
)
def test_from_whom_something_is_to_be_kept(words, who):
    assert kept(words) == who


def test_who_was_told_goes_on_to_who_agreed():
    said = understood("no", "Ellie Pellow 9, mum Jo Pellow", "told her I'd ring you, she said ok")
    assert (said["told"], said["agreement"]) == ("yes", "given")


def test_words_said_back_are_no_agreement():
    said = understood(
        "no", "Ellie Pellow 9, mum Jo Pellow", 'told her I\'d ring you, she said "oh God"'
    )
    assert said["told"] == "yes"
    assert "agreement" not in said


def test_another_ones_number_is_not_the_senders():
    said = understood("no", "Ellie Pellow, 9. dad is Tom Pellow, his number is 07700 900111")
    assert said["phone"] == "07700 900111"
    assert "referrer.telephone" not in said


def test_what_only_the_written_reading_hears_is_asked_about():
    assert heard_in(("He is asleep upstairs as we speak, mum comes at six",)) == "doubt"
