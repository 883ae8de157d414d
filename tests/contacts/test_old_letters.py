"""A letter that lay for a while comes under the edition of its day, or the earliest there is."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from mash_triage.contacts.models import Contact
from mash_triage.errors import NotReady
from mash_triage.thresholds.models import EditionRecord
from tests import stories


def a_letter(session, by, received_at, *, at):
    return stories.a_receipt(
        session, sent_by=by, at=at, channel="letter", received_at=received_at.isoformat()
    )


def test_a_letter_from_before_the_first_edition_comes_under_the_earliest(session, beth):
    first = session.scalars(select(EditionRecord).where(EditionRecord.code == "default")).one()
    at = datetime(2025, 4, 2, 10, tzinfo=UTC)
    received_at = at - timedelta(days=5)
    assert received_at.date() < first.effective_from
    a_letter(session, beth, received_at, at=at)
    contact = session.scalars(select(Contact)).one()
    assert (contact.edition_id, contact.received_at) == (first.id, received_at)


def test_a_date_of_more_than_a_year_ago_is_a_slip(session, beth):
    at = stories.MONDAY_NINE
    with pytest.raises(NotReady, match="Check the date it reached us"):
        a_letter(session, beth, at - timedelta(days=366), at=at)
    a_letter(session, beth, at - timedelta(days=364), at=at)
