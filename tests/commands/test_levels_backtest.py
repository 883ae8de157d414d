"""`levels backtest`: one file that needs nothing else and tells of no child."""

import re

from click.testing import CliRunner

from mash_triage.access.actor import Actor
from mash_triage.backtest.findings import findings_of
from mash_triage.cli import cli
from mash_triage.clocks.working_days import BankHolidays
from mash_triage.settings import settings
from mash_triage.web.levels.backtest_report import report_html
from tests.backtest.conftest import HUNGER, NEGLECT_UNCHANGED, counted, decided
from tests.cast import MONDAY_NINE

JOB = Actor.job("the tests")


def test_a_report_is_one_file_with_its_script_and_without_any_child(
    database, tmp_path, monkeypatch
):
    with database.work() as session:
        child = decided(session, NEGLECT_UNCHANGED, at=MONDAY_NINE, given_names="Mo", sex="M")
        decided(session, HUNGER, at=MONDAY_NINE, given_names="Ann")
        session.flush()
        reference = child.contact.reference
    monkeypatch.setenv("MASH_DATABASE_URL", database.url.render_as_string(hide_password=False))
    monkeypatch.setenv("MASH_DATABASE_KEY", database.key or "0" * 64)
    settings.cache_clear()
    out = tmp_path / "report.html"
    asked = ["levels", "backtest", "--from", "default", "--to", "family_help", "--out", str(out)]
    done = CliRunner().invoke(cli, [*asked, "--since", "2026-01-01"])
    later = CliRunner().invoke(cli, [*asked[:-1], str(tmp_path / "x"), "--since", "2026-02-01"])
    settings.cache_clear()

    assert done.exit_code == 0, done.output
    assert "2 children on contacts were read" in done.output
    assert "0 children on contacts were read" in later.output
    told = out.read_text("utf-8")
    assert "Levels of need with Family Help" in told
    assert "not shown" in told, "one child moves: that figure is not for a report"
    for word in ("Mo ", "Ann", "Thornbury", reference, "ZA1 4QT", str(child.id)):
        assert word not in re.sub(r"<script>.*?</script>", "", told, flags=re.DOTALL)


def test_a_report_draws_its_flow_by_the_script_inside_it_and_hides_small_numbers():
    trial = counted("MMM" + 40 * "F")
    told = {"seconds": 1.0, "holidays": BankHolidays(), "by": JOB}
    hidden = report_html(findings_of(trial, to_leave=True, **told))
    assert ">3<" not in hidden
    whole = report_html(findings_of(counted(9 * "M" + 40 * "F"), to_leave=True, **told))
    assert "Plotly.newPlot('flow'" in whole
    assert len(whole) > 1_000_000, "Plotly itself is inside"
    assert not re.search(r"<(script|link|img)[^>]+(src|href)=", whole), "nothing is fetched"
    assert "<td>9</td>" in whole
