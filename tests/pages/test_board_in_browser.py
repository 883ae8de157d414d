"""The live board in a real browser: it refreshes under somebody who types, and links lead on."""

import os
import socket
import subprocess
import sys
from datetime import timedelta

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from mash_triage.access import actions, queries
from mash_triage.clocks.now import now
from tests.running import chromium
from tests.stories import a_receipt

SERVE = "import sys; from mash_triage.web.server import serve; serve(port=int(sys.argv[1]))"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture
def address(database, tmp_path):
    """The running service over this test's database, refreshing its board every second."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    told = {
        "MASH_DATABASE_URL": database.url.render_as_string(hide_password=False),
        "MASH_BOARD_REFRESH_SECONDS": "1",
        **({"MASH_DATABASE_KEY": database.key} if database.key else {}),
    }
    with (tmp_path / "service.log").open("wb") as log:
        service = subprocess.Popen(
            [sys.executable, "-c", SERVE, str(port)],
            env={**os.environ, **told},
            stdout=log,
            stderr=log,
        )
    waiting = httpx.HTTPTransport(retries=8)  # waits longer each time, about a minute in all
    with httpx.Client(transport=waiting, timeout=60) as client:
        assert client.get(f"http://127.0.0.1:{port}/healthz").status_code == 200
    yield f"http://localhost:{port}"
    service.kill()
    service.wait()


@pytest.fixture
def page(address, database, beth):
    """The live board, open in Beth's browser."""
    with database.work() as session:
        token = actions.start_session(session, queries.fetch_user(session, beth.user_id), at=now())
    with chromium() as browser:
        window = browser.new_context(locale="en-GB")
        window.set_default_timeout(30_000)
        cookie = {
            "name": "__Host-mash_session",
            "value": token,
            "url": address.replace("http:", "https:"),
        }
        window.add_cookies([{**cookie, "secure": True, "httpOnly": True, "sameSite": "Lax"}])
        page = window.new_page()
        page.goto(f"{address}/board")
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
