"""The form in a real browser: a killed server, a sign-in that ends, a hasty finger, no barriers."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import select, update

from mash_triage.access.models import SignInSession
from mash_triage.access.sessions import IDLE
from mash_triage.clocks.now import now
from mash_triage.contacts.drafts import drafts_of, picture_of_draft, save_draft, start_draft
from mash_triage.contacts.models import Contact
from tests import stories
from tests.running import DESKTOP, chromium, running, window_of

LONG = {  # the long answers that are there, which come a moment after the other fields
    "told": ["What did they say about it?"],
    "concern": ["What has happened", "What works well?", "The child's own words, or what"],
}
WORRY = "Mia said <b>nobody</b> was at home since Friday, and that she had *nothing* to eat."


@pytest.fixture
def service(database, tmp_path):
    with running(database, tmp_path) as service:
        yield service


@pytest.fixture
def draft_id(database, amara):
    """A draft of Amara's with everything answered."""
    with database.work() as session:
        draft = start_draft(session, by=amara, at=now())  # an old one would be cleared away
        session.flush()
        save_draft(session, draft.id, stories.answers(), by=amara, at=now())
        return draft.id


@pytest.fixture
def at_step(service, draft_id, amara):
    """Open that draft at a step in Amara's browser, as wide as a desk or a phone."""
    with chromium() as browser:

        def open_at(step, width=DESKTOP):
            page = window_of(browser, service, amara, width=width).new_page()
            page.emulate_media(reduced_motion="reduce")
            page.goto(f"{service.address}/submit_contact?draft={draft_id}&step={step}")
            page.locator("h2.mash-step").wait_for()
            return page

        yield open_at


def answers(database, draft_id, by):
    with database.look() as session:
        return picture_of_draft(session, draft_id, by=by).answers


def test_after_the_server_was_killed_she_finds_every_word(
    at_step, service, database, draft_id, amara
):
    page = at_step("concern")
    worry = page.get_by_label("What has happened, and what worries you?")
    worry.fill("")
    worry.press_sequentially(WORRY, delay=5)
    expect(page.get_by_text(re.compile(r"^Saved \d\d:\d\d:\d\d"))).to_be_visible()
    service.kill()
    service.start()
    page.reload()
    expect(worry).to_have_value(WORRY)
    assert answers(database, draft_id, amara)["concern"]["worry"] == WORRY


def test_what_the_browser_still_held_when_the_sign_in_was_over_is_kept(
    at_step, database, draft_id, amara
):
    page = at_step("children")
    school = page.get_by_label("School, nursery or college")
    school.fill("Hill School")
    with database.work() as session:
        over = now() - IDLE - timedelta(minutes=1)
        session.execute(update(SignInSession).values(last_deed_at=over, started_at=over))
    school.press("Tab")
    expect(page.get_by_text("You are signed out")).to_be_visible()
    child = answers(database, draft_id, amara)["children"][0]
    assert (child["school"], child["given_names"]) == ("Hill School", "Mia")


def test_a_browser_that_comes_back_after_a_restart_with_its_sign_in_over_harms_no_answer(
    at_step, service, database, draft_id, amara
):
    page = at_step("children")
    school = page.get_by_label("School, nursery or college")
    school.fill("Hill School")
    school.press("Tab")
    for _ in range(50):
        before = answers(database, draft_id, amara)
        if "school" in before["children"][0]:
            break
        page.wait_for_timeout(100)
    assert before["children"][0]["school"] == "Hill School"
    service.kill()
    with database.work() as session:
        over = now() - IDLE - timedelta(minutes=1)
        session.execute(update(SignInSession).values(last_deed_at=over, started_at=over))
    service.start()
    expect(page.get_by_text("You are signed out")).to_be_visible(timeout=60_000)
    assert answers(database, draft_id, amara) == before


def test_three_fast_clicks_on_send_make_one_contact(at_step, database, amara):
    page = at_step("check")
    page.get_by_role("button", name="Send", exact=True).click(click_count=3, delay=20)
    expect(page.get_by_role("heading", name="Contact received")).to_be_visible()
    with database.look() as session:
        assert len(session.scalars(select(Contact)).all()) == 1
        assert drafts_of(session, by=amara) == []


def test_a_link_in_the_summary_leads_to_its_field_and_a_new_step_begins_at_its_top(at_step):
    page = at_step("children")
    page.get_by_label("Year", exact=True).fill("2027")
    page.get_by_role("button", name="Save and continue").click()
    summary = page.get_by_role("alert").filter(has_text="There is a problem")
    expect(summary).to_be_focused()
    summary.get_by_role("link").click()
    expect(page.get_by_label("Day", exact=True)).to_be_focused()

    page.get_by_label("Year", exact=True).fill("2017")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.locator("h2.mash-step")).to_have_text("Household")
    expect(page.locator("h2.mash-step")).to_be_focused()
    page.locator("h2.mash-step").evaluate("each => each.replaceWith(each.cloneNode(true))")
    expect(page.locator("h2.mash-step")).to_be_focused()  # drawn anew a little later
