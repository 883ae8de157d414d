"""`attachments check`, `sweep` and `scan`, as operators meet them."""

import pytest
from click.testing import CliRunner

from mash_triage.attachments.actions import attach_to_draft
from mash_triage.attachments.receiving import receive
from mash_triage.attachments.vault import vault
from mash_triage.cli import cli
from mash_triage.contacts.drafts import start_draft
from mash_triage.settings import settings
from tests.cast import AMARA, MONDAY_NINE


@pytest.fixture
def run(database, tmp_path, monkeypatch):
    """Run a command on this test's database and files."""
    url = database.url.set(drivername=database.url.get_backend_name())
    monkeypatch.setenv("MASH_DATABASE_URL", url.render_as_string(hide_password=False))
    monkeypatch.setenv("MASH_ATTACHMENTS", str(tmp_path / "files"))
    if database.key:
        monkeypatch.setenv("MASH_DATABASE_KEY", database.key)
    settings.cache_clear()
    yield lambda *arguments: CliRunner().invoke(cli, arguments)
    settings.cache_clear()


@pytest.fixture
def file_id(run, database):
    """A note on Amara's draft."""
    kept = receive(vault(), None, "note.txt", b"lunch", at=MONDAY_NINE)
    with database.work() as session:
        draft = start_draft(session, by=AMARA, at=MONDAY_NINE)
        session.flush()
        attach_to_draft(session, draft.id, kept, by=AMARA, at=MONDAY_NINE)
    return kept.id


def test_check_names_a_file_that_is_missing(run, file_id):
    done = run("attachments", "check")
    assert (done.exit_code, "right: 1; missing: 0" in done.output) == (0, True)
    assert "good   Files that are right: 1;" in run("db", "check").output
    vault().remove(file_id)
    done = run("attachments", "check")
    assert (done.exit_code, f"missing {file_id}" in done.output) == (1, True)
    assert "WRONG  Files that are right: 0; missing: 1;" in run("db", "check").output


def test_sweeping_leaves_what_is_attached(run, file_id):
    assert "Swept: 0 files" in run("attachments", "sweep").output
    assert vault().has(file_id)


def test_scanning_without_a_scanner_says_what_to_set(run, file_id, monkeypatch, tmp_path):
    assert "MASH_CLAMAV" in run("attachments", "scan").output
    monkeypatch.setenv("MASH_CLAMAV", f"unix:{tmp_path}/nobody")
    settings.cache_clear()
    done = run("attachments", "scan")
    assert (done.exit_code, "1 are left" in done.output) == (1, True)
