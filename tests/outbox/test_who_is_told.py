"""From a deed to a mailbox: receipt, outcome, drafts that lie; and who is never written to."""

from datetime import timedelta

from sqlalchemy import select

from mash_triage.contacts.actions import send_draft
from mash_triage.contacts.drafts import discard_draft, save_draft, start_draft
from mash_triage.contacts.models import Contact
from mash_triage.contacts.reference import show_reference
from mash_triage.contacts.reminders import remind_of_drafts
from mash_triage.decisions.actions import record_decision
from mash_triage.outbox.actions import remove_old_messages
from mash_triage.outbox.kinds import Kind, render
from mash_triage.outbox.models import OutboxMessage
from mash_triage.outbox.rules import KEPT
from tests import stories
from tests.cast import AMARA, BETH, CAROL, MONDAY_NINE, email_of
from tests.outbox.test_delivery import deliver

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def posted(session) -> list[str]:
    session.flush()
    return sorted(session.scalars(select(OutboxMessage.kind)))


def test_amara_hears_of_the_receipt_and_of_the_outcome_and_no_mail_says_about_whom(
    database, office
):
    with database.work() as session:
        child = stories.a_child_awaiting_decision(session, sent_by=AMARA, screened_by=BETH)
        at = MONDAY_NINE + 3 * HOUR
        record_decision(session, child.id, stories.a_decision(), by=CAROL, at=at)
        contact = session.get_one(Contact, child.contact_id)
    deliver(database, at)
    assert [mail["To"] for mail in office.mails] == [email_of(AMARA)] * 2
    spaced = show_reference(contact.reference)
    address = "https://mash.rivermead.example/my_contacts"
    told = {"reference": spaced, "address": address, "service": "MASH triage"}
    as_fixed = sorted(render(kind, **told) for kind in (Kind.CONTACT_RECEIVED, Kind.OUTCOME_READY))
    assert sorted((mail["Subject"], plain(mail)) for mail in office.mails) == as_fixed
    everything = "".join(mail.as_string() for mail in office.mails)
    assert not [words for words in ("Mia", "Thornbury", "Mill", "hungry") if words in everything]


def plain(mail) -> str:
    """The body as it was written, whatever the line broke on its way."""
    return mail.get_content().replace("\r\n", "\n")


def test_whoever_called_is_not_written_to_for_her_mail_may_be_read_at_home(session, messages_out):
    told = {"channel": "telephone", "received_at": MONDAY_NINE}
    stories.a_child(session, {}, sent_by=BETH, **told)
    assert posted(session) == []


def lying(session, by=AMARA):
    draft = start_draft(session, by=by, at=MONDAY_NINE)
    session.flush()
    save_draft(session, draft.id, stories.answers(), by=by, at=MONDAY_NINE)
    return draft


def test_a_draft_that_lies_is_called_to_mind_after_two_and_seven_days(session, messages_out):
    lying(session)
    two, seven = ["draft_lying_2"], ["draft_lying_2", "draft_lying_7"]
    for after, so_far in ((47 * HOUR, []), (2 * DAY, two), (3 * DAY, two), (7 * DAY, seven),
                          (13 * DAY, seven)):  # fmt: skip
        remind_of_drafts(session, at=MONDAY_NINE + after)
        assert posted(session) == so_far, after


def test_a_word_added_begins_the_days_anew(session, messages_out):
    draft = lying(session)
    remind_of_drafts(session, at=MONDAY_NINE + 2 * DAY)
    save_draft(session, draft.id, {"step": "x"}, by=AMARA, at=MONDAY_NINE + 3 * DAY)
    remind_of_drafts(session, at=MONDAY_NINE + 4 * DAY)
    assert posted(session) == ["draft_lying_2"]
    remind_of_drafts(session, at=MONDAY_NINE + 5 * DAY)
    assert posted(session) == ["draft_lying_2"] * 2


def test_what_was_sent_or_put_away_is_not_called_to_mind(session, messages_out):
    sent, away = lying(session), lying(session)
    send_draft(session, sent.id, by=AMARA, at=MONDAY_NINE + HOUR)
    discard_draft(session, away.id, by=AMARA, at=MONDAY_NINE + HOUR)
    remind_of_drafts(session, at=MONDAY_NINE + 3 * DAY)
    assert posted(session) == ["contact_received"]


def test_with_mail_off_none_of_it_is_written(session):
    stories.a_child(session, {}, sent_by=AMARA)
    lying(session)
    assert remind_of_drafts(session, at=MONDAY_NINE + 3 * DAY) == 0
    assert posted(session) == []


def test_who_was_written_to_is_forgotten_after_14_days_and_what_is_stuck_is_not(database, office):
    with database.work() as session:
        stories.a_child(session, {}, sent_by=AMARA)
    office.answers = {email_of(BETH): "550 no such person"}
    with database.work() as session:
        lying(session, BETH)
        remind_of_drafts(session, at=MONDAY_NINE + 2 * DAY)
    deliver(database, MONDAY_NINE + 2 * DAY)
    with database.work() as session:
        assert remove_old_messages(session, at=MONDAY_NINE + 2 * DAY + KEPT - HOUR) == 0
        assert remove_old_messages(session, at=MONDAY_NINE + 2 * DAY + KEPT) == 1
        assert posted(session) == ["draft_lying_2"]
