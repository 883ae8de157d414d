"""Files at the form, on the receipt and on the child's page, and the route that gives them out."""

import re
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from uuid import uuid4

import anyio
import httpx
import pytest
from sqlalchemy import select, update
from starlette.applications import Starlette
from starlette.middleware import Middleware

from mash_triage.access import actions, queries
from mash_triage.attachments.kinds import Kind
from mash_triage.attachments.models import Attachment, ScanState
from mash_triage.attachments.vault import vault
from mash_triage.audit.events import AuditEvent, AuditKind
from mash_triage.clocks.now import now
from mash_triage.contacts.actions import send_draft
from mash_triage.contacts.drafts import save_draft, start_draft
from mash_triage.contacts.models import ContactChild
from mash_triage.web.attachments import serving
from mash_triage.web.gate import SignInGate
from mash_triage.web.headers import SecurityHeaders
from mash_triage.web.place import session_cookie
from tests import cast, stories
from tests.attachments import samples
from tests.stories import HOUR, MONDAY_NINE

HOSTILE = "<img src=x onerror=alert(1)> **b** & [l](x.invalid).txt"


@pytest.fixture
def draft(service_database):
    """The id of Amara's draft about Mia, ready to be sent."""
    with service_database.work() as session:
        draft = start_draft(session, by=cast.AMARA, at=MONDAY_NINE)
        session.flush()
        save_draft(session, draft.id, stories.answers(), by=cast.AMARA, at=MONDAY_NINE)
        return draft.id


@pytest.fixture
def step(open_page_as, draft):
    """Amara's draft at the step with the files."""
    return open_page_as(cast.AMARA, "submit_contact", draft=str(draft), step="concern")


def press(app, label):
    return next(each for each in app.button if each.label == label).click().run()


def upload(app, *files):
    app.file_uploader[0].set_value([(name, content, "x/y") for name, content in files]).run()
    assert not app.exception
    return app


def rows(database):
    with database.look() as session:
        return session.scalars(select(Attachment).order_by(Attachment.name)).all()


def test_what_is_never_to_be_sent_is_said_at_the_field(step, drawn):
    said = drawn(step)
    assert "Never send an indecent image of a child" in said
    assert re.search(r"police: 101, or 999 .* duty number, 01632 960 100", said)


def test_good_files_are_attached_and_each_bad_one_gets_its_sentence(step, drawn, service_database):
    upload(
        step,
        ("Letter.pdf", samples.pdf()),
        ("in truth a program.pdf", b"MZ\x90"),
        ("macro.docx", samples.office(more=[("word/vbaProject.bin", b"x")])),
        ("empty.txt", b""),
    )
    said = drawn(step)
    assert "Letter.pdf" in said
    assert "PDF, 973 bytes. Not scanned for viruses." in said or "1 kB" in said
    assert "in truth a program.pdf: This file is not a PDF, whatever its name says." in said
    assert "macro.docx: This document holds a macro." in said
    assert "empty.txt: This file is empty." in said
    assert [row.name for row in rows(service_database)] == ["Letter.pdf"]
    assert len(list(vault().files())) == 1


def test_a_name_is_text_and_nothing_else(step, drawn):
    upload(step, (HOSTILE, samples.text()))
    assert "<img" not in drawn(step)
    assert "img src=x onerror=alert(1) b &amp; [l](x.invalid).txt" in drawn(step)


def test_a_file_is_taken_off_put_back_and_sent_with_the_contact(step, drawn, open_page_as):
    upload(step, ("Letter.pdf", samples.pdf()))
    press(step, "Remove file 1")
    assert "Letter.pdf" not in drawn(step)
    press(step, "Undo")
    assert "Letter.pdf" in drawn(step)
    step.query_params["step"] = "check"
    step.run()
    assert "Letter.pdf" in drawn(step)
    press(step, "Send")
    assert "Contact received" in drawn(step)
    assert re.search(r'<a href="/attachments/[-0-9a-f]{36}"[^>]*>Letter.pdf</a>', drawn(step))


def test_what_is_uploaded_as_she_goes_on_is_not_lost(step, service_database):
    step.file_uploader[0].set_value([("note.txt", samples.text(), "x/y")])
    press(step, "Save and continue")
    assert [row.name for row in rows(service_database)] == ["note.txt"]


# ---------------------------------------------------------------- the route


