"""Names as communities give them: common ones often, rare ones put together from halves."""

import tomllib
from bisect import bisect
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any

HERE = Path(__file__).parent
OWN_SPELLING = 0.03  # of names; a register has thousands that hardly anybody shares


class Pool:
    """Words drawn by how common they are: the n-th is n to the power of `steep` times rarer."""

    def __init__(self, words: list[str], steep: float) -> None:
        self.words = words
        self._sums = list(accumulate((rank + 1) ** -steep for rank in range(len(words))))

    def draw(self, rng: Random) -> str:
        """One word."""
        return self.words[bisect(self._sums, rng.random() * self._sums[-1])]


@dataclass(frozen=True, slots=True)
class Community:
    """What one name community is like; see `communities.toml` for the meaning of each key."""

    key: str
    share: float
    surname: str
    large: bool
    second: float
    double: float
    rare: float
    given: dict[str, Pool]
    families: Pool
    starts: tuple[str, ...]
    ends: tuple[str, ...]

    def given_name(self, sex: str, rng: Random) -> str:
        """One given name, now and then in a spelling of the family's own."""
        name = self.given[sex].draw(rng)
        return own_spelling(name, rng) if rng.random() < OWN_SPELLING else name

    def family_name(self, rng: Random) -> str:
        """One family name, from the common ones or put together."""
        if rng.random() < self.rare:
            return rng.choice(self.starts) + rng.choice(self.ends)
        name = self.families.draw(rng)
        return own_spelling(name, rng) if rng.random() < OWN_SPELLING else name


_VOWELS = "aeiouy"


def own_spelling(name: str, rng: Random) -> str:
    """Shannen, Jaxxon, Rubie: a vowel exchanged, a letter doubled or an ending made one's own."""
    at = rng.randrange(1, len(name))
    letter = name[at]
    if letter.lower() in _VOWELS:
        return name[:at] + rng.choice("aeiy") + name[at + 1 :]
    if letter.isalpha():
        return name[:at] + letter + name[at:]
    return name


@dataclass(frozen=True, slots=True)
class Words:
    """What is shared by all: streets, short forms, spellings."""

    streets: tuple[str, ...]
    kinds: tuple[str, ...]
    shared_homes: tuple[str, ...]
    short_forms: dict[str, tuple[str, ...]]
    respelt: dict[str, tuple[str, ...]]
    rules: tuple[tuple[str, str], ...]


@lru_cache(maxsize=1)
def communities() -> tuple[Community, ...]:
    """All of them, in the order of the file."""
    return tuple(_community(key, facts) for key, facts in _toml("communities.toml").items())


@lru_cache(maxsize=1)
def words() -> Words:
    """The shared words."""
    facts = _toml("words.toml")
    groups = [tuple(group.split()) for group in facts["respelt"]["groups"]]
    respelt: dict[str, tuple[str, ...]] = {}
    for group in groups:
        for name in group:
            respelt[name] = tuple({*respelt.get(name, ()), *group} - {name})
    return Words(
        streets=tuple(facts["street_names"].split()),
        kinds=tuple(facts["street_kinds"].split()),
        shared_homes=tuple(facts["shared_homes"]),
        short_forms={name: tuple(forms.split()) for name, forms in facts["short_forms"].items()},
        respelt={name: tuple(sorted(others)) for name, others in respelt.items()},
        rules=tuple((one, other) for one, other in facts["respelt"]["rules"]),
    )


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


def _community(key: str, facts: dict[str, Any]) -> Community:
    steep = facts["steep"]
    return Community(
        key=key,
        share=facts["share"],
        surname=facts["surname"],
        large=facts.get("large", False),
        second=facts["second"] / 100,
        double=facts.get("double", 3) / 100,
        rare=facts["rare"] / 100,
        given={
            "M": Pool(list(dict.fromkeys(facts["boys"].split())), steep),
            "F": Pool(list(dict.fromkeys(facts["girls"].split())), steep),
        },
        families=Pool(list(dict.fromkeys(facts["families"].split())), steep),
        starts=tuple(facts["starts"].split()),
        ends=tuple(facts["ends"].split()),
    )
