"""Whatever file is sent: a sound edition, or sentences with file and key, and never a traceback."""

import os
import re
import time
from collections import Counter
from pathlib import Path

import pytest

from mash_triage.thresholds.examine import examine
from mash_triage.thresholds.findings import Finding
from mash_triage.thresholds.levels import EditionFault, read_edition
from tests.thresholds.hostile import BY_KIND, hostile_files

SOAK = os.environ.get("MASH_SOAK") == "1"
COUNT = 5000 if SOAK else len(BY_KIND) + 60
SENTENCE = re.compile(r"(.+/edition\.toml)(:\d+)?: (\(file\)|[^\n]+?): [^\n]+")


def check_sentences(findings: tuple[Finding, ...], file: Path, name: str) -> None:
    """Each is one readable line that begins with file and key."""
    for finding in findings:
        sentence = finding.sentence(str(file))
        assert SENTENCE.fullmatch(sentence), (name, sentence)
        assert sentence.isprintable(), (name, sentence)
        assert len(sentence) < 1000, (name, sentence[:1000])


def test_every_hostile_file_is_a_sound_edition_or_sentences_with_file_and_key(tmp_path):
    file = tmp_path / "edition.toml"
    came_to: Counter[str] = Counter()
    slowest = (0.0, "")
    for name, raw in hostile_files(COUNT):
        file.write_bytes(raw)
        begun = time.process_time()
        examined = examine(file)
        check_sentences((*examined.faults, *examined.holes), file, name)
        slowest = max(slowest, (time.process_time() - begun, name))
        assert (examined.edition is None) == bool(examined.faults), name
        came_to["sound" if examined.edition else "refused"] += 1
    assert came_to["sound"] > 0
    assert came_to["refused"] > COUNT / 2
    print(f"{COUNT} files: {dict(came_to)}; slowest {slowest[0]:.2f} s of one core: {slowest[1]}")


def test_what_is_no_file_of_text_is_refused_in_one_sentence(tmp_path):
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "edition.toml").mkdir()
    os.mkfifo(tmp_path / "pipe")
    nowhere = tmp_path / "nowhere"
    nowhere.symlink_to(tmp_path / "absent.toml")
    for place in (loop, inner, tmp_path / "pipe", nowhere, tmp_path / "absent" / "x" / "y"):
        with pytest.raises(EditionFault) as caught:
            read_edition(place)
        assert caught.value.key == "(file)"
        assert caught.value.line is None
    with pytest.raises(EditionFault, match="is not a file of text"):
        read_edition(Path("/dev/zero"))
    with pytest.raises(EditionFault, match="cannot be read"):
        read_edition(tmp_path / ("a" * 5000))
    with pytest.raises(EditionFault, match="cannot be read"):
        read_edition(tmp_path / "a\x00b")
