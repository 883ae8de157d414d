"""Whoever worked on a child's screening, at any time and however little, does not decide."""

import pytest

from mash_triage.consent.actions import ConsentFacts, record_consent
from mash_triage.decisions.actions import record_decision, return_to_worker
from mash_triage.decisions.queries import who_screened
from mash_triage.errors import NotAllowed
from mash_triage.matching.actions import (
    confirm_match,
    record_new_person,
    reject_match,
    undo_match,
)
from mash_triage.screening.actions import (
    hand_over,
    record_analysis,
    record_indicators,
    send_for_decision,
    set_level,
    set_rag,
    take_up,
)
from mash_triage.thresholds.routes import Rag, Route
from tests import stories
from tests.stories import HOUR, MONDAY_NINE

AT = MONDAY_NINE + 3 * HOUR


def took_it_up(session, child, manager, worker, at):
    hand_over(session, child.id, "x", by=manager, at=at)
    hand_over(session, child.id, "x", by=worker, at=at)


def ticked(session, child, manager, worker, at):
    record_indicators(
        session, child.id, ["young_carer"], answered=["young_carer"], by=manager, at=at
    )


def ticked_what_is_settled_anew(session, child, manager, worker, at):
    codes = ["persistent_hunger"]
    record_indicators(session, child.id, [], answered=codes, by=manager, at=at)
    record_indicators(session, child.id, codes, answered=codes, by=worker, at=at)


def rated(session, child, manager, worker, at):
    set_rag(session, child.id, Rag.AMBER, "Sooner", by=manager, at=at)
    set_rag(session, child.id, Rag.GREEN, "As before", by=worker, at=at)


def analysed(session, child, manager, worker, at):
    record_analysis(session, child.id, {"harm_so_far": "Hungry at school."}, by=manager, at=at)
    record_analysis(session, child.id, {"works_well": "She comes daily."}, by=worker, at=at)


def set_the_level(session, child, manager, worker, at):
    set_level(session, child.id, 3, Route.EARLY_HELP, by=manager, at=at)
    set_level(session, child.id, 3, Route.EARLY_HELP, by=worker, at=at)


def said_who_it_is(session, child, manager, worker, at):
    person = child.person_id
    undo_match(session, child.id, because="Wrong Mia", by=worker, at=at)
    confirm_match(session, child.id, person, by=manager, at=at)


def said_who_it_is_not(session, child, manager, worker, at):
    person = child.person_id
    undo_match(session, child.id, because="Wrong Mia", by=worker, at=at)
    reject_match(session, child.id, person, by=manager, at=at)
    record_new_person(session, child.id, by=worker, at=at)


def took_the_link_back(session, child, manager, worker, at):
    person = child.person_id
    undo_match(session, child.id, because="Wrong Mia", by=manager, at=at)
    confirm_match(session, child.id, person, by=worker, at=at)


WORK = [
    took_it_up,
    ticked,
    ticked_what_is_settled_anew,
    rated,
    analysed,
    set_the_level,
    said_who_it_is,
    said_who_it_is_not,
    took_the_link_back,
]


def begun(session, sent_by, worker):
    child = stories.a_child_taken_up(session, sent_by=sent_by, screened_by=worker)
    stories.screen(session, child, by=worker, at=MONDAY_NINE + HOUR)
    return child


@pytest.mark.parametrize("work", WORK, ids=lambda each: each.__name__)
def test_a_manager_who_had_a_hand_in_the_screening_does_not_decide(
    session, amara, beth, carol, dan, work
):
    child = begun(session, amara, beth)
    work(session, child, carol, beth, MONDAY_NINE + HOUR)
    send_for_decision(session, child.id, by=beth, at=MONDAY_NINE + 2 * HOUR)
    with pytest.raises(NotAllowed, match="You worked on this child's screening"):
        record_decision(session, child.id, stories.a_decision(), by=carol, at=AT)
    record_decision(session, child.id, stories.a_decision(), by=dan, at=AT)


@pytest.mark.parametrize("work", [said_who_it_is, took_the_link_back], ids=lambda e: e.__name__)
def test_nor_does_one_who_changes_the_link_while_the_child_waits_for_her(
    session, amara, beth, carol, work
):
    child = stories.a_child_awaiting_decision(session, sent_by=amara, screened_by=beth)
    work(session, child, carol, beth, AT)
    with pytest.raises(NotAllowed):
        record_decision(session, child.id, stories.a_decision(), by=carol, at=AT)


def test_one_who_sent_it_the_first_time_does_not_decide_after_the_second(
    session, amara, beth, carol, dan
):
    child = begun(session, amara, beth)
    send_for_decision(session, child.id, by=carol, at=MONDAY_NINE + 2 * HOUR)
    return_to_worker(session, child.id, "Ask the school", by=dan, at=AT)
    send_for_decision(session, child.id, by=beth, at=AT)
    with pytest.raises(NotAllowed):
        record_decision(session, child.id, stories.a_decision(), by=carol, at=AT)
    record_decision(session, child.id, stories.a_decision(), by=dan, at=AT)


def test_taking_up_a_returned_child_again_counts_as_well(session, amara, beth, carol):
    child = stories.a_child(session, sent_by=amara)
    take_up(session, child.id, by=carol, at=MONDAY_NINE)
    hand_over(session, child.id, "x", by=beth, at=MONDAY_NINE)
    stories.know(session, child, by=beth, at=MONDAY_NINE)
    assert who_screened(session, child.id) == {beth.user_id, carol.user_id}


def test_reading_returning_and_recording_consent_are_no_screening(session, amara, beth, carol, dan):
    child = stories.a_child_awaiting_decision(session, sent_by=amara, screened_by=beth)
    agreed = ConsentFacts("Rosa Thornbury", "contact", "given")
    record_consent(session, child.id, agreed, by=carol, at=AT)
    return_to_worker(session, child.id, "Ask the school", by=carol, at=AT)
    send_for_decision(session, child.id, by=beth, at=AT)
    assert who_screened(session, child.id) == {beth.user_id}
    record_decision(session, child.id, stories.a_decision(), by=carol, at=AT)


def test_another_childs_screening_stands_in_nobodys_way(session, amara, beth, carol):
    begun(session, amara, carol)
    child = stories.a_child_awaiting_decision(
        session, {"given_names": "Noah"}, sent_by=amara, screened_by=beth
    )
    assert who_screened(session, child.id) == {beth.user_id}
    record_decision(
        session, child.id, stories.a_decision(repeat_comment="Two at once."), by=carol, at=AT
    )
