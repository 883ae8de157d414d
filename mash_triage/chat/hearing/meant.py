"""Free text by what it means: phrases that answer a question in words that no rule lists.

The learned weights say which questions a phrase answers; who it is about is whom it mentions. What
a rule has understood of the same sentence stands.
"""

import re
from itertools import groupby

from mash_triage.chat.hearing.learned import weights_of
from mash_triage.chat.hearing.phrases import Phrase, phrase_words, phrases_in
from mash_triage.chat.people.cast import Cast
from mash_triage.chat.words.items import Sentence
from mash_triage.chat.words.seen import Seen

LEAST = {
    "where_now": 0.5, "with_now": 0.5, "next": 0.5, "previous": 0.6, "said": 0.6, "said_to": 0.6,
    "observed": 0.5, "disability": 0.6, "communication": 0.6, "sen": 0.6, "whereabouts": 0.5,
    "people_needs": 0.6, "work": 0.6, "lives_no": 0.8, "pr_yes": 0.6, "told_yes": 0.75,
    "told_no": 0.8, "agrees_yes": 0.75, "agrees_no": 0.8, "parents_view": 0.6, "child_view": 0.6,
    "not_told_reason": 0.6, "working_well": 0.5, "needs": 0.5, "told_by": 0.7, "injuries": 0.6,
    "medical": 0.6, "steps": 0.6, "help_so_far": 0.6, "staff_risk": 0.5, "restricted": 0.5,
}  # fmt: skip
"""The chance from which a phrase is filed under a question; higher for a yes or a no."""

OF_CONTACT = {
    "working_well": "working_well", "needs": "needs", "injuries": "injuries", "medical": "medical",
    "steps": "steps", "help_so_far": "help_so_far", "staff_risk": "staff_risk",
    "parents_view": "parents_view", "child_view": "child_view", "told_by": "told_by",
    "not_told_reason": "not_told_reason", "restricted": "restricted_text",
}  # fmt: skip
OF_CHILD = frozenset(
    ["where_now", "with_now", "next", "previous", "said", "said_to", "observed", "disability",
     "communication", "sen"]
)  # fmt: skip
OF_ADULT = frozenset(["whereabouts", "people_needs", "work"])
SAID_OF_ADULT = {
    "lives_no": ("lives", "no"), "pr_yes": ("pr", "yes"), "told_yes": ("told", "yes"),
    "told_no": ("told", "no"), "agrees_yes": ("agreement", "given"),
    "agrees_no": ("agreement", "refused"),
}  # fmt: skip
NOT_NAMED_YET = {"where_now": "_where", "with_now": "_with"}
"""Said before any child was: given to the children as soon as they are."""

_ALL = re.compile(
    r"\b(?:they|they're|theyre|them|both|all|kids|children|siblings|we're|we)\b", re.IGNORECASE
)


class Meant:
    """Files the phrases of a sentence under the questions that they answer."""

    def __init__(self, cast: Cast, asked: str | None) -> None:
        self.cast, self.asked = cast, asked or ""

    def take(self, sentence: Sentence, seen: Seen) -> None:
        """Every question that this sentence answers and no rule has filed it under."""
        phrases = phrases_in(sentence)
        words = [phrase_words(sentence, each) for each in phrases]
        model = weights_of("phrases")
        chances = []
        for n, mine in enumerate(words):
            around = [word for other, many in enumerate(words) if other != n for word in many]
            chances.append(model.chances(mine, around, self.asked) if mine else None)
        for place, label in enumerate(model.labels):
            is_so = [each is not None and each[place] >= LEAST[label] for each in chances]
            for yes, run in groupby(range(len(phrases)), key=is_so.__getitem__):
                if yes:
                    numbers = list(run)
                    self._file(label, sentence, seen, phrases[numbers[0]], phrases[numbers[-1]])

    def _file(self, label: str, sentence: Sentence, seen: Seen, a: Phrase, b: Phrase) -> None:
        words = sentence.words[a.start - sentence.start : b.end - sentence.start].strip(" *-,")
        if not words:
            return
        if label in OF_CONTACT:
            self._note(OF_CONTACT[label], words, None)
        elif label in OF_CHILD:
            children = self._children(sentence, seen, a.start, b.end)
            for who in children:
                self._note(label, words, who)
            if not children and label in NOT_NAMED_YET:
                self.cast.note(NOT_NAMED_YET[label], words, words)
        else:
            adult = self._adult(sentence, seen, a.start, b.end)
            if adult is not None and label in OF_ADULT:
                self._note(label, words, adult)
            elif adult is not None:
                what, value = SAID_OF_ADULT[label]
                self._say(what, value, words, adult)

    def _note(self, what: str, words: str, who: int | None) -> None:
        """Keep the words, unless this turn's rules have them there already."""
        for fact in self.cast.facts:
            same = (fact.what, fact.who, fact.turn) == (what, who, self.cast.turn)
            if same and (words in str(fact.value) or str(fact.value) in words):
                return
        if what == "said" and any(
            fact.what == "said" and fact.turn == self.cast.turn for fact in self.cast.facts
        ):
            return
        self.cast.note(what, words, words, who)

    def _say(self, what: str, value: str, words: str, who: int) -> None:
        """Keep a yes or a no, where nothing has been said of it."""
        if self.cast.value(what, who) is None:
            self.cast.note(what, value, words, who)

    def _children(self, sentence: Sentence, seen: Seen, start: int, end: int) -> list[int]:
        """The children whom the phrase mentions; else the one mentioned before it."""
        found = [
            n
            for n, who in sorted(seen.people.items())
            if who in self.cast.people
            and self.cast.people[who].role == "child"
            and sentence.items[n].start < end
        ]
        inside = [seen.people[n] for n in found if sentence.items[n].start >= start]
        if inside:
            return list(dict.fromkeys(inside))
        if _ALL.search(sentence.words[start - sentence.start : end - sentence.start]):
            return self.cast.children()
        one = seen.people[found[-1]] if found else self.cast.subject()
        return [] if one is None else [one]

    def _adult(self, sentence: Sentence, seen: Seen, start: int, end: int) -> int | None:
        """The adult whom the phrase mentions; else the one mentioned last before it."""
        adults = [
            n
            for n, who in seen.people.items()
            if who in self.cast.people
            and self.cast.people[who].role == "adult"
            and sentence.items[n].start < end
        ]
        inside = [n for n in adults if sentence.items[n].start >= start]
        chosen = min(inside) if inside else max(adults, default=None)
        if chosen is not None:
            return seen.people[chosen]
        last = next((n for n in reversed(self.cast.recent) if n in self.cast.people), None)
        return last if last is not None and self.cast.people[last].role == "adult" else None
