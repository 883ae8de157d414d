"""The referrer's words are read: proposed sentence by sentence, counted by nobody but a person."""

from typing import get_args

import pytest

from mash_triage.errors import NotReady
from mash_triage.reading.shapes import Why
from mash_triage.screening.actions import propose_from_words, record_indicators, take_up
from mash_triage.screening.queries import picture_of_screening, words_read
from mash_triage.screening.words import about
from mash_triage.web.child.proposed import ASIDE
from tests import stories
from tests.stories import HOUR, MONDAY_NINE

AT = MONDAY_NINE + 2 * HOUR
CUTS = "She has been self-harming since the summer."
WORRY = f"Her friends told me first. {CUTS} She denies any thoughts of suicide."
SAYS = {"concern": {"worry": WORRY, "child_voice": "did_not_wish"}}


@pytest.fixture
def child(session, amara, beth):
    return stories.a_child_taken_up(session, sent_by=amara, screened_by=beth, **SAYS)


def indicators(session, child, by):
    return {each.code: each for each in picture_of_screening(session, child.id, by=by).indicators}


def test_what_is_read_is_proposed_with_its_sentence_and_counts_for_nothing(session, child, beth):
    assert propose_from_words(session, child.id, by=beth, at=AT) == 1

    proposed = indicators(session, child, beth)["self_harm"]
    assert (proposed.state, proposed.origin, proposed.sentence) == ("proposed", "reading", CUTS)
    picture = picture_of_screening(session, child.id, by=beth)
    assert picture.accepted == ()
    assert not picture.suggestion.enough_known
    assert "Accept or reject each proposed indicator." in [each.words for each in picture.missing]
    assert picture.if_all_accepted.enough_known
    read = words_read(session, child.id, by=beth)
    assert ("suicidal_thoughts", "denied") in [(each.code, each.why) for each in read.set_aside]


def test_read_again_nothing_that_was_answered_is_asked_anew(session, child, beth):
    propose_from_words(session, child.id, by=beth, at=AT)
    record_indicators(session, child.id, [], answered=["self_harm"], by=beth, at=AT)
    assert propose_from_words(session, child.id, by=beth, at=AT) == 0
    assert indicators(session, child, beth)["self_harm"].state == "rejected"


def test_nobody_reads_for_a_child_whom_no_worker_has(session, amara, beth):
    child = stories.a_child(session, sent_by=amara, **SAYS)
    with pytest.raises(NotReady, match="Take this child up first"):
        propose_from_words(session, child.id, by=beth, at=AT)


def test_words_that_could_name_a_restricted_child_are_neither_read_nor_shown(
    session, amara, beth, carol, dan
):
    receipt = stories.a_receipt(
        session, {"given_names": "Zoe"}, {"given_names": "Mia"}, sent_by=amara, **SAYS
    )
    zoe, mia = stories.children_of(session, receipt)
    take_up(session, mia.id, by=beth, at=AT)
    propose_from_words(session, mia.id, by=beth, at=AT)
    stories.know(session, zoe, by=carol, at=AT)
    stories.restrict(session, zoe, readers=(carol, dan), by=carol, at=AT)

    assert indicators(session, mia, beth)["self_harm"].sentence == ""
    assert indicators(session, mia, carol)["self_harm"].sentence == CUTS
    assert words_read(session, mia.id, by=beth).set_aside == ()


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"age": {"kind": "born", "date_of_birth": "2025-12-09"}}, {"age_months": 1}),
        ({"age": {"kind": "age", "age_years": 14}}, {"age_years": 14}),
        ({"age": {"kind": "unborn"}}, {"unborn": True}),
        ({"moves_independently": "no"}, {"non_mobile": True}),
        ({"disabled": "no"}, {"disability": False}),
    ],
)
def test_what_the_form_says_is_beside_the_words(session, amara, said, expected):
    child = stories.a_child(session, said, {"given_names": "Ben"}, sent_by=amara)
    facts = about(child)
    assert {name: getattr(facts, name) for name in expected} == expected
    assert facts.agency == "school"
    assert facts.other_ages == (8,)


def test_every_reason_for_setting_words_aside_has_its_words():
    assert set(ASIDE) == set(get_args(Why))
