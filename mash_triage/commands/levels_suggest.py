"""`mash-triage levels suggest` and `levels score`: what an edition makes of a file of contacts."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mash_triage.commands.edition import edition_file

if TYPE_CHECKING:
    from mash_triage.reading.predictions import Prediction

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(
    epilog="Example: mash-triage levels suggest --edition default contacts.yaml "
    "--out predictions.jsonl"
)
@click.argument("contacts", type=FILE)
@click.option("--edition", default="default", show_default=True, help="An edition's id or path.")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path))
def suggest(contacts: Path, edition: str, out: Path) -> None:
    """What the service would spot and suggest for each of CONTACTS. Needs no database.

    One line of JSON a contact, for the child with the greatest need. A contact with a key
    `indicators` is judged on those and the structured facts alone.
    """
    from mash_triage.commands.progress import counting
    from mash_triage.reading.predictions import predict
    from mash_triage.reading.worked_contacts import contacts_in
    from mash_triage.thresholds.levels import read_edition

    levels = read_edition(edition_file(edition))
    worked = list(contacts_in(contacts))
    lines = []
    with counting("Contacts") as done:
        for number, contact in enumerate(worked, start=1):
            lines.append(_line(predict(levels, contact)))
            done(number, len(worked))
    out.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    click.echo(f"{len(lines)} contacts judged by {levels.id}, written to {out}.", err=True)


def _line(prediction: "Prediction") -> str:
    return json.dumps(
        {
            "id": prediction.id,
            "route": prediction.route.value,
            "level": prediction.level,
            "immediate_danger": prediction.immediate_danger,
            "indicators": prediction.indicators,
            "reasons": prediction.reasons,
        },
        ensure_ascii=False,
    )


@click.command(epilog="Example: mash-triage levels score contacts.yaml predictions.jsonl")
@click.argument("contacts", type=FILE)
@click.argument("predictions", type=FILE)
def score(contacts: Path, predictions: Path) -> None:
    """How far PREDICTIONS agree with what is expected of CONTACTS, as JSON."""
    from mash_triage.reading.scoring import expectations, figures, predictions_in
    from mash_triage.reading.worked_contacts import expected_in

    expected = expectations(expected_in(contacts))
    click.echo(json.dumps(figures(expected, predictions_in(predictions)), indent=2))
