"""Pages through the front door: the entry script over this test's database, signed in."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import event
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

from mash_triage.access import actions, queries
from mash_triage.access.actor import Actor
from mash_triage.contacts.drafts import picture_of_draft, save_draft, start_draft
from mash_triage.db.engine import Database
from mash_triage.settings import ROOT, settings
from mash_triage.web import arrival, place
from tests.cast import MONDAY_NINE

ENTRY = ROOT / "mash_triage" / "web" / "app.py"

OpenPage = Callable[..., AppTest]


@pytest.fixture
def service_database(
    database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[Database]:
    """The database as the service itself opens it."""
    url = database.url.render_as_string(hide_password=False)
    monkeypatch.setenv("MASH_DATABASE_URL", url)
    monkeypatch.setenv("MASH_ATTACHMENTS", str(tmp_path / "attachments"))
    if database.key:
        monkeypatch.setenv("MASH_DATABASE_KEY", database.key)
    settings.cache_clear()
    yield place.database()
    place.database().close()
    settings.cache_clear()


@pytest.fixture
def open_page_as(service_database: Database, monkeypatch: pytest.MonkeyPatch) -> OpenPage:
    """Open a page by its address as one of the cast at a moment, with a fresh sign-in's cookie."""

    def open_as(actor: Actor, page: str, *, at: datetime = MONDAY_NINE, **query: str) -> AppTest:
        with service_database.work() as session:
            user = queries.fetch_user(session, actor.user_id)
            token = actions.start_session(session, user, at=at)
        monkeypatch.setattr(arrival, "now", lambda: at)
        cookies = {place.session_cookie(): token}
        monkeypatch.setattr(ContextProxy, "cookies", property(lambda _context: cookies))
        app = AppTest.from_file(str(ENTRY), default_timeout=30)
        for key, value in query.items():
            app.query_params[key] = value
        return app.switch_page(str(ROOT / "pages" / f"{page}.py")).run()

    return open_as


@pytest.fixture
def drawn() -> Callable[[AppTest], str]:
    """All HTML that a page has drawn."""

    def html_of(app: AppTest) -> str:
        return "\n".join(each.proto.body for each in app.get("html"))

    return html_of


@pytest.fixture
def new_draft(service_database):
    """A draft of somebody's with these answers; gives its id."""

    def make(by, **answers) -> UUID:
        with service_database.work() as session:
            draft = start_draft(session, by=by, at=MONDAY_NINE)
            session.flush()
            save_draft(session, draft.id, answers, by=by, at=MONDAY_NINE)
            return draft.id

    return make


@pytest.fixture
def answers_of(service_database):
    """What a draft holds now."""

    def read(by, draft_id):
        with service_database.look() as session:
            return picture_of_draft(session, draft_id, by=by).answers

    return read


@pytest.fixture
def at_step(open_page_as):
    """Open a draft at a step."""

    def open_at(by, draft_id, step, **more):
        return open_page_as(by, "submit_contact", draft=str(draft_id), step=step, **more)

    return open_at


@pytest.fixture
def asked_by_a_turn(service_database, monkeypatch) -> Callable[[AppTest, datetime], list[str]]:
    """A function that draws an open page once more at this moment, which is noted as a deed too,
    and gives the statements that this put to the database.
    """

    def asked(page: AppTest, at: datetime) -> list[str]:
        monkeypatch.setattr(arrival, "now", lambda: at)
        said: list[str] = []

        def note(_connection, _cursor, statement, *_more) -> None:
            if not statement.startswith(("PRAGMA", "BEGIN", "SET")):
                said.append(statement)

        event.listen(service_database.engine, "before_cursor_execute", note)
        page.run()
        event.remove(service_database.engine, "before_cursor_execute", note)
        return said

    return asked
