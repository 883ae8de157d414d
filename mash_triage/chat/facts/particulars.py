"""Ages, birth dates, numbers, homes and schools: each given to the person it belongs to."""

from mash_triage.chat.facts.ages import Ages
from mash_triage.chat.facts.fixed_words import FixedWords
from mash_triage.chat.facts.homes import Homes
from mash_triage.chat.facts.moving import Moving
from mash_triage.chat.facts.numbers import Numbers
from mash_triage.chat.facts.services import Services
from mash_triage.chat.words.items import Sentence
from mash_triage.chat.words.seen import Seen


class Particulars(Ages, Numbers, Homes, FixedWords, Services, Moving):
    """Gives the marks of a sentence to the people of the conversation."""

    def take(self, sentence: Sentence, seen: Seen) -> None:
        """All that this sentence says in figures, forms and fixed words."""
        used: set[int] = set()
        self._births(sentence, seen, used)
        self._ages(sentence, seen, used)
        for number, item in enumerate(sentence.items):
            if number not in used and (deed := getattr(self, f"_{item.kind}", None)):
                deed(sentence, seen, number, item)
        self._plain_words(sentence, seen)
        self._services(sentence, seen)
        self._since(sentence)
        self._moving(sentence, seen)
        self.named += [
            seen.people[n]
            for n in sorted(seen.people)
            if sentence.items[n].kind in {"name", "kin", "young"}
            and self.cast.people[seen.people[n]].role == "child"
        ]
