"""The pages of a contact on which one child is restricted, for whoever may open only the other."""

from datetime import timedelta

import pytest

from mash_triage.contacts.seen import PART_IS_RESTRICTED
from tests import stories
from tests.cast import MONDAY_NINE

LATER = MONDAY_NINE + timedelta(hours=3)


@pytest.fixture
def contact(service_database, amara, carol, dan):
    """A contact about Mia and about Zoe, whose record is closed to Beth."""
    with service_database.work() as session:
        receipt = stories.a_receipt(
            session,
            {},
            {"given_names": "Zoe"},
            sent_by=amara,
            household=[{"name": "Zoe's father", "relationship": "father"}],
            concern={"worry": "Zoe hides from him."},
        )
        mia, zoe = stories.children_of(session, receipt)
        stories.know(session, zoe, by=carol, at=LATER)
        stories.restrict(session, zoe, readers=(carol, dan), by=carol, at=LATER)
        return receipt.reference, str(mia.id)


def test_no_page_names_the_closed_child_and_each_says_whom_to_ask(
    open_page_as, drawn, amara, beth, carol, contact
):
    reference, mia = contact
    for page, where in (("child", {"child": mia}), ("receipt", {"contact": reference})):
        html = drawn(open_page_as(beth, page, at=LATER, **where))
        assert "Mia" in html
        assert "Zoe" not in html
        assert PART_IS_RESTRICTED in html
        assert "Nobody named" not in html
        assert "Zoe hides from him." in drawn(open_page_as(carol, page, at=LATER, **where))
    assert "Zoe hides from him." in drawn(
        open_page_as(amara, "receipt", at=LATER, contact=reference)
    )
