"""Two children on one contact are two people, whoever links them and however fast."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from mash_triage.errors import NotReady
from mash_triage.matching.actions import confirm_match, record_new_person, undo_match
from tests import stories
from tests.stories import MONDAY_NINE

AT = MONDAY_NINE


def two_children(session, amara):
    receipt = stories.a_receipt(session, {}, {"given_names": "Noah"}, sent_by=amara)
    return stories.children_of(session, receipt)


def test_the_second_is_not_linked_to_the_record_of_the_first(session, amara, beth):
    mia, noah = two_children(session, amara)
    person = record_new_person(session, mia.id, by=beth, at=AT)
    with pytest.raises(NotReady, match="Another child on this contact is linked to that record"):
        confirm_match(session, noah.id, person.id, by=beth, at=AT)
    assert noah.person_id is None
    undo_match(session, mia.id, because="It is Noah's record", by=beth, at=AT)
    confirm_match(session, noah.id, person.id, by=beth, at=AT)


def test_on_two_contacts_it_is_the_same_child(session, amara, beth):
    mia, _noah = two_children(session, amara)
    person = record_new_person(session, mia.id, by=beth, at=AT)
    again = stories.a_child(session, sent_by=amara)
    confirm_match(session, again.id, person.id, by=beth, at=AT)
    assert again.person_id == person.id


def test_of_two_colleagues_who_link_both_at_once_one_is_refused(database, amara, beth, carol):
    with database.work() as session:
        ids = [each.id for each in two_children(session, amara)]
        known = stories.a_child(session, {"given_names": "Zed"}, sent_by=amara)
        person_id = record_new_person(session, known.id, by=beth, at=AT).id
    ready = Barrier(2, timeout=30)

    def link(child_id, by):
        ready.wait()
        try:
            with database.work() as session:
                confirm_match(session, child_id, person_id, by=by, at=AT)
        except NotReady:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(link, ids, (beth, carol))) == [False, True]
