"""From a narrative to sentences of words, each with its place in the text.

spaCy's blank English pipeline does the tokenising (no model); what counts as a word, where a
sentence ends and which slips are put right is decided here. Time grows linearly with the text:
pieces without a space are cut, and a sentence has a greatest length.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from threading import Lock

import spacy
from spacy.language import Language

from mash_triage.reading.vocabulary import Vocabulary

LONGEST_PIECE = 40  # letters without a space that are tokenised together
LONGEST_SENTENCE = 80  # words; a longer one is read in parts
ENDS = frozenset(".!?;")
QUOTES = str.maketrans({"’": "'", "‘": "'", "`": "'", "“": '"', "”": '"'})
SIGNS_READ = frozenset("&%£")
JOINERS = frozenset("-/–—_*•|~<>=+\\")


@dataclass(frozen=True, slots=True)
class Word:
    """One word: in small letters, its plain forms, its number if it is one, its place.

    `parted` when a comma, colon, bracket or quotation mark stands before it.
    """

    text: str
    keys: frozenset[str]
    number: float | None
    start: int
    end: int
    parted: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words of one sentence and its place in the text. `paragraph` counts from 0."""

    words: tuple[Word, ...]
    start: int
    end: int
    paragraph: int


@cache
def _pipeline() -> Language:
    return spacy.blank("en")


_one_at_a_time = Lock()  # the string store is emptied after each text, so names do not pile up


def sentences_of(text: str, vocabulary: Vocabulary) -> tuple[Sentence, ...]:
    """The sentences of a text, in order; nothing but spaces gives none."""
    with _one_at_a_time, _pipeline().memory_zone():
        return tuple(_sentences(text, vocabulary))


@cache
def spoken(word: str) -> tuple[str, ...]:
    """A word of a pattern as the words of a text are read: don't is do and not."""
    with _one_at_a_time:
        return tuple(norm for norm, _start, _end in _tokens(_plain(word))) or (word,)


def _sentences(text: str, vocabulary: Vocabulary) -> Iterator[Sentence]:
    words: list[Word] = []
    paragraph, parted = 0, False
    for norm, start, end in _tokens(_plain(text)):
        if norm == "\n" or norm[0] in ENDS:
            if words:
                yield Sentence(tuple(words), words[0].start, end, paragraph)
                words = []
            paragraph += norm == "\n"
        elif norm[0].isalnum() or norm in SIGNS_READ:
            is_name = bool(words) and text[start:end].istitle()
            words.append(_word(norm, start, end, parted, is_name, vocabulary))
            parted = False
            if len(words) == LONGEST_SENTENCE:
                yield Sentence(tuple(words), words[0].start, end, paragraph)
                words = []
        else:
            parted = True
    if words:
        yield Sentence(tuple(words), words[0].start, words[-1].end, paragraph)


def _plain(text: str) -> str:
    """The same text, letter for letter, with plain quotes, and spaces for what joins or hides."""
    plain = text.translate(QUOTES)
    return "".join(
        each if each == "\n" else " " if each in JOINERS or not each.isprintable() else each
        for each in plain
    )


def _tokens(text: str) -> Iterator[tuple[str, int, int]]:
    """Each token's normal form and place; a line break is one too."""
    tokenizer = _pipeline().tokenizer
    for start, piece in _pieces(text):
        if piece == "\n":
            yield piece, start, start + 1
            continue
        for token in tokenizer(piece):
            norm = token.norm_.lower()
            if norm.strip():
                yield norm, start + token.idx, start + token.idx + len(token.text)


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Stretches between spaces, long ones cut, and single line breaks, with their places."""
    start = 0
    for line in text.splitlines(keepends=True):
        place = start
        for piece in line.split(" "):
            bare = piece.rstrip("\n")
            for cut in range(0, len(bare), LONGEST_PIECE):
                yield place + cut, bare[cut : cut + LONGEST_PIECE]
            place += len(piece) + 1
        start += len(line)
        if line.endswith("\n"):
            yield start - 1, "\n"


def _word(
    norm: str, start: int, end: int, parted: bool, is_name: bool, vocabulary: Vocabulary
) -> Word:
    text = vocabulary.slips.get(norm, norm) if is_name else vocabulary.put_right(norm)
    return Word(text, vocabulary.keys_of(text), vocabulary.number_of(text), start, end, parted)
