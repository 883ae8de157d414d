"""Looking for patterns in sentences: each is tried only where a word it cannot do without is."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass

from mash_triage.reading.choices import Keys, choice_of, first_keys, keys_of
from mash_triage.reading.notation import (
    ANumber,
    AWord,
    Gap,
    Idea,
    InOrder,
    Maybe,
    Node,
    OneOf,
    Phrase,
)
from mash_triage.reading.vocabulary import NUMBER
from mash_triage.reading.words import Sentence, Word

Places = Set[int]
"""Places among the words of a sentence, counted from 0."""

COMMON_COST = 40  # a common word is looked for last
NOWHERE: frozenset[int] = frozenset()
MOST_FILLERS = 2  # small words that may stand between two words of a phrase


@dataclass(frozen=True, slots=True, order=True)
class Hit:
    """Words `first` up to but not including `last` of a sentence."""

    sentence: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class SmallWords:
    """Words that may be passed over unseen, words that no gap passes over (not, without), and
    words so common that looking for them first rules nothing out."""

    fillers: frozenset[str]
    barriers: frozenset[str]
    common: frozenset[str] = frozenset()

    def cost(self, keys: frozenset[str]) -> int:
        """How little asking for one of these rules out: common words are nearly always there."""
        return len(keys) + COMMON_COST * len(keys & self.common)


def meets(word: Word, node: AWord) -> bool:
    """Whether a word of the text is the word asked for."""
    if not node.keys.isdisjoint(word.keys) or word.text in node.exact:
        return True
    return bool(node.starts) and word.text.startswith(node.starts)


def ends(node: Node, words: tuple[Word, ...], place: int, small: SmallWords) -> Places:
    """Where the node may end when it begins at `place`; empty when it is not there."""
    match node:
        case AWord():
            return {place + 1} if place < len(words) and meets(words[place], node) else NOWHERE
        case OneOf():
            return _of_choice(node, words, place, small)
        case InOrder(parts):
            return _in_order(parts, words, place, small)
        case Gap(most):
            return set(_past(words, place, most, small.barriers))
        case Maybe(part):
            return {place} | ends(part, words, place, small)
        case ANumber(least, most):
            number = words[place].number if place < len(words) else None
            return {place + 1} if number is not None and least <= number <= most else NOWHERE


def _of_choice(one_of: OneOf, words: tuple[Word, ...], place: int, small: SmallWords) -> Places:
    choice = choice_of(one_of)
    tried = choice.worth_trying(words[place]) if place < len(words) else choice.anyway
    reached: Places = NOWHERE
    for part in tried:
        reached = reached | ends(part, words, place, small)
    return reached


def _in_order(
    parts: tuple[Node, ...], words: tuple[Word, ...], place: int, small: SmallWords
) -> Places:
    places = ends(parts[0], words, place, small)
    for part in parts[1:]:
        if not places:
            return NOWHERE
        reached: Places = NOWHERE
        for each in _past_fillers(places, words, small):
            reached = reached | ends(part, words, each, small)
        places = reached
    return places


def _past(
    words: tuple[Word, ...], place: int, most: int, barriers: frozenset[str]
) -> Iterator[int]:
    yield place
    for step in range(place, min(place + most, len(words))):
        if words[step].text in barriers:
            return
        yield step + 1


def _past_fillers(places: Places, words: tuple[Word, ...], small: SmallWords) -> Places:
    reached = set(places)
    for place in places:
        for step in range(place, min(place + MOST_FILLERS, len(words))):
            if words[step].text not in small.fillers:
                break
            reached.add(step + 1)
    return reached


def needed(node: Node) -> tuple[frozenset[str], ...]:
    """Sets of keys: of each, one must be in the sentence for the node to be there."""
    match node:
        case AWord():
            return (keys_of(node),)
        case ANumber():
            return (frozenset({NUMBER}),)
        case OneOf(parts):
            each = [needed(part) for part in parts]
            if not all(each):
                return ()
            return (frozenset().union(*(min(keys, key=len) for keys in each)),)
        case InOrder(parts):
            return tuple(keys for part in parts for keys in needed(part))
    return ()


@dataclass(frozen=True)
class Plan:
    """How to look for an idea quickly: what its sentence must hold, and where it may begin."""

    idea: Idea
    needed: tuple[frozenset[str], ...]
    begins: Keys

    def places(self, by_key: dict[str, list[int]], length: int) -> Iterable[int]:
        """The places of a sentence worth trying; none when a word it needs is not there."""
        there = by_key.keys()
        for keys in self.needed:
            if there.isdisjoint(keys):
                return ()
        if self.begins is None:
            return range(length)
        if len(self.begins) > len(there):
            return sorted({place for key in there if key in self.begins for place in by_key[key]})
        return sorted({place for key in self.begins if key in by_key for place in by_key[key]})


Hits = dict[Idea, dict[int, list[Hit]]]
"""The places of each idea, by the number of the sentence."""


class Search:
    """Many phrases looked for at once in the sentences of one text."""

    def __init__(self, phrases: Iterable[Phrase], small: SmallWords) -> None:
        self.small = small
        self.by_key: dict[str, list[Plan]] = defaultdict(list)
        for idea in dict.fromkeys(part for phrase in phrases for part in phrase.parts):
            plan = Plan(idea, needed(idea.node), first_keys(idea.node))
            for key in sorted(min(plan.needed, key=small.cost, default=())):
                self.by_key[key].append(plan)

    def hits(self, sentences: tuple[Sentence, ...]) -> Hits:
        """Every place of every idea, in the order of the text."""
        found: Hits = defaultdict(dict)
        for number, sentence in enumerate(sentences):
            by_key = _places_by_key(sentence)
            tried = {plan.idea: plan for key in by_key for plan in self.by_key.get(key, ())}
            for idea, plan in tried.items():
                places = plan.places(by_key, len(sentence.words))
                if there := list(self._there(sentence, number, idea.node, places)):
                    found[idea][number] = there
        return found

    def _there(
        self, sentence: Sentence, number: int, node: Node, places: Iterable[int]
    ) -> Iterator[Hit]:
        for place in places:
            found = ends(node, sentence.words, place, self.small)
            if found:
                yield Hit(number, place, min(found))


def _places_by_key(sentence: Sentence) -> dict[str, list[int]]:
    by_key: dict[str, list[int]] = defaultdict(list)
    for place, word in enumerate(sentence.words):
        for key in word.keys:
            by_key[key].append(place)
    return by_key


def together(phrase: Phrase, hits: Hits) -> Iterator[tuple[Hit, ...]]:
    """Each way in which the ideas of a phrase are found close enough, none of them twice over."""
    first, *others = phrase.parts
    for hit in (each for places in hits.get(first, {}).values() for each in places):
        chosen = [hit]
        for part in others:
            near = (each for each in _around(hits.get(part, {}), hit, phrase.apart))
            match = next((each for each in near if _is_apart(each, chosen)), None)
            if match is None:
                break
            chosen.append(match)
        if len(chosen) == len(phrase.parts):
            yield tuple(chosen)


def _around(places: dict[int, list[Hit]], hit: Hit, apart: int) -> Iterator[Hit]:
    for number in range(hit.sentence - apart, hit.sentence + apart + 1):
        yield from places.get(number, ())


def _is_apart(hit: Hit, chosen: list[Hit]) -> bool:
    return all(
        hit.sentence != other.sentence or hit.last <= other.first or hit.first >= other.last
        for other in chosen
    )
