"""A sentence in its clauses, each with the people it speaks of: "he", "both", or who went on."""

import re
from dataclasses import dataclass

from mash_triage.chat.people.cast import PARENTS, Cast
from mash_triage.chat.words.items import Sentence
from mash_triage.chat.words.part import raw_at
from mash_triage.chat.words.seen import Seen

_BREAK = re.compile(
    r"[,;()]|\.(?= |$)| - | (?:but|so|because|cos|bcs|while|although) |(?= who(?:'s| |s ))"
    r"|(?= (?:and|&|\+|n) )"
)
_FIRST = re.compile(
    r"^(?:and|&|\+|n|so|but|also|well|now|then|that|the|a|an|oh|yes|no|ok|usually|currently|only"
    r"|think|says|said|apparently|theres|there's|there is|older|big|little|<p\d+>|'s| )*"
    r"(?P<chain><[knbgzm]\d+>(?:'s)?(?:(?: is| was)?(?: called)? ?,? ?<[knm]\d+>)*)"
)
_BOTH = re.compile(r"\b(?:both|they|parents|the two of them|neither)\b|<z\d+> both|each of")


@dataclass(frozen=True)
class Clause:
    """A part of a sentence, its words, and the people it speaks of."""

    tagged: str
    words: str
    who: tuple[int, ...]


def clauses(sentence: Sentence, seen: Seen, cast: Cast) -> list[Clause]:
    """The clauses of a sentence; one that names nobody goes on with the one before it."""
    found: list[Clause] = []
    carried: tuple[int, ...] = ()
    whom: tuple[int, ...] = _spoken_of(cast)
    for start, end in _places(sentence.tagged):
        piece = sentence.tagged[start:end]
        said = _first(piece, sentence, seen, cast, (*carried, *whom))
        if said:
            whom = tuple(dict.fromkeys((*carried, *said)))
        rest = _FIRST.sub("", piece)
        carried = whom if said and not re.search(r"[a-z]{2}", re.sub(r"<\w\d+>", "", rest)) else ()
        words = sentence.words[raw_at(sentence, start) : raw_at(sentence, end)].strip(" ,")
        found.append(Clause(piece, words, whom))
    return found


def _places(tagged: str) -> list[tuple[int, int]]:
    places, at = [], 0
    for one in _BREAK.finditer(tagged):
        places.append((at, one.start()))
        at = one.end()
    return [(a, b) for a, b in (*places, (at, len(tagged))) if tagged[a:b].strip()]


def _spoken_of(cast: Cast) -> tuple[int, ...]:
    last = next((n for n in reversed(cast.recent) if n in cast.people), None)
    return () if last is None else (last,)


def _first(
    piece: str, sentence: Sentence, seen: Seen, cast: Cast, before: tuple[int, ...]
) -> tuple[int, ...]:
    """Who stands first in a clause, or both parents where it says "both" or "they"."""
    one = _FIRST.match(piece)
    numbers = [int(n) for n in re.findall(r"<[knbgzm](\d+)>", one["chain"])] if one else []
    if numbers and sentence.items[numbers[-1]].value != "they":
        if len(numbers) > 1 and sentence.items[numbers[-1]].kind == "staff":
            numbers = numbers[:-1]
        who = seen.people.get(numbers[-1])
        return () if who is None or who not in cast.people else (who,)
    plural = numbers or _BOTH.search(piece)
    grown = [
        n for n in dict.fromkeys(before) if n in cast.people and cast.people[n].role == "adult"
    ]
    if plural and len(grown) < 2:
        grown = [n for n in cast.adults() if cast.people[n].kin in PARENTS]
    return tuple(grown) if plural else ()
