"""Whom a finding is about, as far as it can be told: the child, or a grown-up.

The nearest person named before the finding in its sentence; a "he" or "she" there stands for
whoever was last named at the beginning of a sentence and goes by it. Where it cannot be told,
nothing is said.
"""

from typing import Literal

from mash_triage.reading.search import Hit
from mash_triage.reading.shapes import People
from mash_triage.reading.words import Sentence, Word

Who = Literal["child", "grown_up"]
BEGINNING = 4  # words in which the subject of a sentence is looked for


class Subjects:
    """Who each "he", "she" and "they" at the beginning of a sentence stands for."""

    def __init__(self, people: People, sentences: tuple[Sentence, ...]) -> None:
        self.people = people
        self.sentences = sentences
        self.meant: list[dict[str, Who]] = []
        last: dict[str, Who] = {}
        for sentence in sentences:
            self.meant.append(dict(last))
            for word in sentence.words[:BEGINNING]:
                who = self._named(word)
                if who is not None:
                    last.update(dict.fromkeys(self._goes_by(word), who))
                    break
                if word.text in people.pronouns:
                    break

    def of(self, hit: Hit) -> Who | None:
        """Whom the finding is about; None when it cannot be told."""
        words = self.sentences[hit.sentence].words
        for place in range(min(hit.first + 1, len(words)) - 1, -1, -1):
            word = words[place]
            who = self._named(word)
            if who is not None:
                return None if self._tells(words[place + 1 : place + 3]) else who
            if word.text in self.people.pronouns:
                at_beginning = place < BEGINNING
                return self.meant[hit.sentence].get(word.text) if at_beginning else None
        return None

    def _tells(self, after: tuple[Word, ...]) -> bool:
        return any(not word.keys.isdisjoint(self.people.tells) for word in after)

    def _named(self, word: Word) -> Who | None:
        if word.text in self.people.grown_up:
            return "grown_up"
        return "child" if word.text in self.people.child else None

    def _goes_by(self, word: Word) -> tuple[str, ...]:
        """The pronouns a person goes by: any, unless the data knows better."""
        for pronoun, names in (("she", self.people.she), ("he", self.people.he)):
            if word.text in names:
                return (pronoun,)
        return self.people.pronouns
