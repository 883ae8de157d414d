"""Agencies that answer: the police, a health trust, Hill School's lead; and a request to ask."""

import pytest

from mash_triage.access.actions import add_agency, add_user
from mash_triage.access.actor import Actor
from mash_triage.access.queries import actor_for
from mash_triage.access.roles import Presence, Role
from mash_triage.enquiries.actions import ask_agency
from mash_triage.enquiries.rules import RequestFacts
from mash_triage.sharing.rules import Basis
from tests import stories
from tests.cast import MONDAY_NINE
from tests.stories import HOUR

FOUNDER = Actor.job("the tests")
BASIS = Basis(
    "public_task",
    "substantial_public_interest",
    "ca2004_s16la",
    "public_interest",
    "Only what is known of Mia's home is asked.",
)


def somebody(session, name, role, agency_id):
    """One more person of an agency."""
    email = f"{name.split()[0].lower()}@rivermead.example"
    told = {"role": role, "agency_id": agency_id, "by": FOUNDER, "at": MONDAY_NINE}
    return actor_for(add_user(session, email, name, **told))


def an_agency(session, name, kind, *, presence=Presence.ELSEWHERE):
    """An agency with one person who answers for it."""
    told = {"kind": kind, "source_code": "6", "presence": presence}
    agency = add_agency(session, name, **told, by=FOUNDER, at=MONDAY_NINE)
    who = f"{name.split()[0]} Answerer"
    return somebody(session, who, Role.PARTNER_REPRESENTATIVE, agency.id)


@pytest.fixture
def make_agency():
    """Add an agency; gives the person who answers for it."""
    return an_agency


def request_facts(who, **changes):
    """What Beth asks an agency, with changes."""
    told = {
        "agency_id": who.agency_id,
        "questions": (),
        "own_question": "What is known of the home?",
        "purpose": "To decide how to help Mia.",
        "basis": BASIS,
    }
    return RequestFacts(**{**told, **changes})


def a_request_about_both(session, *, sent_by, asked_by, **changes):
    """Mia and her brother Leo, both red; the police are asked about her, and about him too."""
    mia, leo = stories.children_of(
        session, stories.a_receipt(session, {}, {"given_names": "Leo"}, sent_by=sent_by)
    )
    for each in (mia, leo):
        stories.take_up_and_know(session, each, by=asked_by, at=MONDAY_NINE)
        stories.screen(session, each, by=asked_by, at=MONDAY_NINE, rag="red")
    police = an_agency(session, "Police district", "police")
    facts = request_facts(police, children=(leo.id,), **changes)
    ask_agency(session, mia.id, facts, by=asked_by, at=MONDAY_NINE + HOUR)
    return mia, leo


@pytest.fixture
def facts_for():
    """The same for tests that ask for it."""
    return request_facts


@pytest.fixture
def make_child():
    """Mia, whom Beth has taken up and rated."""

    def made(session, *children, by, sent_by, rag="amber", **more):
        child = stories.a_child_taken_up(
            session, *children, sent_by=sent_by, screened_by=by, **more
        )
        stories.screen(session, child, by=by, at=MONDAY_NINE + stories.HOUR, rag=rag)
        return child

    return made
