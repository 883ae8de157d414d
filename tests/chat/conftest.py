"""What conversations in tests are kept with."""

import pytest

from mash_triage.contacts.drafts import start_draft
from tests.cast import AMARA, MONDAY_NINE


@pytest.fixture
def draft(session):
    """A draft of Amara's, as yet without a word."""
    made = start_draft(session, by=AMARA, at=MONDAY_NINE)
    session.flush()
    return made.id
