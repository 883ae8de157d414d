"""The notation of patterns: from what a practitioner writes to what can be looked for.

asks|begs for seconds|more      one of several words; a word meets its forms (asked, asking)
(left alone|home alone)         one of several wordings, in brackets
[all] night                     a word that may be there
mum .. hit, mum ..6 hit         up to three, or six, other words between
{parent} {hit}                  a family of wordings, declared once
=left                           this very form
bruis*                          words that begin so (at least three letters)
#, #0-90                        a number, a number from 0 to 90
A & B, A && B                   both in one sentence; in one sentence or in neighbouring ones
"""

from dataclasses import dataclass, field

from mash_triage.reading.vocabulary import NUMBER, STEM, Vocabulary
from mash_triage.reading.words import spoken

ORDINARY_GAP = 3
LONGEST_GAP = 12


class NotationFault(Exception):
    """A phrase that is not in the notation: the phrase, and why in plain words."""

    def __init__(self, phrase: str, words: str) -> None:
        super().__init__(f"{phrase!r}: {words}")


@dataclass(frozen=True, slots=True, eq=False)
class AWord:
    """Any word with one of these keys, or one of these very forms."""

    keys: frozenset[str]
    exact: frozenset[str] = frozenset()
    starts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class ANumber:
    """A number between two others, both included."""

    least: float
    most: float


@dataclass(frozen=True, slots=True, eq=False)
class Gap:
    """Up to so many words of any kind."""

    most: int


@dataclass(frozen=True, slots=True, eq=False)
class Maybe:
    """Something that may be left out."""

    part: "Node"


@dataclass(frozen=True, slots=True, eq=False)
class OneOf:
    """One of several wordings."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True, eq=False)
class InOrder:
    """One after the other."""

    parts: tuple["Node", ...]


Node = AWord | ANumber | Gap | Maybe | OneOf | InOrder


@dataclass(frozen=True, slots=True)
class Idea:
    """One part of a phrase; two that are written alike are one."""

    written: str
    node: Node = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A pattern: ideas that must all be found, in one sentence or at most one sentence apart."""

    written: str
    parts: tuple[Idea, ...]
    apart: int = 0


@dataclass(frozen=True)
class Notation:
    """Reads phrases, given the words and the families they may name."""

    vocabulary: Vocabulary
    families: dict[str, Node]
    _plain: dict[str, Node] = field(default_factory=dict)  # words stand in many phrases

    def phrase(self, written: str) -> Phrase:
        """What a phrase looks for; NotationFault when it cannot be read."""
        apart = 1 if " && " in written else 0
        parts = written.split(" && " if apart else " & ")
        if any(" & " in part for part in parts):
            raise NotationFault(written, "use & or && between ideas, not both")
        return Phrase(written, tuple(self.idea(part, written) for part in parts), apart)

    def idea(self, part: str, written: str = "") -> Idea:
        """One idea of a phrase, by its words with single spaces."""
        return Idea(" ".join(part.split()), self.node(part, written))

    def node(self, part: str, written: str = "") -> Node:
        """What to look for; NotationFault when it cannot be read."""
        tokens = _spaced(part)
        node, left = self._wordings(tokens, written or part)
        if left:
            raise NotationFault(written or part, f"there is one {left[0]!r} too many")
        if _may_be_nothing(node):
            raise NotationFault(written or part, "it would be found everywhere")
        return node

    def _wordings(self, tokens: list[str], written: str) -> tuple[Node, list[str]]:
        """Wordings with | between them, up to a closing bracket or the end."""
        wordings: list[Node] = []
        while True:
            parts: list[Node] = []
            while tokens and tokens[0] not in ("|", ")", "]"):
                part, tokens = self._part(tokens, written)
                parts.append(part)
            if not parts:
                raise NotationFault(written, "a wording is empty")
            wordings.append(parts[0] if len(parts) == 1 else InOrder(tuple(parts)))
            if not tokens or tokens[0] != "|":
                return one_of(wordings), tokens
            tokens = tokens[1:]

    def _part(self, tokens: list[str], written: str) -> tuple[Node, list[str]]:
        first, rest = tokens[0], tokens[1:]
        closing = {"(": ")", "[": "]"}.get(first)
        if closing is None:
            return self._single(first, written), rest
        node, rest = self._wordings(rest, written)
        if not rest or rest[0] != closing:
            raise NotationFault(written, f"{first!r} is not closed")
        return (Maybe(node) if first == "[" else node), rest[1:]

    def _single(self, token: str, written: str) -> Node:
        if token.startswith(".."):
            return _gap(token, written)
        return one_of([self._word(word, written) for word in token.split("|") if word])

    def _word(self, word: str, written: str) -> Node:
        if word.startswith("{"):
            family = self.families.get(word.strip("{}"))
            if family is None:
                raise NotationFault(written, f"there is no family {word}")
            return family
        if word.startswith("#"):
            return _number(word, written)
        if word.startswith("="):
            return AWord(frozenset(), frozenset({word[1:].lower()}))
        if word.endswith("*"):
            return _beginning(word[:-1].lower(), written)
        if word not in self._plain:
            plain, put_right = self.vocabulary.plain, self.vocabulary.put_right
            words = [AWord(plain(put_right(each))) for each in spoken(word)]
            self._plain[word] = words[0] if len(words) == 1 else InOrder(tuple(words))
        return self._plain[word]


