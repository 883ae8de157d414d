"""`mash-triage`: the commands for operators; each says what went wrong in one plain sentence."""

import sys
from typing import NoReturn

import click

from mash_triage.commands.api_keys import api_keys
from mash_triage.commands.attachments import attachments
from mash_triage.commands.chat import chat
from mash_triage.commands.clock import clock
from mash_triage.commands.clocks import clocks
from mash_triage.commands.database import db
from mash_triage.commands.levels import levels
from mash_triage.commands.matching import COMMANDS
from mash_triage.commands.outbox import outbox
from mash_triage.commands.people import people
from mash_triage.commands.place import database_option
from mash_triage.commands.serving import demo, serve
from mash_triage.commands.trail import audit
from mash_triage.commands.users import users
from mash_triage.errors import Refused

DONE, FAILED, WRONG_USE = 0, 1, 2


@click.group(
    epilog="Example: mash-triage demo. Exit codes: 0 done, 1 failed, 2 wrong use, 3 done but some "
    "rows were refused."
)
@database_option
def cli() -> None:
    """The front door of children's services: serve it, and look after its database."""


for command in (
    demo,
    serve,
    db,
    people,
    chat,
    clock,
    clocks,
    levels,
    audit,
    users,
    outbox,
    api_keys,
    attachments,
):
    cli.add_command(command)
for command in COMMANDS:
    people.add_command(command)


def main() -> NoReturn:
    """Run one command and leave with its exit code; never with a traceback."""
    try:
        code = cli.main(standalone_mode=False)
    except click.UsageError as wrong:
        _leave(wrong.format_message(), WRONG_USE)
    except (click.Abort, KeyboardInterrupt):
        _leave("Stopped.", FAILED)
    except Exception as fault:
        _leave(in_words(fault), FAILED)
    sys.exit(code if isinstance(code, int) else DONE)


def in_words(fault: Exception) -> str:
    """One plain sentence for what stopped a command, without anything that a person typed."""
    from mash_triage.clocks.working_days import HolidayFault
    from mash_triage.db.faults import plain_fault
    from mash_triage.thresholds.levels import EditionFault

    if isinstance(fault, Refused | EditionFault | HolidayFault):
        return str(fault)
    if words := plain_fault(fault):
        return words
    if isinstance(fault, OSError) and fault.strerror and fault.filename:
        return f"{fault.filename}: {fault.strerror}."
    return f"The command failed by a fault of the service ({type(fault).__name__})."


def _leave(words: str, code: int) -> NoReturn:
    click.echo(words, err=True)
    sys.exit(code)
