"""Missing children, drawn: from the police notice to the record, the review, and the return."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from mash_triage.missing.actions import (
    add_action,
    answer_return_interview,
    offer_return_interview,
    record_missing,
    record_return,
    record_return_interview,
)
from mash_triage.missing.rules import HeldFacts, NoticeFacts, ReturnFacts
from mash_triage.web.missing import listing
from tests import stories
from tests.cast import AMARA, BETH, CAROL
from tests.stories import HOUR, MONDAY_NINE

AT = MONDAY_NINE + 3 * HOUR
NOTICE = {"incident": "RM-0417", "text": "Child reported missing from home by mother."}
FACTS = NoticeFacts(MONDAY_NINE - HOUR, "Bus stop", "Her mother", looked_after="no")


@pytest.fixture
def child(service_database):
    """A child of whom a police notice says that she is missing."""
    with service_database.work() as session:
        told = {"concern": {"main": "missing"}, "notice": NOTICE}
        return str(stories.a_child(session, sent_by=AMARA, **told).id)


def field(app, kind, label):
    (found,) = [each for each in getattr(app, kind) if each.label == label]
    return found


def test_a_notice_is_found_recorded_and_what_was_typed_stays_when_it_is_refused(
    child, open_page_as, drawn
):
    page = drawn(open_page_as(BETH, "missing", at=AT))
    assert "Reported missing, not recorded yet" not in page  # a heading, not HTML
    assert f"/missing?child={child}" in page
    app = open_page_as(BETH, "missing", at=AT, child=child)
    assert "RM-0417" in drawn(app)
    assert field(app, "text_input", "Police reference (optional)").value == "RM-0417"
    assert all(each.value is None for each in app.radio)
    field(app, "date_input", "Missing since: day").set_value(MONDAY_NINE.date())
    field(app, "text_input", "Missing since: time, as 14:30").set_value("8 o'clock")
    seen = "Last seen: where, by whom, in what state"
    field(app, "text_area", seen).set_value("Bus stop <b>")
    field(app, "text_input", "Reported missing by").set_value("Her mother")
    field(app, "radio", "Looked after by a council?").set_value("no")
    field(app, "radio", "Is the child back?").set_value("no")
    app.button(key="record_missing").click().run()
    assert "Write the time as 14:30." in drawn(app)
    assert field(app, "text_area", seen).value == "Bus stop <b>"
    field(app, "text_input", "Missing since: time, as 14:30").set_value("08:10")
    app.button(key="record_missing").click().run()
    page = drawn(app)
    assert "Recorded. A manager is to read it" in page
    assert "Bus stop &lt;b&gt;" in page
    assert "Missing notice read by a manager" in page


def test_the_manager_reads_it_and_the_childs_page_says_missing_now(
    child, service_database, open_page_as, drawn
):
    with service_database.work() as session:
        episode = str(record_missing(session, stories.UUID(child), FACTS, by=BETH, at=AT).id)
    assert "Missing now." in drawn(open_page_as(BETH, "child", at=AT, child=child))
    app = open_page_as(CAROL, "missing", at=AT, episode=episode)
    assert "No manager has read this notice yet" in drawn(app)
    head = drawn(app).partition('<h2 class="mash-child">')[2].partition("</h2>")[0]
    assert head.startswith("Mia Thornbury, age")
    assert '<span class="mash-tag mash-tag-flag">Missing now</span>' in head
    app.button(key="review_missing").click().run()
    assert "Write what you have seen to" in drawn(app)
    label = "What you have seen to, and what is to happen"
    field(app, "text_area", label).set_value("Police told.")
    app.button(key="review_missing").click().run()
    page = drawn(app)
    assert "Police told." in page
    assert "Missing notice read by a manager" not in page
    late = AT + timedelta(days=1)
    page = drawn(open_page_as(BETH, "missing", at=late))
    assert '<span class="mash-tag mash-tag-flag">Missing now</span> since' in page
    assert "No time set" in page


def test_a_manager_takes_a_report_off_the_list_with_a_reason(child, open_page_as, drawn):
    page = open_page_as(BETH, "missing", at=AT, child=child)
    assert not [each for each in page.button if each.key == "settle_report"]
    app = open_page_as(CAROL, "missing", at=AT, child=child)
    assert field(app, "radio", "Why").value is None
    app.button(key="settle_report").click().run()
    assert "Say why no episode is to be recorded." in drawn(app)
    field(app, "radio", "Why").set_value("not_a_notice")
    app.button(key="settle_report").click().run()
    assert "Say why no episode is recorded of this report." in drawn(app)
    field(app, "text_area", "Your reason").set_value("Her <sister> was.")
    app.button(key="settle_report").click().run()
    assert f"/missing?child={child}" not in drawn(open_page_as(BETH, "missing", at=AT))
    page = drawn(open_page_as(BETH, "missing", at=AT, child=child))
    assert "Not a missing notice. Her &lt;sister&gt; was." in page
    assert CAROL.name in page


def test_actions_and_a_risk_that_nobody_assessed_are_on_the_list(
    child, service_database, open_page_as, drawn
):
    with service_database.work() as session:
        row = record_missing(session, UUID(child), FACTS, by=BETH, at=AT)
        add_action(session, row.id, "Ring her aunt", "Beth", MONDAY_NINE.date(), by=BETH, at=AT)
    page = drawn(open_page_as(BETH, "missing", at=AT + timedelta(days=1)))
    assert "Not assessed yet" in page
    assert "Ring her aunt" in page
    assert "Overdue" in page


def test_a_list_that_stops_says_so(child, service_database, open_page_as, drawn, monkeypatch):
    monkeypatch.setattr(listing, "MOST_SHOWN", 1)
    assert "The first 1 are shown" not in drawn(open_page_as(BETH, "missing", at=AT))
    with service_database.work() as session:
        record_missing(session, UUID(child), FACTS, by=BETH, at=AT)
    assert "The first 1 are shown" in drawn(open_page_as(BETH, "missing", at=AT))


def test_a_month_in_which_nobody_came_back_takes_no_room(
    child, service_database, open_page_as, drawn
):
    back = ReturnFacts(MONDAY_NINE, "by_police", "Asleep at a friend's")
    with service_database.work() as session:
        record_missing(session, UUID(child), replace(FACTS, returned=back), by=BETH, at=AT)
    page = drawn(open_page_as(BETH, "missing", at=AT))
    assert "Jan 2026" in page
    assert "Dec 2025" not in page


def test_a_manager_takes_an_episode_back_and_everybody_reads_why(
    child, service_database, open_page_as, drawn
):
    with service_database.work() as session:
        episode = str(record_missing(session, UUID(child), FACTS, by=BETH, at=AT).id)
    page = open_page_as(BETH, "missing", at=AT, episode=episode)
    assert not [each for each in page.button if each.key == "take_back_missing"]
    app = open_page_as(CAROL, "missing", at=AT, episode=episode)
    app.button(key="take_back_missing").click().run()
    assert "Say why this was recorded in error." in drawn(app)
    why = "Why it is an error: the wrong child, entered twice, or what else"
    field(app, "text_area", why).set_value("Her <cousin> was.")
    app.button(key="take_back_missing").click().run()
    page = drawn(app)
    assert "Taken back as recorded in error." in page
    assert "Her &lt;cousin&gt; was." in page
    assert CAROL.name in page
    assert "Bus stop" in page
    keys = {each.key for each in app.button}
    changing = {"review_missing", "assess_risk", "record_return", "add_missing_action"}
    assert not keys & {*changing, "take_back_missing"}
    assert "The child is still missing" not in page
    assert "No manager had read it" in page
    assert "Missing now" not in page
    of_child = drawn(open_page_as(BETH, "child", at=AT, child=child))
    assert "Missing now." not in of_child
    assert "(1 recorded in error)" in of_child
    listed = drawn(open_page_as(BETH, "missing", at=AT))
    assert f"/missing?child={child}" in listed
    assert f"/missing?episode={episode}" not in listed
    again = open_page_as(CAROL, "missing", at=AT, child=child)
    assert "Recorded in error" in drawn(again)
    assert "Missing now" not in drawn(again)
    assert "Not assessed yet" not in drawn(again)
    assert [each for each in again.button if each.key == "settle_report"]


def test_what_was_agreed_and_is_not_done_says_why(child, service_database, open_page_as, drawn):
    with service_database.work() as session:
        row = record_missing(session, UUID(child), FACTS, by=BETH, at=AT)
        told = (MONDAY_NINE.date(),)
        action = add_action(session, row.id, "Ring her aunt", "Beth", *told, by=BETH, at=AT)
        episode, action_id = str(row.id), action.id
    app = open_page_as(BETH, "missing", at=AT, episode=episode)
    app.button(key=f"leave {action_id}").click().run()
    assert "Say why it is not done." in drawn(app)
    field(app, "text_input", "Why number 1 is not done").set_value("Her aunt <moved>.")
    app.button(key=f"leave {action_id}").click().run()
    page = drawn(app)
    assert "Not done: Her aunt &lt;moved&gt;." in page
    assert not [each for each in app.button if each.key == f"done {action_id}"]
    assert "Ring her aunt" not in drawn(open_page_as(BETH, "missing", at=AT))


@pytest.mark.parametrize(
    ("said", "is_warned"),
    [("He is going to kill me when I go home.", True), ("We ate pizza at Sam's.", False)],
)
def test_what_the_child_said_of_danger_stands_on_top_of_the_episode(
    child, service_database, open_page_as, drawn, said, is_warned
):
    later = AT + 3 * HOUR
    with service_database.work() as session:
        row = record_missing(session, UUID(child), FACTS, by=BETH, at=AT)
        back = ReturnFacts(AT, "by_police", "At a friend's")
        record_return(session, row.id, back, by=BETH, at=later)
        told = {"to_child": True, "by": BETH, "at": later}
        offer = offer_return_interview(session, row.id, later, "Robin Ames", **told)
        answer_return_interview(session, offer.id, "accepted", by=BETH, at=later)
        held = HeldFacts(later, "Robin Ames", "youth_service", push=("bullying",), disclosed=said)
        record_return_interview(session, offer.id, held, by=BETH, at=later)
        episode = str(row.id)
    page = drawn(open_page_as(CAROL, "missing", at=later, episode=episode))
    assert said.split("'")[0] in page
    assert ("may speak of danger now" in page.split("Management oversight")[0]) is is_warned
