"""A button pressed while the page is still busy with the answer before it: the press is never lost,
however slow the machine.
"""

import asyncio
from pathlib import Path

import pytest

from mash_triage.clocks.now import now
from mash_triage.contacts.drafts import picture_of_draft, save_draft, start_draft
from mash_triage.contacts.reference import show_reference
from tests import stories
from tests.cast import AMARA
from tests.running import running
from tests.windows import together, window

SLOW = Path(__file__).parent / "slow_to_finish.py"
LATE = Path(__file__).parent / "slow_to_begin.py"


@pytest.fixture
def ends(tmp_path):
    """Where the service writes a line each time a run is about to end."""
    return tmp_path / "ends"


@pytest.fixture
def slow(database, tmp_path, ends):
    with running(database, tmp_path, script=SLOW, more=(str(ends),)) as service:
        yield service


@pytest.fixture
def draft(database):
    with database.work() as session:
        draft = start_draft(session, by=AMARA, at=now())
        session.flush()
        save_draft(session, draft.id, stories.answers(), step="check", by=AMARA, at=now())
        return draft.id


async def answers_and_sends_at_once(service, draft, ends) -> str | None:
    async with window(service, service.sign_in(AMARA)) as hers:
        await hers.open("submit_contact", draft=str(draft), step="check")
        drawn = len(ends.read_text().splitlines())
        await hers.tick("What I say is true", wait=False)
        async with asyncio.timeout(30):
            while len(ends.read_text().splitlines()) == drawn:
                await asyncio.sleep(0.01)
        await hers.press("Send")
        await hers.until_received(20)
        return hers.received


async def sends_and_an_answer_comes_late(service, draft, waits) -> str | None:
    async with window(service, service.sign_in(AMARA)) as hers:
        await hers.open("submit_contact", draft=str(draft), step="check")
        waits.touch()
        await hers.press("Send", wait=False)
        async with asyncio.timeout(30):
            while waits.exists():  # then the page is being drawn for the press
                await asyncio.sleep(0.01)
        await hers.tick("What I say is true")
        await hers.until_received(20)
        return hers.received


def is_sent(database, draft, received):
    with database.look() as session:
        sent = picture_of_draft(session, draft, by=AMARA)
    assert sent.sent_as
    assert received == show_reference(sent.sent_as)
    return sent


def test_send_is_heard_while_the_page_is_busy_with_a_tick(slow, database, draft, ends):
    received = together(answers_and_sends_at_once(slow, draft, ends))
    sent = is_sent(database, draft, received)
    assert sent.answers["declaration"]["true_as_far_as_known"] is True


def test_send_is_heard_though_an_answer_comes_after_it(database, tmp_path, draft):
    waits = tmp_path / "waits"
    with running(database, tmp_path, script=LATE, more=(str(waits),)) as service:
        received = together(sends_and_an_answer_comes_late(service, draft, waits))
    is_sent(database, draft, received)