def one_of(parts: list[Node]) -> Node:
    """One of several, single words drawn together."""
    if len(parts) == 1:
        return parts[0]
    words = [part for part in parts if isinstance(part, AWord)]
    inner = [each for part in parts if isinstance(part, OneOf) for each in part.parts]
    words += [part for part in inner if isinstance(part, AWord)]
    others = [part for part in (*parts, *inner) if not isinstance(part, AWord | OneOf)]
    if not words:
        return others[0] if len(others) == 1 else OneOf(tuple(others))
    word = AWord(
        frozenset().union(*(each.keys for each in words)),
        frozenset().union(*(each.exact for each in words)),
        tuple(start for each in words for start in each.starts),
    )
    return OneOf((word, *others)) if others else word


def _spaced(part: str) -> list[str]:
    """Words and signs. In brackets a | parts whole wordings; elsewhere it stays inside a word."""
    depth, spaced = 0, ""
    for sign in "".join(_run(run) for run in _runs(part)):
        depth += (sign in "([") - (sign in ")]")
        stands_alone = sign in "()[]" or (sign == "|" and depth > 0)
        spaced += f" {sign} " if stands_alone else sign
    return spaced.split()


def _runs(part: str) -> list[str]:
    """The stretches between spaces that stand in no bracket."""
    depth, runs = 0, [""]
    for sign in part:
        depth += (sign in "([") - (sign in ")]")
        if sign == " " and depth == 0:
            runs.append("")
        runs[-1] += sign
    return runs


def _run(run: str) -> str:
    """A choice of words of which some are in brackets, a|(b c)|d, is one in brackets."""
    mixed = ")|" in run or "|(" in run
    return f" ({run.strip()}) " if mixed and not run.strip().startswith("[") else run


def _gap(token: str, written: str) -> Gap:
    digits = token.lstrip(".")
    if digits and not digits.isdigit():
        raise NotationFault(written, f"{token!r} is no gap: write .. or ..6")
    most = int(digits) if digits else ORDINARY_GAP
    if not 1 <= most <= LONGEST_GAP:
        raise NotationFault(written, f"a gap has 1 to {LONGEST_GAP} words")
    return Gap(most)


def _number(word: str, written: str) -> Node:
    if word == NUMBER:
        return ANumber(0, float("inf"))
    least, _, most = word[1:].partition("-")
    if not (least.isdigit() and most.isdigit()):
        raise NotationFault(written, f"{word!r} is no number: write # or #0-90")
    return ANumber(float(least), float(most))


def _beginning(start: str, written: str) -> AWord:
    if len(start) < STEM or not start.isalpha():
        raise NotationFault(written, f"'{start}*' needs at least three letters")
    return AWord(frozenset(), starts=(start,))


def _may_be_nothing(node: Node) -> bool:
    match node:
        case Gap() | Maybe():
            return True
        case OneOf(parts):
            return any(_may_be_nothing(part) for part in parts)
        case InOrder(parts):
            return all(_may_be_nothing(part) for part in parts)
    return False
