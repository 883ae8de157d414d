"""Dev, a nurse elsewhere, guesses at the addresses of files and printed copies: what is Amara's is
answered to the letter as what does not exist, and nobody's file or page is given out.

Two hundred guesses, and ten thousand with MASH_SOAK, half of them at each address.
"""

import os
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import func, select

from mash_triage.attachments.actions import attach_to_draft
from mash_triage.attachments.receiving import receive
from mash_triage.attachments.vault import Vault
from mash_triage.audit.events import AuditEvent, AuditKind
from mash_triage.clocks.now import now
from mash_triage.contacts.actions import send_draft
from mash_triage.contacts.drafts import save_draft, start_draft
from mash_triage.contacts.reference import new_reference
from tests import stories
from tests.cast import AMARA, DEV
from tests.running import running

GUESSES = 10_000 if os.environ.get("MASH_SOAK") else 200
A_SITTING = 250  # guesses; whoever touches no page is signed out after a while
THE_LETTER = b"Attendance of Mia, as kept by the school.\n"
KEY = "5c" * 32


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "attachments"


@pytest.fixture
def service(database, tmp_path, folder):
    told = {"MASH_ATTACHMENTS": str(folder), "MASH_ATTACHMENTS_KEY": KEY}
    with running(database, tmp_path, told=told) as service:
        yield service


@pytest.fixture
def hers(database, folder):
    """The addresses of what Amara sent: a letter, and the printed copy."""
    vault = Vault(folder, bytes.fromhex(KEY))
    with database.work() as session:
        draft = start_draft(session, by=AMARA, at=now())
        session.flush()
        save_draft(session, draft.id, stories.answers(), by=AMARA, at=now())
        letter = receive(vault, None, "letter.txt", THE_LETTER, at=now())
        attach_to_draft(session, draft.id, letter, by=AMARA, at=now())
        sent = send_draft(session, draft.id, by=AMARA, at=now())
        return f"/attachments/{letter.id}", f"/copy.pdf?contact={sent.reference}"


def test_what_is_amaras_is_as_unknown_to_dev_as_what_does_not_exist(service, database, hers):
    with client_of(service, AMARA) as amara:
        assert amara.get(hers[0]).content == THE_LETTER
        assert amara.get(hers[1]).content.startswith(b"%PDF")
    opened = times_opened(database)
    guessed = (lambda: f"/attachments/{uuid4()}", lambda: f"/copy.pdf?contact={new_reference()}")
    for address, guess in zip(hers, guessed, strict=True):
        of_hers, of_none = set(), set()
        for start in range(0, GUESSES // 2, A_SITTING):
            with client_of(service, DEV) as dev:
                of_hers.add(answered(dev.get(address)))
                asked = range(start, min(start + A_SITTING, GUESSES // 2))
                of_none |= {answered(dev.get(guess())) for _ in asked}
        assert of_hers == of_none
        ((status, _body, _headers),) = of_none
        assert status == 404
    assert times_opened(database) == opened
    assert "Traceback" not in service.log.read_text()


def client_of(service, actor) -> httpx.Client:
    cookie = {"Cookie": f"__Host-mash_session={service.sign_in(actor)}"}
    return httpx.Client(base_url=f"http://127.0.0.1:{service.port}", headers=cookie, timeout=60)


def answered(answer: httpx.Response) -> tuple[int, bytes, tuple[tuple[str, str], ...]]:
    """All of an answer but the time of day."""
    headers = {name: value for name, value in answer.headers.items() if name != "date"}
    return answer.status_code, answer.content, tuple(sorted(headers.items()))


def times_opened(database) -> int:
    kinds = (AuditKind.ATTACHMENT_OPENED, AuditKind.COPY_PRINTED)
    with database.look() as session:
        wanted = select(func.count()).where(AuditEvent.kind.in_(kinds))
        return session.scalar(wanted) or 0
