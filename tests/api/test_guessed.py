"""Another agency's system guesses: references that were never given, and those of contacts that are
there but not its own. At every address that takes one, each gets the same answer to the letter.

A few hundred, and ten thousand with MASH_SOAK.
"""

import os
from uuid import uuid4

import pytest

from mash_triage.audit.events import AuditEvent
from mash_triage.contacts.models import Contact
from mash_triage.contacts.reference import new_reference
from tests import stories
from tests.api.asked import a_request_to
from tests.api.conftest import once
from tests.api.test_contacts import count
from tests.cast import AMARA, DEV

GUESSES = 10_000 if os.environ.get("MASH_SOAK") else 300
SENT = 20
SINCE = "2026-01-01T00:00:00Z"
ADDRESSES = {
    "/v1/contacts/{reference}": "/v1/contacts/{}",
    "/v1/contacts?after": f"/v1/contacts?since={SINCE}&after={{}}",
}
"""Where a reference or id can be put: its name in the document, and how it is asked."""
OF_REQUESTS = {
    "/v1/requests/{request_id}": ("GET", "/v1/requests/{}"),
    "/v1/requests/{request_id}/reply": ("POST", "/v1/requests/{}/reply"),
    "/v1/requests?after": ("GET", "/v1/requests?after={}"),
}


@pytest.fixture
def theirs(api, database, school) -> list[str]:
    """References of the school: most were sent by its system, some on the form by Amara."""
    sent = [
        api.post("/v1/contacts", json=stories.answers(), headers={**school, **once()}).json()
        for _ in range(SENT)
    ]
    with database.work() as session:
        typed = [stories.a_receipt(session, sent_by=AMARA).reference for _ in range(SENT // 4)]
    return [each["reference"] for each in sent] + typed


def test_every_address_that_takes_one_is_guessed_at(api):
    document = api.get("/v1/openapi.json").json()
    named = {path for path in document["paths"] if "{" in path} | {
        f"{path}?{each['name']}"
        for path, methods in document["paths"].items()
        for told in methods.values()
        for each in told.get("parameters", [])
        if each["in"] == "query" and each["name"] not in ("since", "limit")
    }
    assert named == {*ADDRESSES, *OF_REQUESTS}


@pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES)
def test_what_is_not_its_own_is_answered_as_what_does_not_exist(
    api, database, logged, school, clinic, theirs, address
):
    assert api.get(address.format(theirs[0]), headers=school).status_code == 200
    lines = count(database, AuditEvent)

    def answer(reference: str) -> tuple[int, bytes, tuple[tuple[str, str], ...]]:
        got = api.get(address.format(reference), headers=clinic)
        return got.status_code, got.content, tuple(sorted(got.headers.items()))

    of_theirs = {answer(reference) for reference in theirs}
    of_none = {answer(new_reference()) for _ in range(GUESSES)}
    assert of_theirs == of_none
    ((status, body, headers),) = of_none
    assert status == 404
    assert dict(headers)["content-type"] == "application/problem+json"
    assert not [each for each in theirs if each.encode() in body]
    assert logged.faults == []
    assert count(database, AuditEvent) == lines
    assert count(database, Contact) == len(theirs)


@pytest.mark.parametrize(("method", "address"), OF_REQUESTS.values(), ids=OF_REQUESTS)
def test_a_request_to_another_agency_is_answered_as_one_that_does_not_exist(
    api, database, logged, key_of, method, address
):
    with database.work() as session:
        theirs = [a_request_to(session, AMARA.agency_id).id for _ in range(3)]
    clinic = key_of(DEV.agency_id, scopes=["answer"])
    body = {"answers": [{"part": str(uuid4()), "finding": "nothing_known"}]}
    lines = count(database, AuditEvent)

    def answer(request_id) -> tuple[int, bytes, tuple[tuple[str, str], ...]]:
        sent = {"json": body} if method == "POST" else {}
        headers = {**clinic, **once()}
        got = api.request(method, address.format(request_id), headers=headers, **sent)
        return got.status_code, got.content, tuple(sorted(got.headers.items()))

    of_none = {answer(uuid4()) for _ in range(GUESSES // 10)}
    assert {answer(each) for each in theirs} == of_none
    ((status, _body, _headers),) = of_none
    assert status == 404
    assert logged.faults == []
    assert count(database, AuditEvent) == lines
