"""The child's page and the decision in a real browser: last words kept, and usable by everybody."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from mash_triage.access import actions
from mash_triage.access.models import SignInSession
from mash_triage.chronology.actions import LineFacts, add_line, hide_line
from mash_triage.chronology.queries import chronology_of
from mash_triage.chronology.rules import Weight
from mash_triage.clocks.now import now
from mash_triage.screening.models import Screening
from tests.running import chromium, running, window_of
from tests.stories import a_child_awaiting_decision, a_child_taken_up, screen

SAVED = re.compile(r"^Saved \d")


@pytest.fixture
def opened(database, tmp_path):
    """Open a page as one of the cast, in a browser of her own. What refreshes by itself sees the
    end of a sign-in sooner than a long answer sends its words.
    """
    told = {"MASH_BOARD_REFRESH_SECONDS": "1"}
    with running(database, tmp_path, told=told) as service, chromium() as browser:

        def open_as(actor, path):
            page = window_of(browser, service, actor).new_page()
            page.goto(service.address + path)
            return page

        yield open_as


def test_what_is_typed_in_the_analysis_is_kept_though_the_sign_in_is_over(
    database, opened, amara, beth
):
    with database.work() as session:
        an_hour_ago = now() - timedelta(hours=2)
        child = a_child_taken_up(session, sent_by=amara, screened_by=beth, at=an_hour_ago).id
    page = opened(beth, f"/child?child={child}")
    field = page.get_by_label("So what for this child")
    field.press_sequentially("Meals every day, ", delay=5)
    expect(page.get_by_text(SAVED)).to_be_visible()

    with database.work() as session:
        for row in session.scalars(select(SignInSession)):
            actions.sign_out(session, row.id, by=beth, at=now())
    page.keyboard.insert_text("<b>and</b> **warmth**")
    expect(page.get_by_text("You are signed out")).to_be_visible()
    with database.look() as session:
        kept = session.scalars(select(Screening.so_what)).one()
    assert kept == "Meals every day, <b>and</b> **warmth**"


def test_half_typed_reasons_are_kept_though_the_sign_in_is_over_and_stand_there_again(
    database, opened, amara, beth, carol
):
    with database.work() as session:
        before = now() - timedelta(hours=3)
        child = a_child_awaiting_decision(session, sent_by=amara, screened_by=beth, at=before).id
    page = opened(carol, f"/decide?child={child}")
    field = page.get_by_label("Reasons for your decision")
    field.press_sequentially("The school agrees, ", delay=5)
    expect(page.get_by_text(SAVED)).to_be_visible()

    with database.work() as session:
        for row in session.scalars(select(SignInSession)):
            actions.sign_out(session, row.id, by=carol, at=now())
    page.keyboard.insert_text("<b>and</b> so does her aunt")
    expect(page.get_by_text("You are signed out")).to_be_visible()
    afresh = opened(carol, f"/decide?child={child}").get_by_label("Reasons for your decision")
    expect(afresh).to_have_value("The school agrees, <b>and</b> so does her aunt")


def test_on_paper_stand_no_controls_and_no_line_that_is_left_out_of_print(
    database, opened, amara, beth
):
    with database.work() as session:
        at = now() - timedelta(hours=2)
        child = a_child_taken_up(session, sent_by=amara, screened_by=beth, at=at).id
        for words in ("She fell from a wall", "Her aunt called"):
            facts = LineFacts(at.date(), words, "The school", Weight.STEP)
            add_line(session, child, facts, by=beth, at=at)
        session.flush()
        lines = chronology_of(session, child, by=beth).lines
        hidden = next(each.key for each in lines if "aunt" in each.words)
        hide_line(session, child, hidden, "It names her aunt", by=beth, at=at)
    page = opened(beth, f"/chronology?child={child}")
    for words in ("Her aunt called", "Not printed: It names her aunt"):
        expect(page.get_by_text(words)).to_be_visible()
    expect(page.get_by_text("Add a line")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_text("She fell from a wall")).to_be_visible()
    for words in ("Her aunt called", "Not printed: It names her aunt", "Add a line", "Sign out"):
        expect(page.get_by_text(words)).to_be_hidden()


def test_on_a_phone_the_way_back_to_the_parts_is_always_there(database, opened, amara, beth):
    with database.work() as session:
        at = now() - timedelta(hours=2)
        child = a_child_taken_up(session, sent_by=amara, screened_by=beth, at=at).id
    page = opened(beth, f"/child?child={child}")
    expect(page.get_by_role("heading", name="Rating")).to_be_visible()
    back = page.get_by_role("link", name="Parts of this page")
    expect(back).to_be_hidden()
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_role("link", name="History", exact=True).click()
    parts = page.get_by_role("navigation", name="Parts of this page").locator("ol")
    expect(parts).not_to_be_in_viewport()
    back.click()
    expect(parts).to_be_in_viewport()


def test_what_is_folded_to_be_looked_up_is_on_paper_and_what_only_changes_it_is_not(
    database, opened, amara, beth
):
    with database.work() as session:
        at = now() - timedelta(hours=2)
        child = a_child_taken_up(session, sent_by=amara, screened_by=beth, at=at)
        screen(session, child, by=beth, at=at)
        child_id = child.id
    page = opened(beth, f"/child?child={child_id}")
    expect(page.get_by_role("heading", name="Analysis")).to_be_visible()
    on_demand = [
        page.get_by_text("Role and agency"),
        page.get_by_label("Harm so far"),
        page.get_by_text("What each means"),
        page.locator(".mash-history").get_by_text("Being screened"),
    ]
    controls = [page.get_by_label("Why does it change?"), page.get_by_text("Undo this link")]
    for each in on_demand[:2]:
        expect(each).to_be_hidden()
    page.emulate_media(media="print")
    for each in on_demand:
        expect(each).to_be_visible()
    for each in controls:
        expect(each).to_be_hidden()


TALL = "() => document.querySelector('[data-testid=stMain]').scrollHeight"


def test_what_she_finished_before_is_folded_and_what_she_finishes_now_stays_under_her_hands(
    database, opened, amara, beth
):
    with database.work() as session:
        at = now() - timedelta(hours=2)
        child = a_child_taken_up(session, sent_by=amara, screened_by=beth, at=at)
        screen(session, child, by=beth, at=at)
        session.scalars(select(Screening)).one().so_what = ""
        child_id = child.id
    page = opened(beth, f"/child?child={child_id}")
    field = page.get_by_label("So what for this child")
    expect(page.get_by_role("link", name="Write what this means for this child.")).to_have_count(2)
    field.press_sequentially("She eats on two days. ", delay=5)
    expect(page.get_by_text("Nothing is missing.")).to_be_visible()
    page.keyboard.insert_text("She should on seven.")
    expect(field).to_have_value("She eats on two days. She should on seven.")
    expect(page.get_by_text(SAVED)).to_be_visible()
    tall = page.evaluate(TALL)

    afresh = opened(beth, f"/child?child={child_id}")
    expect(afresh.get_by_text("She should on seven.").first).to_be_visible()
    expect(afresh.get_by_label("So what for this child")).to_be_hidden()
    expect(afresh.get_by_placeholder("Type a word")).to_be_hidden()
    assert afresh.evaluate(TALL) < tall - 800
    assert afresh.evaluate(TALL) < 4_500, "about nine screens, a third of them what was reported"
    afresh.get_by_text("The whole analysis: 1 of 6 heads written").click()
    expect(afresh.get_by_label("So what for this child")).to_be_visible()
