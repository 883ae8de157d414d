"""How a sentence is made: a pattern, alternatives in it, and the facts that fill it.

A pattern reads like the sentence it makes: `{Name} [came in|arrived] without {his} coat.`
`[a|b]` is one of several wordings, `{3-9}` a number between two, `{name}` a fact of the family,
`{Name}` the same with a capital, `{?talks}` a fact that must be there and is not said. A grown-up's
pronoun is marked by its author, `~she`, so that a bare one stands out as a mistake. A pattern that
asks for a fact nobody has is not used.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from random import Random

Fields = Mapping[str, str]
Slots = Sequence[Sequence[str]]

WINDOW = 90
"""A sentence does not come again within this many contacts."""

TRIES = 4
"""Renderings of one pattern before another pattern is tried."""

_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_NEED = re.compile(r"\{\?([a-z]+)\}")
_FIELD = re.compile(r"\{([A-Za-z_]+)\}")
_RANGE = re.compile(r"\{(\d+)-(\d+)\}")
_ADULT = re.compile(r"~(?=[A-Za-z])")
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’)]*\s+")


def fields_of(pattern: str) -> frozenset[str]:
    """The facts that a pattern asks for, by the names in `Fields`."""
    return frozenset(name.lower() for name in (*_FIELD.findall(pattern), *_NEED.findall(pattern)))


def sentences_of(text: str) -> tuple[str, ...]:
    """The sentences of a text, lower case, without the space around them."""
    parts = (part.strip().lower() for part in _SENTENCE_END.split(text.replace("\n", " ")))
    return tuple(part for part in parts if part)


def render(pattern: str, fields: Fields, chance: Random) -> str | None:
    """The pattern as a sentence, or None where a fact it asks for is not there."""
    chosen = pattern
    while "[" in chosen:
        chosen = _CHOICE.sub(lambda found: chance.choice(found[1].split("|")), chosen)
    if not all(fields.get(name) for name in fields_of(chosen)):
        return None
    chosen = _RANGE.sub(lambda found: str(chance.randint(int(found[1]), int(found[2]))), chosen)
    return _ADULT.sub("", _FIELD.sub(lambda found: _fact(found[1], fields), _NEED.sub("", chosen)))


def _fact(name: str, fields: Fields) -> str:
    value = fields[name.lower()]
    return value[0].upper() + value[1:] if name[0].isupper() else value


class Teller:
    """Chooses patterns so that no sentence comes twice while the first is still fresh."""

    def __init__(self, chance: Random, window: int = WINDOW) -> None:
        self._chance, self._window = chance, window
        self._contact = 0
        self._said: dict[str, int] = {}
        self._used: dict[str, int] = {}
        self._turn = 0

    def next_contact(self) -> None:
        """A new contact begins; what was said long ago may be said again."""
        self._contact += 1

    def is_new(self, text: str, but_for: str = "") -> bool:
        """Whether no sentence of the text was said lately, leaving out those of another text."""
        left_out = sentences_of(but_for)
        return self._is_fresh(said for said in sentences_of(text) if said not in left_out)

    def heard(self, text: str) -> None:
        """These sentences were said, whoever put them together."""
        for said in sentences_of(text):
            self._said[said] = self._contact

    def say(self, patterns: Sequence[str], fields: Fields, *, or_nothing: bool = False) -> str:
        """One of the patterns, the longest unused first; empty where none can be filled.

        Where all of them were said lately one is said again, or with `or_nothing` none is.
        """
        return self.choose(patterns, fields, or_nothing=or_nothing)[1]

    def choose(
        self, patterns: Sequence[str], fields: Fields, *, or_nothing: bool = False
    ) -> tuple[str, str]:
        """The pattern chosen, and the text made of it; both empty where none can be filled."""
        stale = ("", "")
        for pattern in self._freshest(patterns):
            for _ in range(TRIES):
                text = render(pattern, fields, self._chance)
                if text is None:
                    break
                if self._is_fresh(sentences_of(text)):
                    self._note(pattern, text)
                    return pattern, text
                stale = stale if stale[1] else (pattern, text)
        if or_nothing or not stale[1]:
            return "", ""
        self._note(*stale)
        return stale

    def _freshest(self, patterns: Sequence[str]) -> list[str]:
        used, chance = self._used, self._chance
        order = {pattern: (used.get(pattern, 0), chance.random()) for pattern in patterns}
        return sorted(patterns, key=order.__getitem__)

    def _is_fresh(self, sentences: Iterable[str]) -> bool:
        long_ago = self._contact - self._window
        return all(self._said.get(said, -self._window) < long_ago for said in sentences)

    def _note(self, pattern: str, text: str) -> None:
        self._turn += 1
        self._used[pattern] = self._turn
        self.heard(text)
