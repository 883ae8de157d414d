"""The examples of docs/api.md, run as they stand against the running service."""

import os
import re
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from mash_triage.agency_systems.actions import add_api_key
from mash_triage.clocks.now import now
from mash_triage.contacts.models import Contact, ContactChild
from mash_triage.enquiries.models import PartAnswer, RequestReply
from mash_triage.settings import Settings
from tests.api.asked import a_request_to
from tests.cast import ADA, AMARA
from tests.running import running

DOCUMENT = (Path(__file__).parents[2] / "docs" / "api.md").read_text("utf-8")
EXAMPLES = re.findall(r"```(sh|python)\n(.*?)```", DOCUMENT, re.DOTALL)


@pytest.fixture
def service(database, tmp_path):
    with running(database, tmp_path) as service:
        yield service


def test_they_run_and_do_what_they_say(service, database, tmp_path):
    with database.work() as session:
        told = {"scopes": ["send", "read", "answer"], "by": ADA, "at": now()}
        key = add_api_key(session, AMARA.agency_id, "Records", **told)
        asked = a_request_to(session, AMARA.agency_id).id
    address = service.address.replace("localhost", "127.0.0.1")
    told = {**os.environ, "MASH_ADDRESS": address, "MASH_KEY": key}
    said = []
    for language, text in EXAMPLES:
        program = ["bash", "-euc", text] if language == "sh" else [sys.executable, "-c", text]
        done = subprocess.run(
            program, env=told, cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, (text, done.stdout, done.stderr)
        said.append(done.stdout)
    sent, notice, listed, answered = said
    with database.look() as session:
        of_school = Contact.agency_id == AMARA.agency_id
        contacts = session.scalars(
            select(Contact).where(of_school).order_by(Contact.received_at)
        ).all()
        ids = [each.id for each in contacts]
        children = session.scalars(
            select(ContactChild).where(ContactChild.contact_id.in_(ids))
        ).all()
        finding = session.scalars(select(PartAnswer.finding)).all()
        reply = session.get_one(RequestReply, asked)
    assert [contact.channel for contact in contacts] == ["portal", "police_notice"]
    assert contacts[1].submission["concern"]["worry"].startswith("Officers attended")
    assert contacts[0].reference in sent
    assert notice.split() == [contacts[1].reference, "2"]
    assert len(children) == 3
    assert answered.split() == ["1", "1", "True"]  # the request was of a Monday in January
    assert (finding, reply.replied_by_name) == (["nothing_known"], "Hill School, its system")
    assert listed.count("Received. A social worker will read it next.") == 3
    _as_safe_as_the_pages(address, key, service)


def _as_safe_as_the_pages(address: str, key: str, service) -> None:
    """The API has the headers of every answer, needs no sign-in, and leaves nothing in the log."""
    headers = {"Authorization": f"Bearer {key}"}
    answer = httpx.get(f"{address}/api/v1/contacts/Zyxquill?name=Zyxquill", headers=headers)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["cache-control"] == "no-store"
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    for path in ("/api/", "/api/v2/x", "/api/v1/docs"):
        other = httpx.get(f"{address}{path}")
        assert other.headers["content-type"] == "application/problem+json"
    assert httpx.get(f"{address}/api/v1/openapi.json").json()["openapi"].startswith("3.1")
    log = service.log.read_text()
    assert '"kind": "GET /v1/contacts/{reference}"' in log
    assert not {"Zyxquill", "Thornbury", key} & set(re.findall(r"[\w-]+", log))


def test_the_document_says_the_limits_that_are_set():
    chosen = Settings()
    assert f"has {chosen.api_calls_a_minute} calls a minute and {chosen.api_burst}" in DOCUMENT
