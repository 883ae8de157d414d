"""Mail set up for a real server of the test's own."""

import pytest

from tests.outbox.post_offices import PostOffice, post_office


@pytest.fixture
def office(messages_out) -> PostOffice:
    """A mail server on this machine that the settings name."""
    with post_office() as running:
        messages_out(
            smtp_host="localhost",
            smtp_port=running.port,
            smtp_security="none",
            delivery_timeout_seconds=2,
        )
        yield running
