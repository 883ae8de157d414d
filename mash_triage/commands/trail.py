"""`mash-triage audit`: is the trail whole?"""

from pathlib import Path

import click

from mash_triage.clocks.now import now
from mash_triage.commands.place import database_option, ready_database


@click.group()
def audit() -> None:
    """The trail of every deed: check that it is whole."""


@audit.command(epilog="Example: mash-triage audit verify --sealed-head /other/machine/heads.txt")
@click.option(
    "--sealed-head",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file with heads kept elsewhere, one a line: number and hash. The last line counts.",
)
@database_option
@click.pass_context
def verify(context: click.Context, sealed_head: Path | None) -> None:
    """Check every line and link of the trail; name the first bad line, and exit 1."""
    from mash_triage.audit import trail

    sealed = _sealed(sealed_head) if sealed_head else None
    with ready_database(at=now()).look() as session:
        verdict = trail.verify(session, sealed=sealed)
    if verdict.first_bad is not None:
        click.echo(verdict.words, err=True)
        context.exit(1)
    click.echo(f"{verdict.words} Lines: {verdict.lines}. Head, to be kept elsewhere:")
    click.echo(f"{verdict.lines} {verdict.head}")


def _sealed(file: Path) -> tuple[int, str]:
    from mash_triage.audit.trail import read_sealed_head

    try:
        return read_sealed_head(file)
    except (ValueError, IndexError):
        raise click.UsageError("The sealed head must be a line with a number and a hash.") from None