@pytest.fixture
def sent(service_database, draft, monkeypatch):
    """A photograph that Amara sent, and the way to ask for it as anybody."""
    from mash_triage.attachments.actions import attach_to_draft
    from mash_triage.attachments.receiving import receive

    kept = receive(vault(), None, "Küche.jpg", samples.photo(), at=MONDAY_NINE)
    with service_database.work() as session:
        attach_to_draft(session, draft, kept, by=cast.AMARA, at=MONDAY_NINE)
        receipt = send_draft(session, draft, by=cast.AMARA, at=MONDAY_NINE)
    layers = [Middleware(SecurityHeaders), Middleware(SignInGate)]
    app = Starlette(routes=serving.ROUTES, middleware=layers)

    def ask(by, file_id=kept.id):
        cookies = {}
        if by:
            with service_database.work() as session:
                user = queries.fetch_user(session, by.user_id)
                token = actions.start_session(session, user, at=now())
            cookies = {"Cookie": f"{session_cookie()}={token}"}
        with ThreadPoolExecutor(1) as apart:  # this thread may be a browser's
            address = f"http://localhost/attachments/{file_id}"
            return apart.submit(anyio.run, get, address, cookies).result()

    async def get(address, cookies):
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app)) as client:
            return await client.get(address, headers=cookies)

    return SimpleNamespace(id=kept.id, reference=receipt.reference, ask=ask, size=kept.size)


def opened(database):
    with database.look() as session:
        kind = AuditEvent.kind == AuditKind.ATTACHMENT_OPENED
        return [row.by_user for row in session.scalars(select(AuditEvent).where(kind))]


def test_a_file_comes_to_be_saved_and_never_as_a_page(sent, service_database):
    answer = sent.ask(cast.BETH)
    told = answer.headers
    assert (answer.status_code, len(answer.content)) == (200, sent.size)
    assert told["content-disposition"].startswith("attachment; ")
    assert told["content-disposition"].endswith("filename*=UTF-8''K%C3%BCche.jpg")
    assert told["content-type"] == "image/jpeg"
    assert told["content-security-policy"] == "default-src 'none'; sandbox"
    assert told["x-content-type-options"] == "nosniff"
    assert told["cache-control"] == "no-store"
    assert opened(service_database) == [cast.BETH.user_id]


def test_strangers_are_sent_to_sign_in_and_others_told_nothing(sent, service_database):
    assert sent.ask(None).status_code == 303
    answers = {
        (each.status_code, each.text)
        for by in (cast.DEV, cast.ADA)
        for each in (sent.ask(by), sent.ask(by, uuid4()), sent.ask(by, "../../etc/passwd"))
    }
    refused = {(status, words) for status, words in answers if "could not find" in words}
    assert [status for status, _words in refused] == [404]
    assert {status for status, _words in answers} == {404}
    assert opened(service_database) == []


def test_a_file_that_is_missing_or_damaged_is_a_loud_fault(sent, service_database, monkeypatch):
    told = []
    monkeypatch.setattr(serving.logs, "log_fault", lambda fault: told.append(fault) or "abc123")
    path = vault().folder / sent.id.hex
    path.write_bytes(path.read_bytes()[:-1])
    damaged = sent.ask(cast.BETH)
    path.unlink()
    missing = sent.ask(cast.BETH)
    for answer in (damaged, missing):
        assert answer.status_code == 500
        assert "abc123" in answer.text
    assert len(told) == 2


def test_an_infected_file_is_kept_closed(sent, service_database):
    with service_database.work() as session:
        session.execute(update(Attachment).values(state=ScanState.INFECTED))
    answer = sent.ask(cast.CAROL)
    assert (answer.status_code, "virus was found" in answer.text) == (403, True)


def test_where_the_scanner_does_not_answer_an_unscanned_file_waits(sent, monkeypatch, tmp_path):
    monkeypatch.setenv("MASH_CLAMAV", f"unix:{tmp_path}/nobody")
    serving.settings.cache_clear()
    answer = sent.ask(cast.BETH)
    assert (answer.status_code, "scanner does not answer" in answer.text) == (403, True)


def test_the_front_door_sees_the_file_on_the_childs_page(
    sent, open_page_as, drawn, service_database
):
    with service_database.look() as session:
        child = session.scalars(select(ContactChild.id)).one()
    page = open_page_as(cast.BETH, "child", at=MONDAY_NINE + HOUR, child=str(child))
    assert f'href="/attachments/{sent.id}"' in drawn(page)
    upload(page, ("Report.xlsx", samples.office(Kind.XLSX)))
    assert "Report.xlsx" in drawn(page)
    assert "File added: Report.xlsx" in drawn(page)
    assert "Added later, today 10:00, by Beth Lindqvist." in drawn(page)
