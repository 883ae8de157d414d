"""Internal notes: read by the front door alone, whoever else asks, and never a message."""

from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError

from mash_triage.access.roles import Role
from mash_triage.contacts.sent import picture_of_sent
from mash_triage.errors import Changed, NotAllowed, NotFound, NotReady
from mash_triage.talk.actions import send_message, write_note
from mash_triage.talk.models import InternalNote
from mash_triage.talk.notes import notes_on
from mash_triage.talk.threads import thread_of_contact
from mash_triage.talk.unread import mine_on_contacts
from mash_triage.worklists.board import board
from mash_triage.worklists.my_contacts import my_contacts
from tests import cast, stories
from tests.stories import MONDAY_NINE

DOUBT = "I doubt what the father says."
AT_THE_DOOR = {"screening_worker", "social_worker", "out_of_hours", "manager",
               "early_help_coordinator"}  # fmt: skip


@pytest.fixture
def child(session, amara, beth):
    """Mia, with one note of Beth's."""
    child = stories.a_child_taken_up(session, sent_by=amara, screened_by=beth)
    note(session, child, DOUBT, by=beth)
    return child


def note(session, child, words, *, by, **more):
    return write_note(session, child.id, words, token=uuid4(), by=by, at=MONDAY_NINE, **more)


@pytest.mark.parametrize("role", Role)
def test_only_the_front_door_reads_and_writes_them(session, child, role):
    """Of Amara's own contact and agency: her role is all that could let her in."""
    somebody = replace(cast.AMARA, role=role)
    if role in AT_THE_DOOR:
        assert [each.words for each in notes_on(session, child.id, by=somebody)] == [DOUBT]
        return
    with pytest.raises(NotAllowed):
        notes_on(session, child.id, by=somebody)
    with pytest.raises(NotAllowed):
        note(session, child, "x", by=somebody)


def test_nothing_that_a_referrer_reads_holds_a_note(session, child, amara, beth):
    send_message(session, child.contact_id, "Hello.", token=uuid4(), by=beth, at=MONDAY_NINE)
    reference = child.contact.reference
    for seen in (
        thread_of_contact(session, child.contact_id, by=amara),
        picture_of_sent(session, reference, by=amara),
        my_contacts(session, by=amara),
        mine_on_contacts(session, by=amara),
    ):
        assert "doubt" not in repr(seen)


def test_a_note_is_news_to_nobody(session, child, amara, beth):
    assert on_the_board(session, beth) == {}
    assert mine_on_contacts(session, by=amara) == {}


def test_it_is_written_once_and_corrected_by_another(session, child, beth, carol):
    token = uuid4()
    told = {"token": token, "by": carol, "at": MONDAY_NINE}
    first = write_note(session, child.id, "Ring the GP.", **told)
    assert write_note(session, child.id, "Ring the GP.", **told) == first
    with pytest.raises(Changed):
        write_note(session, child.id, "Ring nobody.", **told)
    second = note(session, child, "Ring the health visitor.", by=carol, corrects=first)
    notes = {each.id: each for each in notes_on(session, child.id, by=beth)}
    assert notes[first].corrected_by == second
    with pytest.raises(NotFound):
        note(session, child, "Mine now.", by=beth, corrects=first)
    with pytest.raises(NotReady):
        note(session, child, "\u200b ", by=beth)


def test_a_closed_childs_notes_are_closed(session, child, beth, carol, dan):
    stories.restrict(session, child, readers=[carol, dan], by=carol, at=MONDAY_NINE)
    with pytest.raises(NotFound):
        notes_on(session, child.id, by=beth)
    with pytest.raises(NotFound):
        note(session, child, "x", by=beth)
    assert len(notes_on(session, child.id, by=carol)) == 1


@pytest.mark.parametrize("change", [update(InternalNote).values(words="x"), delete(InternalNote)])
def test_both_databases_refuse_to_change_one(session, child, change):
    with pytest.raises(DBAPIError, match="what was said stays"), session.begin_nested():
        session.execute(change)
    assert len(session.scalars(select(InternalNote)).all()) == 1


def on_the_board(session, by):
    """How many messages wait to be read, child by child."""
    rows = board(session, by=by, at=MONDAY_NINE).open
    return {row.id: row.new_messages for row in rows if row.new_messages}
