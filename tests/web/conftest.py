"""The running service, people who are signed in to it, and a real browser."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from mash_triage.access import actions, queries
from mash_triage.access.actor import Actor
from mash_triage.clocks.now import now
from mash_triage.db.engine import Database
from tests.running import the_browser

SERVICE = Path(__file__).parent / "service.py"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass
class Service:
    """The service on a port, over one database; it can be killed and started again."""

    database: Database
    log: Path
    port: int = field(default_factory=free_port)
    watch_every: int = 1  # seconds
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    def start(self) -> None:
        url = self.database.url.render_as_string(hide_password=False)
        key = {"MASH_DATABASE_KEY": self.database.key} if self.database.key else {}
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, str(SERVICE), str(self.port), str(self.watch_every)],
                env={**os.environ, **key, "MASH_DATABASE_URL": url, "MASH_METRICS_TOKEN": "t0ken"},
                stdout=log,
                stderr=log,
            )
        for _ in range(300):
            with suppress(httpx.TransportError):
                if httpx.get(f"{self.address}/healthz").status_code == 200:
                    return
            assert self.process.poll() is None, self.log.read_text()
            time.sleep(0.1)
        raise AssertionError(f"the service did not start: {self.log.read_text()}")

    def kill(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait()

    def sign_in(self, actor: Actor) -> str:
        """The cookie of a fresh sign-in of one of the cast."""
        with self.database.work() as session:
            user = queries.fetch_user(session, actor.user_id)
            return actions.start_session(session, user, at=now())

    def client(self, token: str | None = None) -> httpx.Client:
        """A client as a browser is: with the cookie, or without."""
        cookie = {"Cookie": f"__Host-mash_session={token}"} if token else {}
        return httpx.Client(base_url=self.address, headers=cookie)


@pytest.fixture
def service(database: Database, tmp_path: Path) -> Iterator[Service]:
    """The running service over this test's database."""
    running = Service(database, tmp_path / "service.log")
    running.start()
    yield running
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
