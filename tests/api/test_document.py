"""The OpenAPI document: 3.1, true to the shape, and kept by the service whatever is generated."""

import os

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from mash_triage.api.app import build
from mash_triage.api.limits import Limits
from tests import stories
from tests.api.conftest import once
from tests.api.mutations import MARK

EACH = 2_000 if os.environ.get("MASH_SOAK") else 25


@pytest.fixture(scope="module")
def document() -> dict:
    """The document, which needs no database."""
    from starlette.testclient import TestClient

    app = build(lambda: None, str, lambda *_: None, own_limits=Limits(1, 1))
    with TestClient(app) as client:
        answer = client.get("/v1/openapi.json")
    assert answer.status_code == 200
    return answer.json()


def test_it_is_openapi_3_1_and_names_every_answer(document):
    assert document["openapi"].startswith("3.1")
    send = document["paths"]["/v1/contacts"]["post"]
    assert {"201", "400", "401", "409", "413", "415", "422", "429", "503"} <= set(send["responses"])
    assert [each["name"] for each in send["parameters"]] == ["Idempotency-Key"]


def test_a_complete_contact_fits_the_document_that_it_gives(document):
    schema = {**document["components"]["schemas"]["ContactSubmission"]}
    schema["components"] = document["components"]
    Draft202012Validator.check_schema(schema)
    assert not list(Draft202012Validator(schema).iter_errors(stories.answers()))
    wrong = stories.answers({"sex": "X"})
    assert list(Draft202012Validator(schema).iter_errors(wrong))


def test_whatever_is_made_of_the_document_gets_an_answer_of_the_document(
    api, document, school, logged
):
    """Soak: MASH_SOAK=1 makes thousands of each kind."""
    made = schemathesis.openapi.from_dict(document)
    kinds = (schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE)
    calls = [
        each.ok().as_strategy(generation_mode=kind) for each in made.get_all_operations()
        for kind in kinds
    ]  # fmt: skip

    @given(case=st.one_of(calls))
    @settings(
        max_examples=EACH * len(calls),
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize=not os.environ.get("MASH_SOAK"),
        database=None,
    )
    def every(case) -> None:
        told = case.as_transport_kwargs(base_url="http://test")
        headers = {**told.pop("headers", {}), **school}
        headers = {
            name: value.encode("utf-8", "replace") if isinstance(value, str) else b""
            for name, value in headers.items()
        }
        for name in ("cookies", "files"):
            told.pop(name, None)
        answer = api.request(**told, headers=headers)
        assert answer.status_code < 500, answer.text
        says_no = answer.status_code >= 400
        assert not says_no or answer.headers["content-type"] == "application/problem+json"

    every()
    assert logged.faults == []


def test_the_mark_of_a_made_up_field_is_not_repeated(api, school):
    body = stories.answers() | {MARK: {MARK: MARK}}
    answer = api.post("/v1/contacts", json=body, headers={**school, **once()})
    assert answer.status_code == 422
    assert MARK not in answer.text
