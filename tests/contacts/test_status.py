"""The life of a child on a contact: one table of moves, and words for every stage."""

import pytest

from mash_triage.contacts import status
from mash_triage.contacts.status import ENDED, MOVES, STAGE_WORDS, UNDECIDED, Status, check_move
from mash_triage.errors import NotReady


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
