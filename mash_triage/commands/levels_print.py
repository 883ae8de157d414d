"""`mash-triage levels print`: an edition as a PDF, and its pages filled in."""

from pathlib import Path

import click


@click.command(
    "print",
    epilog="Example: mash-triage levels print default --out levels-of-need.pdf --fill-in",
)
@click.argument("edition")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--fill-in", is_flag=True, help="Write the page of each part into the edition file.")
def print_edition(edition: str, out: Path, fill_in: bool) -> None:
    """Print EDITION (its id, or a path) as a PDF, as everybody may read it.

    With --fill-in the edition file is given the page of each level, rule and indicator. Fill in
    last of all, before an edition is in force: it changes the file, though none of its words.
    """
    from mash_triage.commands.edition import edition_file
    from mash_triage.thresholds import pages
    from mash_triage.thresholds.examine import EDITION_FILE
    from mash_triage.thresholds.levels import read_edition
    from mash_triage.thresholds.pdf import printed

    found = edition_file(edition)
    file = found / EDITION_FILE if found.is_dir() else found
    whole = read_edition(file)
    out.write_bytes(printed(whole).pdf)
    if fill_in:
        file.write_text(pages.fill_in(file.read_text("utf-8")), "utf-8")
    click.echo(f"{out}: {whole.title}{', pages filled in' if fill_in else ''}")
