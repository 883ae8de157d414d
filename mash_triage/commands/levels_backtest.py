"""`mash-triage levels backtest`: two editions over the stored contacts, as known when decided."""

from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import click

from mash_triage.commands.place import database_option, ready_database

if TYPE_CHECKING:
    from mash_triage.backtest.findings import Findings

ALL_TIME = datetime(1900, 1, 1)  # noqa: DTZ001  (a day given by hand has no zone either)


@click.command(
    epilog="Example: mash-triage levels backtest --from default --to family_help "
    "--since 2026-04-01 --out report.html"
)
@click.option("--from", "old", required=True, metavar="EDITION", help="The edition as it is.")
@click.option("--to", "new", required=True, metavar="EDITION", help="The edition to be tried.")
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    default=ALL_TIME,
    help="Contacts decided from this day on. Default: all.",
)
@click.option(
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="The report: one HTML file that needs nothing else.",
)
@database_option
def backtest(old: str, new: str, since: datetime, out: Path) -> None:
    """Who would move up, down or stay if another edition were in force.

    Both editions are asked about every decided contact, by the facts as known at the decision. The
    report holds no personal data, and no number of 1 to 5 children. Nothing is stored.
    """
    from mash_triage.clocks.working_days import LONDON
    from mash_triage.web.levels.backtest_report import report_html, summary_words

    found = _found(old, new, since.replace(tzinfo=LONDON).astimezone(UTC))
    out.write_text(report_html(found), encoding="utf-8")
    click.echo(f"{summary_words(found)} Report: {out}")


def _found(old: str, new: str, since: datetime) -> "Findings":
    from mash_triage.access.actor import Actor
    from mash_triage.backtest.codes import compared
    from mash_triage.backtest.findings import findings_of
    from mash_triage.backtest.past import ROOM_KIB, Past
    from mash_triage.backtest.trial import Trial
    from mash_triage.clocks.now import now
    from mash_triage.commands.edition import edition_file
    from mash_triage.commands.progress import counting
    from mash_triage.contacts.actions import bank_holidays
    from mash_triage.db.many import much_room
    from mash_triage.settings import settings
    from mash_triage.thresholds.levels import read_edition

    by, at, started = Actor.job("levels backtest"), now(), perf_counter()
    before, after = (read_edition(edition_file(each)) for each in (old, new))
    comparison = compared(before, after, settings().levels_of_need)
    database = ready_database(at=at)
    trial = Trial(comparison, Past(since, at, by))
    # One transaction with a large cache: nobody waits for a command, and a million contacts lie
    # all over the file.
    with (
        database.look() as session,
        much_room(session, ROOM_KIB),
        counting("Past contacts") as tell,
    ):
        for done in trial.run(lambda: nullcontext(session)):
            tell(done, trial.of)
    seconds = perf_counter() - started
    return findings_of(trial, seconds=seconds, holidays=bank_holidays(), to_leave=True, by=by)
