"""A vault of its own for each test, and a file taken into it."""

from pathlib import Path

import pytest

from mash_triage.attachments.receiving import Kept, receive
from mash_triage.attachments.vault import Vault
from tests.attachments import samples
from tests.stories import MONDAY_NINE


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    """An empty vault."""
    return Vault(tmp_path / "attachments", bytes(range(32)))


@pytest.fixture
def take_in(vault):
    """Take in a file; without more said, a note."""

    def take(name="note.txt", content=None, scanner=None) -> Kept:
        whole = samples.text() if content is None else content
        return receive(vault, scanner, name, whole, at=MONDAY_NINE)

    return take
