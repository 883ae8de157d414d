"""`mash-triage db`: bring the database up to date, test it, back it up, restore it."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mash_triage.clocks.now import now
from mash_triage.commands.place import bring_up_to_date, database_option, open_database

if TYPE_CHECKING:
    from mash_triage.db.engine import Database


@click.group()
def db() -> None:
    """The database: bring it up to date, test it, back it up, restore it."""


@db.command(epilog="Example: mash-triage db upgrade --database-url sqlite:///var/mash.sqlite")
@database_option
def upgrade() -> None:
    """Make every migration that is missing, and load the levels of need."""
    bring_up_to_date(open_database(), at=now(), progress=click.echo)
    click.echo("The database is up to date.")


@db.command(epilog="Example: mash-triage db check")
@database_option
@click.pass_context
def check(context: click.Context) -> None:
    """Read back every setting, the schema and the trail; exit 1 when one of them is not right."""
    from mash_triage.self_test import check as findings_of

    findings = findings_of(open_database())
    for finding in findings:
        click.echo(f"{'good ' if finding.good else 'WRONG'}  {finding.words}")
    if not all(finding.good for finding in findings):
        click.echo("The database is not right: see the lines marked WRONG.", err=True)
        context.exit(1)


@db.command(epilog="Example: mash-triage db backup /safe/place/mash-monday.backup")
@click.argument("file", type=click.Path(path_type=Path))
@database_option
def backup(file: Path) -> None:
    """Write a verified backup to a new FILE; keep the key somewhere else."""
    from mash_triage.access.actor import Actor
    from mash_triage.audit import trail
    from mash_triage.audit.events import AuditKind
    from mash_triage.db.backup import backup as write_backup
    from mash_triage.db.schema import make_ready

    database = open_database()
    make_ready(database)
    made = write_backup(database, file, check_trail)
    with database.work() as session:
        trail.record(
            session, AuditKind.BACKUP_MADE, about=None, by=Actor.job("db backup"), at=now()
        )
    click.echo(f"Backed up and verified: {_counted(made.rows)}{made.file}")


@db.command(epilog="Example: mash-triage db restore /safe/place/mash-monday.backup")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@database_option
def restore(file: Path) -> None:
    """Put a backup into a new, empty database; a damaged or foreign FILE is refused."""
    from mash_triage.db.backup import restore as read_backup

    made = read_backup(open_database(), file, check_trail)
    click.echo(f"Restored and verified: {_counted(made.rows)}{made.file}")


def check_trail(database: "Database") -> None:
    """Refuse a database whose trail is broken."""
    from mash_triage.audit import trail
    from mash_triage.errors import NotReady

    with database.look() as session:
        verdict = trail.verify(session)
    if verdict.first_bad is not None:
        raise NotReady(f"The trail is broken. {verdict.words}")


def _counted(rows: dict[str, int]) -> str:
    return f"{sum(rows.values()):,} rows in {len(rows)} tables, " if rows else ""
