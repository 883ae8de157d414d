"""How an accepted indicator is shown: its words, and where it usually sits."""

from pathlib import Path

from mash_triage.thresholds.levels import read_edition
from mash_triage.web.child.indicators import seen_html

SPLIT = read_edition(Path(__file__).parents[2] / "levels_of_need" / "split_levels")


def test_a_flag_without_a_level_says_so_and_an_indicator_names_its_usual_one():
    shown = seen_html(SPLIT, ("his_01", "neg_03"))
    assert "sets no level alone" in shown
    assert "usually level 3" in shown
    assert "None" not in shown
