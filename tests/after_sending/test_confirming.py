"""A professional confirms her call under her own account, and learns nothing else by it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from mash_triage.after_sending.actions import confirm_call, record_written_confirmation
from mash_triage.after_sending.actions.confirm import NO_CALL
from mash_triage.after_sending.confirmed import confirmed_calls
from mash_triage.after_sending.models import ContactAddition
from mash_triage.after_sending.queries import additions_of, after_sending
from mash_triage.contacts.models import ContactChild
from mash_triage.contacts.reference import new_reference
from mash_triage.errors import Changed, NotAllowed, NotFound, NotReady
from mash_triage.worklists.my_contacts import my_contacts
from tests import stories
from tests.cast import AMARA, BETH, CAROL, DEV, MONDAY_NINE, email_of
from tests.stories import HOUR

LATER = MONDAY_NINE + 5 * HOUR
WORDS = "I telephoned at nine. Mia has come to school hungry for three weeks."


def a_call(session, caller=AMARA, **referrer):
    """The reference of a call that Beth took; the address was taken down by ear."""
    told = {"email": f" {email_of(caller).upper()}", **referrer}
    call = {"channel": "telephone", "received_at": MONDAY_NINE, "referrer": told}
    return stories.a_receipt(session, sent_by=BETH, **call).reference


def confirm(session, reference, words=WORDS, *, by=AMARA, at=LATER, token=None):
    return confirm_call(session, reference, words, token=token or uuid4(), by=by, at=at)


def confirmation(session):
    child = session.scalars(select(ContactChild)).one()
    return after_sending(session, child.id, by=BETH).confirmation


def test_her_words_stand_beside_the_contact_under_her_name(session):
    reference = a_call(session)
    confirm(session, f"{reference[:4]} {reference[4:]}".lower())
    [added] = additions_of(session, reference, by=BETH)
    assert (added.words, added.by_name) == (WORDS, AMARA.name)
    came = confirmation(session)
    assert (came.came_as, came.by_name, came.came_at) == ("service", AMARA.name, LATER)
    [mine] = confirmed_calls(session, by=AMARA)
    assert (mine.reference, mine.words, mine.at) == (reference, WORDS, LATER)
    assert confirmed_calls(session, by=DEV) == []


def test_confirming_opens_nothing_of_what_the_worker_wrote(session):
    reference = a_call(session)
    confirm(session, reference)
    assert my_contacts(session, by=AMARA) == []
    with pytest.raises(NotFound):
        additions_of(session, reference, by=AMARA)


@pytest.mark.parametrize("whose", ["none", "another's", "a neighbour's", "her own, not a call"])
def test_what_is_no_call_of_hers_is_refused_in_the_same_words(session, whose):
    reference = {
        "none": lambda: new_reference(),
        "another's": lambda: a_call(session, DEV),
        "a neighbour's": lambda: a_call(session, kind="neighbour"),
        "her own, not a call": lambda: stories.a_receipt(session, sent_by=AMARA).reference,
    }[whose]()
    with pytest.raises(NotReady) as refusal:
        confirm(session, reference)
    assert refusal.value.words == NO_CALL
    assert session.scalars(select(ContactAddition)).all() == []


def test_two_clicks_are_one_confirmation_and_a_second_is_refused(session):
    reference, token = a_call(session), uuid4()
    one = confirm(session, reference, token=token)
    assert confirm(session, reference, token=token, at=LATER + timedelta(minutes=1)).id == one.id
    with pytest.raises(Changed):
        confirm(session, reference)


def test_after_the_letter_has_come_there_is_nothing_to_confirm(session):
    reference = a_call(session)
    child = session.scalars(select(ContactChild)).one()
    record_written_confirmation(session, child.id, "letter", by=CAROL, at=LATER)
    with pytest.raises(Changed):
        confirm(session, reference)
    assert confirmed_calls(session, by=AMARA) == []


def test_without_words_it_is_no_confirmation(session):
    reference = a_call(session)
    with pytest.raises(NotReady):
        confirm(session, reference, "  \n")
    assert confirmation(session).came_at is None


def test_the_front_door_confirms_no_call_for_somebody_else(session):
    with pytest.raises(NotAllowed):
        confirm(session, a_call(session, BETH), by=BETH)
