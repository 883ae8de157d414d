"""`mash-triage people`: the authority's register of children."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mash_triage.clocks.now import now
from mash_triage.commands.place import database_option, ready_database

if TYPE_CHECKING:
    from mash_triage.matching.register_import import ImportResult

SOME_REFUSED = 3


@click.group()
def people() -> None:
    """The authority's register of children."""


@people.command("import", epilog="Example: mash-triage people import register.csv")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@database_option
@click.pass_context
def import_(context: click.Context, file: Path) -> None:
    """Load or refresh the register from FILE; the same file twice changes nothing.

    Exit 3 when some rows were refused: they are in FILE.rejected.csv with line and reason.
    """
    from mash_triage.access.actor import Actor
    from mash_triage.commands.progress import counting
    from mash_triage.matching.register_import import import_register

    at = now()
    by = Actor.job("people import")
    with (
        ready_database(at=at).work() as session,
        counting("Reading the register") as progress,
    ):
        result = import_register(session, file, by=by, at=at, progress=progress)
    click.echo(_in_words(result))
    if result.refused:
        context.exit(SOME_REFUSED)


def _in_words(result: "ImportResult") -> str:
    counts = f"{result.added:,} added, {result.changed:,} changed, {result.same:,} as before"
    if not result.refused:
        return f"{counts}."
    return f"{counts}, {result.refused:,} refused: see {result.rejected_file}"
