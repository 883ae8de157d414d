"""`mash-triage attachments`: are all files there and readable; scan them; sweep what is left."""

import click

from mash_triage.clocks.now import now
from mash_triage.commands.place import database_option, ready_database


@click.group()
def attachments() -> None:
    """Files attached to contacts: check them, scan them, sweep what belongs to nothing."""


@attachments.command(epilog="Example: mash-triage attachments check")
@database_option
@click.pass_context
def check(context: click.Context) -> None:
    """Decipher every file and compare it with its row; exit 1 when one is missing or damaged."""
    from mash_triage.attachments.soundness import examine_files
    from mash_triage.attachments.vault import vault

    with ready_database(at=now()).look() as session:
        found = examine_files(session, vault())
    for kind, ids in (("missing", found.missing), ("damaged", found.damaged)):
        for file_id in ids:
            click.echo(f"{kind} {file_id}", err=True)
    click.echo(found.words)
    if not found.good:
        context.exit(1)


@attachments.command(epilog="Example: mash-triage attachments sweep")
@database_option
def sweep() -> None:
    """Remove files that belong to no row and are a day old."""
    from mash_triage.access.actor import Actor
    from mash_triage.attachments.actions import sweep_files
    from mash_triage.attachments.vault import vault

    at = now()
    with ready_database(at=at).work() as session:
        files = sweep_files(session, vault(), by=Actor.job("attachments sweep"), at=at)
    click.echo(f"Swept: {files} files that belonged to nothing.")


@attachments.command(epilog="Example: mash-triage attachments scan")
@database_option
@click.pass_context
def scan(context: click.Context) -> None:
    """Have ClamAV look at every file that it has not seen yet; exit 1 if some are left."""
    from mash_triage.access.actor import Actor
    from mash_triage.attachments.actions import record_scan
    from mash_triage.attachments.models import ScanState
    from mash_triage.attachments.queries import files_to_scan
    from mash_triage.attachments.receiving import scanned
    from mash_triage.attachments.scanner import scanner_at
    from mash_triage.attachments.vault import vault
    from mash_triage.settings import settings

    scanner = scanner_at(settings().clamav)
    if scanner is None:
        raise click.UsageError("Say where ClamAV is: MASH_CLAMAV=unix:/run/clamav/clamd.ctl")
    vault_here, by, at = vault(), Actor.job("attachments scan"), now()
    database, left = ready_database(at=at), 0
    with database.look() as session:
        waiting = files_to_scan(session)
    for file_id in waiting:
        state = scanned(scanner, b"".join(vault_here.read(file_id)))
        with database.work() as session:
            record_scan(session, file_id, state, by=by, at=at)
        left += state is ScanState.NOT_SCANNED
    click.echo(f"Scanned {len(waiting) - left} files; {left} are left.")
    if left:
        context.exit(1)
