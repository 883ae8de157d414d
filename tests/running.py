"""The real service as a process of its own, and real Chromium for the people who use it.

For tests that open the shipped pages. A test that kills or starves the service has one of its own.
"""

import atexit
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from multiprocessing.process import BaseProcess
from pathlib import Path
from time import sleep

import httpx
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from benchmarks.chromium import CHROMIUM, QUIET
from mash_triage.access import actions, queries
from mash_triage.access.actor import Actor
from mash_triage.clocks.now import now
from mash_triage.db.engine import Database
from tests.service_process import start_process

DESKTOP, PHONE = 1280, 390  # pixels
IDLE = "[data-testid=stApp][data-test-script-state=notRunning]"
# a part that is about to go, or has just come, is drawn pale for a moment
AT_REST = "() => !document.querySelector('[data-test-script-state=running], [data-stale=true]')"
PATIENCE = 30_000  # milliseconds; machines that run tests are busy

expect.set_options(timeout=PATIENCE)


@dataclass
class Running:
    """The service on a port, over one database. `told` holds further settings of its process;
    `script` is the shipped service or a file that serves it changed, which is given the port and
    what is in `more`. `from_nothing` starts a Python of its own instead of forking a ready one: as
    in use, and for a script that changes what the service has when it is imported.
    """

    database: Database
    log: Path
    told: dict[str, str] = field(default_factory=dict)
    script: Path | None = None
    from_nothing: bool = False
    more: tuple[str, ...] = ()
    port: int = field(default_factory=lambda: free_port())
    process: BaseProcess | None = None

    @property
    def address(self) -> str:
        """Where browsers find it; they take `localhost` for a safe place, as cookies ask."""
        return f"http://localhost:{self.port}"

    def start(self) -> "Running":
        """Start it and wait until it answers."""
        url = self.database.url.render_as_string(hide_password=False)
        key = {"MASH_DATABASE_KEY": self.database.key} if self.database.key else {}
        told = {**os.environ, **key, "MASH_DATABASE_URL": url, **self.told}
        given = [str(self.port), *self.more]
        self.process = start_process(
            self.script, given, told, self.log, from_nothing=self.from_nothing
        )
        while not self._answers():
            assert self.process.is_alive(), self.log.read_text()
            sleep(0.05)
        return self

    def _answers(self) -> bool:
        with suppress(httpx.TransportError):
            return httpx.get(f"http://127.0.0.1:{self.port}/healthz").status_code == 200
        return False

    def kill(self) -> None:
        """Kill it, as a power cut does."""
        if self.process:
            self.process.kill()
            self.process.join()

    def sign_in(self, actor: Actor) -> str:
        """The cookie of a fresh sign-in of one of the cast."""
        with self.database.work() as session:
            user = queries.fetch_user(session, actor.user_id)
            return actions.start_session(session, user, at=now())


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(database: Database, folder: Path, **changes) -> Iterator[Running]:
    """The service over this database for as long as the block lasts."""
    service = Running(database, folder / "service.log", **changes)
    try:
        yield service.start()
    finally:
        service.kill()


@cache
def the_browser() -> Browser:
    """One real Chromium for the whole process: a second one could not be started beside it."""
    playwright = sync_playwright().start()
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
    atexit.register(playwright.stop)
    return browser


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser; the windows that were opened in it are closed at the end."""
    browser = the_browser()
    before = set(browser.contexts)
    yield browser
    for window in set(browser.contexts) - before:
        window.close()


def window_of(
    browser: Browser,
    service: Running,
    actor: Actor | None = None,
    *,
    width: int = DESKTOP,
    bypass_csp: bool = False,
) -> BrowserContext:
    """A browser window of its own, signed in as this person, or a stranger's.

    `bypass_csp` lets a check be put into the page; without it the service's own policy holds.
    """
    window = browser.new_context(
        locale="en-GB", viewport={"width": width, "height": 900}, bypass_csp=bypass_csp
    )
    window.set_default_timeout(PATIENCE)
    if actor:
        cookie = {
            "name": "__Host-mash_session",
            "value": service.sign_in(actor),
            "url": service.address.replace("http:", "https:"),
        }
        window.add_cookies([{**cookie, "secure": True, "httpOnly": True, "sameSite": "Lax"}])
    return window


def settle(page: Page) -> Page:
    """Wait until the page has been drawn and its script rests."""
    page.wait_for_selector("h1")
    page.wait_for_selector(IDLE)
    page.wait_for_function(AT_REST)
    return page
