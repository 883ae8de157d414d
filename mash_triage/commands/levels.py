"""`mash-triage levels`: is an edition of the levels of need sound, and what does it suggest?"""

import click

from mash_triage.commands.levels_backtest import backtest
from mash_triage.commands.levels_check import check
from mash_triage.commands.levels_learn import learn
from mash_triage.commands.levels_print import print_edition
from mash_triage.commands.levels_suggest import score, suggest


@click.group()
def levels() -> None:
    """The levels of need."""


levels.add_command(backtest)
levels.add_command(check)
levels.add_command(learn)
levels.add_command(print_edition)
levels.add_command(suggest)
levels.add_command(score)
