"""Send is pressed in eight windows at once, for fifty contacts at once: from the form, and from the
chat. Fifty contacts are stored, and every window shows the one receipt of its own.

Two contacts in three windows with `make test`; all of them with MASH_SOAK.
"""

import asyncio
import os
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from uuid import UUID

import pytest
from sqlalchemy import func, select

from mash_triage.audit.trail import verify
from mash_triage.chat.kept import say
from mash_triage.clocks.now import now
from mash_triage.contacts.drafts import picture_of_draft, save_draft, start_draft
from mash_triage.contacts.models import Contact, ContactChild
from mash_triage.contacts.reference import show_reference
from mash_triage.db.engine import Database
from tests import stories
from tests.cast import AMARA
from tests.running import Running, running
from tests.windows import Window, together, window

CONTACTS, WINDOWS = (50, 8) if os.environ.get("MASH_SOAK") else (2, 3)
OPENING_AT_ONCE = 4

Walk = Callable[[Window], Awaitable[None]]


@pytest.fixture
def service(database, tmp_path):
    with running(database, tmp_path, told={"MASH_GUIDED_CHAT": "true"}) as service:
        yield service


def drafts_ready_to_send(database: Database, step: str) -> list[UUID]:
    """Complete drafts of Amara's, each about another child, left at this step."""
    made = []
    with database.work() as session:
        for number in range(CONTACTS):
            draft = start_draft(session, by=AMARA, at=now())
            session.flush()
            answers = stories.answers({"given_names": f"Mia {number}"})
            save_draft(session, draft.id, answers, step=step, by=AMARA, at=now())
            made.append(draft.id)
    return made


async def in_every_window(
    service: Running, drafts: list[UUID], page: str, walk: Walk, **query: str
) -> dict[UUID, list[Window]]:
    """Open each draft in eight windows; only when all are drawn is this walked in all at once."""
    token, turn = service.sign_in(AMARA), asyncio.Semaphore(OPENING_AT_ONCE)
    opened: dict[UUID, list[Window]] = {draft: [] for draft in drafts}
    async with AsyncExitStack() as windows:

        async def open_one(draft: UUID) -> None:
            async with turn:
                one = await windows.enter_async_context(window(service, token))
                await one.open(page, draft=str(draft), **query)
                opened[draft].append(one)

        await asyncio.gather(*(open_one(draft) for draft in drafts for _ in range(WINDOWS)))
        await asyncio.gather(*(walk(one) for several in opened.values() for one in several))
    return opened


def each_is_one_contact(service: Running, opened: dict[UUID, list[Window]]) -> None:
    """As many contacts as drafts; each window shows the receipt of its own draft's."""
    with service.database.look() as session:
        sent = {draft: picture_of_draft(session, draft, by=AMARA).sent_as for draft in opened}
        stored = {table: _count(session, table) for table in (Contact, ContactChild)}
        assert verify(session).first_bad is None
    assert set(stored.values()) == {CONTACTS}
    assert len(set(sent.values())) == CONTACTS
    for draft, windows in opened.items():
        shown = [each.received or "; ".join(each.refused) for each in windows]
        assert shown == [show_reference(str(sent[draft]))] * WINDOWS
    assert "Traceback" not in service.log.read_text()


def _count(session, table) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def test_from_the_form(service, database):
    drafts = drafts_ready_to_send(database, "check")

    async def send(one: Window) -> None:
        await one.press("Send")

    opened = together(in_every_window(service, drafts, "submit_contact", send, step="check"))
    each_is_one_contact(service, opened)


def test_from_the_chat(service, database):
    drafts = drafts_ready_to_send(database, "chat")
    with database.work() as session:
        for draft in drafts:
            say(session, draft, "no, nobody is in danger", turn=1, by=AMARA, at=now())

    async def check_and_send(one: Window) -> None:
        await one.press("Check and send")
        if one.received is None:  # another window was so much faster
            await one.press("Send")

    opened = together(in_every_window(service, drafts, "chat", check_and_send))
    each_is_one_contact(service, opened)
