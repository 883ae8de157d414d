"""What is known of single words: uneven forms, numbers in words, and slips of the keyboard."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA

from mash_triage.reading.forms import plain_forms

SHORTEST_SLIP = 7  # letters; a shorter unknown word is left as it is
STEM = 3  # letters by which words that begin alike are found
NUMBER = "#"  # the key of every number
VOWELS = str.maketrans("", "", "aeiouy")
MOST_SLIPS = 2  # between two words with the same consonants; between others one


@dataclass(frozen=True)
class Vocabulary:
    """Words as data. `slips` puts single words right; `long_words` are met a slip away too.

    `ordinary` are words that are no slip though they look like one ("starting", "starving"), and
    so are `known` ones: all that a pattern is written with.
    """

    bases: dict[str, tuple[str, ...]]
    numbers: dict[str, float]
    slips: dict[str, str]
    ordinary: frozenset[str] = frozenset()
    known: frozenset[str] = frozenset()
    long_words: dict[tuple[str, int], tuple[str, ...]] = field(default_factory=dict)

    def put_right(self, word: str) -> str:
        """The word meant: itself, the data's correction, or the one long word a slip away."""
        if word in self.slips:
            return self.slips[word]
        if len(word) < SHORTEST_SLIP or not word.isalpha() or self._is_known(word):
            return word
        near = sorted(self._near(word))
        if not near or (len(near) > 1 and near[0][:2] == near[1][:2]):
            return word
        return near[0][2]

    def _is_known(self, word: str) -> bool:
        forms = self.plain(word)
        return not (forms.isdisjoint(self.known) and forms.isdisjoint(self.ordinary))

    def _near(self, word: str) -> Iterator[tuple[bool, int, str]]:
        """Long words that this may be a slip for, the likeliest least.

        The same consonants in the same order (suicidle), or one letter dropped, doubled or out of
        place. Another consonant in its place is mostly another word: starting, starving.
        """
        sound, letters = word.translate(VOWELS), sorted(word)
        for length in (len(word) - 1, len(word), len(word) + 1):
            for known in self.long_words.get((word[0], length), ()):
                slips = OSA.distance(word, known, score_cutoff=MOST_SLIPS)
                if slips > MOST_SLIPS:
                    continue
                sounds_else = known.translate(VOWELS) != sound
                moved = len(word) != length or sorted(known) == letters
                if not sounds_else or (slips == 1 and moved):
                    yield sounds_else, slips, known

    def number_of(self, word: str) -> float | None:
        """The number a word stands for; None when it is none."""
        if word in self.numbers:
            return self.numbers[word]
        bare = word.replace(",", "")
        if bare.isascii() and bare.replace(".", "", 1).isdigit() and len(bare) < SHORTEST_SLIP:
            return float(bare)
        return None

    def keys_of(self, word: str) -> frozenset[str]:
        """Everything by which a pattern may meet a word: plain forms, first letters, a number."""
        forms = self.plain(word)
        first = {word[:STEM] + "*"} if len(word) >= STEM else set()
        number = {NUMBER} if self.number_of(word) is not None else set()
        return forms | first | number

    def plain(self, word: str) -> frozenset[str]:
        """The plain forms of a word, uneven ones too (went: go)."""
        return plain_forms(word) | frozenset(self.bases.get(word, ()))


def by_first_and_length(words: Iterable[str]) -> dict[tuple[str, int], tuple[str, ...]]:
    """Long words by first letter and number of letters, so that few are tried for a slip."""
    sorted_in: dict[tuple[str, int], list[str]] = defaultdict(list)
    for word in sorted(words):
        if len(word) >= SHORTEST_SLIP:
            sorted_in[word[0], len(word)].append(word)
    return {key: tuple(each) for key, each in sorted_in.items()}
