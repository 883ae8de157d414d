"""What waits, for whom, in which order; and what a referrer sees of her own."""

from datetime import timedelta

import pytest

from mash_triage.access.actions import add_user
from mash_triage.access.actor import Actor
from mash_triage.access.queries import actor_for
from mash_triage.access.roles import Role
from mash_triage.clocks.rules import ClockKind
from mash_triage.consent.actions import ConsentFacts, record_consent
from mash_triage.contacts.status import UNDECIDED, Status
from mash_triage.decisions.actions import (
    record_daily_review,
    record_decision,
    record_help_agreed,
    start_help,
)
from mash_triage.errors import NotAllowed
from mash_triage.thresholds.routes import Outcome, Rag
from mash_triage.worklists.board import Figure, board, decision_queue
from mash_triage.worklists.help_offered import help_not_started
from mash_triage.worklists.measures import decided_in_time, decided_late
from mash_triage.worklists.my_contacts import my_contacts
from tests import stories
from tests.stories import HOUR, MONDAY_NINE

DAY = timedelta(days=1)
NOW = MONDAY_NINE + 5 * HOUR


def a_day(session, *, amara, beth, carol):
    """Children at every stage on Monday at 14:00, by name."""
    sent = {"sent_by": amara}
    both = {**sent, "screened_by": beth}
    return {
        "late": stories.a_child_taken_up(
            session, {"given_names": "Late"}, **both, at=NOW - 25 * HOUR
        ),
        "soon": stories.a_child(session, {"given_names": "Soon"}, **sent, at=NOW - 21 * HOUR),
        "new": stories.a_child(session, {"given_names": "New"}, **sent, at=NOW - HOUR),
        "screened": stories.a_child_taken_up(
            session, {"given_names": "Screened"}, **both, at=NOW - 3 * HOUR
        ),
        "sent": stories.a_child_awaiting_decision(
            session, {"given_names": "Sent"}, **both, at=NOW - 4 * HOUR
        ),
        "red": stories.a_child_awaiting_decision(
            session, {"given_names": "Red"}, **both, at=NOW - 2.5 * HOUR, rag=Rag.RED
        ),
        "decided": stories.a_decided_child(
            session, **both, decided_by=carol, repeat_comment="Known."
        ),
    }


@pytest.fixture
def day(session, amara, beth, carol):
    return a_day(session, amara=amara, beth=beth, carol=carol)


def names(rows):
    return [row.name.split()[0] for row in rows]


# ---------------------------------------------------------------- the board


def test_each_figure_opens_its_list(session, beth, day):
    shown = board(session, by=beth, at=NOW)
    lists = {
        Figure.PAST: ["Late"],
        Figure.SOON: ["Soon", "Red"],
        Figure.SCREENING: ["Soon", "New"],
        Figure.MANAGER: ["Red", "Sent"],
        Figure.DECIDED: ["Mia"],
    }
    for figure in Figure:
        assert sorted(names(shown.rows(figure))) == sorted(lists[figure]), figure
        assert shown.figures[figure] == len(lists[figure])


def test_the_board_is_in_the_order_of_time_left(session, beth, day):
    shown = board(session, by=beth, at=NOW)
    assert names(shown.open) == ["Late", "Soon", "Red", "Sent", "Screened", "New"]
    due = [row.next_due_at for row in shown.open]
    assert due == sorted(due)


def test_every_undecided_child_is_on_the_board_once(session, beth, day):
    shown = board(session, by=beth, at=NOW)
    undecided = {child.id for child in day.values() if Status(child.status) in UNDECIDED}
    assert sorted(row.id for row in shown.open) == sorted(undecided)


def test_a_child_decided_yesterday_is_no_longer_there(session, beth, day):
    assert board(session, by=beth, at=NOW + DAY).decided_today == ()


def test_a_late_child_lacks_a_review_on_each_working_day_until_it_is_written(
    session, beth, carol, day
):
    def lacking(at):
        return names(row for row in board(session, by=beth, at=at).open if row.lacks_review)

    assert lacking(NOW) == ["Late"]
    assert names(decision_queue(session, by=carol, at=NOW).lack_review) == ["Late"]
    record_daily_review(session, day["late"].id, "Police are there", by=carol, at=NOW)
    assert lacking(NOW) == []
    assert "Late" in lacking(NOW + DAY)
    saturday = NOW + 5 * DAY
    assert decision_queue(session, by=carol, at=saturday).lack_review == ()
    assert "Late" in lacking(saturday), "what was missed on working days still shows"


