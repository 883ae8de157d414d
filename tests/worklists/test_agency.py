"""The agency lead sees all of her agency and nothing of another's; of a draft never a word."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from sqlalchemy import select

from mash_triage.access.actions import start_session
from mash_triage.access.models import UserAccount
from mash_triage.access.roles import Role
from mash_triage.audit.events import AuditEvent
from mash_triage.contacts.drafts import save_draft, start_draft
from mash_triage.text import harmless_cell
from mash_triage.worklists.actions import export_contacts
from mash_triage.worklists.agency import (
    drafts_lying,
    people_of_agency,
    quality_of_agency,
    roles_nobody_holds,
)
from mash_triage.worklists.my_contacts import my_contacts
from tests import stories
from tests.stories import MONDAY_NINE

LATER = MONDAY_NINE + timedelta(days=3)
FORMULA = "=HYPERLINK(1)"


@pytest.fixture
def helen(session):
    """The headteacher, who leads for Hill School."""
    return stories.an_agency_lead(session, "Helen Quill")


def test_a_draft_lies_whose_and_how_old_and_no_word_of_it(session, helen, amara, dev):
    for owner in (amara, dev):
        draft = start_draft(session, by=owner, at=MONDAY_NINE)
        session.flush()
        words = {"concern": {"worry": "Secret words", "main": "neglect"}}
        save_draft(session, draft.id, words, step="concern", by=owner, at=MONDAY_NINE)
    lying = drafts_lying(session, by=helen)
    assert [(each.owner, each.saved_at) for each in lying] == [("Amara Osei", MONDAY_NINE)]
    assert "ecret" not in repr(lying)
    assert "concern" not in repr(lying)


def test_people_of_her_agency_with_their_last_sign_in(session, helen, amara):
    start_session(session, session.get_one(UserAccount, amara.user_id), at=LATER)
    people = people_of_agency(session, by=helen)
    assert [(each.name, each.last_sign_in) for each in people] == [
        ("Amara Osei", LATER),
        ("Helen Quill", None),
    ]
    assert roles_nobody_holds(people) == (Role.PARTNER_REPRESENTATIVE,)


def test_quality_counts_her_own_agencys_contacts(session, helen, amara, dev):
    stories.a_receipt(session, sent_by=amara)
    poor = {"child_voice": "not_seen", "working_well": {"missing": "not_known"}}
    stories.a_receipt(session, sent_by=amara, concern=poor, household=[], told_and_agreed=[])
    stories.a_receipt(session, sent_by=dev)
    found = quality_of_agency(session, by=helen, at=LATER)
    assert (found.contacts, found.with_voice, found.with_agreement) == (2, 1, 1)
    missing = dict(found.missing)
    assert (missing["voice"], missing["household"], missing["working_well"]) == (1, 1, 1)
    assert "where_now" not in missing


def test_the_file_runs_no_formula_and_is_on_the_trail(session, helen, amara, dev):
    stories.a_receipt(session, {"given_names": FORMULA, "family_name": "Q"}, sent_by=amara)
    stories.a_receipt(session, sent_by=dev)
    text = export_contacts(session, by=helen, at=LATER)
    rows = list(csv.DictReader(StringIO(text.removeprefix("\ufeff"))))
    assert [(row["child"], row["stage"]) for row in rows] == [(f"'{FORMULA} Q", "Received")]
    last = session.scalars(select(AuditEvent).order_by(AuditEvent.seq.desc())).first()
    assert (last.kind, last.detail["contacts"]) == ("contacts:exported", 1)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", " =", "\t=", "\r", "'=", "\uff1d"])
def test_no_cell_begins_as_a_formula(start):
    assert harmless_cell(f"{start}1+1")[0] == "'"
    assert harmless_cell("Mia O'Neil-Quill") == "Mia O'Neil-Quill"


def test_every_contact_of_her_agency_and_none_of_anothers(session, helen, amara, dev):
    sent = stories.a_receipt(session, sent_by=amara)
    stories.a_receipt(session, sent_by=dev)
    assert [each.reference for each in my_contacts(session, by=helen)] == [sent.reference]
