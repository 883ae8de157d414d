"""The handover sheet as a file: for the front door alone, with its line on the trail."""

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import anyio
import httpx
import pytest
from pypdf import PdfReader
from sqlalchemy import select

from mash_triage.access import actions, queries
from mash_triage.audit.events import AuditEvent, AuditKind
from mash_triage.web import handover_sheet, place
from tests import stories
from tests.cast import AMARA, BETH, MONDAY_NINE
from tests.stories import HOUR

LATER = MONDAY_NINE + 5 * HOUR


@pytest.fixture
def sheet_for(service_database, monkeypatch):
    """Ask for the sheet as somebody, past the gate."""
    from mash_triage.web.server import app

    monkeypatch.setattr(handover_sheet, "now", lambda: LATER)
    monkeypatch.setattr("mash_triage.web.gate.now", lambda: LATER)

    def ask(actor):
        with service_database.work() as session:
            user = queries.fetch_user(session, actor.user_id)
            cookies = {place.session_cookie(): actions.start_session(session, user, at=LATER)}

        async def asked() -> httpx.Response:
            told = {"base_url": "https://testserver", "cookies": cookies}
            async with httpx.AsyncClient(transport=httpx.ASGITransport(app), **told) as client:
                return await client.get("/handover.pdf")

        with ThreadPoolExecutor(1) as apart:  # this thread may be a browser's
            return apart.submit(anyio.run, asked).result()

    return ask


def test_the_front_door_prints_it_and_nobody_else(service_database, sheet_for):
    with service_database.work() as session:
        stories.a_child(session, sent_by=AMARA)
    answer = sheet_for(BETH)
    assert answer.status_code == 200
    assert answer.headers["content-disposition"] == 'inline; filename="handover.pdf"'
    assert "Thornbury" in "".join(
        page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages
    )
    refused = sheet_for(AMARA)
    assert refused.status_code == 403
    assert "Thornbury" not in refused.text
    printed = select(AuditEvent).where(AuditEvent.kind == AuditKind.HANDOVER_PRINTED)
    with service_database.look() as session:
        [line] = session.scalars(printed)
        assert (line.by_user, line.detail["children"]) == (BETH.user_id, 1)
