"""No child ends while a strategy discussion about the child is open, and none begins afterwards."""

import pytest

from mash_triage.contacts.status import Status
from mash_triage.decisions.actions import close_child, record_decision
from mash_triage.decisions.before import BeforeFacts, StrategyFacts, missing_before_deciding
from mash_triage.decisions.tasks import open_discussion, why_open
from mash_triage.errors import Changed, NotReady
from mash_triage.hand_on.actions import record_accepted, send_on
from mash_triage.hand_on.queries import passed_on
from mash_triage.hand_on.rules import AnswerFacts
from mash_triage.strategy.actions import cancel_discussion, close_discussion, record_held
from mash_triage.strategy.lists import attendance_by_month, discussions_on, how_discussed
from mash_triage.strategy.needed import strategy_needed
from mash_triage.strategy.queries import discussion
from tests import stories
from tests.cast import AMARA, BETH, CAROL
from tests.stories import HOUR, MONDAY_NINE
from tests.strategy import talks

NOON = MONDAY_NINE + 3 * HOUR
LATER = MONDAY_NINE + 6 * HOUR
JO = AnswerFacts("Jo Hart", "Hub lead")


@pytest.fixture
def helped(session):
    """A child decided for early help, which the service has accepted: nothing handed on is open."""
    child = stories.a_decided_child(session, sent_by=AMARA, screened_by=BETH, decided_by=CAROL)
    [row] = passed_on(session, contact_child_id=child.id, by=CAROL, at=NOON)
    send_on(session, row.id, "Family hub North", "Breakfast first", by=BETH, at=NOON)
    record_accepted(session, row.id, JO, by=BETH, at=NOON)
    return child


def waiting(session):
    return stories.a_child_awaiting_decision(session, sent_by=AMARA, screened_by=BETH)


@pytest.mark.parametrize("is_held", [False, True])
def test_a_child_is_not_closed_while_a_discussion_is_open(session, helped, is_held):
    row = talks.convened(session, helped, at=NOON)
    if is_held:
        record_held(session, row.id, talks.attended(session, row), by=BETH, at=LATER)
    with pytest.raises(NotReady, match="a strategy discussion about this child is open"):
        close_child(session, helped.id, by=CAROL, at=LATER)
    assert helped.status == Status.DECIDED
    assert open_discussion(session, helped.id, by=CAROL) == row.id

    if is_held:
        no = talks.no_enquiries(helped)
        close_discussion(session, row.id, no, by=BETH, at=LATER)
    else:
        cancel_discussion(session, row.id, "The injury was explained.", by=BETH, at=LATER)
    assert why_open(session, helped.id, by=CAROL) == []
    close_child(session, helped.id, by=CAROL, at=LATER)
    assert helped.status == Status.CLOSED


def test_a_child_is_not_decided_for_early_help_while_a_discussion_is_open(session):
    child = waiting(session)
    row = talks.convened(session, child, at=NOON)
    to = {"by": CAROL, "at": LATER}
    with pytest.raises(NotReady, match="only section 47 or a section 17 assessment"):
        record_decision(session, child.id, stories.a_decision(), **to)
    cancel_discussion(session, row.id, "The school had mistaken the child.", by=BETH, at=NOON)
    record_decision(session, child.id, stories.a_decision(), **to)
    assert child.status == Status.DECIDED


def test_section_47_is_decided_while_the_discussion_is_open(session):
    child = stories.a_child_awaiting_decision(
        session, sent_by=AMARA, screened_by=BETH, **talks.IN_DANGER
    )
    talks.convened(session, child, at=NOON)
    talks.decide_section_47(session, child, by=CAROL, at=LATER)
    assert child.status == Status.DECIDED


def test_what_stops_the_decision_stands_above_the_form():
    is_open = StrategyFacts(begun=True, held=True, is_open=True)
    facts = BeforeFacts(agreement_recorded=True, child_was_heard=True, strategy=is_open)
    [gap] = missing_before_deciding(facts)
    assert gap.stops
    assert gap.part == "strategy"
    assert gap.words.startswith(
        "A strategy discussion about this child is open: record its outcome"
    )


def test_no_discussion_is_convened_about_a_closed_child(session, helped):
    close_child(session, helped.id, by=CAROL, at=LATER)
    with pytest.raises(NotReady, match="A new worry comes as a new contact"):
        talks.convened(session, helped, at=LATER)


def test_a_cancelled_discussion_says_why_and_another_is_convened_for_the_same_time(session):
    child = stories.a_child_awaiting_decision(
        session, sent_by=AMARA, screened_by=BETH, **talks.IN_DANGER
    )
    row = talks.convened(session, child, at=NOON)
    with pytest.raises(NotReady, match="Say why"):
        cancel_discussion(session, row.id, "  ", by=BETH, at=NOON)
    cancel_discussion(session, row.id, "The police cannot come today.", by=BETH, at=NOON)
    seen = discussion(session, row.id, by=BETH)
    assert seen.is_over
    assert seen.cancelled is not None
    assert (seen.cancelled.because, seen.cancelled.by_name) == (
        "The police cannot come today.", BETH.name,
    )  # fmt: skip
    [needed] = strategy_needed(session, by=BETH)
    assert (needed.id, needed.convened) == (child.id, None)  # it is still needed
    assert how_discussed(session, child.id, by=BETH) == (False, False, False)
    assert sum(each.held for each in attendance_by_month(session, by=BETH, at=LATER)) == 0
    for deed in (
        lambda: cancel_discussion(session, row.id, "Again", by=BETH, at=NOON),
        lambda: record_held(session, row.id, talks.attended(session, row), by=BETH, at=LATER),
    ):
        with pytest.raises(Changed):
            deed()
    again = talks.convened(session, child, at=NOON)
    lines = discussions_on(session, child.id, by=BETH, at=NOON)
    assert {each.id: each.is_cancelled for each in lines} == {row.id: True, again.id: False}


def test_a_discussion_that_was_held_is_not_cancelled(session):
    row = talks.held(session, waiting(session), at=LATER)
    with pytest.raises(NotReady, match="was held"):
        cancel_discussion(session, row.id, "No longer wanted", by=BETH, at=LATER)
