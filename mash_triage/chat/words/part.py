"""What the readers of a sentence share: the people so far, who types, and what was asked."""

import re
from dataclasses import dataclass
from datetime import date

from mash_triage.chat.people.cast import Cast
from mash_triage.chat.words.items import Sentence, is_shortened
from mash_triage.chat.words.seen import Seen
from mash_triage.chat.words.vocabulary import FEMALE, MALE


@dataclass(frozen=True)
class About:
    """Who types, as far as the account says it."""

    agency: str
    self_refers: bool
    role: str = ""


BOTH = re.compile(
    r"\b(?:both|all (?:of them|three|the kids|four)|twins|same for|they all|they're at"
    r"|they are at|<z\d+> are at|each|all at)\b"
)


class Part:
    """One reader of sentences; it gives what it finds to the cast."""

    def __init__(self, cast: Cast, about: About, pending: str | None, turn: str) -> None:
        self.cast, self.about, self.pending, self.turn = cast, about, pending, turn
        self.today: date = cast.today
        self.named: list[int] = []
        """The children named so far in this turn."""

    def _nearest_person(self, sentence: Sentence, seen: Seen, place: int) -> int | None:
        found = [
            n
            for n in seen.people
            if sentence.items[n].end <= place and sentence.items[n].kind in {"name", "kin", "young"}
        ]
        if found:
            return seen.people[max(found)]
        found = [n for n in seen.people if sentence.items[n].end <= place]
        if found:
            return seen.people[max(found)]
        return next((n for n in reversed(self.cast.recent) if n in self.cast.people), None)

    def _has_age(self, who: int) -> bool:
        return any(
            self.cast.value(what, who) is not None for what in ("age_years", "age_months", "dob")
        )

    def _unborn(self) -> int:
        cast = self.cast
        for who in cast.children():
            if not self._has_age(who) and not cast.value("given_names", who):
                return who
        return cast.new("child")

    def _children_meant(self, sentence: Sentence, seen: Seen, place: int) -> list[int]:
        cast = self.cast
        if BOTH.search(sentence.tagged):
            return list(cast.children())
        children = [
            n
            for n in seen.people
            if cast.people[seen.people[n]].role == "child" and sentence.items[n].end <= place
        ]
        if children:
            last = max(children)
            between = sentence.tagged[sentence.tagged.find(f"{last}>") :]
            joined = re.search(
                rf"<[nk](\d+)>(?: \d+| <a\d+>)? (?:and|&) <n{last}>", sentence.tagged
            )
            if (
                joined
                and re.match(rf"{last}>(?: \d+| <a\d+>)?,? (?:they|both|are)", between)
                and int(joined[1]) in seen.people
            ):
                return [seen.people[int(joined[1])], seen.people[last]]
            who = seen.people[last]
            if (
                re.search(r"\btheyre\b|they're|<z\d+> are", sentence.tagged)
                and len({seen.people[n] for n in children}) > 1
            ):
                return list(dict.fromkeys(seen.people[n] for n in children))
            return [who]
        one = self._one_meant(sentence, seen)
        return [] if one is None else [one]

    def _one_meant(self, sentence: Sentence, seen: Seen) -> int | None:
        """The one child a sentence without a child's name before it speaks of: named earlier in
        this turn, else meant by he or she, else the child whom the conversation began with.
        """
        cast = self.cast
        if self.named and cast.people[self.named[-1]].role == "child":
            return self.named[-1]
        sexes = {
            {"he": MALE, "she": FEMALE}[item.value]
            for n, item in enumerate(sentence.items)
            if item.kind == "pronoun"
            and item.value in {"he", "she"}
            and (n not in seen.people or cast.people[seen.people[n]].role == "child")
        }
        may = [
            n
            for n in cast.children()
            if not (len(sexes) == 1 and cast.people[n].sex and cast.people[n].sex not in sexes)
        ]
        last = cast.subject()
        known = [n for n in may if cast.people[n].sex in sexes]
        if known:
            return last if last in known else known[0]
        if sexes and last in may:
            return last
        return may[0] if may else last


def raw_at(sentence: Sentence, place: int) -> int:
    """A place in the tagged sentence as a place in the words."""
    done, at = 0, sentence.start
    for one in re.finditer(r"<[a-z](\d+)>", sentence.tagged):
        item = sentence.items[int(one[1])]
        if one.start() >= place:
            break
        done, at = one.end() + (3 if is_shortened(item) else 0), item.end
        if done > place:
            return item.start - sentence.start
    return at + (place - done) - sentence.start


def said_in(sentence: Sentence, one: re.Match[str]) -> str:
    """The words of a find in the tagged sentence."""
    a, b = raw_at(sentence, one.start()), raw_at(sentence, one.end())
    return sentence.words[a:b].strip() or sentence.words


def words_at(sentence: Sentence, start: int, end: int) -> str:
    """The words between two places of the tagged sentence."""
    return sentence.words[raw_at(sentence, start) : raw_at(sentence, end)].strip()
