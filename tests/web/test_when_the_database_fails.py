"""A database that fails under the running service: one plain sentence, no false receipt, no loss.

Each fault is brought about for real while somebody fills in the form in Chromium: first when she
saves what she typed, then when she sends. After it is mended the same press succeeds, once.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import func, select, text

from mash_triage.clocks.now import now
from mash_triage.contacts.drafts import picture_of_draft, save_draft, start_draft
from mash_triage.contacts.models import Contact
from mash_triage.db import faults
from mash_triage.db.engine import Database
from mash_triage.settings import settings
from tests.cast import AMARA
from tests.running import Running, chromium, running, settle, window_of
from tests.servers import KINDS, TestRun
from tests.stories import answers

pytestmark = pytest.mark.xdist_group("database fails")

SCRIPT = Path(__file__).parent / "faulty_service.py"
WORDS = "Mia was at the gate at half past six and said that nobody was at home. " * 120
SENTENCE = "What has happened, and what worries you?"


@dataclass(frozen=True)
class Place:
    """The database of this module as a test can reach it."""

    database: Database
    run: TestRun

    @property
    def folder(self) -> Path:
        """Where a SQLite file lies."""
        return self.database.path.parent

    def on_it(self, *statements: str) -> None:
        """Run these statements on the database."""
        with self.database.engine.connect() as connection:
            for statement in statements:
                connection.execute(text(statement))
            connection.commit()

    def on_the_server(self, statement: str) -> None:
        """Run this on the server of a PostgreSQL database, from outside it."""
        self.run._on_server(statement.format(name=self.database.url.database))


# ---------------------------------------------------------------- the faults


@contextmanager
def not_migrated(here: Place) -> Iterator[None]:
    """The table of drafts is not there."""
    here.on_it("ALTER TABLE contact_draft RENAME TO contact_draft_later")
    try:
        yield
    finally:
        here.on_it("ALTER TABLE contact_draft_later RENAME TO contact_draft")


@contextmanager
def read_only(here: Place) -> Iterator[None]:
    """The database can only be read."""
    if here.database.is_sqlite:
        with beside(here, "read-only"):
            yield
        return
    here.on_the_server('ALTER DATABASE "{name}" SET default_transaction_read_only = on')
    throw_out(here)
    try:
        yield
    finally:
        here.on_the_server('ALTER DATABASE "{name}" RESET default_transaction_read_only')
        throw_out(here)


@contextmanager
def full(here: Place) -> Iterator[None]:
    """There is no room for another page; of PostgreSQL, whose disk is shared, only the answer."""
    if here.database.is_sqlite:
        with beside(here, "full"):
            yield
        return
    here.on_it(
        "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'no space left' USING ERRCODE = '53100'; END $$",
        "CREATE TRIGGER full_disk BEFORE UPDATE ON contact_draft "
        "FOR EACH ROW EXECUTE FUNCTION full_disk()",
    )
    try:
        yield
    finally:
        here.on_it("DROP FUNCTION full_disk CASCADE")


@contextmanager
def locked(here: Place) -> Iterator[None]:
    """Another process is writing and does not come to an end."""
    with here.database.work() as session:
        session.connection()  # from here on a SQLite file is held
        if not here.database.is_sqlite:
            session.execute(text("LOCK TABLE contact_draft IN EXCLUSIVE MODE"))
        yield
        session.rollback()


@contextmanager
def gone(here: Place) -> Iterator[None]:
    """The server lets nobody in, or the file's folder is not there."""
    if here.database.is_sqlite:
        away = here.folder.rename(here.folder.with_name("unplugged"))
        try:
            yield
        finally:
            away.rename(here.folder)
        return
    here.on_the_server('ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
    throw_out(here)
    try:
        yield
    finally:
        here.on_the_server('ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')


@contextmanager
def beside(here: Place, name: str) -> Iterator[None]:
    """A file of this name beside the database's, which the service of these tests obeys."""
    (here.folder / name).touch()
    try:
        yield
    finally:
        (here.folder / name).unlink()


def throw_out(here: Place) -> None:
    """End all connections to a PostgreSQL database."""
    here.on_the_server(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
    )
    here.database.engine.dispose()


@dataclass(frozen=True)
class Fault:
    """How it comes about, what is said, and whether the form can still be drawn."""

    during: Callable[[Place], AbstractContextManager[None]]
    words: str
    form_stays: bool = True


FAULTS = {
    "not migrated": Fault(not_migrated, faults.NOT_MIGRATED, form_stays=False),
    "read-only": Fault(read_only, faults.READ_ONLY),
    "full": Fault(full, faults.FULL),
    "locked": Fault(locked, faults.LOCKED),
    "gone": Fault(gone, faults.NOT_REACHABLE, form_stays=False),
}
EVERY_FAULT = pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)


