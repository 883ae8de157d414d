"""The vault: what is kept reads back, nothing else does, and nothing is half there."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from time import sleep
from uuid import uuid4

import pytest

from mash_triage.access.actor import Actor
from mash_triage.attachments import receiving
from mash_triage.attachments.actions import FEW, attach_to_draft, remove_attachment, sweep_files
from mash_triage.attachments.soundness import examine_files
from mash_triage.attachments.vault import CHUNK, Unreadable, Vault, vault
from mash_triage.contacts.drafts import DRAFTS_KEPT, start_draft
from mash_triage.errors import NotAvailable, NotReady
from mash_triage.settings import settings
from tests.stories import MONDAY_NINE

JOB = Actor.job("the tests")


def whole(place, file_id):
    return b"".join(place.read(file_id))


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_what_is_kept_reads_back_and_cannot_be_read_without_the_key(vault, size):
    content, file_id = os.urandom(16) * (size // 16) + b"Thornbury" * (size % 16 > 8), uuid4()
    vault.keep(file_id, content)
    assert whole(vault, file_id) == content
    stored = (vault.folder / file_id.hex).read_bytes()
    assert b"Thornbury" not in stored
    with pytest.raises(Unreadable):
        whole(Vault(vault.folder, bytes(32)), file_id)


def changed(at, by=1):
    def change(sealed):
        sealed[at] ^= by

    return change


def cut(sealed):
    del sealed[-(CHUNK // 2) :]


def cut_at_a_chunk(sealed):
    del sealed[34 + CHUNK + 16 :]


def chunks_swapped(sealed):
    first, second = slice(34, 34 + CHUNK + 16), slice(34 + CHUNK + 16, 34 + 2 * (CHUNK + 16))
    sealed[first], sealed[second] = sealed[second], sealed[first]


def longer(sealed):
    sealed += b"x"


@pytest.mark.parametrize(
    "change", [changed(0), changed(20), changed(-1), cut, cut_at_a_chunk, chunks_swapped, longer]
)
def test_a_file_that_was_touched_does_not_open(vault, change):
    file_id = uuid4()
    vault.keep(file_id, os.urandom(2 * CHUNK + 5))
    path = vault.folder / file_id.hex
    sealed = bytearray(path.read_bytes())
    change(sealed)
    path.write_bytes(sealed)
    with pytest.raises(Unreadable):
        whole(vault, file_id)


def test_a_file_in_the_place_of_another_does_not_open(vault):
    one, other = uuid4(), uuid4()
    vault.keep(one, b"one")
    (vault.folder / one.hex).rename(vault.folder / other.hex)
    for file_id in (one, other):
        with pytest.raises(Unreadable):
            whole(vault, file_id)


def test_many_at_once(vault):
    ids = [uuid4() for _ in range(40)]
    with ThreadPoolExecutor(8) as people:
        list(people.map(lambda each: vault.keep(each, each.bytes * 1_000), ids))
    assert all(whole(vault, each) == each.bytes * 1_000 for each in ids)
    assert len(list(vault.files())) == 40


def test_a_process_killed_while_it_writes_leaves_no_half_file(vault):
    program = (
        "import sys; from pathlib import Path; from uuid import uuid4\n"
        "from mash_triage.attachments.vault import Vault\n"
        "vault = Vault(Path(sys.argv[1]), bytes(range(32)))\n"
        "while True:\n    vault.keep(uuid4(), bytes(2_000_000))\n"
    )
    for _ in range(3):
        writer = subprocess.Popen([sys.executable, "-c", program, str(vault.folder)])
        while not (vault.folder.is_dir() and len(list(vault.files())) > 2):
            assert writer.poll() is None
            sleep(0.02)
        writer.kill()
        writer.wait()
    named = [entry.name for entry in vault.files() if not entry.name.endswith(".part")]
    assert all(sum(map(len, vault.read(_id(name)))) == 2_000_000 for name in named)


def _id(name):
    return uuid4().__class__(name)


def test_a_disk_that_cannot_hold_it_is_said_and_leaves_nothing(vault, monkeypatch):
    def full(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("mash_triage.attachments.vault.os.fsync", full)
    with pytest.raises(NotAvailable, match="could not be stored"):
        vault.keep(uuid4(), b"x")
    assert list(vault.files()) == []


def test_a_vault_whose_key_is_gone_does_not_get_a_new_one(tmp_path, monkeypatch):
    monkeypatch.setenv("MASH_ATTACHMENTS", str(tmp_path / "files"))
    settings.cache_clear()
    try:
        vault().keep(uuid4(), b"x")
        (tmp_path / "files.key").unlink()
        vault.__globals__["_opened"].cache_clear()
        with pytest.raises(NotAvailable, match="MASH_ATTACHMENTS_KEY"):
            vault()
    finally:
        settings.cache_clear()


# ---------------------------------------------------------------- rows and files


@pytest.fixture
def attached(session, amara, take_in):
    """Three files on Amara's draft."""
    draft = start_draft(session, by=amara, at=MONDAY_NINE)
    session.flush()
    told = {"by": amara, "at": MONDAY_NINE}
    return [attach_to_draft(session, draft.id, take_in(f"{n}.txt"), **told).id for n in range(3)]


