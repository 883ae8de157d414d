"""A draft is one contact for ever, and a contact stays with the agency from which it was sent."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from mash_triage.access.roles import Role
from mash_triage.contacts.actions import send_draft
from mash_triage.contacts.drafts import save_draft, start_draft
from mash_triage.contacts.models import Contact
from mash_triage.contacts.queries import children_visible_to, fetch_contact
from mash_triage.contacts.sent import picture_of_sent
from mash_triage.errors import NotFound
from mash_triage.worklists.my_contacts import my_contacts
from tests import stories
from tests.stories import MONDAY_NINE

LATER = MONDAY_NINE + timedelta(days=1)


@pytest.fixture
def amara_elsewhere(amara, dev):
    """Amara after she has moved to the health centre."""
    return replace(amara, agency_id=dev.agency_id)


def test_a_draft_sent_before_the_move_and_after_it_is_one_contact(session, amara, amara_elsewhere):
    draft = start_draft(session, by=amara, at=MONDAY_NINE)
    session.flush()
    save_draft(session, draft.id, stories.answers(), by=amara, at=MONDAY_NINE)
    first = send_draft(session, draft.id, by=amara, at=MONDAY_NINE)

    again = send_draft(session, draft.id, by=amara_elsewhere, at=LATER)

    assert again == first
    assert session.scalar(select(func.count()).select_from(Contact)) == 1


@pytest.mark.parametrize("role", [Role.REFERRER, Role.AGENCY_LEAD, Role.PARTNER_REPRESENTATIVE])
def test_whoever_moves_to_another_agency_leaves_its_contacts_behind(
    session, amara, amara_elsewhere, role
):
    receipt = stories.a_receipt(session, sent_by=amara)
    moved = replace(amara_elsewhere, role=role)

    assert my_contacts(session, by=moved) == []
    assert session.scalars(children_visible_to(moved)).all() == []
    for read in (fetch_contact, picture_of_sent):
        with pytest.raises(NotFound):
            read(session, receipt.reference, by=moved)
    assert picture_of_sent(session, receipt.reference, by=amara).reference == receipt.reference
