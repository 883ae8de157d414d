"""What tests stand on: a fresh database of each kind, the cast, and the count of both kinds.

A test that asks for `database`, `session` or `new_database` runs twice, on SQLite and on a real
PostgreSQL. A database that does not start is a failure, never a skip.
"""

import os
import shutil
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.audit.events import AuditEvent
from mash_triage.db.engine import Database
from mash_triage.settings import settings as the_settings
from tests import cast, once
from tests.servers import FURNISHED, KINDS, TestRun, new_folder

# Few examples, always the same, in daily runs; many, and new ones, when MASH_SOAK is set.
_ALWAYS = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("small", max_examples=40, derandomize=True, **_ALWAYS)
settings.register_profile("soak", max_examples=5_000, **_ALWAYS)
settings.load_profile("soak" if os.environ.get("MASH_SOAK") else "small")

MESSAGES_OUT = {
    "service_address": "https://mash.rivermead.example",
    "mail_by": "smtp",
    "mail_from": "no-reply@rivermead.example",
    "smtp_host": "localhost",
    "smtp_port": 9,
    "webhook_key": "a key of the tests, long enough to sign",
}

RUN_FOLDER = pytest.StashKey[Path]()
COLLECTED = pytest.StashKey[dict[str, list[str]]]()


# ---------------------------------------------------------------- databases


@pytest.fixture(scope="session")
def test_run(pytestconfig: pytest.Config) -> TestRun:
    """This run's folder, with the templates that every worker copies."""
    return TestRun(pytestconfig.stash[RUN_FOLDER])


@pytest.fixture(params=KINDS)
def database_kind(request: pytest.FixtureRequest) -> str:
    """Which database: `sqlite`, then `postgresql`."""
    return request.param


@pytest.fixture
def new_database(database_kind: str, test_run: TestRun) -> Iterator[Callable[..., Database]]:
    """A function that gives a new database each time: migrated with the cast, or `like` less."""
    made: list[Database] = []
    folder = test_run.new_folder()

    def new(like: str = FURNISHED) -> Database:
        made.append(test_run.new(database_kind, folder, like))
        return made[-1]

    yield new
    for database in made:
        test_run.remove(database)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def database(new_database: Callable[..., Database]) -> Database:
    """A database of its own for this test, migrated, with the cast in it."""
    return new_database()


@pytest.fixture(scope="session")
def untouched(test_run: TestRun) -> Iterator[Callable[[str], Database]]:
    """One database of each kind, in which every change is undone: most tests need no other."""
    made: dict[str, Database] = {}
    lines: dict[str, int] = {}

    def of_kind(kind: str) -> Database:
        if kind not in made:
            made[kind] = test_run.new(kind, test_run.new_folder())
            lines[kind] = _lines_on_trail(made[kind])
        return made[kind]

    yield of_kind
    now = {kind: _lines_on_trail(database) for kind, database in made.items()}
    for database in made.values():
        test_run.remove(database)
    assert now == lines, "a test of one transaction has committed: it must ask for `database` too"


def _lines_on_trail(database: Database) -> int:
    with database.look() as session:
        return session.scalar(select(func.count()).select_from(AuditEvent)) or 0


@pytest.fixture
def session(request: pytest.FixtureRequest, database_kind: str) -> Iterator[Session]:
    """One open writing transaction, undone at the end: in the test's own database where it has one,
    or else in one that many tests use.
    """
    own = "database" in request.fixturenames
    database: Database = (
        request.getfixturevalue("database")
        if own
        else request.getfixturevalue("untouched")(database_kind)
    )
    with database.work() as session:
        yield session
        session.rollback()


@pytest.fixture
def messages_out(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Mail and webhooks are set up, for a server that nobody runs; a function that says more."""

    def set_up(**more: object) -> None:
        for name, value in more.items():
            monkeypatch.setenv(f"MASH_{name.upper()}", str(value))
        the_settings.cache_clear()

    set_up(**MESSAGES_OUT)
    yield set_up
    monkeypatch.undo()
    the_settings.cache_clear()


# ---------------------------------------------------------------- the cast


@pytest.fixture
def amara() -> Actor:
    """The teacher at Hill School who sends."""
    return cast.AMARA


@pytest.fixture
def beth() -> Actor:
    """The social worker who screens."""
    return cast.BETH


@pytest.fixture
def carol() -> Actor:
    """The manager who decides."""
    return cast.CAROL


@pytest.fixture
def dan() -> Actor:
    """A second manager."""
    return cast.DAN


@pytest.fixture
def dev() -> Actor:
    """The nurse elsewhere, who must see nothing of Amara's."""
    return cast.DEV


@pytest.fixture
def ada() -> Actor:
    """The administrator, who sees no case content."""
    return cast.ADA


# ---------------------------------------------------------------- one run, many workers


def pytest_configure(config: pytest.Config) -> None:
    """Make the run's folder once; a worker is told where it is."""
    told = getattr(config, "workerinput", {}).get("mash_run_folder")
    config.stash[RUN_FOLDER] = Path(told) if told else new_folder()
    once.look_for_components_once()
    once.compile_statements_once()
    once.wait_for_a_page_without_looking()


def pytest_collection_finish() -> None:
    """From here on the tests run."""
    once.leave_what_stays()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a new worker the run's folder."""
    node.workerinput["mash_run_folder"] = str(node.config.stash[RUN_FOLDER])


def pytest_unconfigure(config: pytest.Config) -> None:
    """Whoever made the folder ends the run."""
    if not hasattr(config, "workerinput"):
        TestRun(config.stash[RUN_FOLDER]).end()


# ---------------------------------------------------------------- both kinds, counted


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Note each test's kind of database, before any is deselected."""
    collected: dict[str, list[str]] = {each: [] for each in KINDS}
    for item in items:
        on = getattr(item, "callspec", None) and item.callspec.params.get("database_kind")
        if on in KINDS:
            item.user_properties.append(("database", on))
            collected[on].append(item.nodeid.replace(on, "database"))
    config.stash[COLLECTED] = collected
    if not os.environ.get("MASH_SOAK"):
        _browsers_take_turns(config, items)


def _browsers_take_turns(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What is walked in a real browser is walked on one of the databases in turn, and on both with
    MASH_SOAK: the same pages are drawn on both by tests without a browser.
    """
    walks: dict[str, dict[str, pytest.Item]] = {}
    for item in items:
        kind = dict(item.user_properties).get("database")
        in_windows = hasattr(item.module, "chromium") or hasattr(item.module, "window")
        if kind and ("browser" in item.fixturenames or in_windows):
            walks.setdefault(item.nodeid.replace(kind, "database"), {})[kind] = item
    pairs = [pair for pair in walks.values() if len(pair) == len(KINDS)]
    left = [pair[KINDS[number % len(KINDS)]] for number, pair in enumerate(pairs)]
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if item not in left]


@pytest.fixture
def collected_by_kind(pytestconfig: pytest.Config) -> dict[str, list[str]]:
    """The names of the tests of each kind of database, without the kind."""
    return pytestconfig.stash[COLLECTED]


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> Generator[None, None, None]:
    """Say last of all how many tests passed on each kind of database."""
    yield
    terminal = session.config.pluginmanager.get_plugin("terminalreporter")
    if terminal is None or session.config.option.collectonly:
        return
    passed = Counter(
        dict(report.user_properties).get("database") for report in terminal.stats.get("passed", [])
    )
    terminal.write_line(", ".join(f"{each} {passed[each]} passed" for each in KINDS))
