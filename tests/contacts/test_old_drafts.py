"""Drafts are kept for 14 days from the last word, and then removed with one line on the trail."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from mash_triage.audit.events import AuditEvent
from mash_triage.commands import serving
from mash_triage.contacts.actions import send_draft
from mash_triage.contacts.drafts import (
    DRAFTS_KEPT,
    discard_draft,
    drafts_of,
    remove_old_drafts,
    save_draft,
    start_draft,
)
from mash_triage.contacts.models import Contact, ContactDraft
from tests import stories
from tests.stories import MONDAY_NINE

SECOND = timedelta(seconds=1)
END = MONDAY_NINE + DRAFTS_KEPT


@pytest.fixture
def draft(session, amara):
    started = start_draft(session, by=amara, at=MONDAY_NINE - timedelta(days=30))
    session.flush()
    save_draft(session, started.id, stories.answers(), by=amara, at=MONDAY_NINE)
    return started


def removals(session):
    return session.scalars(select(AuditEvent).where(AuditEvent.kind == "drafts:removed")).all()


def left(session):
    return session.scalars(select(ContactDraft.id)).all()


def test_it_says_until_when_it_is_kept(session, amara, draft):
    (picture,) = drafts_of(session, by=amara)
    assert picture.kept_until == END


def test_it_is_there_until_then_and_not_after(session, amara, draft):
    assert remove_old_drafts(session, at=END - SECOND) == 0
    assert left(session) == [draft.id]
    assert removals(session) == []

    assert remove_old_drafts(session, at=END) == 1
    assert left(session) == drafts_of(session, by=amara) == []
    (line,) = removals(session)
    assert (line.by_name, line.about, line.detail) == ("remove old drafts", None, {"drafts": 1})


def test_a_discarded_one_goes_too_and_each_run_has_one_line(session, amara, dev, draft):
    discard_draft(session, draft.id, by=amara, at=MONDAY_NINE)
    for _ in range(2):
        start_draft(session, by=dev, at=MONDAY_NINE)
    young = start_draft(session, by=dev, at=MONDAY_NINE + SECOND)
    session.flush()
    assert remove_old_drafts(session, at=END) == 3
    assert left(session) == [young.id]
    assert [line.detail for line in removals(session)] == [{"drafts": 3}]


def test_the_copy_of_a_contact_that_was_sent_goes_and_the_contact_stays(session, amara, draft):
    send_draft(session, draft.id, by=amara, at=MONDAY_NINE + timedelta(days=10))
    assert remove_old_drafts(session, at=END) == 0
    assert remove_old_drafts(session, at=END + timedelta(days=10)) == 1
    assert len(session.scalars(select(Contact.id)).all()) == 1


def test_the_service_removes_them_when_it_starts(database, amara, monkeypatch):
    with database.work() as session:
        start_draft(session, by=amara, at=MONDAY_NINE)
    monkeypatch.setattr(serving, "open_database", lambda: database)
    serving.remove_what_is_old(at=END)
    with database.look() as session:
        assert left(session) == []
