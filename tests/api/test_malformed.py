"""Whatever arrives: no fault, no echo, and nothing stored that does not read back."""

import os
from random import Random

import pytest
from sqlalchemy import select

from mash_triage.api.app import build
from mash_triage.contacts.actions import sha256_of_json
from mash_triage.contacts.models import Contact
from mash_triage.contacts.submission import ContactSubmission
from tests import stories
from tests.api.conftest import once
from tests.api.mutations import MARK, broken

COUNT = 10_000 if os.environ.get("MASH_SOAK") else 150
SAYS_NO = {400, 401, 403, 404, 405, 408, 409, 413, 415, 422}

NOT_READABLE = {
    "not JSON": b"{",
    "empty": b"",
    "a list": b"[]",
    "a word": b'"x"',
    "not UTF-8": b'{"a": "\xff"}',
    "NaN": b'{"a": NaN}',
    "Infinity": b'{"a": -Infinity}',
    "beyond a number": b'{"a": 1e999}',
    "too many digits": b'{"a": ' + b"9" * 5_000 + b"}",
    "a key twice": b'{"danger": 1, "danger": 2}',
    "NUL": b'{"a": "\\u0000"}',
    "a lone surrogate": b'{"a": "\\ud800"}',
    "a lone surrogate as key": b'{"\\udfff": 1}',
    "deep": b'{"a":' * 40 + b"1" + b"}" * 40,
    "very deep": b"[" * 200_000,
}


@pytest.mark.parametrize("raw", NOT_READABLE.values(), ids=NOT_READABLE.keys())
def test_what_cannot_be_read_in_one_way_is_one_clear_problem(api, school, raw):
    headers = {**school, **once(), "Content-Type": "application/json"}
    answer = api.post("/v1/contacts", content=raw, headers=headers)
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["title"] == "Not readable"


def test_of_another_kind_too_large_or_without_a_key(api, school):
    headers = {**school, **once()}
    whole = stories.answers()
    assert api.post("/v1/contacts", data={"a": "b"}, headers=headers).status_code == 415
    assert api.post("/v1/contacts", content=b"{}", headers=headers).status_code == 415
    large = {**headers, "Content-Type": "application/json"}
    assert api.post("/v1/contacts", content=b" " * 1_100_000, headers=large).status_code == 413

    def in_pieces():
        yield from (b" " * 100_000 for _ in range(11))

    assert api.post("/v1/contacts", content=in_pieces(), headers=large).status_code == 413
    for key in ("", "short", "ä" * 10, "x" * 201, "with a blank"):
        wrong = {**school, "Idempotency-Key": key.encode()}
        assert api.post("/v1/contacts", json=whole, headers=wrong).status_code == 400


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/v1/Zyxquill", 404),
        ("GET", "/", 404),
        ("POST", "/v1/contacts/Zyxquill", 405),
        ("DELETE", "/v1/contacts", 405),
        ("PUT", "/v1/openapi.json", 405),
        ("GET", "/v1/contacts/", 404),
        ("OPTIONS", "/v1/contacts", 405),
    ],
)
def test_where_nothing_is_offered_the_answer_is_a_problem_too(api, school, method, path, status):
    answer = api.request(method, path, headers=school)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert MARK not in answer.text


def test_a_fault_is_logged_by_reference_and_its_words_stay_here(logged, key_of, clock):
    from starlette.testclient import TestClient

    def broken_database():
        raise RuntimeError(f"{MARK} was sent")

    app = build(broken_database, logged.fault, logged.call, clock=clock)
    with TestClient(app, raise_server_exceptions=False) as client:
        answer = client.get("/v1/contacts/K7PX4MQR2T", headers={"Authorization": "Bearer mash_x"})
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert "abc123" in answer.text
    assert MARK not in answer.text
    assert [type(each) for each in logged.faults] == [RuntimeError]
    assert logged.calls == [("GET /v1/contacts/{reference}", 500)]


def test_contacts_broken_in_every_way(api, database, school, logged):
    """Soak: MASH_SOAK=1 sends ten thousand."""
    random = Random(os.environ.get("MASH_SOAK_SEED", "4"))
    taken = 0
    for number in range(COUNT):
        raw = broken(random)
        headers = {**school, "Idempotency-Key": f"{number:08}", "Content-Type": "application/json"}
        answer = api.post("/v1/contacts", content=raw, headers=headers)
        assert answer.status_code in SAYS_NO | {201}, (number, answer.text, raw[:2000])
        assert MARK.casefold() not in answer.text.casefold(), (number, answer.text)
        taken += answer.status_code == 201
    assert logged.faults == []
    with database.look() as session:
        stored = session.scalars(select(Contact)).all()
        for contact in stored:
            again = ContactSubmission.model_validate(contact.submission)
            assert sha256_of_json(again.model_dump(mode="json")) == contact.submission_sha256
    assert len(stored) == taken
