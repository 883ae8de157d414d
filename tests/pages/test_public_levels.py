"""The levels of need for everybody: no sign-in, no script, and never an edition before its day."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import pairwise
from typing import Any

import anyio
import httpx
import pytest
from sqlalchemy import select, text
from starlette.applications import Starlette
from starlette.middleware import Middleware

from mash_triage.clocks.now import now
from mash_triage.clocks.working_days import london_day
from mash_triage.settings import settings
from mash_triage.thresholds.levels import sha256_of
from mash_triage.thresholds.models import EditionRecord
from mash_triage.web import public_levels
from mash_triage.web.gate import SignInGate
from mash_triage.web.headers import SecurityHeaders

PAGE, PDF = "/levels-of-need", "/levels-of-need.pdf"
FILE = settings().levels_of_need / "default" / "edition.toml"
HOSTILE = '<script>alert("x")</script>'


class Stranger:
    """Somebody who is not signed in, at the real gate."""

    def __init__(self) -> None:
        layers = [Middleware(SecurityHeaders), Middleware(SignInGate)]
        app = Starlette(routes=public_levels.ROUTES, middleware=layers)
        self.transport = httpx.ASGITransport(app)

    def ask(self, method: str, path: str, **told: Any) -> httpx.Response:
        async def asked() -> httpx.Response:
            base = "http://rivermead.example"
            async with httpx.AsyncClient(transport=self.transport, base_url=base) as client:
                return await client.request(method, path, **told)

        with ThreadPoolExecutor(1) as beside:  # a browser of another test may hold this thread
            return beside.submit(anyio.run, asked).result()

    def get(self, path: str, **told: Any) -> httpx.Response:
        return self.ask("GET", path, **told)


@pytest.fixture
def stranger(service_database) -> Stranger:
    return Stranger()


def an_edition(database, *, days: int, title: str) -> str:
    """One more edition of the same code, in force from so many days ahead; the id of its record."""
    since = london_day(now()) + timedelta(days=days)
    toml = FILE.read_text("utf-8").replace("2025-04-01", since.isoformat())
    toml = toml.replace('"Levels of need, default edition"', f"'{title}'")
    record = EditionRecord(
        code="default",
        sha256=sha256_of(toml),
        toml=toml,
        effective_from=since,
        effective_to=None,
        status="published",
        loaded_by="the tests",
        loaded_at=now(),
    )
    with database.work() as session:
        session.add(record)
        session.flush()
        return str(record.id)


def the_first(database) -> str:
    with database.look() as session:
        found = select(EditionRecord.id).where(EditionRecord.code == "default")
        return str(session.scalars(found).one())


# ---------------------------------------------------------------- what it says


def test_everybody_may_read_the_edition_in_force(stranger):
    answer = stranger.get(PAGE)
    assert answer.status_code == 200
    page = answer.text
    for words in (
        "Levels of need, default edition",
        "In force from 1 April 2025",
        "inform and do not replace professional judgement",
        "Level 4: Statutory help and protection",
        "For families: Your child needs a social worker",
        "Bruise or injury in a child who cannot move independently",
        "Five or more different needs of level 2 together",
        "The safeguarding partners own it",
    ):
        assert words in page, words
    assert "<script" not in page
    assert "set-cookie" not in answer.headers
    assert "script-src 'self'" in answer.headers["content-security-policy"]


def test_headings_follow_one_another_and_every_link_leads_somewhere(stranger):
    page = stranger.get(PAGE).text
    depths = [int(depth) for depth in re.findall(r"<h([1-6])", page)]
    assert depths[0] == 1
    assert depths.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(depths))
    ids = re.findall(r'id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)
    assert page.count("<ul>") == page.count("</ul>")
    assert page.count("<li>") == page.count("</li>")


def test_the_same_may_be_printed(stranger):
    answer = stranger.get(PDF)
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == (
        'inline; filename="levels-of-need-default-2025-04-01.pdf"'
    )
    assert answer.content.startswith(b"%PDF-")


@pytest.mark.parametrize("path", [PAGE, PDF])
def test_a_browser_that_has_it_is_told_that_nothing_has_changed(stranger, path):
    first = stranger.get(path)
    assert first.headers["cache-control"] == "public, max-age=300"
    again = stranger.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert stranger.get(path, headers={"If-None-Match": '"older"'}).status_code == 200


# ---------------------------------------------------------------- which edition


def test_a_new_edition_is_read_from_its_day_on_and_the_old_one_stays(stranger, service_database):
    old = the_first(service_database)
    new = an_edition(service_database, days=0, title="Levels of need, new edition")
    page = stranger.get(PAGE).text
    assert "Levels of need, new edition" in page
    assert f'href="/levels-of-need?edition={old}"' in page
    before = stranger.get(PAGE, params={"edition": old}).text
    assert "Levels of need, default edition" in before
    assert f'href="/levels-of-need.pdf?edition={old}"' in before
    assert f'href="/levels-of-need?edition={new}"' in before
    named = stranger.get(PAGE, params={"edition": "three_levels"}).text
    assert "Targeted early help" in named


def test_nobody_reads_an_edition_before_its_day(stranger, service_database):
    coming = an_edition(service_database, days=1, title="Levels of need, next year")
    assert "next year" not in stranger.get(PAGE).text
    assert coming not in stranger.get(PAGE).text
    told = {
        (answer.status_code, answer.text)
        for named in (coming, "no_such", "", "../..", HOSTILE, "0" * 32)
        for answer in (stranger.get(PAGE, params={"edition": named}),)
    }
    assert len(told) == 1, "one answer for what is not there and what is not yet to be read"
    ((status, page),) = told
    assert status == 404
    assert "There is no such edition" in page
    assert stranger.get(PDF, params={"edition": coming}).headers["cache-control"] == "no-store"


def test_words_of_an_edition_are_never_taken_for_html(stranger, service_database):
    an_edition(service_database, days=0, title=HOSTILE)
    page = stranger.get(PAGE).text
    assert HOSTILE not in page
    assert "&lt;script&gt;" in page


# ---------------------------------------------------------------- when it cannot


def test_without_its_records_it_says_so_in_one_sentence(stranger, service_database):
    with service_database.work() as session:
        session.execute(text("ALTER TABLE edition RENAME TO edition_elsewhere"))
    for path in (PAGE, PDF):
        answer = stranger.get(path)
        assert answer.status_code == 503
        assert "cannot be shown at the moment" in answer.text
        assert answer.headers["cache-control"] == "no-store"


def test_it_is_only_read(stranger):
    for path in (PAGE, PDF):
        assert stranger.ask("HEAD", path).status_code == 200
        assert stranger.ask("POST", path).status_code == 405
