"""Lists that stop somewhere say so, and by its reference everything older is found."""

import pytest

from mash_triage.contacts.history import earlier_contacts, how_many_earlier
from mash_triage.contacts.reference import new_reference, show_reference
from mash_triage.errors import NotFound
from mash_triage.matching.actions import confirm_match
from mash_triage.worklists.my_contacts import how_many_contacts, my_contact, my_contacts
from tests import stories
from tests.stories import HOUR, MONDAY_NINE


def test_my_contacts_are_counted_beyond_the_last_that_is_shown(session, amara, dev):
    for hours in range(5):
        stories.a_receipt(session, sent_by=amara, at=MONDAY_NINE + hours * HOUR)
    assert len(my_contacts(session, by=amara, limit=3)) == 3
    assert how_many_contacts(session, by=amara) == 5
    assert how_many_contacts(session, by=dev) == 0


def test_one_is_found_by_its_reference_however_it_is_typed(session, amara):
    reference = stories.a_receipt(session, sent_by=amara).reference
    for typed in (
        reference,
        show_reference(reference),
        f" {reference.lower()[:4]}-{reference[4:]}",
    ):
        assert my_contact(session, typed, by=amara).reference == reference


def test_another_agencys_is_as_unknown_as_none(session, amara, dev):
    reference = stories.a_receipt(session, sent_by=amara).reference
    said = set()
    for typed in (reference, new_reference(), "rubbish", ""):
        with pytest.raises(NotFound) as refused:
            my_contact(session, typed, by=dev)
        said.add(refused.value.words)
    assert len(said) == 1


def test_earlier_contacts_are_counted_beyond_the_last_that_is_shown(session, amara, beth):
    first = stories.a_child_taken_up(session, sent_by=amara, screened_by=beth)
    for hours in range(1, 6):
        child = stories.a_child(session, sent_by=amara, at=MONDAY_NINE + hours * HOUR)
        confirm_match(session, child.id, first.person_id, by=beth, at=MONDAY_NINE + 6 * HOUR)
    assert len(earlier_contacts(session, child, by=beth, limit=3)) == 3
    assert how_many_earlier(session, child, by=beth) == 5
    assert how_many_earlier(session, first, by=beth) == 0
