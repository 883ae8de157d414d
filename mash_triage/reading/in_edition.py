"""Reading a worry by the indicators of one edition of the levels of need."""

from collections import defaultdict
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TypeVar

from mash_triage.reading.about import About
from mash_triage.reading.found import Proposal, Reading, SetAside
from mash_triage.reading.read import read_text
from mash_triage.reading.weighed import weights_in
from mash_triage.reading.worries import other_codes_in, worries_in
from mash_triage.settings import settings
from mash_triage.thresholds.shapes import Edition

One = TypeVar("One", Proposal, SetAside)


def read_worry(text: str, about: About, edition: Edition) -> Reading:
    """What a referrer's own words may speak of, as indicators of this edition.

    Nothing counts until a person accepts it. Any text gives a reading; the same text, facts and
    edition always give the same. An edition with codes of its own is read by the map in
    `other_codes/`; a worry that it has no code for is not proposed.
    """
    folder = settings().levels_of_need / "worries"
    reading = read_text(text, about, worries_in(folder), weights_in(folder))
    codes = _codes_of(folder, frozenset(edition.indicators_by_code))
    return replace(
        reading,
        proposals=_in_codes(reading.proposals, codes),
        set_aside=_in_codes(reading.set_aside, codes),
    )


@cache
def _codes_of(folder: Path, known: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """The edition's codes for each worry: its own name, and those the maps name it under."""
    codes: dict[str, list[str]] = defaultdict(list)
    for code in sorted(known):
        for worry in other_codes_in(folder).get(code, (code,)):
            codes[worry].append(code)
    return {worry: tuple(each) for worry, each in codes.items()}


def _in_codes(found: tuple[One, ...], codes: dict[str, tuple[str, ...]]) -> tuple[One, ...]:
    """The same findings under the edition's codes, each code once, by its first finding."""
    named: dict[str, One] = {}
    for each in found:
        for code in codes.get(each.code, ()):
            named.setdefault(code, replace(each, code=code))
    return tuple(named.values())
