"""What the child's page folds, and what it never does: danger, what is new, what is still to do."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from mash_triage.contacts.models import ContactChild
from mash_triage.talk.actions import mark_read, send_message, write_note
from mash_triage.talk.threads import thread_of_contact
from mash_triage.thresholds.routes import Rag, Route
from tests.stories import HOUR, MONDAY_NINE, a_child_taken_up, screen

LATER = MONDAY_NINE + 3 * HOUR


@pytest.fixture
def mia(service_database, amara, beth):
    """Mia, taken up by Beth: her id and her contact's."""
    with service_database.work() as session:
        child = a_child_taken_up(session, sent_by=amara, screened_by=beth)
        return child.id, child.contact_id


@pytest.fixture
def seen(open_page_as, drawn, mia):
    """What stands on the page as somebody opens it, without what lies in a fold."""

    def without_folds(actor):
        app = open_page_as(actor, "child", at=LATER, child=str(mia[0]))
        assert not app.exception
        return re.sub(r"<details>.*?</details>", "", drawn(app), flags=re.DOTALL), drawn(app)

    return without_folds


def test_once_a_level_is_set_the_rules_of_danger_stay_and_the_others_are_folded(
    service_database, seen, mia, beth
):
    ticked = ("non_fatal_strangulation", "persistent_hunger", "poor_school_attendance")
    with service_database.work() as session:
        child = session.get_one(ContactChild, mia[0])
        told = {"level": 4, "route": Route.S47, "rag": Rag.RED, "indicators": ticked}
        screen(session, child, by=beth, at=MONDAY_NINE + 2 * HOUR, **told)
    shown, whole = seen(beth)
    words = "This alone is reasonable cause to suspect significant harm"
    assert words in shown
    assert "Danger trigger" in shown
    assert shown.index("Non-fatal strangulation") < shown.index("Regularly hungry")
    lesser = "This usually sits at level 3"
    assert lesser in whole
    assert lesser not in shown


def test_of_a_long_thread_the_newest_are_seen_and_none_is_folded_that_is_new_or_of_danger(
    service_database, seen, mia, amara, beth
):
    def wrote(number, words):
        at = MONDAY_NINE + HOUR + timedelta(minutes=number)
        with service_database.work() as session:
            return send_message(session, mia[1], words, token=uuid4(), by=amara, at=at)

    def read_all():
        with service_database.work() as session:
            thread = thread_of_contact(session, mia[1], by=beth)
            mark_read(session, [each.id for each in thread.messages], by=beth, at=LATER)

    for number in range(6):
        wrote(number, f"Line {number} of what I saw.")
    assert all(f"Line {number}" in seen(beth)[0] for number in range(6)), "they are new"
    read_all()
    shown, whole = seen(beth)
    assert "3 earlier messages" in whole
    assert ("Line 2" in shown, "Line 3" in shown, "Line 2" in whole) == (False, True, True)

    wrote(7, "He is strangling her right now.")
    for number in range(8, 12):
        wrote(number, f"Line {number} of what I saw.")
    read_all()
    shown, _whole = seen(beth)
    assert "He is strangling her right now." in shown, "danger is not folded"


def test_of_many_notes_the_newest_are_seen_with_how_many_there_are_before(
    service_database, seen, mia, beth
):
    for number in range(5):
        at = MONDAY_NINE + HOUR + timedelta(minutes=number)
        with service_database.work() as session:
            write_note(session, mia[0], f"Note {number}.", token=uuid4(), by=beth, at=at)
    shown, whole = seen(beth)
    assert "2 earlier notes" in whole
    assert ("Note 1." in shown, "Note 2." in shown, "Note 1." in whole) == (False, True, True)
