"""`mash-triage api-keys`: added and shown once, listed without the secret, revoked."""

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from mash_triage.access.sessions import fingerprint
from mash_triage.agency_systems.models import ApiKey
from mash_triage.cli import cli
from mash_triage.errors import NotFound
from mash_triage.settings import settings


@pytest.fixture
def run(database, monkeypatch):
    """A function that runs one command on this test's database."""
    monkeypatch.setenv("MASH_DATABASE_URL", database.url.render_as_string(hide_password=False))
    if database.key:
        monkeypatch.setenv("MASH_DATABASE_KEY", database.key)
    settings.cache_clear()
    yield lambda *words: CliRunner().invoke(cli, ["api-keys", *words])
    settings.cache_clear()


def test_a_key_is_added_listed_and_revoked(run, database):
    added = run("add", "Hill School", "--system", "Records", "--scope", "read")
    token = added.stdout.strip()
    with database.look() as session:
        key = session.scalars(select(ApiKey)).one()
    assert key.token_sha256 == fingerprint(token)
    listed = run("list").stdout
    assert "Hill School\tRecords\tread\tuntil" in listed
    assert token not in listed
    assert run("revoke", str(key.id)).stdout == "Revoked.\n"
    assert "revoked" in run("list").stdout
    assert isinstance(run("add", "No School", "--system", "x").exception, NotFound)
