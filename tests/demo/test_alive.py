"""A newcomer to the demonstration finds no empty pages: talk, files, opinions, a disagreement."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from mash_triage.access.actions import add_agency, add_user
from mash_triage.access.actor import Actor
from mash_triage.access.roles import Presence, Role
from mash_triage.attachments.queries import files_of_contact
from mash_triage.attachments.vault import Vault
from mash_triage.contacts.models import ContactChild
from mash_triage.contacts.status import Status
from mash_triage.demo import alive
from mash_triage.demo.alive import come_alive
from mash_triage.disagreements.experience import experience_counts, experience_of
from mash_triage.disagreements.queries import disagreements
from mash_triage.enquiries.queries import requests_about
from mash_triage.talk.consultations import consultations_waiting
from mash_triage.talk.threads import thread_of_contact
from mash_triage.talk.unread import mine_on_contacts, news_from_referrers
from mash_triage.thresholds.routes import Outcome, Route
from tests import stories
from tests.cast import AMARA, BETH, CAROL, DEV, MONDAY_NINE

EVENING = MONDAY_NINE + timedelta(hours=9)
ADVICE = {
    "outcome": Outcome.ADVICE,
    "route": Route.UNIVERSAL,
    "level": 1,
    "repeat_comment": "The earlier contact was of another kind.",
    "agreement_due_on": None,
    "owner": "",
    "departure": "professional_judgement",
    "departure_words": "The school's own support is enough for now.",
}


@pytest.fixture
def files(tmp_path) -> Vault:
    return Vault(tmp_path / "files", bytes(range(32)))


@pytest.fixture
def town(session):
    """Three of Amara's contacts are decided, with advice; one of hers and one of Dev's are open."""
    for _ in range(3):
        stories.a_decided_child(
            session, sent_by=AMARA, screened_by=BETH, decided_by=CAROL, **ADVICE
        )
    for sender in (AMARA, DEV):
        stories.a_child_taken_up(session, sent_by=sender, screened_by=BETH)
    session.flush()
    return session


def test_each_page_has_something_to_read(town, files):
    come_alive(town, files, at=EVENING)
    [news] = news_from_referrers(town, by=BETH)
    found = files_of_contact(town, news.reference, by=BETH)
    assert {each.name for each in found.files} == {"Notes of the week.txt", "Attendance.pdf"}
    assert len(consultations_waiting(town, by=BETH)) == 1
    [open_one] = disagreements(town, by=CAROL, at=EVENING)
    assert open_one.stage == 1
    assert experience_of(town, open_one.reference, by=AMARA) is None
    assert experience_counts(town, by=CAROL, at=EVENING) == {1: 0, 2: 0, 3: 1, 4: 0, 5: 1}


def test_a_question_waits_for_a_referrer_on_another_contact_than_the_talk(town):
    come_alive(town, None, at=EVENING)
    [talked] = {each.reference for each in news_from_referrers(town, by=BETH)}
    asked = {
        contact: waits.asked
        for referrer in (AMARA, DEV)
        for contact, waits in mine_on_contacts(town, by=referrer).items()
        if waits.asked
    }
    [contact_id] = asked
    thread = thread_of_contact(town, contact_id, by=BETH)
    assert [each.words for each in thread.open_questions()] == [alive.QUESTION]
    child = town.scalars(select(ContactChild).where(ContactChild.contact_id == contact_id)).one()
    assert child.contact.reference != talked
    assert child.status == Status.AWAITING_REFERRER


def test_without_a_place_for_files_there_are_none(town):
    come_alive(town, None, at=EVENING)
    [news] = news_from_referrers(town, by=BETH)
    assert files_of_contact(town, news.reference, by=BETH).files == ()


def test_a_town_without_contacts_only_talks_something_through(session, files):
    come_alive(session, files, at=EVENING)
    assert len(consultations_waiting(session, by=BETH)) == 1
    assert news_from_referrers(session, by=BETH) == []
    assert disagreements(session, by=CAROL, at=EVENING) == []


def test_two_agencies_were_asked_and_one_has_answered(town):
    """Of those at the hub that have somebody who answers."""
    for name, kind in (("Police district", "police"), ("Health visiting", "health_visitor")):
        told = {"by": Actor.job("the tests"), "at": MONDAY_NINE}
        agency = add_agency(
            town, name, kind=kind, source_code="6", presence=Presence.ON_SITE, **told
        )
        email = f"{kind}@rivermead.example"
        add_user(town, email, name, role=Role.AGENCY_LEAD, agency_id=agency.id, **told)
    child = stories.a_child_taken_up(town, sent_by=AMARA, screened_by=BETH)
    stories.screen(town, child, by=BETH, at=MONDAY_NINE + 2 * stories.HOUR)
    come_alive(town, None, at=EVENING)
    found = requests_about(town, child.id, by=BETH, at=EVENING)
    assert sorted(each.state for each in found) == ["answered", "open"]
