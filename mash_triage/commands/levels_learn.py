"""`mash-triage levels learn`: the weighed words anew, from the contacts that teach them."""

import click


@click.command(epilog="Example: mash-triage levels learn")
def learn() -> None:
    """Learn anew which words speak for which indicator. Needs no database; takes some minutes.

    Reads the worked contacts in levels_of_need/worries/taught/ and the wordings' own examples, and
    writes levels_of_need/worries/weights.npz. Measure before you keep it:
    python -m benchmarks.reading --files inbox_1,inbox_3,inbox_5 --brief
    """
    from mash_triage.commands.progress import counting
    from mash_triage.reading.learning import learn as learn_from
    from mash_triage.reading.teaching import teaching_in
    from mash_triage.reading.weighed import FILE
    from mash_triage.reading.worries import worries_in
    from mash_triage.settings import settings

    folder = settings().levels_of_need / "worries"
    worries = worries_in(folder)
    taught = teaching_in(folder, worries)
    with counting("Contacts") as done:
        weights = learn_from(taught, worries, done)
    weights.save(folder / FILE)
    click.echo(
        f"{len(taught):,} texts taught the weights of {len(weights.place):,} words.", err=True
    )
