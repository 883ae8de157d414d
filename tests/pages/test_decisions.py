"""The decision queue: who waits, today's reviews, and who was late."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from mash_triage.clocks.rules import ClockKind
from mash_triage.decisions.actions import record_decision
from mash_triage.decisions.models import DailyReview
from mash_triage.errors import NotAllowed
from mash_triage.settings import settings
from mash_triage.thresholds.routes import Rag
from mash_triage.worklists.board import decision_queue
from mash_triage.worklists.measures import decided_in_time, decided_late
from tests.stories import (
    HOUR,
    MONDAY_NINE,
    a_child_awaiting_decision,
    a_decided_child,
    a_decision,
    a_receipt,
)


def test_red_is_on_top_and_then_least_time_left(session, amara, beth, carol):
    for name, rag, hours in (("Mia", Rag.GREEN, 30), ("Leo", Rag.RED, 1), ("Ava", Rag.AMBER, 6)):
        a_child_awaiting_decision(
            session,
            {"given_names": name},
            sent_by=amara,
            screened_by=beth,
            rag=rag,
            at=MONDAY_NINE - hours * HOUR,
        )
    queue = decision_queue(session, by=carol, at=MONDAY_NINE + 2 * HOUR)
    assert [row.name.split()[0] for row in queue.waiting] == ["Leo", "Mia", "Ava"]
    assert [clock.kind for clock in queue.waiting[0].clocks][-1] == ClockKind.RED_4_HOURS


def test_only_those_who_wait_for_a_manager_are_in_the_queue(session, amara, beth, carol):
    a_receipt(session, sent_by=amara)
    a_decided_child(session, sent_by=amara, screened_by=beth, decided_by=carol)
    queue = decision_queue(session, by=carol, at=MONDAY_NINE + 25 * HOUR)
    assert queue.waiting == ()
    assert len(queue.lack_review) == 1, "it waits for screening and lacks today's review"


def test_a_social_worker_has_no_decision_queue(session, beth):
    with pytest.raises(NotAllowed):
        decision_queue(session, by=beth, at=MONDAY_NINE)


def test_each_figure_opens_the_children_who_missed_that_clock(session, amara, beth, carol):
    a_decided_child(session, sent_by=amara, screened_by=beth, decided_by=carol)
    late = a_receipt(session, sent_by=amara)
    at = MONDAY_NINE + 25 * HOUR
    found = decided_in_time(session, by=carol, at=at)
    shares = (found.within_24_hours, found.one_working_day)
    assert [(share.in_time, share.counted) for share in shares] == [(1, 2), (1, 2)]
    for kind in (ClockKind.WITHIN_24_HOURS, ClockKind.ONE_WORKING_DAY):
        rows = decided_late(session, kind, by=carol, at=at)
        assert [row.reference for row in rows] == [late.reference]


def test_over_a_weekend_only_the_24_hours_are_missed(session, amara, carol):
    friday = MONDAY_NINE + timedelta(days=4)
    a_receipt(session, sent_by=amara, at=friday)
    found = decided_in_time(session, by=carol, at=friday + 30 * HOUR)
    assert (found.within_24_hours.late, found.one_working_day.counted) == (1, 0)


# ---------------------------------------------------------------- the page


def test_the_queue_leads_to_the_decision(service_database, open_page_as, drawn, amara, beth, carol):
    with service_database.work() as session:
        a_child_awaiting_decision(
            session, sent_by=amara, screened_by=beth, at=MONDAY_NINE - 3 * HOUR
        )
    page = open_page_as(carol, "decisions")
    assert page.header[0].value == "Waiting for a decision: 1"
    assert 'href="/decide?child=' in drawn(page)


def test_a_manager_reviews_a_child_past_24_hours_in_one_line(
    service_database, open_page_as, amara, carol
):
    with service_database.work() as session:
        a_receipt(session, sent_by=amara, at=MONDAY_NINE - timedelta(days=3))
    page = open_page_as(carol, "decisions", at=MONDAY_NINE + HOUR)
    page.text_input[0].input("The school has seen her; the visit is at two.")
    page.button[0].click().run()
    with service_database.look() as session:
        assert session.scalar(select(func.count()).select_from(DailyReview)) == 1
    assert not page.text_input


def test_no_review_is_asked_for_on_a_sunday(service_database, open_page_as, amara, carol):
    sunday = MONDAY_NINE - timedelta(days=1)
    with service_database.work() as session:
        a_receipt(session, sent_by=amara, at=sunday - timedelta(days=2))
    assert not open_page_as(carol, "decisions", at=sunday).text_input


def test_a_late_list_is_open_by_its_address(service_database, open_page_as, amara, carol):
    with service_database.work() as session:
        a_receipt(session, sent_by=amara, at=MONDAY_NINE - timedelta(days=3))
    page = open_page_as(carol, "decisions")
    page.button(key="late_within_24_hours").click().run()
    assert [each.value for each in page.header][-1] == "Not decided within 24 hours: 1"


def test_a_social_worker_is_refused(open_page_as, beth):
    assert not open_page_as(beth, "decisions").header


def test_what_was_decided_alone_at_night_is_said_and_that_its_review_is_late(
    service_database, open_page_as, drawn, monkeypatch, amara, carol, dan
):
    monkeypatch.setenv("MASH_NIGHT_SINGLE_DECIDER", "true")
    settings.cache_clear()
    evening = MONDAY_NINE + 10 * HOUR
    with service_database.work() as session:
        child = a_child_awaiting_decision(session, sent_by=amara, screened_by=carol, at=evening)
        record_decision(session, child.id, a_decision(), by=carol, at=evening + 5 * HOUR)
    early = drawn(open_page_as(dan, "decisions", at=MONDAY_NINE + 24 * HOUR))
    assert "<strong>Early help, level 3</strong>. To be reviewed by today 10:00" in early
    assert "that time has passed" not in early
    late = drawn(open_page_as(dan, "decisions", at=MONDAY_NINE + 26 * HOUR))
    assert "today 10:00: <strong>that time has passed</strong>" in late
