"""The life of a child on a contact: one table of moves, and words for every stage."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mash_triage.contacts import status
from mash_triage.contacts.pictures import MovePicture, picture_of_child
from mash_triage.contacts.status import (
    ENDED,
    MOVES,
    STAGE_WORDS,
    UNDECIDED,
    Status,
    check_move,
    in_their_order,
)
from mash_triage.errors import NotReady
from tests import stories
from tests.cast import MONDAY_NINE


def test_every_status_has_its_line_and_its_words():
    assert set(MOVES) == set(Status) == set(STAGE_WORDS)


def test_every_status_waits_with_one_of_three_or_is_ended_or_not_sent():
    queues = (status.WAITING_FOR_SCREENING, status.WITH_WORKER, status.WAITING_FOR_MANAGER)
    for each in Status:
        assert sum(each in queue for queue in (*queues, ENDED, {Status.DRAFT})) == 1
    assert frozenset().union(*queues) == UNDECIDED


def test_nobody_leaves_undecided_except_through_a_managers_decision():
    out = {(now, to) for now in UNDECIDED for to in MOVES[now] if to not in UNDECIDED}
    assert out == {(Status.MANAGER_REVIEW, Status.DECIDED)}


def test_every_undecided_child_can_reach_a_decision():
    reached, before = {Status.DECIDED}, set()
    while reached != before:
        before = set(reached)
        reached |= {now for now in Status if MOVES[now] & reached}
    assert reached >= UNDECIDED


@pytest.mark.parametrize("now", Status)
def test_a_move_that_is_not_in_the_table_is_refused_in_words(now):
    for to in Status:
        if to in MOVES[now]:
            check_move(now, to)
        else:
            with pytest.raises(NotReady, match="Open the page again"):
                check_move(now, to)


# ---------------------------------------------------------------- steps of one moment


def step(moved_from, moved_to, hours):
    return MovePicture(moved_from, moved_to, MONDAY_NINE + hours * stories.HOUR, "Beth Hollis", "")


S = Status
GIVEN_BACK_AND_ASKED_AT_ONCE = (
    step(S.RECEIVED, S.ACKNOWLEDGED, 0),
    step(S.ACKNOWLEDGED, S.SCREENING, 1),
    step(S.SCREENING, S.MANAGER_REVIEW, 1),
    step(S.MANAGER_REVIEW, S.RETURNED_TO_WORKER, 2),
    step(S.RETURNED_TO_WORKER, S.SCREENING, 3),
    step(S.SCREENING, S.MASH_ENQUIRY, 3),
)


@given(st.permutations(GIVEN_BACK_AND_ASKED_AT_ONCE))
def test_steps_of_one_moment_are_told_as_one_leads_to_the_next(steps):
    assert in_their_order(steps) == GIVEN_BACK_AND_ASKED_AT_ONCE


def test_a_childs_history_is_told_in_order_whatever_order_it_lies_in(session, amara, beth):
    child = stories.a_child_taken_up(session, sent_by=amara, screened_by=beth)
    asked = child.move_to(S.AWAITING_REFERRER, by=beth, at=MONDAY_NINE + stories.HOUR)
    answered = child.move_to(S.SCREENING, by=beth, at=MONDAY_NINE + stories.HOUR)
    for each in (answered, asked):
        session.add(each)
        session.flush()
    told = picture_of_child(session, child.id, by=beth).moves
    assert [each.moved_to for each in told][-2:] == [S.AWAITING_REFERRER, S.SCREENING]
