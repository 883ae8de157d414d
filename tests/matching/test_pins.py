"""An answer holds until it is taken back, also on the next contact, and says whose it is."""

import pytest

from mash_triage.errors import NotFound, NotReady
from mash_triage.matching.actions import (
    confirm_match,
    leave_match_open,
    record_new_person,
    reject_match,
    suggest_matches,
    take_back_answer,
    undo_match,
)
from mash_triage.matching.pins import Pin, ToldApart, pins_of, told_apart
from mash_triage.matching.queries import answers_of
from tests import stories
from tests.stories import HOUR, MONDAY_NINE

AT = MONDAY_NINE + HOUR


@pytest.fixture
def sisters(session, amara, beth):
    """The record numbers of Mia and Isla, each known from a contact of her own."""
    known = []
    for given in ("Mia", "Isla"):
        child = stories.a_child(session, {"given_names": given}, sent_by=amara)
        known.append(record_new_person(session, child.id, by=beth, at=AT).id)
    return tuple(known)


@pytest.fixture
def child(session, amara):
    return stories.a_child(session, sent_by=amara)


def test_not_sure_keeps_the_record_on_offer_and_shows_whose_doubt_it_is(
    session, beth, sisters, child
):
    mia, _ = sisters
    leave_match_open(session, child.id, mia, reason="No second name", by=beth, at=AT)

    assert child.person_id is None
    assert mia in [
        each.id for each in suggest_matches(session, child.id, by=beth, at=AT).candidates
    ]
    assert pins_of(session, child.id, by=beth) == [
        Pin(mia, "unsure", beth.name, AT, "No second name")
    ]


def test_of_one_pair_the_last_answer_stands_and_the_first_stays_on_record(
    session, beth, carol, sisters, child
):
    mia, _ = sisters
    leave_match_open(session, child.id, mia, by=beth, at=AT)
    reject_match(session, child.id, mia, by=carol, at=AT + HOUR)

    assert [(p.answer, p.by_name) for p in pins_of(session, child.id, by=beth)] == [
        ("different", carol.name)
    ]
    last, first = answers_of(session, child.id, by=beth)
    assert (first.answer, first.undone_by_name) == ("unsure", carol.name)
    assert (last.answer, last.undone_at) == ("different", None)


def test_not_this_child_holds_on_the_next_contact_of_the_linked_child(
    session, amara, beth, carol, sisters, child
):
    mia, isla = sisters
    reject_match(session, child.id, isla, reason="Her sister", by=beth, at=AT)
    confirm_match(session, child.id, mia, by=beth, at=AT)
    again = stories.a_child(session, sent_by=amara, at=AT)
    assert pins_of(session, again.id, by=carol) == []

    confirm_match(session, again.id, mia, by=carol, at=AT + HOUR)
    same, follows = pins_of(session, again.id, by=carol)
    assert (same.person_id, same.answer) == (mia, "same")
    assert follows == Pin(isla, "different", beth.name, AT, "Her sister", through=mia)
    one, other = sorted(sisters)
    for asked in ([mia], [isla], [mia, isla]):
        assert told_apart(session, asked, by=carol) == [
            ToldApart(one, other, beth.name, AT, "Her sister")
        ]


def test_what_followed_falls_with_the_answer_or_with_the_link(session, amara, beth, sisters):
    mia, isla = sisters
    for taken_back in ("answer", "link"):
        child = stories.a_child(session, sent_by=amara)
        reject_match(session, child.id, isla, by=beth, at=AT)
        confirm_match(session, child.id, mia, by=beth, at=AT)
        assert told_apart(session, [mia], by=beth)
        if taken_back == "answer":
            take_back_answer(session, child.id, isla, because="Mistyped", by=beth, at=AT)
        else:
            undo_match(session, child.id, because="Mistyped", by=beth, at=AT)
        assert told_apart(session, [mia], by=beth) == []


def test_taking_back_needs_a_reason_and_an_answer(session, beth, sisters, child):
    mia, _ = sisters
    with pytest.raises(NotFound, match="no answer"):
        take_back_answer(session, child.id, mia, because="x", by=beth, at=AT)
    reject_match(session, child.id, mia, by=beth, at=AT)
    with pytest.raises(NotReady, match="why"):
        take_back_answer(session, child.id, mia, because=" ", by=beth, at=AT)
    take_back_answer(session, child.id, mia, because="The school rang", by=beth, at=AT)
    assert pins_of(session, child.id, by=beth) == []
    (answer,) = answers_of(session, child.id, by=beth)
    assert (answer.undone_by_name, answer.undone_because) == (beth.name, "The school rang")


def test_a_link_is_undone_as_a_link_and_not_as_an_answer(session, beth, sisters, child):
    mia, _ = sisters
    confirm_match(session, child.id, mia, by=beth, at=AT)
    for deed in (reject_match, leave_match_open):
        with pytest.raises(NotReady, match="Undo the link"):
            deed(session, child.id, mia, by=beth, at=AT)
    with pytest.raises(NotReady, match="Undo the link"):
        take_back_answer(session, child.id, mia, because="x", by=beth, at=AT)


def test_the_scorer_is_told_and_never_calls_likely_whom_somebody_ruled_out(
    session, beth, sisters, child
):
    mia, _ = sisters
    before = suggest_matches(session, child.id, by=beth, at=AT).candidates[0]
    assert (before.id, str(before.band)) == (mia, "likely")
    reject_match(session, child.id, mia, by=beth, at=AT)
    after = {
        each.id: each for each in suggest_matches(session, child.id, by=beth, at=AT).candidates
    }
    assert mia not in after or str(after[mia].band) != "likely"
    leave_match_open(session, child.id, mia, by=beth, at=AT)
    assert mia in [
        each.id for each in suggest_matches(session, child.id, by=beth, at=AT).candidates
    ]
