"""Which words a part of a phrase can begin with, so that only those worth trying are tried."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from mash_triage.reading.notation import ANumber, AWord, Gap, InOrder, Maybe, Node, OneOf
from mash_triage.reading.vocabulary import NUMBER, STEM
from mash_triage.reading.words import Word

Keys = frozenset[str] | None
"""Keys of which a word must have one; None: any word will do."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Wordings by the keys of their first word; `anyway` holds those that may begin with any."""

    by_key: dict[str, tuple[Node, ...]]
    anyway: tuple[Node, ...]

    def worth_trying(self, word: Word) -> dict[Node, None]:
        """The wordings that may begin with this word, each once."""
        tried = dict.fromkeys(self.anyway)
        for key in word.keys:
            for part in self.by_key.get(key, ()):
                tried[part] = None
        return tried


@cache
def choice_of(one_of: OneOf) -> Choice:
    """The wordings of a choice, sorted by their first words."""
    by_key: dict[str, list[Node]] = defaultdict(list)
    anyway = []
    for part in one_of.parts:
        keys = first_keys(part)
        if keys is None:
            anyway.append(part)
        for key in keys or ():
            by_key[key].append(part)
    return Choice({key: tuple(parts) for key, parts in by_key.items()}, tuple(anyway))


def keys_of(word: AWord) -> frozenset[str]:
    """The keys by which a word of the text may meet the word asked for."""
    return word.keys | word.exact | {start[:STEM] + "*" for start in word.starts}


@cache
def first_keys(node: Node) -> Keys:
    """The keys of which the first word must have one."""
    match node:
        case AWord():
            return keys_of(node)
        case ANumber():
            return frozenset({NUMBER})
        case OneOf(parts):
            return _any_of(parts)
        case InOrder(parts):
            return _of_order(parts)
    return None


def _any_of(parts: tuple[Node, ...]) -> Keys:
    each = [first_keys(part) for part in parts]
    known = [keys for keys in each if keys is not None]
    return frozenset().union(*known) if len(known) == len(each) else None


def _of_order(parts: tuple[Node, ...]) -> Keys:
    first, *rest = parts
    if isinstance(first, Maybe) and rest:
        return _any_of((first.part, InOrder(tuple(rest))))
    return None if isinstance(first, Gap) else first_keys(first)
