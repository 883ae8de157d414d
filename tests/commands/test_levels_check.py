"""`levels check` as an owner meets it: a line a fault, warnings apart, exit codes."""

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from mash_triage.cli import cli

FOLDER = Path(__file__).parents[2] / "levels_of_need"
TEXT = (FOLDER / "default" / "edition.toml").read_text("utf-8")


def check(edition: str | Path):
    return CliRunner().invoke(cli, ["levels", "check", str(edition)])


@pytest.mark.parametrize("name", ["default", "split_levels", "three_levels", "family_help"])
def test_a_shipped_edition_is_clean_by_its_id(name):
    done = check(name)
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr == "0 faults, 0 warnings.\n"


def test_each_fault_has_its_line_and_the_command_leaves_with_1(tmp_path):
    text = TEXT.replace('"fgm_risk",', '"fgm_risks",', 1).replace("level = 2\n", "level = 22\n", 1)
    (tmp_path / "edition.toml").write_text(text, "utf-8")
    done = check(tmp_path)
    assert done.exit_code == 1
    assert done.stderr == "2 faults, 0 warnings.\n"
    lines = [text[: text.index(words)].count("\n") + 1 for words in ("level = 22", "fgm_risks")]
    for told, line in zip(done.stdout.splitlines(), sorted(lines), strict=True):
        assert told.startswith(f"{tmp_path / 'edition.toml'}:{line}: ")


def test_a_hole_is_a_warning_and_the_edition_still_sound(tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text(TEXT + '\n[[theme]]\ncode = "weather"\nwords = "Weather"\n', "utf-8")
    done = check(file)
    assert done.exit_code == 0
    line = TEXT.count("\n") + 3
    words = f"{file}:{line}: theme[{TEXT.count('[[theme]]')}].code: no indicator is in the theme"
    assert done.stdout == f"warning: {words} 'weather'\n"


def test_what_is_not_there_is_wrong_use_and_what_is_no_edition_is_a_fault(tmp_path):
    assert check(tmp_path / "absent").exit_code == 2
    os.mkfifo(tmp_path / "edition.toml")
    done = check(tmp_path)
    assert done.exit_code == 1
    assert done.stdout == f"{tmp_path / 'edition.toml'}: (file): is not a file of text\n"
