"""Who looks after the outbox: the commands, the figures, and the work beside the pages."""

from threading import Event

import pytest
from click.testing import CliRunner
from prometheus_client import generate_latest
from sqlalchemy import select, update

from mash_triage.access import queries
from mash_triage.access.models import UserAccount
from mash_triage.cli import cli
from mash_triage.clocks.now import now
from mash_triage.outbox.models import OutboxMessage
from mash_triage.outbox.rules import State
from mash_triage.settings import settings
from mash_triage.web import health
from mash_triage.web import messages_out as beside
from mash_triage.web.place import database as place
from tests.cast import AMARA, email_of
from tests.outbox.test_delivery import post_one, token_in


@pytest.fixture
def here(database, messages_out):
    """The settings name this database; gives the function that says more."""
    told = {"database_url": database.url.render_as_string(hide_password=False)}
    messages_out(**told, database_key=database.key or "0" * 64, smtp_security="none")
    yield messages_out
    place().close()


def run(*words):
    return CliRunner().invoke(cli, ["outbox", *words])


def states(database) -> set[str]:
    with database.look() as session:
        return set(session.scalars(select(OutboxMessage.state)))


def test_status_alarms_when_something_is_stuck_and_retry_sends_it(here, database, office):
    post_one(database)
    office.answers = {email_of(AMARA): "550 no such person"}
    assert run("deliver").exit_code == 3
    stuck = run("status")
    assert stuck.exit_code == 1
    assert "Stuck: 1." in stuck.output
    assert email_of(AMARA) not in stuck.output
    office.answers = {}
    assert run("retry").output == "1 messages are tried again.\n"
    assert run("deliver").output == "Mail: 1 sent.\nNotices: nothing was due.\n"
    fine = run("status")
    assert (fine.exit_code, "Stuck: 0." in fine.output) == (0, True)


def test_status_alarms_when_nobody_delivers_and_when_settings_do_not_fit(here, database):
    post_one(database)  # on a Monday long ago
    late = run("status")
    assert (late.exit_code, "more than an hour" in late.output) == (1, True)
    here(mail_from="")
    assert "MASH_MAIL_FROM is missing." in run("status").output


def test_a_link_by_mail_is_not_printed(here, database, office):
    told = CliRunner().invoke(cli, ["users", "link", email_of(AMARA), "--mail"])
    assert told.exit_code == 0
    assert "/set-password/" not in told.output
    run("deliver")
    with database.look() as session:
        link = queries.link_to_use(session, token_in(office.mails[0]), at=now())
        assert link.user_id == AMARA.user_id


def test_without_mail_a_link_by_mail_is_refused_and_nobody_is_added(here, database):
    here(mail_by="off")
    words = ["users", "add", "new@x.example", "--name", "N", "--role", "analyst", "--agency", "A"]
    refused = CliRunner().invoke(cli, [*words, "--mail"])
    assert "Mail is not set up" in str(refused.exception)
    with database.look() as session:
        emails = select(UserAccount.email).where(UserAccount.email == "new@x.example")
        assert session.scalar(emails) is None


def test_the_alarm_for_monitoring_is_an_age_and_no_count(here, database):
    line = "mash_oldest_unsent_message_seconds"
    assert f"{line} 0.0" in generate_latest(health.SHOWN).decode()
    post_one(database)
    (told,) = [
        each
        for each in generate_latest(health.SHOWN).decode().splitlines()
        if each.startswith(line)
    ]
    assert float(told.split()[1]) > 3_600


def test_beside_the_pages_mail_leaves_by_itself_and_a_fault_ends_nothing(here, database, office):
    here(delivery_every_seconds=1)
    failed, faults = Event(), []

    def tell(fault):
        faults.append(fault)
        failed.set()

    with database.work() as session:
        session.execute(update(OutboxMessage).values(state=State.SENT))
    here(mail_from="nobody")  # mail is not as it must be: the first turns fail
    over = beside.run_beside(tell)
    try:
        assert failed.wait(20)
        here(mail_from="no-reply@rivermead.example")
        post_one(database)
        for _turn in range(200):
            if states(database) == {State.SENT}:
                break
            Event().wait(0.1)
    finally:
        over.set()
    assert states(database) == {State.SENT}
    assert "MASH_MAIL_FROM" in str(faults[0])
    assert settings().mail_by == "smtp"
