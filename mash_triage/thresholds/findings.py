"""What is found in an edition: a key, its line, and one sentence its owner can act on."""

import re
from dataclasses import dataclass

from mash_triage.thresholds.positions import Place

Fault = tuple[str, str]
"""What a check finds: a dotted key, lists counted from 0, and a sentence."""

FILE = "(file)"  # stands for a key when the whole file is meant
LONGEST_KEY = 60  # characters of an unknown key that a finding repeats


@dataclass(frozen=True)
class Finding:
    """A fault or a hole of an edition; `line` is None when the file as a whole is meant."""

    key: str
    line: int | None
    words: str

    def sentence(self, file: str) -> str:
        """One line: `edition.toml:412: rule[7].when.seen.codes[0]: there is no indicator 'x'`."""
        line = "" if self.line is None else f":{self.line}"
        return f"{file}{line}: {self.key}: {self.words}"


def key_of(place: Place) -> str:
    """A place as a dotted key: ("indicator", 12, "level") becomes indicator[12].level."""
    parts = (f"[{part}]" if isinstance(part, int) else f".{_part(part)}" for part in place)
    return "".join(parts).lstrip(".") or FILE


def place_of(key: str) -> Place:
    """The place of a plain dotted key: indicator[12].level becomes ("indicator", 12, "level")."""
    parts = re.findall(r"[^.\[\]]+", "" if key == FILE else key)
    return tuple(int(part) if part.isdecimal() else part for part in parts)


def _part(key: str) -> str:
    """A key as it can stand in one line: quoted and cut short when it is not a plain one."""
    return key if key.isidentifier() and len(key) <= LONGEST_KEY else repr(key[:LONGEST_KEY])
