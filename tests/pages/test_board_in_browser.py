"""The live board in a real browser: it refreshes under somebody who types, and links lead on."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from mash_triage.clocks.now import now
from tests.running import chromium, running, window_of
from tests.stories import a_receipt

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture
def page(database, tmp_path, beth):
    """The live board, open in Beth's browser and refreshing every second."""
    told = {"MASH_BOARD_REFRESH_SECONDS": "1"}
    with running(database, tmp_path, told=told) as service, chromium() as browser:
        page = window_of(browser, service, beth).new_page()
        page.goto(f"{service.address}/board")
        yield page


def test_the_board_refreshes_without_disturbing_what_is_typed(page, database, amara):
    expect(page.get_by_text("New contacts appear here by themselves")).to_be_visible()
    search = page.get_by_label("Find by name or reference")
    search.press_sequentially("thornb")

    with database.work() as session:
        a_receipt(session, sent_by=amara, at=now() - timedelta(hours=1))

    expect(page.get_by_role("link", name="Mia Thornbury")).to_be_visible()
    expect(search).to_be_focused()
    search.press_sequentially("ury")
    expect(search).to_have_value("thornbury")

    search.press("Enter")
    page.get_by_role("button", name="Waiting for screening").click()
    expect(page.get_by_role("heading", name="Waiting for screening: 1")).to_be_visible()
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    assert [each["id"] for each in found] == []

    page.get_by_role("link", name="Mia Thornbury").press("Enter")
    expect(page.get_by_role("heading", name="Child on a contact")).to_be_visible()
    page.go_back()
    expect(page.get_by_label("Find by name or reference")).to_have_value("thornbury")
