"""Too many calls are told to wait; a child in danger never is."""

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import anyio
import pytest
from sqlalchemy import select

from mash_triage.api.limits import Limits
from mash_triage.audit.events import AuditEvent
from mash_triage.contacts.models import Contact
from tests import stories
from tests.api.conftest import once
from tests.cast import AMARA, DEV

ASKED = "/v1/contacts/K7PX4MQR2T"


class Ticks:
    """A clock in seconds that is put on by hand."""

    at = 0.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def ticks() -> Ticks:
    return Ticks()


@pytest.fixture
def limits(ticks) -> Limits:
    return Limits(burst=3, a_second=0.5, clock=ticks)


def test_over_the_limit_an_agency_is_told_how_long_to_wait(api, ticks, school, key_of):
    statuses = [api.get(ASKED, headers=school).status_code for _ in range(5)]
    assert statuses == [404, 404, 404, 429, 429]
    answer = api.get(ASKED, headers=school)
    assert answer.headers["retry-after"] == "2"
    assert answer.headers["content-type"] == "application/problem+json"
    second_key = key_of(system="Attendance")
    assert api.get(ASKED, headers=second_key).status_code == 429
    assert api.get(ASKED, headers=key_of(DEV.agency_id)).status_code == 404
    ticks.at = 2.0
    assert api.get(ASKED, headers=school).status_code == 404
    assert api.get(ASKED, headers=school).status_code == 429


def test_danger_now_is_always_taken_and_flagged(api, database, school):
    calm, danger = stories.answers(), stories.answers(danger={"in_danger_now": "yes"})
    for _ in range(3):
        api.get(ASKED, headers=school)
    refused = api.post("/v1/contacts", json=calm, headers={**school, **once()})
    taken = api.post("/v1/contacts", json=danger, headers={**school, **once()})
    assert (refused.status_code, taken.status_code) == (429, 201)
    assert taken.json()["emergency"] is True
    with database.look() as session:
        (contact,) = session.scalars(select(Contact))
        flagged = session.scalars(select(AuditEvent).where(AuditEvent.kind == "contact:over_limit"))
        assert [line.about for line in flagged] == [str(contact.id)]


def test_over_the_limit_the_key_is_still_asked_for(api, school, database, key_of):
    danger = stories.answers(danger={"in_danger_now": "yes"})
    for _ in range(4):
        api.get(ASKED, headers=school)
    reader = key_of(DEV.agency_id, scopes=["read"])
    for _ in range(4):
        api.get(ASKED, headers=reader)
    answer = api.post("/v1/contacts", json=danger, headers={**reader, **once()})
    assert answer.status_code == 403


def test_whoever_is_over_the_limit_rests_between_two_contacts_and_nobody_else(limits, ticks):
    """A store of two seconds is followed by two seconds of rest, for whoever is over the limit."""
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    async def store(agency_id: UUID, *, over_limit: bool) -> None:
        async with limits.turn_to_write(agency_id, over_limit=over_limit):
            ticks.at += 2.0

    async def all_of_them() -> None:
        await store(AMARA.agency_id, over_limit=True)
        await store(DEV.agency_id, over_limit=False)
        await store(DEV.agency_id, over_limit=False)
        ticks.at -= 3.0
        await store(AMARA.agency_id, over_limit=True)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("mash_triage.api.limits.sleep", sleep)
        with ThreadPoolExecutor(1) as apart:  # in this one a browser may be waiting
            apart.submit(anyio.run, all_of_them).result()
    assert slept == [0.0, 1.0]


def test_however_long_an_agency_was_silent_it_has_no_more_than_its_burst(limits, ticks):
    for _ in range(3):
        assert limits.take(AMARA.agency_id) == 0
    ticks.at = 3_600.0
    assert [limits.take(AMARA.agency_id) for _ in range(4)] == [0, 0, 0, 2]
