"""Short and pet forms of given names: Bob for Robert, Kuba for Jakub, Tobi for Oluwatobiloba.

Two lists: a licensed English one, and our own for the other name communities of English registers.
Two words are forms of one name when one is listed under the other. Two forms of one full name
(Amy and Millie, for Amelia) are not: they are as often two sisters.
"""

import tomllib
from functools import lru_cache
from pathlib import Path

from mash_triage.matching.normalise import fold

LISTS = tuple(
    Path(__file__).parent / "data" / name
    for name in ("nicknames_english.toml", "nicknames_more.toml")
)


@lru_cache(maxsize=1)
def _full() -> dict[str, tuple[str, ...]]:
    full_names: dict[str, set[str]] = {}
    for path in LISTS:
        for full, forms in tomllib.loads(path.read_text("utf-8")).items():
            for form in forms:
                full_names.setdefault(fold(form), set()).add(fold(full))
    return {form: tuple(sorted(names)) for form, names in full_names.items()}


@lru_cache(maxsize=1)
def _paired() -> dict[str, frozenset[str]]:
    """Each word with those it is a form of, and those that are forms of it."""
    paired: dict[str, set[str]] = {}
    for path in LISTS:
        for full, forms in tomllib.loads(path.read_text("utf-8")).items():
            for form in forms:
                paired.setdefault(fold(full), set()).add(fold(form))
                paired.setdefault(fold(form), set()).add(fold(full))
    return {word: frozenset(others - {word}) for word, others in paired.items()}


def are_forms_of_one_name(one: str, other: str) -> bool:
    """Whether one of two folded words is a short or pet form of the other."""
    return other in _paired().get(one, ())


def other_forms(word: str) -> frozenset[str]:
    """The full names and the short forms of a folded word; for the side that asks."""
    return _paired().get(word, frozenset())


def full_names(form: str) -> tuple[str, ...]:
    """The full names of which a folded word is a short or pet form."""
    return _full().get(form, ())
