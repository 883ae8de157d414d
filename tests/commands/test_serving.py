"""What `serve` wants before it starts: no key may lie beside what it locks."""

import pytest
from click.testing import CliRunner

from mash_triage.cli import cli
from mash_triage.settings import settings
from mash_triage.web import server

KEYS = {"MASH_DATABASE_KEY": "0" * 64, "MASH_ATTACHMENTS_KEY": "1" * 64}


@pytest.fixture
def serve(tmp_path, monkeypatch):
    """A function that serves from a folder of this test with these keys: how it ended, and whether
    the door was opened.
    """
    opened = []
    monkeypatch.setattr(server, "serve", lambda port: opened.append(port))
    monkeypatch.setenv("MASH_DATABASE_URL", f"sqlite:///{tmp_path}/mash.sqlite")

    def run(**keys):
        for name in KEYS:
            monkeypatch.delenv(name, raising=False)
        for name, key in keys.items():
            monkeypatch.setenv(name, key)
        settings.cache_clear()
        return CliRunner().invoke(cli, ["serve"]), bool(opened)

    yield run
    monkeypatch.undo()
    settings.cache_clear()


def test_without_the_key_of_the_files_it_refuses_to_start_and_makes_nothing(serve, tmp_path):
    done, opened = serve(MASH_DATABASE_KEY=KEYS["MASH_DATABASE_KEY"])
    assert done.exit_code != 0
    assert "MASH_ATTACHMENTS_KEY" in f"{done.output}{done.exception}"
    assert not opened
    assert list(tmp_path.iterdir()) == []


def test_without_the_key_of_the_database_it_refuses_too(serve, tmp_path):
    done, opened = serve(MASH_ATTACHMENTS_KEY=KEYS["MASH_ATTACHMENTS_KEY"])
    assert done.exit_code != 0
    assert "MASH_DATABASE_KEY" in f"{done.output}{done.exception}"
    assert not opened
    assert list(tmp_path.iterdir()) == []


def test_with_both_keys_elsewhere_it_starts_and_leaves_no_key_beside_the_files(serve, tmp_path):
    done, opened = serve(**KEYS)
    assert (done.exit_code, opened) == (0, True), f"{done.output}{done.exception}"
    assert [each.name for each in tmp_path.iterdir() if each.name.endswith(".key")] == []
