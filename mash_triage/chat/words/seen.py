"""Whom a sentence speaks of: each word that means a person, and the person it means."""

from dataclasses import dataclass, field

from mash_triage.chat.words.items import Sentence


@dataclass
class Seen:
    """Who is meant by the items of a sentence: number of item to person."""

    people: dict[int, int] = field(default_factory=dict)
    own_name: list[int] = field(default_factory=list)
    denied: set[int] = field(default_factory=set)
    others: set[int] = field(default_factory=set)
    surnames: frozenset[int] = frozenset()

    def before(self, sentence: Sentence, place: int) -> int | None:
        """Who was mentioned last before this place in the turn."""
        found = [n for n in self.people if sentence.items[n].end <= place]
        return self.people[max(found)] if found else None
