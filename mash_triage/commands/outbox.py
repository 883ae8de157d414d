"""`mash-triage outbox`: how messages out stand, sending them now, and trying stuck ones again."""

from typing import Any

import click

from mash_triage.clocks.now import now
from mash_triage.commands.place import database_option, ready_database

FAILED, SOME_REFUSED = 1, 3


@click.group()
def outbox() -> None:
    """Messages out: mail, and notices to agencies' systems."""


@outbox.command(epilog="Example: mash-triage outbox deliver")
@database_option
@click.pass_context
def deliver(context: click.Context) -> None:
    """Send what is due now, as the running service does every few seconds; exit 3 when some of it
    could not be sent.
    """
    from mash_triage.outbox.carriers import mail_carrier, notice_carrier
    from mash_triage.outbox.delivery import deliver_mail, deliver_notices
    from mash_triage.outbox.rules import State
    from mash_triage.settings import settings

    database, failed = ready_database(at=now()), 0
    if mail := mail_carrier(settings()):
        ended = deliver_mail(database, mail, now=now)
        failed += _say("Mail", ended) - ended[State.SENT]
    else:
        click.echo("Mail is off.")
    if notices := notice_carrier(settings()):
        ended = deliver_notices(database, notices, now=now)
        failed += _say("Notices", ended) - ended[State.SENT]
    if failed:
        context.exit(SOME_REFUSED)


@outbox.command(epilog="Example: mash-triage outbox status || alert-somebody")
@database_option
@click.pass_context
def status(context: click.Context) -> None:
    """Say how the outbox stands; exit 1 when a message is stuck, has waited for more than an hour,
    or the settings do not fit.
    """
    from mash_triage.access.actor import Actor
    from mash_triage.outbox.queries import outbox as picture_of_outbox
    from mash_triage.outbox.rules import faults_in
    from mash_triage.settings import settings

    at, chosen = now(), settings()
    with ready_database(at=at).look() as session:
        picture = picture_of_outbox(session, by=Actor.job("outbox status"), at=at)
    faults = faults_in(chosen)
    click.echo(f"Mail by: {chosen.mail_by}. Webhooks: {'on' if chosen.webhook_key else 'off'}.")
    click.echo(f"Waiting: {picture.waiting}. Stuck: {picture.stuck}.")
    for fault in faults:
        click.echo(fault, err=True)
    for each in picture.shown:
        click.echo(f"{each.id}\t{each.kind}\t{each.attempts} tries\t{each.why}")
    if picture.is_late:
        click.echo("Something has waited for more than an hour.", err=True)
    if picture.stuck or picture.is_late or faults:
        context.exit(FAILED)


@outbox.command(epilog="Example: mash-triage outbox retry")
@database_option
def retry() -> None:
    """Try every stuck message again from the beginning."""
    from mash_triage.access.actor import Actor
    from mash_triage.outbox.actions import try_again
    from mash_triage.outbox.queries import stuck_ids

    by, at = Actor.job("outbox retry"), now()
    with ready_database(at=at).work() as session:
        ids = stuck_ids(session, by=by)
        for message_id in ids:
            try_again(session, message_id, by=by, at=at)
    click.echo(f"{len(ids)} messages are tried again.")


def _say(what: str, ended: dict[Any, int]) -> int:
    words = ", ".join(f"{count} {state}" for state, count in ended.items() if count)
    click.echo(f"{what}: {words or 'nothing was due'}.")
    return sum(ended.values())
