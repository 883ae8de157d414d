"""The child's page and the decision in a real browser: last words kept, and usable by everybody."""

import os
import socket
import subprocess
import sys
from datetime import timedelta

import httpx
import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from mash_triage.access import actions, queries
from mash_triage.access.models import SignInSession
from mash_triage.clocks.now import now
from mash_triage.screening.models import Screening
from tests.running import chromium
from tests.stories import a_child_awaiting_decision, a_child_taken_up

SERVE = "import sys; from mash_triage.web.server import serve; serve(port=int(sys.argv[1]))"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PHONE, DESKTOP = 390, 1280  # pixels


@pytest.fixture
def address(database, tmp_path):
    """The running service over this test's database."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    told = {
        "MASH_DATABASE_URL": database.url.render_as_string(hide_password=False),
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
def opened(address, database):
    """Open a page as one of the cast, in a window of this width."""
    with chromium() as browser:

        def open_as(actor, path, width=DESKTOP):
            with database.work() as session:
                user = queries.fetch_user(session, actor.user_id)
                token = actions.start_session(session, user, at=now())
            window = browser.new_context(
                locale="en-GB", viewport={"width": width, "height": 900}, bypass_csp=True
            )
            window.set_default_timeout(30_000)
            cookie = {
                "name": "__Host-mash_session",
                "value": token,
                "url": address.replace("http:", "https:"),
            }
            window.add_cookies([{**cookie, "secure": True, "httpOnly": True, "sameSite": "Lax"}])
            page = window.new_page()
            page.goto(address + path)
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
    expect(page.get_by_text("Saved ").first).to_be_visible()

    with database.work() as session:
        for row in session.scalars(select(SignInSession)):
            actions.sign_out(session, row.id, by=beth, at=now())
    field.press_sequentially("<b>and</b> **warmth**", delay=5)
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
    expect(page.get_by_text("Saved ").first).to_be_visible()

    with database.work() as session:
        for row in session.scalars(select(SignInSession)):
            actions.sign_out(session, row.id, by=carol, at=now())
    field.press_sequentially("<b>and</b> so does her aunt", delay=5)
    expect(page.get_by_text("You are signed out")).to_be_visible()
    afresh = opened(carol, f"/decide?child={child}").get_by_label("Reasons for your decision")
    expect(afresh).to_have_value("The school agrees, <b>and</b> so does her aunt")