def test_every_row_has_its_file_or_it_is_said(session, vault, attached):
    assert examine_files(session, vault).good
    vault.remove(attached[0])
    (vault.folder / attached[1].hex).write_bytes(b"x")
    found = examine_files(session, vault)
    assert (found.missing, found.damaged, found.right) == ([attached[0]], [attached[1]], 1)
    assert not found.good


def age(place, name, days):
    path = place.folder / name
    then = (MONDAY_NINE - timedelta(days=days)).timestamp()
    os.utime(path, (then, then))


def test_what_belongs_to_nothing_is_swept_once_it_is_a_day_old(session, vault, attached):
    old, new = uuid4(), uuid4()
    for file_id in (old, new):
        vault.keep(file_id, b"x")
    (vault.folder / "x.part").write_bytes(b"half")
    for name in (old.hex, "x.part", attached[0].hex):
        age(vault, name, 2)
    age(vault, new.hex, 0)
    assert sweep_files(session, vault, by=JOB, at=MONDAY_NINE) == 2
    assert (vault.has(old), vault.has(new), vault.has(attached[0])) == (False, True, True)
    assert examine_files(session, vault).good


def test_what_was_taken_off_a_draft_is_swept_when_drafts_are(session, vault, amara, attached):
    remove_attachment(session, attached[0], by=amara, at=MONDAY_NINE)
    session.flush()
    later = MONDAY_NINE + DRAFTS_KEPT
    age(vault, attached[0].hex, 1)
    assert sweep_files(session, vault, by=JOB, at=later - timedelta(seconds=1)) == 0
    sweep_files(session, vault, by=JOB, at=later)
    assert sweep_files(session, vault, by=JOB, at=later) == 1
    assert not vault.has(attached[0])


def test_the_folder_of_another_database_is_not_swept(session, vault, attached):
    for _ in range(FEW + 1):
        file_id = uuid4()
        vault.keep(file_id, b"x")
        age(vault, file_id.hex, 2)
    with pytest.raises(NotReady, match="another's"):
        sweep_files(session, vault, by=JOB, at=MONDAY_NINE)
    assert len(list(vault.files())) == FEW + 4


def test_a_file_that_grows_too_large_when_it_is_written_anew_is_refused(vault, monkeypatch):
    monkeypatch.setattr(receiving, "MOST_KEPT", 10)
    with pytest.raises(NotReady, match="larger than 25 MB"):
        receiving.receive(vault, None, "note.txt", b"Notes of the week", at=MONDAY_NINE)
    assert list(vault.folder.glob("*")) == []
