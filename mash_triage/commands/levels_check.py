"""`mash-triage levels check`: is an edition sound, and has it holes?"""

from collections.abc import Sized
from pathlib import Path

import click

from mash_triage.commands.edition import edition_file


@click.command(epilog="Example: mash-triage levels check default")
@click.argument("edition")
@click.pass_context
def check(context: click.Context, edition: str) -> None:
    """Say what is wrong with EDITION (an id, or a path to its folder or file).

    One line a fault, with file, key and line; then one line a hole, which is a warning: an
    indicator that no rule can reach, a route without a clock. Leaves with 1 when there is a fault.
    """
    from mash_triage.thresholds.examine import examine

    examined = examine(_from_here(edition_file(edition)))
    for fault in examined.faults:
        click.echo(fault.sentence(examined.file))
    for hole in examined.holes:
        click.echo(f"warning: {hole.sentence(examined.file)}")
    told = f"{_counted(examined.faults, 'fault')}, {_counted(examined.holes, 'warning')}."
    click.echo(told, err=True)
    context.exit(1 if examined.faults else 0)


def _counted(findings: Sized, word: str) -> str:
    return f"{len(findings)} {word}{'' if len(findings) == 1 else 's'}"


def _from_here(place: Path) -> Path:
    """The same place as somebody in this folder would write it."""
    here = Path.cwd()
    return place.relative_to(here) if place.is_relative_to(here) else place
