"""The end of the trail is held last of all: two deeds about one child take turns, and neither is
undone for having met the other.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from time import sleep

import pytest

from mash_triage.contacts.actions import record_protective_action
from mash_triage.contacts.queries import fetch_child
from mash_triage.hand_on.actions import StepUpFacts, open_special, send_on, step_up
from mash_triage.hand_on.actions.endings import EndingFacts
from mash_triage.hand_on.kinds import Ending
from mash_triage.hand_on.queries import passed_on
from mash_triage.sharing.actions import record_not_shared
from mash_triage.strategy.actions import close_discussion, convene_discussion, record_held
from mash_triage.strategy.codes import Form
from mash_triage.strategy.rules import Convened
from tests import stories
from tests.cast import AMARA, BETH, CAROL, MONDAY_NINE
from tests.stories import HOUR
from tests.strategy.talks import HELD_AT, THREE, attended, outcome

NOON = MONDAY_NINE + 4 * HOUR
NOT_SHARED = ("Riverside Homes", "The address.", "He would find her.")
COMES_BACK = StepUpFacts("Not enough.", "He is back.", "no", "", "I am afraid.")


def says_it_was_not_shared(session, child_id):
    record_not_shared(session, child_id, *NOT_SHARED, by=BETH, at=NOON)


def calls_999(session, child_id):
    record_protective_action(session, child_id, "called_999", "now", by=BETH, at=NOON)


def steps_up(session, child_id):
    step_up(session, child_id, COMES_BACK, by=BETH, at=NOON)


@pytest.mark.parametrize("deed", [says_it_was_not_shared, calls_999, steps_up])
def test_a_deed_about_a_child_whom_another_deed_holds_waits_and_both_are_kept(database, deed):
    with database.work() as session:
        child = stories.a_decided_child(session, sent_by=AMARA, screened_by=BETH, decided_by=CAROL)
        [step_down] = passed_on(session, contact_child_id=child.id, by=CAROL, at=NOON)
        send_on(session, step_down.id, "Hub North", "", by=BETH, at=NOON)
        child_id = child.id

    done_beside(database, child_id, lambda session: deed(session, child_id))


def done_beside(database, child_id, deed):
    """Carol holds the child, a colleague does her deed, and Carol ends hers."""

    def a_colleague() -> None:
        with database.work() as session:
            deed(session)

    with ThreadPoolExecutor(1) as threads:
        with database.work() as session:
            fetch_child(session, child_id, by=CAROL, to_change=True)
            at_once = threads.submit(a_colleague)
            sleep(0.3)  # by now she waits
            assert not at_once.done()
            facts = EndingFacts("The officer", NOON, NOON.date() + HOUR * 24)
            open_special(session, child_id, Ending.PREVENT, facts, by=CAROL, at=NOON)
        at_once.result()


@pytest.mark.parametrize("first", [True, False])
def test_a_discussion_about_two_children_is_closed_though_one_of_them_is_held(database, first):
    with database.work() as session:
        told = {"sent_by": AMARA, "at": MONDAY_NINE}
        receipt = stories.a_receipt(session, {"given_names": "Mia"}, {"given_names": "Zoë"}, **told)
        both = sorted((each.id for each in stories.children_of(session, receipt)), key=str)
        call = Convened("Carol Adeyemi, manager", HELD_AT, Form.MEETING, THREE)
        row = convene_discussion(session, both, call, by=BETH, at=HELD_AT)
        record_held(session, row.id, attended(session, row), by=BETH, at=NOON)
        starts = outcome(stories.children_of(session, receipt)[0])
        [mia] = starts.children
        each = tuple(replace(mia, contact_child_id=child_id) for child_id in both)

    def closes(session):
        agreed = replace(starts, children=each if first else each[::-1])
        close_discussion(session, row.id, agreed, by=BETH, at=NOON)

    done_beside(database, both[1 if first else 0], closes)
