"""What surrounds a finding and sets it aside: denied, past, about somebody else, and so on.

The method is that of ConText (Harkema and others, 2009, after NegEx by Chapman and others,
2001): cues as data, each with the side it works on and how far, and words that end its reach.
"""

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise

from mash_triage.reading.people import Subjects
from mash_triage.reading.search import Hit, Hits
from mash_triage.reading.shapes import Cue, Why
from mash_triage.reading.words import Sentence, Word
from mash_triage.reading.worries import Worries

LONGEST_ITEM = 3  # words of an item in a list that a denial goes on to: no drink, drugs or debts
LONGEST_LAST_ITEM = 6
PART_OF_A_WORDING: frozenset[Why] = frozenset({"denied", "hypothetical", "hearsay"})
LAST_BEGINS = frozenset({"or", "nor"})


@dataclass(frozen=True, slots=True)
class Reach:
    """Words `first` up to `last` of a sentence that a cue speaks for; the cue's own place."""

    why: Why
    first: int
    last: int
    cue: tuple[int, int] | None


class Context:
    """All reaches of all cues in one text."""

    def __init__(self, worries: Worries, sentences: tuple[Sentence, ...], hits: Hits) -> None:
        self.sentences = sentences
        self.who = Subjects(worries.shared.people, sentences).of
        self.reaches: dict[int, list[Reach]] = defaultdict(list)
        self.stops: dict[int, list[int]] = defaultdict(list)
        for phrase in worries.ends_reach:
            for number, places in hits.get(phrase.parts[0], {}).items():
                self.stops[number].extend(hit.first for hit in places)
        for cue, phrases in worries.cues:
            for phrase in phrases:
                for places in hits.get(phrase.parts[0], {}).values():
                    for hit in places:
                        self._add(cue, hit)

    def _add(self, cue: Cue, hit: Hit) -> None:
        words = self.sentences[hit.sentence].words
        length = len(words)
        if cue.side == "paragraph":
            self._add_paragraph(cue, hit)
            return
        first, last = {
            "before": (hit.last, min(hit.last + cue.reach, _end_of_list(words, hit.last))),
            "after": (max(hit.first - cue.reach, 0), hit.first),
            "sentence": (0, length),
        }[cue.side]
        for stop in self.stops[hit.sentence]:
            if cue.side == "before" and hit.last <= stop:
                last = min(last, stop)
            if cue.side == "after" and stop < hit.first:
                first = max(first, stop)
        self.reaches[hit.sentence].append(Reach(cue.why, first, last, (hit.first, hit.last)))

    def _add_paragraph(self, cue: Cue, hit: Hit) -> None:
        paragraph = self.sentences[hit.sentence].paragraph
        for step in (1, -1):
            number = hit.sentence if step == 1 else hit.sentence - 1
            while 0 <= number < len(self.sentences):
                if self.sentences[number].paragraph != paragraph:
                    break
                self.reaches[number].append(Reach(cue.why, 0, 10**6, None))
                number += step

    def why_aside(self, hit: Hit, counts_even_if: tuple[Why, ...]) -> Why | None:
        """Why a finding does not count; None when it does. Its own words are no cue against it."""
        for reach in self.reaches.get(hit.sentence, ()):
            if reach.why in counts_even_if:
                continue
            if reach.why in PART_OF_A_WORDING and _within(reach.cue, hit):
                continue
            if reach.first <= hit.first < reach.last or reach.first < hit.last <= reach.last:
                return reach.why
        return None


def _end_of_list(words: tuple[Word, ...], first: int) -> int:
    """Where a list that begins at `first` ends: after a comma only short items go on with it."""
    begins = [place for place in range(first + 1, len(words)) if words[place].parted]
    for place, after in pairwise([*begins, len(words)]):
        is_last = any(word.text in LAST_BEGINS for word in words[place:after])
        if after - place > (LONGEST_LAST_ITEM if is_last else LONGEST_ITEM):
            return place
    return len(words)


def _within(cue: tuple[int, int] | None, hit: Hit) -> bool:
    return cue is not None and hit.first <= cue[0] and cue[1] <= hit.last
