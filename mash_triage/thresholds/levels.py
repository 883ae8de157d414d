"""Reading an edition of the levels of need: a sound one, or one sentence with file and key.

The exact text of an edition is what is stored and hashed; a contact keeps the edition it was
screened under even when the file is gone.
"""

import hashlib
from pathlib import Path

from mash_triage.thresholds.clock_times import ClockTimes
from mash_triage.thresholds.examine import EDITION_FILE, examine
from mash_triage.thresholds.findings import Finding
from mash_triage.thresholds.shapes import Edition, Indicator, Level, Rule

__all__ = [
    "ClockTimes",
    "Edition",
    "EditionFault",
    "Indicator",
    "Level",
    "Rule",
    "read_edition",
    "sha256_of",
    "shipped_editions",
]


class EditionFault(Exception):
    """An edition that cannot be used: where, and why, in words its owner can act on.

    `line` is counted from 1, and None when the file as a whole is meant.
    """

    def __init__(self, file: str, fault: Finding) -> None:
        super().__init__(fault.sentence(file))
        self.file = file
        self.key = fault.key
        self.line = fault.line
        self.words = fault.words


def sha256_of(text: str) -> str:
    """The sha256 of an edition's exact text in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def shipped_editions(folder: Path) -> tuple[Path, ...]:
    """The edition files under the levels-of-need folder, by name; none if there is no folder."""
    return tuple(sorted(folder.glob(f"*/{EDITION_FILE}")))


def read_edition(source: Path | str, *, in_force: bool = False) -> Edition:
    """An edition from its file or folder (a Path) or from its text (a str).

    EditionFault says what is wrong with it first, and where; `examine` tells all that is wrong.
    One that is in force was checked when it was published: what is asked of editions since then
    never makes an old contact unreadable.
    """
    examined = examine(source, in_force=in_force)
    if examined.edition is None:
        raise EditionFault(examined.file, examined.faults[0])
    return examined.edition
