"""Work in hand: the urgent before the rest, an alarm where somebody waits too long, own filters."""

from datetime import timedelta

import pytest

from mash_triage.errors import NotReady
from mash_triage.worklists.actions import MOST_FILTERS, remove_filter, save_filter
from mash_triage.worklists.in_hand import in_hand
from mash_triage.worklists.saved_filters import choices_of_board
from tests import stories
from tests.stories import HOUR, MONDAY_NINE


def test_among_the_unallocated_the_urgent_come_before_those_who_wait_longer(session, amara, beth):
    waits = stories.a_child(session, {"given_names": "Waits"}, sent_by=amara)
    longer = stories.a_child(
        session, {"given_names": "Longer"}, sent_by=amara, at=MONDAY_NINE - HOUR
    )
    urgent = stories.a_child(
        session, sent_by=amara, at=MONDAY_NINE + HOUR, danger={"in_danger_now": "yes"}
    )
    found = in_hand(session, by=beth, at=MONDAY_NINE + 2 * HOUR).unallocated
    assert [row.id for row in found] == [urgent.id, longer.id, waits.id]


def test_the_alarm_is_for_those_undecided_for_more_than_two_days_and_no_others(
    session, amara, beth
):
    old = stories.a_child(session, sent_by=amara, at=MONDAY_NINE)
    stories.a_child(session, sent_by=amara, at=MONDAY_NINE + HOUR)
    two_days = MONDAY_NINE + timedelta(days=2)
    assert in_hand(session, by=beth, at=two_days).too_old == ()
    late = in_hand(session, by=beth, at=two_days + HOUR / 60).too_old
    assert [row.id for row in late] == [old.id]


def test_a_filter_is_its_owners_alone(session, beth, carol):
    for one in (beth, carol):
        save_filter(session, f"Of {one.name}", {"rag": "red"}, by=one, at=MONDAY_NINE)
    save_filter(session, "Mine", {"rag": "red"}, by=beth, at=MONDAY_NINE)
    save_filter(session, "Mine", {"rag": "amber"}, by=carol, at=MONDAY_NINE)
    remove_filter(session, "Mine", by=carol, at=MONDAY_NINE)
    remove_filter(session, f"Of {beth.name}", by=carol, at=MONDAY_NINE)
    session.flush()
    assert choices_of_board(session, by=beth).saved == {
        "Mine": {"rag": "red"},
        f"Of {beth.name}": {"rag": "red"},
    }
    assert set(choices_of_board(session, by=carol).saved) == {f"Of {carol.name}"}


def test_a_colleagues_many_filters_leave_room_for_hers(session, beth, carol):
    for number in range(MOST_FILTERS):
        save_filter(session, f"Number {number}", {"rag": "red"}, by=beth, at=MONDAY_NINE)
    with pytest.raises(NotReady, match="Remove one first"):
        save_filter(session, "One more", {}, by=beth, at=MONDAY_NINE)
    save_filter(session, "Number 1", {"rag": "amber"}, by=beth, at=MONDAY_NINE)
    save_filter(session, "One more", {}, by=carol, at=MONDAY_NINE)
    assert choices_of_board(session, by=beth).saved["Number 1"] == {"rag": "amber"}
