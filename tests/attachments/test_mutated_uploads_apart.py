"""The same broken files by their whole way: each read by the real process beside, what is kept put
into the vault and attached to a draft. Nothing is stored that is not what it says it is, no reader
ends in a traceback, and none is left behind.

A dozen, and 2,000 with MASH_SOAK; always the same ones.
"""

import os
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pikepdf
import pytest
from PIL import Image
from sqlalchemy import select

from mash_triage.attachments import apart
from mash_triage.attachments.actions import attach_to_draft
from mash_triage.attachments.cleaning import NOT_READ, clean
from mash_triage.attachments.kinds import MOST_FILES, Kind
from mash_triage.attachments.models import Attachment
from mash_triage.attachments.soundness import examine_files
from mash_triage.contacts.drafts import start_draft
from mash_triage.errors import NotReady
from tests.attachments.test_mutated_uploads import SENTENCE, mutated
from tests.stories import MONDAY_NINE

UPLOADS = 2_000 if os.environ.get("MASH_SOAK") else 12
MAIN_PART = {Kind.DOCX: "word/document.xml", Kind.XLSX: "xl/workbook.xml"}


@pytest.fixture
def readers(monkeypatch):
    """How each reader's process ended, and what it said on its way."""
    ended: list[tuple[int, bytes]] = []
    run = subprocess.run

    def watched(*arguments, **told):
        done = run(*arguments, **told)
        ended.append((done.returncode, done.stderr))
        return done

    monkeypatch.setattr(apart.subprocess, "run", watched)
    return ended


@pytest.mark.filterwarnings("ignore::UserWarning")  # what Pillow says of a broken photograph
def test_nothing_is_stored_that_is_not_what_it_says(database, vault, take_in, amara, readers):
    beside = children_of_this_process()

    def upload(number: int):
        kind, content = mutated(number)
        try:
            return take_in(f"{number}.{kind}", content)
        except NotReady as refusal:
            return refusal.words

    with ThreadPoolExecutor(apart.AT_ONCE) as people:
        answers = list(people.map(upload, range(UPLOADS)))
    said = [each for each in answers if isinstance(each, str)]
    kept = [each for each in answers if not isinstance(each, str)]
    attach_all(database, kept, amara)

    assert [words for words in said if not SENTENCE.fullmatch(words)] == []
    assert len(readers) == UPLOADS - empty()
    assert [each for each in readers if each[0] != 0 or b"Traceback" in each[1]] == []
    assert children_of_this_process() == beside
    with database.look() as session:
        found = examine_files(session, vault)
        rows = session.scalars(select(Attachment)).all()
    assert (found.good, found.right, found.of_nothing) == (True, len(kept), 0)
    assert len(list(vault.files())) == len(rows) == len(kept)
    for row in rows:
        content = b"".join(vault.read(row.id))
        assert is_what_it_says(Kind(row.kind), content), row.name
        assert clean(content, Kind(row.kind)), "what was kept is not taken a second time"
    assert kept
    assert NOT_READ in said


def empty() -> int:
    """Files of which nothing is left are answered without a reader."""
    return sum(not mutated(number)[1] for number in range(UPLOADS))


def attach_all(database, kept, by) -> None:
    """Onto drafts, as many to each as one may have."""
    for start in range(0, len(kept), MOST_FILES):
        with database.work() as session:
            draft = start_draft(session, by=by, at=MONDAY_NINE)
            session.flush()
            for each in kept[start : start + MOST_FILES]:
                attach_to_draft(session, draft.id, each, by=by, at=MONDAY_NINE)


def is_what_it_says(kind: Kind, content: bytes) -> bool:
    """Read by other means than the readers': is this a file of its kind, from end to end?"""
    match kind:
        case Kind.PDF:
            with pikepdf.open(BytesIO(content)) as letter:
                return content.startswith(b"%PDF-") and len(letter.pages) > 0
        case Kind.DOCX | Kind.XLSX:
            with ZipFile(BytesIO(content)) as document:
                return document.testzip() is None and MAIN_PART[kind] in document.namelist()
        case Kind.JPEG | Kind.PNG:
            with Image.open(BytesIO(content)) as picture:
                picture.load()
                return picture.format == kind.upper() or (kind, picture.format) == ("jpg", "JPEG")
        case Kind.TEXT:
            return not re.search("[\x00-\x08\x0e-\x1f]", content.decode("utf-8"))


def children_of_this_process() -> set[str]:
    """The processes that this one started and that are not gone, be it as a husk."""
    statuses = [(path, read(path / "status")) for path in Path("/proc").glob("[0-9]*")]
    return {path.name for path, status in statuses if f"\nPPid:\t{os.getpid()}\n" in status}


def read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:  # it has just gone
        return ""
