"""A system reads what its agency is asked, and answers it: once, only its own, part by part."""

import pytest
from sqlalchemy import func, select

from mash_triage.audit.events import AuditEvent, AuditKind
from mash_triage.enquiries.models import InformationRequest, PartAnswer, RequestReply
from tests.api.asked import a_request_to
from tests.api.conftest import once
from tests.cast import AMARA, DEV, MONDAY_NINE
from tests.stories import HOUR

SECRET = "Zyxquill"


@pytest.fixture
def answering(key_of):
    """The school's key that may answer."""
    return key_of(scopes=["answer"])


@pytest.fixture
def asked(database, clock):
    """The school is asked about a child, at ten; its system calls an hour later."""
    clock.at = MONDAY_NINE + 2 * HOUR
    with database.work() as session:
        return str(a_request_to(session, AMARA.agency_id).id)


def parts_of(api, key, request_id):
    return [
        each["part"] for each in api.get(f"/v1/requests/{request_id}", headers=key).json()["parts"]
    ]


def send(api, key, request_id, *answers, header=None):
    path = f"/v1/requests/{request_id}/reply"
    return api.post(path, json={"answers": answers}, headers={**key, **(header or once())})


def test_what_waits_is_read_and_answered_by_the_deed_of_the_page(api, database, answering, asked):
    (waiting,) = api.get("/v1/requests", headers=answering).json()["requests"]
    assert waiting["id"] == asked
    assert set(waiting) == {"id", "sent_at", "due_at", "rating"}
    seen = api.get(f"/v1/requests/{asked}", headers=answering).json()
    assert [each["name"] for each in seen["people"]] == ["Mia Thornbury"]
    assert set(seen["basis"]) == {"article_6", "article_9", "gateway", "confidentiality"}
    (part,) = seen["parts"]
    answer = {
        "part": part["part"],
        "finding": "partly_withheld",
        "words": "The home was visited.",
        "withheld": "police_enquiry",
    }
    header = once()
    kept = send(api, answering, asked, answer, header=header)
    again = send(api, answering, asked, answer, header=header)
    assert (kept.status_code, again.status_code) == (201, 201)
    assert kept.json() == again.json()
    assert (kept.json()["late"], kept.json()["after_closing"]) == (False, False)
    assert api.get("/v1/requests", headers=answering).json()["requests"] == []
    with database.look() as session:
        assert session.scalar(select(func.count()).select_from(RequestReply)) == 1
        row = session.scalars(select(PartAnswer)).one()
        assert (row.words, row.withheld) == ("The home was visited.", "police_enquiry")
        viewed = select(AuditEvent.by_name).where(
            AuditEvent.kind == AuditKind.RECORD_VIEWED, AuditEvent.about == asked
        )
        assert session.scalars(viewed).all() == ["Hill School, its system"]


def test_another_reply_is_refused_and_changes_nothing(api, database, answering, asked):
    (part,) = parts_of(api, answering, asked)
    header = once()
    first = {"part": part, "finding": "information", "words": "The home was visited."}
    assert send(api, answering, asked, first, header=header).status_code == 201
    other = send(api, answering, asked, {**first, "words": SECRET}, header=header)
    assert other.status_code == 409
    assert SECRET not in other.text
    with database.look() as session:
        assert session.scalars(select(PartAnswer.words)).all() == ["The home was visited."]


def test_a_key_answers_only_for_its_own_agency_and_only_where_it_may(
    api, database, key_of, school, asked
):
    clinic = key_of(DEV.agency_id, scopes=["answer"])
    path = f"/v1/requests/{asked}"
    assert api.get("/v1/requests", headers=clinic).json()["requests"] == []
    none = api.get("/v1/requests/00000000-0000-4000-8000-000000000000", headers=clinic)
    other = api.get(path, headers=clinic)
    assert (other.status_code, other.json()) == (none.status_code, none.json())
    assert other.status_code == 404
    part = "00000000-0000-4000-8000-000000000000"
    found = send(api, clinic, asked, {"part": part, "finding": "nothing_known"})
    assert found.status_code == 404
    assert api.get("/v1/requests", headers=clinic, params={"after": asked}).status_code == 404
    for answer in (
        api.get("/v1/requests", headers=school),
        api.get(path, headers=school),
        send(api, school, asked, {"part": part, "finding": "nothing_known"}),
    ):
        assert answer.status_code == 403
    with database.look() as session:
        assert session.scalar(select(func.count()).select_from(RequestReply)) == 0


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"finding": SECRET}, "answers[0].finding"),
        ({"part": SECRET}, "answers[0].part"),
        ({"words": {SECRET: 1}}, "answers[0].words"),
        ({SECRET: "x"}, "answers[0]"),
        ({"words": ""}, None),
        ({"finding": "partly_withheld", "withheld": SECRET}, None),
        ({"finding": "partly_withheld", "withheld": "other", "withheld_words": " "}, None),
    ],
)
def test_what_is_not_right_is_named_and_never_repeated(
    api, answering, asked, logged, change, field
):
    (part,) = parts_of(api, answering, asked)
    answer = {"part": part, "finding": "information", "words": "x", **change}
    said = send(api, answering, asked, answer)
    assert said.status_code == 422
    assert said.headers["content-type"] == "application/problem+json"
    assert SECRET not in said.text
    assert [each["field"] for each in said.json().get("errors", [])] == ([field] if field else [])
    assert logged.faults == []


def test_every_question_is_answered_and_a_key_is_shown(api, answering, asked):
    path = f"/v1/requests/{asked}/reply"
    assert send(api, answering, asked).status_code == 422
    (part,) = parts_of(api, answering, asked)
    body = {"answers": [{"part": part, "finding": "nothing_known"}]}
    assert api.post(path, json=body, headers=answering).status_code == 400
    other = "00000000-0000-4000-8000-000000000000"
    assert (
        send(api, answering, asked, {"part": other, "finding": "nothing_known"}).status_code == 422
    )


def test_a_long_list_is_read_in_pages_and_loses_nothing_when_one_is_answered(
    api, database, answering, asked
):
    with database.work() as session:
        others = [str(a_request_to(session, AMARA.agency_id).id) for _n in range(2)]
    params, seen = {"limit": 1}, []
    while True:
        page = api.get("/v1/requests", headers=answering, params=params).json()
        for each in page["requests"]:
            seen.append(each["id"])
            (part,) = parts_of(api, answering, each["id"])
            send(api, answering, each["id"], {"part": part, "finding": "nothing_known"})
        if page["next"] is None:
            break
        params["after"] = page["next"]
    assert sorted(seen) == sorted([asked, *others])


def test_a_request_that_a_manager_has_not_let_go_is_unknown(api, database, answering, asked):
    with database.work() as session:
        row = session.scalars(select(InformationRequest)).one()
        row.state = "declined"
    assert api.get("/v1/requests", headers=answering).json()["requests"] == []
    assert api.get(f"/v1/requests/{asked}", headers=answering).status_code == 404
