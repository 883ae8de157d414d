"""A contact through the API is the contact of the form: same rules, same deed, one receipt."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from mash_triage.audit.events import AuditEvent
from mash_triage.contacts.models import Contact, ContactChild
from mash_triage.contacts.reference import new_reference
from mash_triage.contacts.submission import ContactSubmission
from mash_triage.decisions.actions import close_child, record_decision
from tests import stories
from tests.api.conftest import once
from tests.cast import BETH, CAROL, MONDAY_NINE

TWO = ({"given_names": "Mia"}, {"given_names": "Leo", "sex": "M"})


def count(database, table) -> int:
    with database.look() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_a_contact_is_stored_as_from_the_form_and_acknowledged(api, database, school):
    answer = api.post("/v1/contacts", json=stories.answers(*TWO), headers={**school, **once()})
    assert answer.status_code == 201
    receipt = answer.json()
    assert receipt["children"] == 2
    assert receipt["decide_by"].startswith("2026-01-13T09:00:00")
    assert (receipt["emergency"], receipt["advice"]) == (False, None)
    with database.look() as session:
        contact = session.scalars(select(Contact)).one()
        children = session.scalars(select(ContactChild)).all()
        ContactSubmission.model_validate(contact.submission)
    assert contact.reference == receipt["reference"]
    assert contact.source_code == "2A"
    assert [child.status for child in children] == ["acknowledged", "acknowledged"]


def test_danger_now_is_answered_with_999(api, school):
    body = stories.answers(danger={"in_danger_now": "yes"})
    receipt = api.post("/v1/contacts", json=body, headers={**school, **once()}).json()
    assert receipt["emergency"] is True
    assert "call 999" in receipt["advice"]


def test_a_child_of_another_authority_is_taken_and_the_receipt_says_whom_to_tell_too(api, school):
    away = {"home": {"postcode": "ZB1 4QT"}}
    receipt = api.post(
        "/v1/contacts", json=stories.answers(away, away), headers={**school, **once()}
    ).json()
    assert receipt["emergency"] is False
    assert receipt["advice"].count("A child lives outside Rivermead.") == 1
    assert "gov.uk/report-child-abuse-to-local-council" in receipt["advice"]
    assert "ZB1" not in receipt["advice"]
    told = {**stories.answers(away), "handed_over": {"to": "Eastwater"}}
    answer = api.post("/v1/contacts", json=told, headers={**school, **once()})
    assert answer.json()["advice"] is None


def test_the_same_key_and_body_is_the_same_receipt_another_body_is_refused(api, database, school):
    headers = {**school, **once()}
    first = api.post("/v1/contacts", json=stories.answers(), headers=headers)
    again = api.post("/v1/contacts", json=stories.answers(), headers=headers)
    assert (again.status_code, again.json()) == (201, first.json())
    other = stories.answers({"given_names": "Mina"})
    refused = api.post("/v1/contacts", json=other, headers=headers)
    assert refused.status_code == 409
    assert refused.headers["content-type"] == "application/problem+json"
    assert "Mina" not in refused.text
    assert count(database, Contact) == 1


def test_keys_of_two_agencies_do_not_meet(api, database, school, clinic):
    same = once()
    sent = [
        api.post("/v1/contacts", json=stories.answers(), headers={**key, **same})
        for key in (school, clinic)
    ]
    assert [each.status_code for each in sent] == [201, 201]
    assert sent[0].json()["reference"] != sent[1].json()["reference"]


def test_fifty_contacts_sent_eight_times_at_once_are_fifty(api, database, school):
    keys = [once() for _ in range(50)]

    def send(number: int) -> tuple[int, str]:
        body = stories.answers({"given_names": f"Mia{number % 50}"})
        answer = api.post("/v1/contacts", json=body, headers={**school, **keys[number % 50]})
        return number % 50, answer.text

    with ThreadPoolExecutor(8) as senders:
        receipts = set(senders.map(send, sorted(range(400), key=lambda n: n % 50)))
    assert len(receipts) == 50
    assert count(database, Contact) == 50


def test_what_is_missing_is_said_by_field_and_rule_and_never_by_value(api, database, school):
    body = stories.answers({"sex": "Thornbury-Smythe", "age": {"kind": "born"}})
    body["referrer"] = {}
    body["thornbury"] = 1
    body["children"][0]["mia_thornbury"] = {"x": "y"}
    answer = api.post("/v1/contacts", json=body, headers={**school, **once()})
    assert answer.status_code == 422
    problem = answer.json()
    fields = {each["field"]: each["rule"] for each in problem["errors"]}
    assert fields["children[0].sex"] == "Choose one of the answers"
    assert fields["children[0].age.date_of_birth"] == "Answer this question"
    assert fields["referrer.name"] == "Answer this question"
    assert "hornbury" not in answer.text
    assert count(database, Contact) == 0


def test_a_birth_date_in_the_future_is_named(api, school):
    body = stories.answers({"age": {"kind": "born", "date_of_birth": "2030-01-01"}})
    answer = api.post("/v1/contacts", json=body, headers={**school, **once()})
    assert [each["field"] for each in answer.json()["errors"]] == ["children[0].age.date_of_birth"]
    assert "2030" not in answer.text


def test_a_system_may_not_enter_a_telephone_call(api, school):
    body = stories.answers() | {"channel": "telephone", "received_at": "2026-01-12T08:00:00Z"}
    answer = api.post("/v1/contacts", json=body, headers={**school, **once()})
    assert [each["field"] for each in answer.json()["errors"]] == ["channel"]


def test_status_in_plain_words_and_then_the_outcome(api, database, clock, school):
    sent = api.post("/v1/contacts", json=stories.answers(), headers={**school, **once()}).json()
    address = f"/v1/contacts/{sent['reference']}"
    before = api.get(address, headers=school).json()["children"][0]
    assert before["status"] == {
        "code": "received",
        "words": "Received. A social worker will read it next.",
    }
    with database.work() as session:
        child = session.scalars(select(ContactChild)).one()
        stories.take_up_and_know(session, child, by=BETH, at=MONDAY_NINE + stories.HOUR)
        stories.screen(session, child, by=BETH, at=MONDAY_NINE + stories.HOUR)
        stories.send(session, child, by=BETH, at=MONDAY_NINE + stories.HOUR)
        at = MONDAY_NINE + 2 * stories.HOUR
        record_decision(session, child.id, stories.a_decision(), by=CAROL, at=at)
    after = api.get(address, headers=school).json()["children"][0]
    assert after["status"]["code"] == "decided"
    assert after["outcome"]["words"]
    assert after["decided_at"].startswith("2026-01-12T11:00")
    assert "Mia" not in api.get(address, headers=school).text


def test_what_a_manager_closed_as_sent_twice_is_void_with_what_she_is_told(api, database, school):
    sent = api.post("/v1/contacts", json=stories.answers(), headers={**school, **once()}).json()
    at = MONDAY_NINE + 2 * stories.HOUR
    with database.work() as session:
        child = session.scalars(select(ContactChild)).one()
        stories.take_up_and_know(session, child, by=BETH, at=at)
        stories.screen(session, child, by=BETH, at=at)
        stories.send(session, child, by=BETH, at=at)
        record_decision(
            session, child.id, stories.a_decision(**stories.SENT_TWICE), by=CAROL, at=at
        )
        close_child(session, child.id, by=CAROL, at=at)
    stands = api.get(f"/v1/contacts/{sent['reference']}", headers=school).json()["children"][0]
    assert stands["status"] == {"code": "void", "words": "Sent twice or in error."}
    assert stands["outcome"]["words"] == "Sent twice or in error"


def test_somebody_elses_is_as_unknown_as_none(api, school, clinic):
    sent = api.post("/v1/contacts", json=stories.answers(), headers={**school, **once()}).json()
    asked = [sent["reference"], new_reference(), "rubbish", "2" * 10, "%00", "²²", "a" * 3000]
    answers = [api.get(f"/v1/contacts/{each}", headers=clinic) for each in asked]
    assert {(each.status_code, each.text) for each in answers} == {(404, answers[0].text)}


def test_what_was_sent_is_listed_page_by_page(api, clock, school, clinic):
    sent = []
    for hours in (0, 1, 1, 2):
        clock.at = MONDAY_NINE + timedelta(hours=hours)
        answer = api.post("/v1/contacts", json=stories.answers(), headers={**school, **once()})
        sent.append(answer.json()["reference"])
    asked = {"since": "2026-01-12T10:00:00Z", "limit": "2"}
    first = api.get("/v1/contacts", params=asked, headers=school).json()
    rest = api.get("/v1/contacts", params={**asked, "after": first["next"]}, headers=school).json()
    listed = [each["reference"] for each in first["contacts"] + rest["contacts"]]
    assert sorted(listed) == sorted(sent[1:])
    assert listed[-1] == sent[3]
    assert rest["next"] is None
    other = api.get("/v1/contacts", params=asked, headers=clinic).json()
    assert other == {"contacts": [], "next": None}
    theirs = api.get("/v1/contacts", params={**asked, "after": sent[0]}, headers=clinic)
    assert theirs.status_code == 404


@pytest.mark.parametrize(
    "since", ["", "rubbish", "2026-01-12", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"]
)
def test_a_wrong_moment_is_refused_and_not_repeated(api, school, since):
    answer = api.get("/v1/contacts", params={"since": since}, headers=school)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "since"
    assert not since or since not in answer.text


def test_calls_are_logged_by_route_and_never_by_address(api, logged, school):
    api.get("/v1/contacts/K7PX4MQR2T?name=Mia", headers=school)
    api.get("/v1/nothing/Mia", headers=school)
    assert logged.calls == [("GET /v1/contacts/{reference}", 404), ("GET unknown", 404)]


def test_a_contact_sent_by_a_system_is_on_the_trail(api, database, school):
    api.post("/v1/contacts", json=stories.answers(), headers={**school, **once()})
    with database.look() as session:
        lines = session.scalars(
            select(AuditEvent).where(AuditEvent.kind == "contact:submitted")
        ).all()
    assert [line.by_name for line in lines] == ["Hill School, its system"]
