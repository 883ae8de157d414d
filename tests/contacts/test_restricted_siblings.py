"""A restricted child on a contact: whoever may not open the record reads nothing that names it."""

import json

import pytest

from mash_triage.contacts.pictures import picture_of_child
from mash_triage.contacts.seen import PART_IS_RESTRICTED
from mash_triage.contacts.sent import picture_of_sent
from mash_triage.errors import NotFound
from tests import stories
from tests.stories import HOUR, MONDAY_NINE

HIDDEN = {
    "given_names": "Zoe",
    "where_now": "With her aunt in Sandling",
    "home": {"address_line": "3 Secret Row", "postcode": "ZA9 9ZZ", "confidential": True},
}
OPEN = {
    "given_names": "Mia",
    "voice": {"said": "Zoe cries at night."},
    "with_now": "Zoe and her aunt",
}
WORDS = {
    "danger": {
        "in_danger_now": "yes",
        "what_is_happening": "Zoe is followed",
        "steps_taken": "Zoe was moved",
        "safe_adult": "Zoe's aunt",
    },
    "referrer": {"relationship_to_child": "Zoe's teacher"},
    "household": [{"name": "Zoe's father", "relationship": "father"}],
    "told_and_agreed": [{"person": "Zoe's mother", "told": "yes", "agreement": "given"}],
    "concern": {
        "worry": "Zoe hides from him.",
        "working_well": "Zoe has an aunt.",
        "child_voice": "Zoe said no.",
    },
}


def a_contact(session, *children, sender, knower, readers, at=MONDAY_NINE):
    """A contact on which Zoe, wherever she stands, is restricted to these readers."""
    receipt = stories.a_receipt(session, *children, sent_by=sender, at=at, **WORDS)
    rows = {row.reported_given_names: row for row in stories.children_of(session, receipt)}
    stories.know(session, rows["Zoe"], by=knower, at=at + HOUR)
    stories.restrict(session, rows["Zoe"], readers=readers, by=knower, at=at + HOUR)
    return receipt, rows


@pytest.fixture(params=[(HIDDEN, OPEN), (OPEN, HIDDEN)], ids=["first", "second"])
def contact(request, session, amara, carol, dan):
    return a_contact(session, *request.param, sender=amara, knower=carol, readers=(carol, dan))


def test_the_page_of_an_open_sibling_names_the_restricted_child_nowhere(session, beth, contact):
    _, rows = contact
    picture = picture_of_child(session, rows["Mia"].id, by=beth)

    told = json.dumps([picture.submission, picture.reported, [s.name for s in picture.siblings]])
    for words in ("Zoe", "Secret Row", "ZA9", "Sandling"):
        assert words not in told
    assert picture.reported["given_names"] == "Mia"
    assert [child["given_names"] for child in picture.submission["children"]] == ["Mia"]
    assert picture.withheld == PART_IS_RESTRICTED
    assert picture.submission["concern"]["worry"] == PART_IS_RESTRICTED
    assert picture.submission["concern"]["main"] == "neglect"
    assert picture.submission["danger"]["in_danger_now"] == "yes"
    assert picture.submission["household"] == picture.submission["told_and_agreed"] == []


def test_the_receipt_is_cut_in_the_same_way_at_the_front_door(session, beth, contact):
    receipt, rows = contact
    sent = picture_of_sent(session, receipt.reference, by=beth)

    assert "Zoe" not in json.dumps(sent.submission)
    assert sent.withheld == PART_IS_RESTRICTED
    assert sent.clocks == picture_of_child(session, rows["Mia"].id, by=beth).clocks


def test_those_who_may_open_it_read_the_whole(session, amara, carol, contact):
    receipt, rows = contact
    picture = picture_of_child(session, rows["Zoe"].id, by=carol)
    assert picture.withheld is None
    assert picture.submission == rows["Zoe"].contact.submission
    assert picture.reported["home"]["address_line"] == "3 Secret Row"
    for reader in (amara, carol):
        sent = picture_of_sent(session, receipt.reference, by=reader)
        assert sent.submission == rows["Zoe"].contact.submission
        assert sent.withheld is None


def test_with_no_child_to_see_there_is_no_contact(session, amara, beth, carol, dan):
    receipt, _ = a_contact(session, HIDDEN, sender=amara, knower=carol, readers=(carol, dan))
    with pytest.raises(NotFound):
        picture_of_sent(session, receipt.reference, by=beth)


def test_what_is_stored_stays_whole(session, beth, contact):
    _, rows = contact
    picture_of_child(session, rows["Mia"].id, by=beth)
    session.expire_all()
    assert "Zoe hides from him." in rows["Mia"].contact.submission["concern"]["worry"]
