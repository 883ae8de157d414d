"""The running service, people who are signed in to it, and a real browser."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from mash_triage.access.actor import Actor
from mash_triage.db.engine import Database
from tests.running import PATIENCE, Running, the_browser

SERVICE = Path(__file__).parent / "service.py"


class Service(Running):
    """The service with the pages of these tests, and clients of it without a browser."""

    def client(self, token: str | None = None) -> httpx.Client:
        """A client as a browser is: with the cookie, or without."""
        cookie = {"Cookie": f"__Host-mash_session={token}"} if token else {}
        return httpx.Client(base_url=self.address, headers=cookie, timeout=PATIENCE / 1000)


@pytest.fixture
def service(database: Database, tmp_path: Path) -> Iterator[Service]:
    """The running service over this test's database."""
    running = Service(
        database,
        tmp_path / "service.log",
        told={"MASH_METRICS_TOKEN": "t0ken"},
        script=SERVICE,
    )
    yield running.start()
    running.kill()


@pytest.fixture
def browser() -> Browser:
    """Real Chromium, one for the process."""
    return the_browser()


@pytest.fixture
def window(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh browser window, without cookies."""
    context = browser.new_context(locale="en-GB")
    context.set_default_timeout(30_000)
    yield context
    context.close()


@pytest.fixture
def opened(service: Service, window: BrowserContext):
    """Open a page as one of the cast; `page.violations` collects what the policy forbade."""

    def open_as(actor: Actor, path: str) -> Page:
        cookie = {"name": "__Host-mash_session", "value": service.sign_in(actor)}
        rules = {
            "url": f"https://localhost:{service.port}",
            "secure": True,
            "httpOnly": True,
            "sameSite": "Lax",
        }
        window.add_cookies([{**cookie, **rules}])
        page = window.new_page()
        page.violations = []
        page.on(
            "console",
            lambda message: (
                page.violations.append(message.text)
                if "Content Security Policy" in message.text
                else None
            ),
        )
        page.goto(service.address + path)
        return page

    return open_as
