"""`mash-triage levels`: is an edition of the levels of need sound, and what does it suggest."""

import click


@click.group()
def levels() -> None:
    """The levels of need."""
