"""Delivery to a real mail server: in time, once, or shown as stuck; nothing is lost on the way."""

import os
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from mash_triage.access import actions, queries
from mash_triage.access.models import OneTimeLink, UserAccount
from mash_triage.errors import NotFound
from mash_triage.outbox.actions import drop, mail_account_link, post, try_again
from mash_triage.outbox.carriers import mail_carrier
from mash_triage.outbox.delivery import deliver_mail
from mash_triage.outbox.kinds import Kind
from mash_triage.outbox.models import OutboxMessage
from mash_triage.outbox.rules import (
    LEASE,
    LONGEST_WAIT,
    MOST_ATTEMPTS,
    Fault,
    NotDelivered,
    State,
)
from mash_triage.settings import settings
from tests.cast import ADA, AMARA, BETH, DEV, MONDAY_NINE, email_of
from tests.outbox.post_offices import post_office

HOUR = timedelta(hours=1)
REFERENCE = "K7PX4MQR2T"
MANY = 1_000 if os.environ.get("MASH_SOAK") else 200


def deliver(database, at=MONDAY_NINE, carrier=None) -> Counter:
    return deliver_mail(database, carrier or mail_carrier(settings()), now=lambda: at)


def post_one(database, to=AMARA, kind=Kind.OUTCOME_READY, **more):
    told = {"link": "/my_contacts", "reference": REFERENCE, **more}
    with database.work() as session:
        return post(session, kind, to_user=to.user_id, **told, by=BETH, at=MONDAY_NINE)


def the(database, message_id) -> OutboxMessage:
    with database.look() as session:
        return session.get_one(OutboxMessage, message_id)


def test_amara_reads_that_there_is_news_and_nothing_more(database, office):
    message_id = post_one(database)
    assert deliver(database) == {State.SENT: 1}
    (mail,) = office.mails
    assert mail["To"] == email_of(AMARA)
    assert mail["From"] == "no-reply@rivermead.example"
    assert mail["Subject"] == "There is news about K7PX 4MQR 2T"
    assert mail["Message-ID"] == f"<{message_id}@mash.rivermead.example>"
    assert (mail["Auto-Submitted"], mail["Content-Language"]) == ("auto-generated", "en-GB")
    assert "https://mash.rivermead.example/my_contacts" in mail.get_content()
    assert not deliver(database), "once is enough"
    assert the(database, message_id).ended_at == MONDAY_NINE


def test_a_server_that_is_down_is_tried_again_later_and_asked_once_a_round(database, messages_out):
    first, second = post_one(database), post_one(database)
    with post_office() as office:
        messages_out(smtp_port=office.port, smtp_security="none")
    assert deliver(database) == {State.WAITING: 1}
    tried = {the(database, each).attempts for each in (first, second)}
    assert tried == {0, 1}
    with post_office(office.port) as office:
        assert deliver(database, MONDAY_NINE + HOUR) == {State.SENT: 2}
    assert len(office.mails) == 2


def test_please_later_means_later_and_no_means_no(database, office):
    office.answers = {email_of(AMARA): "451 busy", email_of(DEV): "550 no such person"}
    later, never, fine = (post_one(database, to) for to in (AMARA, DEV, BETH))
    assert deliver(database) == {State.WAITING: 1, State.STUCK: 1, State.SENT: 1}
    faults = [the(database, each).last_fault for each in (later, never, fine)]
    assert faults == ["later", "refused", None]
    office.answers = {}
    assert deliver(database, MONDAY_NINE + HOUR) == {State.SENT: 1}


def test_it_is_given_up_after_twelve_tries_over_a_day_and_never_silently(database, office):
    office.answer_to_all = "451 never today"
    message_id, at = post_one(database), MONDAY_NINE
    for _try in range(MOST_ATTEMPTS):
        assert the(database, message_id).state == State.WAITING
        at = the(database, message_id).next_at
        assert deliver(database, at).total() == 1
    assert the(database, message_id).state == State.STUCK
    assert timedelta(hours=12) < at - MONDAY_NINE < timedelta(hours=30)
    assert not deliver(database, at + 10 * LONGEST_WAIT), "nobody tries on for ever"

    office.answer_to_all = ""
    with database.work() as session:
        try_again(session, message_id, by=ADA, at=at)
    assert deliver(database, at) == {State.SENT: 1}
    with pytest.raises(NotFound), database.work() as session:
        drop(session, message_id, by=ADA, at=at)


class Killed(BaseException):
    """The process is gone."""


class DiesAfterSending:
    """Sends for real, and the process is gone before it is written down."""

    def __init__(self, carrier):
        self.carrier = carrier

    def send(self, letter, *, at):
        self.carrier.send(letter, at=at)
        raise Killed

    def close(self):
        self.carrier.close()


