"""`mash-triage clocks`: raising what is due, and counting open due times anew."""

import click

from mash_triage.clocks.now import now
from mash_triage.commands.place import database_option, ready_database

TURNS = 10
HELD = 3


@click.group()
def clocks() -> None:
    """The clocks and promises that run."""


@clocks.command("raise", epilog="Example: mash-triage clocks raise")
@database_option
def raise_them() -> None:
    """Raise the warnings and breaches that have come, as the running service does by itself; each
    is raised once, however often and in how many places this runs.
    """
    from mash_triage.promises.actions import raise_due

    at = now()
    with ready_database(at=at).work() as session:
        raised = raise_due(session, at=at)
    click.echo(
        f"Warnings: {raised.warnings}. Past their time: {raised.breaches}. "
        f"People written to: {raised.told}."
    )


@clocks.command(epilog="Example: mash-triage clocks recount")
@database_option
@click.pass_context
def recount(context: click.Context) -> None:
    """Count open due times anew after the bank holidays or local closure days changed; exit 3 when
    some could not be moved because somebody was at work on them: then do it again.
    """
    from mash_triage.access.actor import Actor
    from mash_triage.clocks.working_days import BankHolidays
    from mash_triage.promises.actions import recount as count_anew
    from mash_triage.settings import settings

    by, at, moved, held = Actor.job("clocks recount"), now(), 0, 0
    database = ready_database(at=at)
    holidays = BankHolidays.from_file(settings().bank_holidays_file)
    for _turn in range(TURNS):
        with database.work() as session:
            counted = count_anew(session, holidays, by=by, at=at)
        moved, held = moved + counted.moved, counted.held
        if not held:
            break
    click.echo(f"{moved} due times have moved.")
    if held:
        click.echo(f"{held} are in use just now. Do it again.", err=True)
        context.exit(HELD)
