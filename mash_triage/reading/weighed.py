"""Weighed words: how much all the words of a narrative together speak for each worry.

A wording finds what somebody thought of in advance. The weights were learned from worked contacts
(`levels_of_need/worries/taught/`, by `learning.py`) and hear what is said in other words. They
propose as the wordings do: with the sentence that speaks most, for a person to answer.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mash_triage.loaded import for_good
from mash_triage.reading.context import Context
from mash_triage.reading.found import Found
from mash_triage.reading.search import Hit
from mash_triage.reading.words import Sentence, Word

FILE = "weights.npz"
ENOUGH = 1.0  # points at which a worry is proposed
MOST_WORDS = 3  # of a sentence that are marked
FEW_MARKS = 30  # known words and pairs, of some twenty words; fewer never say as much as these
NOT_SO = frozenset({"denied", "hypothetical"})
Numbers = NDArray[Any]


@dataclass(frozen=True, eq=False)
class Weights:
    """What each word, and each two words side by side, add for each code.

    `place` is the row of a word in `points` (words x codes, whole numbers of `step` points);
    `rarity` says how much a word weighs in its narrative. `base` are the points of a narrative
    without words, `trust` those that a finding of a wording adds.
    """

    codes: tuple[str, ...]
    place: dict[str, int]
    rarity: Numbers
    points: Numbers
    step: Numbers
    base: Numbers
    trust: Numbers

    def save(self, file: Path) -> None:
        """Keep the weights as one file."""
        words = np.array(sorted(self.place, key=self.place.__getitem__))
        np.savez_compressed(
            file,
            codes=np.array(self.codes),
            words=words,
            rarity=self.rarity,
            points=self.points,
            step=self.step,
            base=self.base,
            trust=self.trust,
        )


@cache
@for_good
def weights_in(folder: Path) -> Weights:
    """The weights beside the wordings of a folder."""
    with np.load(folder / FILE, allow_pickle=False) as kept:
        words = [str(each) for each in kept["words"]]
        return Weights(
            tuple(str(code) for code in kept["codes"]),
            {word: place for place, word in enumerate(words)},
            *(kept[name] for name in ("rarity", "points", "step", "base", "trust")),
        )


def marks_of(sentence: Sentence, number: int, context: Context) -> list[tuple[str, int]]:
    """What is weighed of one sentence: each word and each two side by side, with their places.

    A word stands in its plainest form; one within reach of a denial or of somebody else's story is
    another word.
    """
    plain = [
        _plain(word) + _set_aside(context, Hit(number, place, place + 1))
        for place, word in enumerate(sentence.words)
    ]
    pairs = (f"{first} {second}" for first, second in pairwise(plain))
    return [
        *((each, at) for at, each in enumerate(plain)),
        *((p, at) for at, p in enumerate(pairs)),
    ]


def _plain(word: Word) -> str:
    if word.number is not None and word.text[0].isdigit():
        return "#"
    forms = [key for key in word.keys if key != "#" and not key.endswith("*")]
    return min(forms, key=lambda form: (len(form), form), default=word.text)


def _set_aside(context: Context, hit: Hit) -> str:
    why = context.why_aside(hit, ())
    return "" if why is None else "~not" if why in NOT_SO else "~else"


class Weighed:
    """The points of one narrative for each code, and where they come from."""

    def __init__(
        self, text: str, sentences: tuple[Sentence, ...], context: Context, weights: Weights
    ) -> None:
        self.text, self.sentences, self.weights = text, sentences, weights
        place = weights.place
        told = (marks_of(each, number, context) for number, each in enumerate(sentences))
        self.marks = [[(place[mark], at) for mark, at in each if mark in place] for each in told]
        rows = np.array(sorted({row for marks in self.marks for row, _at in marks}), dtype=np.intp)
        rarity = weights.rarity[rows]
        said = min(1.0, float(np.sqrt(max(len(rows), 1) / FEW_MARKS)))
        self.unsaid = 1 - said
        self.norm = (float(np.sqrt((rarity * rarity).sum())) or 1.0) / said
        adds = (rarity[:, None] * weights.points[rows]).sum(axis=0) * weights.step / self.norm
        self.points = dict(zip(weights.codes, (weights.base + adds).tolist(), strict=True))
        self.trust = dict(zip(weights.codes, weights.trust.tolist(), strict=True))

    def speaks_for(self, code: str, *, with_wording: bool) -> bool:
        """Whether the words, and what a wording found, are enough to propose this code.

        Where little else is said that could bear a wording out, the wording needs less of it.
        """
        if code not in self.points:
            return with_wording
        trust = self.trust[code] + self.unsaid if with_wording else 0.0
        return bool(self.points[code] + trust >= ENOUGH)

    def found(self, code: str) -> Found | None:
        """The sentence that speaks most for a code, its strongest words marked."""
        column = self.weights.codes.index(code)
        sums = [
            sum(self._adds(row, column) for row in {row for row, _at in marks})
            for marks in self.marks
        ]
        if not sums:
            return None
        most = max(range(len(sums)), key=lambda number: sums[number])
        sentence = self.sentences[most]
        words = tuple(sorted(self._strongest(most, column)))
        return Found(self.text[sentence.start : sentence.end], sentence.start, sentence.end, words)

    def _adds(self, row: int, column: int) -> float:
        return float(self.weights.rarity[row]) * int(self.weights.points[row, column])

    def _strongest(self, number: int, column: int) -> Iterator[tuple[int, int]]:
        """The places in the text of the words of a sentence that add most."""
        words = self.sentences[number].words
        adds = [0.0] * len(words)
        for row, at in self.marks[number]:
            adds[at] += self._adds(row, column)
        for at in sorted(range(len(words)), key=lambda at: -adds[at])[:MOST_WORDS]:
            if adds[at] > 0:
                yield words[at].start, words[at].end
