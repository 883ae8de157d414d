"""An agency's system is told that a child has moved on: with the move, once, no details."""

import pytest
from sqlalchemy import select

from mash_triage.contacts.models import ContactChild
from mash_triage.decisions.actions import record_decision
from mash_triage.outbox.actions import add_endpoint
from mash_triage.outbox.models import OutboxMessage
from mash_triage.settings import settings
from tests import stories
from tests.api.conftest import once
from tests.cast import ADA, AMARA, BETH, CAROL, DEV, MONDAY_NINE

URL = "https://records.hillschool.example/mash"


@pytest.fixture(autouse=True)
def _webhooks_on(monkeypatch):
    monkeypatch.setenv("MASH_WEBHOOK_KEY", "k" * 32)
    monkeypatch.setenv("MASH_MAIL_BY", "smtp")
    settings.cache_clear()
    yield
    settings.cache_clear()


def posted(session):
    rows = session.scalars(select(OutboxMessage).order_by(OutboxMessage.posted_at))
    return [(row.kind, row.reference, row.status) for row in rows if row.channel == "webhook"]


def decide(session, child) -> None:
    at = MONDAY_NINE + stories.HOUR
    stories.take_up_and_know(session, child, by=BETH, at=at)
    stories.screen(session, child, by=BETH, at=at)
    stories.send(session, child, by=BETH, at=at + stories.HOUR)
    record_decision(session, child.id, stories.a_decision(), by=CAROL, at=at + 2 * stories.HOUR)


def test_each_change_that_a_sender_is_told_is_posted_with_the_move(api, database, school):
    with database.work() as session:
        add_endpoint(session, AMARA.agency_id, URL, by=ADA, at=MONDAY_NINE)
        add_endpoint(session, DEV.agency_id, "https://clinic.example/", by=ADA, at=MONDAY_NINE)
    sent = api.post("/v1/contacts", json=stories.answers(), headers={**school, **once()}).json()
    with database.work() as session:
        decide(session, session.scalars(select(ContactChild)).one())
    with database.look() as session:
        assert posted(session) == [
            ("contact.status_changed", sent["reference"], status)
            for status in ("with_worker", "with_manager", "decided")
        ]
        assert not [row for row in session.scalars(select(OutboxMessage)) if row.channel == "mail"]


def test_what_is_undone_is_not_told(api, database, school):
    with database.work() as session:
        add_endpoint(session, AMARA.agency_id, URL, by=ADA, at=MONDAY_NINE)
    api.post("/v1/contacts", json=stories.answers(), headers={**school, **once()})
    with database.work() as session:
        child = session.scalars(select(ContactChild)).one()
        stories.take_up_and_know(session, child, by=BETH, at=MONDAY_NINE)
        session.flush()
        session.rollback()
    with database.look() as session:
        assert posted(session) == []


def test_what_a_person_of_the_agency_sent_is_not_told_to_its_system(database):
    with database.work() as session:
        add_endpoint(session, AMARA.agency_id, URL, by=ADA, at=MONDAY_NINE)
        decide(session, stories.a_child(session, sent_by=AMARA))
    with database.look() as session:
        assert posted(session) == []
