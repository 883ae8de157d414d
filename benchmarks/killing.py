"""kill -9 in the middle of submitting: is anything acknowledged lost, or half-written?

One server process with three writing threads says `try TOKEN` before and `done TOKEN REFERENCE`
after each commit. It is killed at a random moment, again and again, on one database. Whatever it
said was done must be there, whole; whatever it tried is sent once more and must give one receipt.
"""

import random
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime
from time import sleep
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import func, select

from benchmarks.ground import KEY, Ground, a_submission, ground, say
from mash_triage.access.actor import Actor
from mash_triage.access.roles import Role
from mash_triage.audit.events import AuditEvent, AuditKind
from mash_triage.audit.trail import verify
from mash_triage.clocks.models import Clock
from mash_triage.contacts.actions import submit_contact
from mash_triage.contacts.models import Contact, ContactChild, StatusMove
from mash_triage.db.engine import Database, open_database

KILLS, WRITERS = 50, 3
SHORTEST, LONGEST = 0.15, 0.7  # seconds of writing before the kill
CHILDREN = 2


@dataclass
class Heard:
    """What the server said before it was killed."""

    tried: set[UUID] = field(default_factory=set)
    done: dict[UUID, str] = field(default_factory=dict)


def measure(kind: str, kills: int = KILLS) -> dict[str, Any]:
    """Kill the server so often, and count what was lost, halved or given two receipts."""
    say(f"killing the server {kills} times on {kind}")
    chance, heard = random.Random(7), Heard()
    with ground(kind) as here:
        for _ in range(kills):
            _write_until_killed(here, heard, chance.uniform(SHORTEST, LONGEST))
        lost, other_receipts = _send_again(here, heard)
        with here.database.look() as session:
            contacts = session.scalar(select(func.count()).select_from(Contact)) or 0
            verdict = verify(session)
        return {
            "kills": kills,
            "acknowledged": len(heard.done),
            "acknowledged, lost": lost,
            "half-written": half_written(here.database),
            "another receipt": other_receipts,
            "tokens sent again": len(heard.tried),
            "contacts": contacts,
            "trail": "whole" if verdict.first_bad is None else verdict.words,
        }


def _write_until_killed(here: Ground, heard: Heard, seconds: float) -> None:
    sender = here.sender
    server = subprocess.Popen(
        [
            sys.executable, "-m", "benchmarks.killing", here.url,
            str(sender.user_id), str(sender.agency_id),
        ],
        stdout=subprocess.PIPE,
        text=True,
    )  # fmt: skip
    assert server.stdout is not None
    killer = threading.Timer(seconds, server.kill)
    for line in server.stdout:
        match line.split():
            case ["try", token]:
                heard.tried.add(UUID(token))
            case ["done", token, reference]:
                heard.done[UUID(token)] = reference
                if not killer.ident:
                    killer.start()  # it writes; from now on it may die at any moment
    server.wait()


def _send_again(here: Ground, heard: Heard) -> tuple[int, int]:
    """Every token once more: acknowledged ones that were lost, and those with another receipt."""
    with here.database.look() as session:
        stored = dict(session.execute(select(Contact.token, Contact.reference)).tuples().all())
    lost = sum(token not in stored for token in heard.done)
    other = 0
    for token in heard.tried:
        with here.database.work() as session:
            again = submit_contact(
                session,
                a_submission(CHILDREN),
                token=token,
                by=here.sender,
                at=datetime.now(UTC),
            )
        other += again.reference != stored.get(token, again.reference)
        other += again.reference != heard.done.get(token, again.reference)
    return lost, other


def half_written(database: Database) -> int:
    """Contacts that lack a child, a clock, a step of their way, or a line of the trail."""

    def count(key: Any) -> dict[Any, int]:
        with database.look() as session:
            return dict(session.execute(select(key, func.count()).group_by(key)).tuples().all())

    children = count(ContactChild.contact_id)
    clocks, moves = (
        count(Clock.contact_child_id),
        count(StatusMove.contact_child_id),
    )
    with database.look() as session:
        noted = set(
            session.scalars(
                select(AuditEvent.about).where(AuditEvent.kind == AuditKind.CONTACT_SUBMITTED)
            )
        )
        contacts = session.scalars(select(Contact.id)).all()
        each_child = session.scalars(select(ContactChild.id)).all()
    return sum(
        children.get(contact) != CHILDREN or str(contact) not in noted for contact in contacts
    ) + sum(clocks.get(child) != 2 or moves.get(child) != 1 for child in each_child)


def _serve(url: str, user_id: UUID, agency_id: UUID) -> None:
    """The server: three threads that submit as fast as they can, until killed."""
    database = open_database(url, KEY)
    sender = Actor("Sender", user_id, Role.REFERRER, agency_id)
    lock = threading.Lock()

    def said(words: str) -> None:
        with lock:
            print(words, flush=True)

    def write() -> None:
        while True:
            token = uuid4()
            said(f"try {token}")
            with database.work() as session:
                receipt = submit_contact(
                    session, a_submission(CHILDREN), token=token, by=sender, at=datetime.now(UTC)
                )
            said(f"done {token} {receipt.reference}")

    for _ in range(WRITERS):
        threading.Thread(target=write, daemon=True).start()
    sleep(60)


if __name__ == "__main__":
    _serve(sys.argv[1], UUID(sys.argv[2]), UUID(sys.argv[3]))
