"""`mash-triage people`: the authority's register of children."""

import json
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
    from mash_triage.db.many import look_over
    from mash_triage.matching.filing import FILED_IN
    from mash_triage.matching.register_import import import_register

    at = now()
    by, database = Actor.job("people import"), ready_database(at=at)
    with database.work() as session, counting("Reading the register") as progress:
        result = import_register(session, file, by=by, at=at, progress=progress)
    look_over(database, *FILED_IN)
    click.echo(_in_words(result))
    if result.refused:
        context.exit(SOME_REFUSED)


@people.command("match", epilog="Example: mash-triage people match queries.csv --out answers.csv")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where the candidates are written; for your eyes only.",
)
@database_option
@click.pass_context
def match(context: click.Context, file: Path, out: Path) -> None:
    """Look for each reported child of FILE: up to ten candidates, best first. Nothing is linked.

    A child of whom too little is said gets none. Restricted records are left out. Exit 3 when
    some rows were refused: they are in FILE.rejected.csv with line and reason.
    """
    from mash_triage.access.actor import Actor
    from mash_triage.access.roles import Role
    from mash_triage.clocks.working_days import london_day
    from mash_triage.commands.progress import counting
    from mash_triage.matching import asked_file
    from mash_triage.matching.actions import note_file_searched
    from mash_triage.matching.answer_file import answer_file, kept_when_done
    from mash_triage.people.register_file import write_rejected

    if out.resolve() == file.resolve():
        raise click.UsageError("The answers would be written over the queries: name another file.")
    at = now()
    # A named role and not a job of the service: no restricted record is open to it.
    by = Actor("people match", role=Role.SOCIAL_WORKER)
    database = ready_database(at=at)
    with kept_when_done(out) as answers:
        with database.look() as session, counting("Looking for children") as progress:
            answered = answer_file(
                session, file, answers, today=london_day(at), by=by, progress=progress
            )
        with database.work() as session:
            note_file_searched(session, answered, by=by, at=at)
    if write_rejected(file, answered.refused, asked_file.COLUMNS):
        click.echo(f"{len(answered.refused):,} rows refused, with line and reason.", err=True)
    click.echo(_times(answered.seconds))
    if answered.refused:
        context.exit(SOME_REFUSED)


def _times(seconds: list[float]) -> str:
    """How many were looked for, and the median and 95th percentile of a search in milliseconds."""
    ordered = sorted(seconds)

    def percentile(part: float) -> float:
        return round(ordered[round(part * (len(ordered) - 1))] * 1000, 3) if ordered else 0.0

    return json.dumps(
        {"queries": len(ordered), "p50_ms": percentile(0.5), "p95_ms": percentile(0.95)}
    )


def _in_words(result: "ImportResult") -> str:
    counts = f"{result.added:,} added, {result.changed:,} changed, {result.same:,} as before"
    if not result.refused:
        return f"{counts}."
    return f"{counts}, {result.refused:,} refused: see {result.rejected_file}"