# ---------------------------------------------------------------- one service, one browser


@pytest.fixture(scope="module", params=KINDS)
def database_kind(request):
    """Which database, for all faults one after another."""
    return request.param


@pytest.fixture(scope="module")
def here(database_kind, test_run, tmp_path_factory) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("failing") / "data"
    folder.mkdir()
    database = test_run.new(database_kind, folder)
    yield Place(database, test_run)
    test_run.remove(database)


@pytest.fixture(scope="module")
def service(here, tmp_path_factory) -> Iterator[Running]:
    log = tmp_path_factory.mktemp("failing-log")
    with running(here.database, log, script=SCRIPT, from_nothing=True) as service:
        yield service


@pytest.fixture
def draft(here):
    """A contact that Amara has filled in and not sent."""
    with here.database.work() as session:
        draft = start_draft(session, by=AMARA, at=now())
        session.flush()
        save_draft(session, draft.id, answers(), by=AMARA, at=now())
        return draft.id


@pytest.fixture
def page(service, draft):
    """The form at the worry, open in Amara's window."""
    with chromium() as browser:
        window = window_of(browser, service, AMARA)
        page = window.new_page()
        page.goto(f"{service.address}/submit_contact?draft={draft}&step=concern")
        yield settle(page)
        window.close()


def contacts_of(here: Place, draft) -> int:
    """How many contacts have come of this draft."""
    with here.database.look() as session:
        token = picture_of_draft(session, draft, by=AMARA).token
        return session.scalar(
            select(func.count()).select_from(Contact).where(Contact.token == token)
        )


# ---------------------------------------------------------------- what she sees


@EVERY_FAULT
def test_it_says_so_loses_no_word_gives_no_receipt_and_then_sends_once(fault, here, page, draft):
    with fault.during(here):
        press_with_words(page)
        is_told(page, fault)
        if fault.form_stays:
            expect(page.get_by_label(SENTENCE)).to_have_value(WORDS)
        else:
            expect(page.get_by_text(WORDS.strip())).to_be_visible()
    if not fault.form_stays:
        page.reload()
    press_with_words(page)
    expect(page.get_by_role("heading", name="What works well")).to_be_focused()
    page.goto(re.sub("step=[a-z]+", "step=check", page.url))
    settle(page)
    expect(page.get_by_text(WORDS.strip(), exact=True)).to_be_visible()

    with fault.during(here):
        press(page, "Send")
        is_told(page, fault)
        expect(page.get_by_text("We have received")).to_have_count(0)
        expect(page.get_by_text("Contact received")).to_have_count(0)
    assert contacts_of(here, draft) == 0

    if not fault.form_stays:
        page.reload()
    press(page, "Send")
    expect(page.get_by_text("Contact received")).to_be_visible()
    assert contacts_of(here, draft) == 1


def press_with_words(page: Page) -> None:
    page.get_by_label(SENTENCE).fill(WORDS)
    press(page, "Save and continue")


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def is_told(page: Page, fault: Fault) -> None:
    """One plain sentence, that nothing was received, 999, and the duty number."""
    said = page.get_by_role("alert").filter(has_text="Not received").first
    expect(said).to_be_visible()
    settle(page)  # the field says it first, then the button
    expect(said).to_contain_text(fault.words)
    expect(said).to_contain_text("999")
    expect(said).to_contain_text(settings().duty_number)


@pytest.mark.parametrize("path", ["/signin", "/board"])
def test_a_stranger_at_the_door_is_told_in_one_sentence_and_whom_to_call(path, here, service):
    with gone(here), httpx.Client(base_url=service.address) as client:
        answer = client.get(path, headers={"Cookie": "__Host-mash_session=somebody"})
    assert answer.status_code == 503
    assert "Try again soon" in answer.text
    assert settings().duty_number in answer.text


def test_the_files_of_a_field_come_all_the_same_so_that_there_is_something_to_type_in(
    here, service
):
    files = "/_stcore/bidi-components/mash-triage.long_answer/long_answer"
    with gone(here), httpx.Client(base_url=service.address) as client:
        assert [client.get(files + kind).status_code for kind in (".js", ".css")] == [200, 200]
