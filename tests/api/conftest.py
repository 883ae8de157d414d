"""The API over this test's database, called in this process as an agency's system calls it."""

from collections.abc import Callable, Iterator
from datetime import datetime
from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from mash_triage.agency_systems.actions import add_api_key
from mash_triage.api.app import build
from mash_triage.api.limits import Limits
from mash_triage.db.engine import Database
from tests.cast import ADA, AMARA, DEV, MONDAY_NINE


class AtMonday:
    """The clock of the API: it stands until it is put on."""

    def __init__(self) -> None:
        self.at: datetime = MONDAY_NINE

    def __call__(self) -> datetime:
        return self.at


class Logged:
    """What was logged: calls, and faults by kind."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, int]] = []
        self.faults: list[BaseException] = []

    def call(self, kind: str, status: int, _seconds: float) -> None:
        self.calls.append((kind, status))

    def fault(self, fault: BaseException) -> str:
        self.faults.append(fault)
        return "abc123"


@pytest.fixture
def clock() -> AtMonday:
    return AtMonday()


@pytest.fixture
def logged() -> Logged:
    return Logged()


@pytest.fixture
def limits() -> Limits:
    """So many calls that no test meets the limit by chance."""
    return Limits(burst=100_000, a_second=1_000)


@pytest.fixture
def api(
    database: Database, clock: AtMonday, logged: Logged, limits: Limits
) -> Iterator[TestClient]:
    app = build(lambda: database, logged.fault, logged.call, clock=clock, own_limits=limits)
    with TestClient(app, base_url="http://test", raise_server_exceptions=False) as client:
        yield client


KeyOf = Callable[..., dict[str, str]]


@pytest.fixture
def key_of(database: Database) -> KeyOf:
    """The header with a new key of somebody's agency."""

    def key(agency_id=AMARA.agency_id, system="Records", at=MONDAY_NINE, **told) -> dict[str, str]:
        with database.work() as session:
            token = add_api_key(session, agency_id, system, by=ADA, at=at, **told)
        return {"Authorization": f"Bearer {token}"}

    return key


@pytest.fixture
def school(key_of: KeyOf) -> dict[str, str]:
    """The key of the school's system."""
    return key_of()


@pytest.fixture
def clinic(key_of: KeyOf) -> dict[str, str]:
    """The key of another agency's system."""
    return key_of(DEV.agency_id)


def once() -> dict[str, str]:
    """A header with a new Idempotency-Key."""
    return {"Idempotency-Key": str(uuid4())}
