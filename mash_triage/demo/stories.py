"""The stories that are told in Rivermead, read from the files beside this module.

A story is a kind of worry in the voice of one kind of agency: what was seen, the indicators that a
worker would accept, the level and route they reach. `told/` holds them by voice; `words.toml`
holds what is said around them: openings, what works, the child's voice, analysis, reasons.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from mash_triage.demo.grammar import Slots
from mash_triage.demo.names import HERE, read_toml


@dataclass(frozen=True)
class Story:
    """One kind of contact: its voices, its facts, and the slots its narrative is told from.

    `ages` are completed years, both ends included; an unborn child has (-1, -1). `man` says what
    the story needs of a second adult: "" nothing, "home", "apart" or "any". `household` stories
    may be about all the children. `danger`: somebody is in danger now. `hours`: when in
    the day it is told rather than another story (up to 28, four in the morning). `from_days`: a
    baby's least age. `theme` picks the words of
    the analysis; `concern` and `others` are the concern themes that the referrer names.
    """

    code: str
    voices: tuple[str, ...]
    theme: str
    concern: str
    route: str
    level: int
    indicators: tuple[str, ...]
    slots: Slots
    others: tuple[str, ...] = ()
    ages: tuple[int, int] = (0, 17)
    man: str = ""
    household: bool = False
    danger: bool = False
    protection: str = "none"
    weight: int = 2
    hours: tuple[int, int] = (0, 24)
    from_days: int = 0

    def is_of_the_hour(self, hour: int) -> bool:
        """Whether it is told at this hour of the day."""
        first, last = self.hours
        return first <= hour < last or first <= hour + 24 < last

    @property
    def is_unborn(self) -> bool:
        """Whether the story is about a child who is not born yet."""
        return self.ages == (-1, -1)


def _slots(text: str) -> Slots:
    return tuple(_lines(part) for part in text.strip().split("\n-\n"))


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.strip().splitlines() if line.strip())


def _story(row: Mapping[str, Any]) -> Story:
    facts = dict(row)
    facts["slots"] = _slots(facts.pop("text"))
    for key in ("voices", "indicators", "others", "ages", "hours"):
        if key in facts:
            facts[key] = tuple(facts[key])
    return Story(**facts)


@lru_cache(maxsize=1)
def stories() -> tuple[Story, ...]:
    """All stories, file by file in alphabetical order."""
    files = sorted(path.name for path in (HERE / "told").glob("*.toml"))
    return tuple(_story(row) for name in files for row in read_toml(f"told/{name}")["story"])


@lru_cache(maxsize=1)
def words() -> dict[str, dict[str, tuple[str, ...]]]:
    """What is said around a story: section, then key, then patterns, one a line."""
    return {
        section: {key: _lines(text) for key, text in rows.items()}
        for section, rows in read_toml("words.toml").items()
    }


@cache
def stories_for(voice: str, route: str) -> tuple[Story, ...]:
    """The stories that a voice tells which lead to a route."""
    return tuple(s for s in stories() if voice in s.voices and s.route == route)