def test_the_managers_queue_has_those_who_wait_with_red_first(session, carol, day):
    assert names(decision_queue(session, by=carol, at=NOW).waiting) == ["Red", "Sent"]


def test_a_referrer_has_no_board_and_a_worker_no_decision_queue(session, amara, beth, day):
    with pytest.raises(NotAllowed):
        board(session, by=amara, at=NOW)
    with pytest.raises(NotAllowed):
        decision_queue(session, by=beth, at=NOW)


# ---------------------------------------------------------------- in time


def test_undecided_and_past_due_counts_as_failed_and_not_yet_due_not_at_all(session, carol, day):
    found = decided_in_time(session, by=carol, at=NOW)
    assert (found.within_24_hours.counted, found.within_24_hours.in_time) == (2, 1)
    assert found.within_24_hours.percent == 50
    assert names(decided_late(session, ClockKind.WITHIN_24_HOURS, by=carol, at=NOW)) == ["Late"]


def test_each_clock_counts_its_own_children(session, amara, carol):
    friday_evening = MONDAY_NINE - timedelta(days=3) + 9 * HOUR
    stories.a_child(session, sent_by=amara, at=friday_evening)
    found = decided_in_time(session, by=carol, at=MONDAY_NINE + HOUR)
    assert (found.within_24_hours.counted, found.within_24_hours.in_time) == (1, 0)
    assert found.one_working_day.counted == 0
    assert found.one_working_day.percent is None


def test_children_of_more_than_thirty_days_ago_do_not_count(session, carol, day):
    assert decided_in_time(session, by=carol, at=NOW + 40 * DAY).within_24_hours.counted == 0


# ---------------------------------------------------------------- help offered


def test_help_waits_with_its_owner_until_it_is_started(session, beth, carol, day):
    (waiting,) = help_not_started(session, by=beth)
    assert (waiting.owner, waiting.is_agreed) == ("Early help co-ordinator", False)

    child = day["decided"]
    facts = ConsentFacts("Rosa Thornbury", "early_help", "given")
    record_consent(session, child.id, facts, by=beth, at=NOW)
    record_help_agreed(session, child.id, by=beth, at=NOW)
    assert help_not_started(session, by=beth)[0].is_agreed
    start_help(session, child.id, by=carol, at=NOW)
    assert help_not_started(session, by=beth) == []


# ---------------------------------------------------------------- my contacts


def a_colleague(session, name, role, like):
    user = add_user(
        session,
        f"{name.lower()}@rivermead.example",
        name,
        role=role,
        agency_id=like.agency_id,
        by=Actor.job("the tests"),
        at=MONDAY_NINE,
    )
    return actor_for(user)


def test_a_referrer_sees_her_own_and_her_lead_the_agencys(session, amara, dev, day):
    colleague = a_colleague(session, "Alan", Role.REFERRER, amara)
    lead = a_colleague(session, "Lena", Role.AGENCY_LEAD, amara)
    stories.a_child(session, sent_by=colleague, at=NOW)

    assert len(my_contacts(session, by=amara)) == len(day)
    assert len(my_contacts(session, by=colleague)) == 1
    assert len(my_contacts(session, by=lead)) == len(day) + 1
    assert my_contacts(session, by=dev) == []


def test_the_outcome_is_told_when_it_is_decided_and_not_before(session, amara, carol, day):
    told = {
        each.children[0].name.split()[0]: each.children[0]
        for each in my_contacts(session, by=amara)
    }
    assert told["Mia"].outcome == "Early help"
    assert told["Mia"].told.startswith("Early help is offered")
    assert (told["Sent"].status, told["Sent"].outcome) == (Status.MANAGER_REVIEW, None)

    record_decision(
        session,
        day["sent"].id,
        stories.a_decision(outcome=Outcome.OPEN_CASE, route=None, repeat_comment="Known."),
        by=carol,
        at=NOW,
    )
    reference = day["sent"].contact.reference
    (mine,) = my_contacts(session, by=amara, reference=reference)
    assert mine.children[0].outcome == "Passed to the allocated worker"


def test_somebody_elses_reference_and_no_reference_give_the_same_nothing(session, dev, day):
    for reference in (day["new"].contact.reference, "2222222222"):
        assert my_contacts(session, by=dev, reference=reference) == []


def test_brothers_and_sisters_stay_in_the_order_in_which_they_were_named(session, amara):
    stories.a_receipt(session, *({"given_names": name} for name in "CAB"), sent_by=amara)
    assert names(my_contacts(session, by=amara)[0].children) == ["C", "A", "B"]