def test_killed_between_sending_and_writing_down_it_is_sent_again_under_the_same_name(
    database, office
):
    post_one(database)
    with pytest.raises(Killed):
        deliver(database, carrier=DiesAfterSending(mail_carrier(settings())))
    assert not deliver(database, MONDAY_NINE + LEASE / 2), "the lease still holds"
    assert deliver(database, MONDAY_NINE + LEASE) == {State.SENT: 1}
    first, again = office.mails
    assert first["Message-ID"] == again["Message-ID"], "a server can drop the repeat"


class SoSlowThatAnotherTookOver:
    """Sends when its lease has long run out and somebody else has sent the same mail."""

    def __init__(self, database):
        self.database, self.carrier = database, mail_carrier(settings())

    def send(self, letter, *, at):
        assert deliver(self.database, MONDAY_NINE + LEASE) == {State.SENT: 1}
        raise NotDelivered(Fault.SLOW)

    def close(self):
        self.carrier.close()


def test_a_deliverer_whose_lease_ran_out_writes_nothing_over_what_another_did(database, office):
    message_id = post_one(database)
    deliver(database, carrier=SoSlowThatAnotherTookOver(database))
    assert the(database, message_id).state == State.SENT
    assert len(office.mails) == 1


def test_two_deliverers_at_once_send_each_mail_once(database, office):
    with database.work() as session:
        for _number in range(MANY):
            post(session, Kind.NEWS, to_user=AMARA.user_id, by=BETH, at=MONDAY_NINE)
    with ThreadPoolExecutor(2) as both:
        ended = sum(both.map(lambda _: deliver_all(database), range(2)), Counter())
    ended += deliver_all(database, at=MONDAY_NINE + LONGEST_WAIT)  # what a slow office turned away
    assert ended[State.SENT] == MANY
    names = Counter(mail["Message-ID"] for mail in office.mails)
    assert len(names) == MANY
    assert set(names.values()) == {1}


def deliver_all(database, at=MONDAY_NINE) -> Counter:
    ended = Counter()
    while round_ := deliver(database, at):
        ended += round_
    return ended


def test_who_left_is_not_written_to(database, office):
    post_one(database, DEV)
    with database.work() as session:
        session.execute(
            update(UserAccount)
            .where(UserAccount.id == DEV.user_id)
            .values(deactivated_by="Ada", deactivated_at=MONDAY_NINE)
        )
    assert deliver(database) == {State.DROPPED: 1}
    assert not office.mails


def test_an_account_whose_address_hides_another_is_not_written_to(database, office):
    message_id = post_one(database, DEV)
    with database.work() as session:
        hostile = {"email": "dev@rivermead.example,eve@evil.example"}
        session.execute(update(UserAccount).where(UserAccount.id == DEV.user_id).values(hostile))
    assert deliver(database) == {State.STUCK: 1}
    assert the(database, message_id).last_fault == "address"
    assert not office.mails


# ---------------------------------------------------------------- one-time links


def links(database) -> int:
    with database.look() as session:
        return session.scalar(select(func.count()).select_from(OneTimeLink))


def ask_for_link(database, at=MONDAY_NINE):
    with database.work() as session:
        return mail_account_link(session, AMARA.user_id, by=ADA, at=at)


def token_in(mail) -> str:
    return mail.get_content().partition("/set-password/")[2].split()[0]


def test_the_secret_of_a_link_is_made_when_it_is_sent_and_lies_nowhere(database, office):
    message_id = ask_for_link(database)
    assert links(database) == 0
    sent_at = MONDAY_NINE + 3 * HOUR
    assert deliver(database, sent_at) == {State.SENT: 1}
    token = token_in(office.mails[0])
    with database.look() as session:
        link = queries.link_to_use(session, token, at=sent_at + timedelta(hours=47))
        assert link.user_id == AMARA.user_id
        row = session.get_one(OutboxMessage, message_id)
        assert token not in str([getattr(row, each.key) for each in row.__table__.columns])


def test_a_link_sent_twice_has_two_names_and_the_newer_one_works(database, office):
    ask_for_link(database)
    with pytest.raises(Killed):
        deliver(database, carrier=DiesAfterSending(mail_carrier(settings())))
    assert deliver(database, MONDAY_NINE + LEASE) == {State.SENT: 1}
    first, again = office.mails
    assert first["Message-ID"] != again["Message-ID"], "the newer one must not be dropped"
    with database.look() as session:
        assert queries.link_to_use(session, token_in(again), at=MONDAY_NINE + LEASE)


def test_a_link_given_by_hand_since_is_not_withdrawn_by_a_late_mail(database, office):
    ask_for_link(database)
    with database.work() as session:
        token = actions.issue_link(session, AMARA.user_id, by=ADA, at=MONDAY_NINE + HOUR)
    assert deliver(database, MONDAY_NINE + 2 * HOUR) == {State.DROPPED: 1}
    with database.look() as session:
        assert queries.link_to_use(session, token, at=MONDAY_NINE + 2 * HOUR)
