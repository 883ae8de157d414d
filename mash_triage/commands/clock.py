"""`mash-triage clock`: when a contact received at a given time is due."""

import json
from datetime import UTC, datetime

import click

from mash_triage.commands.edition import edition_file


@click.group()
def clock() -> None:
    """The decision clocks."""


@clock.command(epilog="Example: mash-triage clock due --received 2026-03-27T16:30Z")
@click.option("--received", required=True, metavar="TIME", help="When it was received, with zone.")
@click.option("--edition", default="default", show_default=True, help="An edition's id or path.")
def due(received: str, edition: str) -> None:
    """Both due times as JSON. Needs no database."""
    from mash_triage.clocks.rules import due_times
    from mash_triage.clocks.working_days import BankHolidays
    from mash_triage.settings import settings
    from mash_triage.thresholds.levels import read_edition

    holidays = BankHolidays.from_file(settings().bank_holidays_file)
    times = read_edition(edition_file(edition)).clocks
    try:
        clocks = due_times(_moment(received), times, holidays)
    except OverflowError:
        raise click.UsageError("--received is too far away to count from.") from None
    click.echo(json.dumps({str(each.kind): _in_utc(each.due_at) for each in clocks}))


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise click.UsageError("--received must be a time such as 2026-03-27T16:30Z.") from None
    if moment.tzinfo is None:
        raise click.UsageError("--received needs its zone, such as Z or +01:00.")
    return moment


def _in_utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
