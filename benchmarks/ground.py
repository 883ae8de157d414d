"""What every measurement stands on: databases of both kinds, one sender, and one contact."""

import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from mash_triage.access.actions import add_agency, add_user
from mash_triage.access.actor import Actor
from mash_triage.access.roles import Role
from mash_triage.contacts.submission import ContactSubmission
from mash_triage.db.engine import Database, open_database
from mash_triage.db.schema import upgrade
from mash_triage.settings import settings
from mash_triage.thresholds.actions import load_editions

KINDS = ("sqlite", "postgresql")
KEY = "7e" * 32
JOB = Actor.job("benchmark")


@dataclass(frozen=True)
class Ground:
    """One database, its address for other processes, and who sends, screens and decides."""

    database: Database
    url: str
    sender: Actor
    worker: Actor
    managers: tuple[Actor, Actor]


@contextmanager
def ground(kind: str) -> Iterator[Ground]:
    """A fresh migrated database of this kind, with the people a contact needs."""
    with TemporaryDirectory(prefix="mash-bench-") as folder, _address(kind, Path(folder)) as url:
        database = open_database(url, KEY)
        upgrade(database)
        with database.work() as session:
            at = datetime.now(UTC)
            load_editions(session, settings().levels_of_need, by=JOB, at=at)
            school = add_agency(session, "School", kind="school", source_code="2A", by=JOB, at=at)
            hub = add_agency(
                session, "Hub", kind="local_authority", source_code="5B", by=JOB, at=at
            )
            people = [
                _person(session, name, role, agency, qualified, at)
                for name, role, agency, qualified in (
                    ("Sender", Role.REFERRER, school.id, False),
                    ("Worker", Role.SOCIAL_WORKER, hub.id, True),
                    ("First manager", Role.MANAGER, hub.id, True),
                    ("Second manager", Role.MANAGER, hub.id, True),
                )
            ]
        sender, worker, first, second = people
        try:
            yield Ground(database, url, sender, worker, (first, second))
        finally:
            database.close()


def _person(
    session: Any, name: str, role: Role, agency_id: UUID, qualified: bool, at: datetime
) -> Actor:
    user = add_user(
        session,
        f"{name.replace(' ', '.').lower()}@bench.example",
        name,
        role=role,
        agency_id=agency_id,
        qualified=qualified,
        by=JOB,
        at=at,
    )
    return Actor(name, user.id, role, agency_id, qualified)


@contextmanager
def _address(kind: str, folder: Path) -> Iterator[str]:
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'bench.sqlite'}"
        return
    with _postgres_server(folder) as server:
        name = f"bench_{secrets.token_hex(4)}"
        admin = create_engine(
            make_url(server).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT"
        )
        with admin.connect() as connection:
            connection.execute(text(f'CREATE DATABASE "{name}"'))
        admin.dispose()
        yield make_url(server).set(database=name).render_as_string(hide_password=False)


@contextmanager
def _postgres_server(folder: Path) -> Iterator[str]:
    """The server named by MASH_TEST_PG_URL, else one of the tests' own."""
    if named := os.environ.get("MASH_TEST_PG_URL"):
        yield named
        return
    from tests.servers import start_server, stop_server

    folder.chmod(0o755)  # the server may run as another user, who must reach its folder
    try:
        yield start_server(folder)
    finally:
        stop_server(folder)


_CHILD: dict[str, Any] = {
    "given_names": "Mia",
    "family_name": "Thornbury",
    "age": {"kind": "born", "date_of_birth": "2017-03-09"},
    "sex": "F",
    "where_now": "At school",
    "home": {"address_line": "12 Mill Lane", "postcode": "ZA1 4QT"},
}
_WORRY = (
    "Mia has come to school without breakfast for three weeks, and was found taking food from "
    "another child's bag. She says there is nothing in the cupboard before Thursday. "
)


def a_submission(children: int = 2, number: int = 0) -> ContactSubmission:
    """A contact of ordinary size (1.2 kB of worry) about so many children."""
    named = [deepcopy(_CHILD) for _ in range(children)]
    for place, child in enumerate(named):
        child["given_names"] = f"Mia{number}x{place}"
        child["home"]["address_line"] = f"{number} Mill Lane"
    return ContactSubmission.model_validate(
        {
            "danger": {"in_danger_now": "no"},
            "referrer": {"name": "Sender"},
            "children": named,
            "concern": {
                "main": "neglect",
                "worry": _WORRY * 6,
                "working_well": "She comes every day.",
                "child_voice": "There is nothing in the cupboard.",
            },
        }
    )


def say(words: str) -> None:
    """Progress, for whoever waits."""
    print(f"  {words}", file=sys.stderr, flush=True)
