"""A file's way: attached to a draft, sent with the contact, opened by those who may alone."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from sqlalchemy import select

from mash_triage.attachments.actions import (
    INFECTED,
    NO_SCANNER,
    attach_to_contact,
    attach_to_draft,
    open_attachment,
    put_back_attachment,
    remove_attachment,
)
from mash_triage.attachments.kinds import MOST_FILES
from mash_triage.attachments.models import Attachment, ScanState
from mash_triage.attachments.queries import files_of_contact, files_of_draft
from mash_triage.audit.events import AuditEvent, AuditKind
from mash_triage.contacts.actions import send_draft
from mash_triage.contacts.drafts import remove_old_drafts, save_draft, start_draft
from mash_triage.contacts.models import Contact
from mash_triage.contacts.seen import PART_IS_RESTRICTED
from mash_triage.errors import Changed, NotFound, NotReady
from tests import stories
from tests.stories import HOUR, MONDAY_NINE

AT = MONDAY_NINE


@pytest.fixture
def draft(session, amara):
    """Amara's draft about Mia, ready to be sent."""
    draft = start_draft(session, by=amara, at=AT)
    session.flush()
    save_draft(session, draft.id, stories.answers(), by=amara, at=AT)
    return draft


@pytest.fixture
def sent(session, amara, draft, take_in):
    """Her contact, sent with a note."""
    row = attach_to_draft(session, draft.id, take_in("note.txt"), by=amara, at=AT)
    receipt = send_draft(session, draft.id, by=amara, at=AT)
    session.flush()
    session.expire_all()
    return SimpleNamespace(file=row.id, reference=receipt.reference, contact=receipt.contact_id)


def names(files):
    return [file.name for file in files]


def deeds(session, file_id):
    rows = session.scalars(select(AuditEvent).order_by(AuditEvent.seq))
    return [row.kind for row in rows if row.detail.get("file") == str(file_id)]


def test_a_file_goes_with_the_contact_when_the_draft_is_sent(session, amara, sent):
    row = session.get_one(Attachment, sent.file)
    assert (row.contact_id, row.draft_id) == (sent.contact, None)
    assert names(files_of_contact(session, sent.reference, by=amara).files) == ["note.txt"]


def test_a_removed_file_is_not_sent_and_can_be_put_back(session, amara, draft, take_in):
    letter, note = (
        attach_to_draft(session, draft.id, take_in(name), by=amara, at=AT).id
        for name in ("letter.txt", "note.txt")
    )
    remove_attachment(session, letter, by=amara, at=AT)
    remove_attachment(session, note, by=amara, at=AT)
    put_back_attachment(session, note, by=amara, at=AT)
    assert names(files_of_draft(session, draft.id, by=amara)) == ["note.txt"]
    receipt = send_draft(session, draft.id, by=amara, at=AT)
    session.flush()
    session.expire_all()
    assert names(files_of_contact(session, receipt.reference, by=amara).files) == ["note.txt"]
    with pytest.raises(NotReady, match="was sent"):
        remove_attachment(session, note, by=amara, at=AT)
    with pytest.raises(NotReady, match="was sent"):
        put_back_attachment(session, letter, by=amara, at=AT)


def test_a_draft_that_was_sent_takes_no_more(session, amara, draft, take_in):
    send_draft(session, draft.id, by=amara, at=AT)
    with pytest.raises(Changed, match="sent already"):
        attach_to_draft(session, draft.id, take_in(), by=amara, at=AT)


def test_only_so_many_files(session, amara, draft, take_in):
    kept = take_in()
    for _ in range(MOST_FILES):
        one = replace(kept, id=uuid4())
        attach_to_draft(session, draft.id, one, by=amara, at=AT)
    with pytest.raises(NotReady, match=f"{MOST_FILES} files already"):
        attach_to_draft(session, draft.id, take_in(), by=amara, at=AT)


def test_when_a_draft_is_removed_its_files_lose_their_rows(session, amara, draft, take_in):
    attach_to_draft(session, draft.id, take_in(), by=amara, at=AT)
    session.flush()
    assert remove_old_drafts(session, at=AT + timedelta(days=15)) == 1
    session.expire_all()
    assert session.scalars(select(Attachment)).all() == []


def test_what_was_sent_outlives_its_draft(session, amara, sent):
    remove_old_drafts(session, at=AT + timedelta(days=15))
    session.expire_all()
    assert names(files_of_contact(session, sent.reference, by=amara).files) == ["note.txt"]


def test_a_file_may_be_added_later_by_either_side_and_says_so(session, amara, beth, sent, take_in):
    later = AT + HOUR
    attach_to_contact(session, sent.contact, take_in("body map.txt"), by=amara, at=later)
    attach_to_contact(session, sent.contact, take_in("letter.txt"), by=beth, at=later + HOUR)
    whole = files_of_contact(session, sent.reference, by=beth)
    added = [(file.name, file.added_by, file.added_at > whole.sent_at) for file in whole.files]
    assert added == [
        ("note.txt", amara.name, False),
        ("body map.txt", amara.name, True),
        ("letter.txt", beth.name, True),
    ]


# ---------------------------------------------------------------- who may open it


