"""Where tries are counted, each of hundreds of tries need not cost what a guess costs in use."""

from collections.abc import Iterator

import pytest
from argon2 import PasswordHasher

from mash_triage.access import passwords


@pytest.fixture
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The same hashes at the least cost that argon2 knows; what they cost is tested by itself."""
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(1, 8, 1))
    passwords._nobody.cache_clear()
    yield
    passwords._nobody.cache_clear()
