"""A sentence in phrases, and what a learned weight can be given to: words, pairs, parts of words.

Names, dates, numbers and people stand as what they are, so that a phrase about one family teaches
something about every other.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

from mash_triage.chat.words.items import LETTERS, Item, Sentence

BUCKETS = 1 << 15
"""Places that features are folded into."""

FEWEST = 2
"""Words of a phrase that can stand alone."""

_CUTS = re.compile(
    r",\s+|:\s+|\s+(?:but|and|cos|coz|because|so|then|while|although|though|except)\s+",
    re.IGNORECASE,
)
_WORD = re.compile(r"<\w+>|[a-z]+|0|[?!]")
_PIECES = range(3, 6)


@dataclass(frozen=True)
class Phrase:
    """A phrase in the whole turn, its words, and its items by their number in the sentence."""

    start: int
    end: int
    words: str
    items: tuple[tuple[int, Item], ...]


def phrases_in(sentence: Sentence) -> list[Phrase]:
    """The phrases of a sentence; a quotation is never cut."""
    quotes = [
        (item.start - sentence.start, item.end - sentence.start)
        for item in sentence.items
        if item.kind in {"quote", "address"}
    ]
    cuts, start = [], 0
    for cut in _CUTS.finditer(sentence.words):
        if any(a < cut.end() and cut.start() < b for a, b in quotes):
            continue
        if len(sentence.words[start : cut.start()].split()) < FEWEST:
            continue
        cuts.append((start, cut.start()))
        start = cut.end()
    if cuts and len(sentence.words[start:].split()) < FEWEST:
        start = cuts.pop()[0]
    cuts.append((start, len(sentence.words)))
    return [_phrase(sentence, a, b) for a, b in cuts]


def _phrase(sentence: Sentence, a: int, b: int) -> Phrase:
    start, end = sentence.start + a, sentence.start + b
    inside = tuple((n, item) for n, item in enumerate(sentence.items) if start <= item.start < end)
    return Phrase(start, end, sentence.words[a:b].strip(" *-"), inside)


def plain_words(words: str) -> list[str]:
    """Words as weights know them: lower case, no apostrophes, every number a nought."""
    low = re.sub(r"\d+", "0", words.lower().replace("'", ""))
    return _WORD.findall(low)


def phrase_words(sentence: Sentence, phrase: Phrase) -> list[str]:
    """The phrase's words, with each item as what it is."""
    pieces, at = [], phrase.start
    for _, item in phrase.items:
        pieces += [sentence.words[at - sentence.start : item.start - sentence.start]]
        pieces += [f" {_kind(item)} "]
        at = item.end
    pieces.append(sentence.words[at - sentence.start : phrase.end - sentence.start])
    return plain_words("".join(pieces))


def _kind(item: Item) -> str:
    if item.kind == "kin":
        return f"<kin> {item.words}"
    if item.kind in {"pronoun", "young"}:
        return f"<{LETTERS[item.kind]}> {item.words}"
    if item.kind == "quote":
        return f"<q> {item.words}"
    return f"<{item.kind}>"


def features(words: list[str], around: Iterable[str] = (), asked: str = "") -> Iterator[str]:
    """What weights are given to: one, two and three words in a row, parts of words, the words
    around, and what was asked.
    """
    marked = ["^", *words, "$"]
    for size in (1, 2, 3):
        for n in range(len(marked) - size + 1):
            yield " ".join(marked[n : n + size])
    for word in words:
        padded = f" {word} "
        for size in _PIECES:
            for n in range(len(padded) - size + 1):
                yield f"~{padded[n : n + size]}"
    for word in around:
        yield f"s:{word}"
    if asked:
        yield f"q:{asked}"


@lru_cache(maxsize=100_000)
def bucket(feature: str) -> int:
    """The place that a feature is folded into; the same on every machine."""
    return crc32(feature.encode()) % BUCKETS