def opened(session, file_id, by, *, must_be_clean=False):
    return open_attachment(session, file_id, must_be_clean=must_be_clean, by=by, at=AT)


def test_the_front_door_and_whoever_sent_it_open_it_and_each_time_is_noted(
    session, amara, beth, sent
):
    assert opened(session, sent.file, amara).name == "note.txt"
    assert opened(session, sent.file, beth).name == "note.txt"
    wanted = [AuditKind.ATTACHMENT_ADDED, *2 * [AuditKind.ATTACHMENT_OPENED]]
    assert deeds(session, sent.file) == wanted


def test_another_agency_an_administrator_and_a_guess_get_the_same_answer(session, dev, ada, sent):
    said = set()
    for by in (dev, ada):
        for file_id in (sent.file, uuid4()):
            with pytest.raises(NotFound) as refusal:
                opened(session, file_id, by)
            said.add(refusal.value.words)
    assert len(said) == 1
    assert AuditKind.ATTACHMENT_OPENED not in deeds(session, sent.file)


def test_the_front_door_does_not_open_what_is_still_a_draft(session, amara, beth, draft, take_in):
    row = attach_to_draft(session, draft.id, take_in(), by=amara, at=AT)
    with pytest.raises(NotFound):
        opened(session, row.id, beth)
    assert opened(session, row.id, amara)


def test_where_a_child_is_restricted_its_files_are_withheld(
    session, amara, beth, carol, dan, take_in
):
    receipt = stories.a_receipt(session, {}, {"given_names": "Kit"}, sent_by=amara)
    file = attach_to_contact(session, receipt.contact_id, take_in(), by=amara, at=AT).id
    mia = stories.children_of(session, receipt)[0]
    stories.know(session, mia, by=carol, at=AT)
    stories.restrict(session, mia, readers=[carol, dan], by=carol, at=AT)
    seen = files_of_contact(session, receipt.reference, by=beth)
    assert (seen.files, seen.withheld) == ((), PART_IS_RESTRICTED)
    with pytest.raises(NotFound):
        opened(session, file, beth)
    with pytest.raises(NotFound):
        attach_to_contact(session, receipt.contact_id, take_in(), by=beth, at=AT)
    assert opened(session, file, carol)
    assert opened(session, file, amara)


def test_an_infected_file_is_opened_by_nobody(session, amara, carol, sent):
    session.get_one(Attachment, sent.file).state = ScanState.INFECTED
    for by in (amara, carol):
        with pytest.raises(NotReady, match=INFECTED):
            opened(session, sent.file, by)


def test_where_there_is_a_scanner_an_unscanned_file_waits(session, carol, sent):
    with pytest.raises(NotReady, match=NO_SCANNER):
        opened(session, sent.file, carol, must_be_clean=True)
    session.get_one(Attachment, sent.file).state = ScanState.CLEAN
    assert opened(session, sent.file, carol, must_be_clean=True)


def test_a_deed_undone_leaves_no_row(database, amara, take_in):
    with database.work() as session:
        draft = start_draft(session, by=amara, at=AT)
        session.flush()
        save_draft(session, draft.id, stories.answers(), by=amara, at=AT)
    with database.work() as session:
        attach_to_draft(session, draft.id, take_in(), by=amara, at=AT)
        send_draft(session, draft.id, by=amara, at=AT)
        session.rollback()
    with database.look() as session:
        assert session.scalars(select(Contact)).all() == []
        assert session.scalars(select(Attachment)).all() == []


# ---------------------------------------------------------------- at the same moment


def test_many_at_once_never_pass_the_limit_and_none_is_left_on_a_sent_draft(
    database, amara, take_in
):
    with database.work() as session:
        draft = start_draft(session, by=amara, at=AT)
        session.flush()
        save_draft(session, draft.id, stories.answers(), by=amara, at=AT)
    kept = take_in()

    def attach(_number):
        one = replace(kept, id=uuid4())
        try:
            with database.work() as session:
                attach_to_draft(session, draft.id, one, by=amara, at=AT)
        except (NotReady, Changed) as refusal:
            return type(refusal)
        return None

    def send():
        with database.work() as session:
            send_draft(session, draft.id, by=amara, at=AT)

    with ThreadPoolExecutor(8) as people:
        said = list(people.map(attach, range(MOST_FILES - 2)))
        racing = [people.submit(attach, n) for n in range(6)]
        sending = people.submit(send)
        racing += [people.submit(attach, n) for n in range(4)]
        sending.result()
        said += [each.result() for each in racing]
    with database.look() as session:
        files = session.scalars(select(Attachment)).all()
    assert len(files) == said.count(None) <= MOST_FILES
    assert all(file.draft_id is None and file.contact_id for file in files)


def test_a_file_that_was_taken_off_a_draft_is_opened_no_more(session, amara, draft, take_in):
    file = attach_to_draft(session, draft.id, take_in("note.txt"), by=amara, at=AT).id
    remove_attachment(session, file, by=amara, at=AT)
    with pytest.raises(NotFound):
        open_attachment(session, file, must_be_clean=False, by=amara, at=AT)
    put_back_attachment(session, file, by=amara, at=AT)
    open_attachment(session, file, must_be_clean=False, by=amara, at=AT)
