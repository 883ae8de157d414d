"""Where the edition lies that a command was told: a shipped one by its id, or a path."""

from pathlib import Path

import click


def edition_file(edition: str) -> Path:
    """The file or folder of an edition; wrong use when there is none."""
    from mash_triage.settings import settings

    shipped = settings().levels_of_need / edition
    for place in (shipped, Path(edition)):
        if place.exists():
            return place
    raise click.UsageError("There is no edition of this name, and no file or folder.")
