"""Free text by its cues: which sentences answer which question, in the person's own words."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from mash_triage.chat.people.cast import Cast
from mash_triage.chat.words.items import Sentence
from mash_triage.chat.words.seen import Seen
from mash_triage.chat.words.vocabulary import DATA

YOUNG = 5
"""Years below which what was seen of a child stands for what the child would say."""


@dataclass(frozen=True)
class Cue:
    """By which words a sentence answers a question, and whose answer it is."""

    what: str
    words: re.Pattern[str]
    unless: re.Pattern[str] | None
    who: str
    only: frozenset[str]


@cache
def cues() -> tuple[Cue, ...]:
    """The cues, as the data file gives them."""
    table: dict[str, Any] = tomllib.loads((DATA / "cues.toml").read_text("utf-8"))
    return tuple(
        Cue(
            each["what"],
            re.compile(each["words"]),
            re.compile(each["unless"]) if "unless" in each else None,
            each.get("who", "none"),
            frozenset(key for key in each if key.endswith("_only") or key == "needs_told_no"),
        )
        for each in table["cue"]
    )


def take_free_text(sentence: Sentence, seen: Seen, cast: Cast, *, self_refers: bool) -> set[str]:
    """Keep the sentence under each question that it answers; which they were."""
    taken = set()
    low = _read(sentence)
    for cue in cues():
        one = cue.words.search(low) or cue.words.search(sentence.tagged)
        if one is None or (
            cue.unless and (cue.unless.search(low) or cue.unless.search(sentence.tagged))
        ):
            continue
        if "needs_told_no" in cue.only and not any(
            f.what == "told" and f.value == "no" for f in cast.facts
        ):
            continue
        if "child_only" in cue.only and not (self_refers or "begged" in low or "asked us" in low):
            continue
        whom = _whose(cue, sentence, seen, cast, one)
        if whom is None and cue.who != "none":
            continue
        words = _whole(sentence)
        if cue.who == "none":
            cast.note(cue.what, words, words)
            taken.add(cue.what)
        for who in whom or ():
            cast.note(
                cue.what,
                _whole(sentence) if cue.what == "observed" else words,
                words,
                who,
            )
            taken.add(cue.what)
            _follows(cue.what, low, words, who, cast)
    return taken


def _follows(what: str, low: str, words: str, who: int, cast: Cast) -> None:
    """What a sentence about a disability says besides."""
    if what == "disability" and re.search(r"wheelchair|can'?t walk|cannot walk|bed ?bound", low):
        cast.note("mobile", "no", words, who)


def _whose(
    cue: Cue, sentence: Sentence, seen: Seen, cast: Cast, one: re.Match[str]
) -> tuple[int, ...] | None:
    if cue.who == "none":
        return ()
    place = _near(sentence, one.start())
    mentioned = [n for n in sorted(seen.people) if sentence.items[n].start <= place + 2]
    if cue.who == "adult":
        adults = [seen.people[n] for n in mentioned if cast.people[seen.people[n]].role == "adult"]
        if not adults:
            later = [
                seen.people[n]
                for n in sorted(seen.people)
                if cast.people[seen.people[n]].role == "adult"
            ]
            return (later[0],) if later else _focus(cast, "adult")
        return (adults[-1],)
    children = [seen.people[n] for n in mentioned if cast.people[seen.people[n]].role == "child"]
    if cue.what == "observed":
        found = [
            who
            for who in dict.fromkeys(seen.people[n] for n in sorted(seen.people))
            if cast.people[who].role == "child"
        ]
        found = [who for who in (children[-1:] or found[:1]) if _is_young(cast, who)]
        everyone = [
            who
            for who in dict.fromkeys(seen.people[n] for n in sorted(seen.people))
            if cast.people[who].role == "child" and _is_young(cast, who)
        ]
        return tuple(everyone or found) or (_focus(cast, "child") if _all_young(cast) else None)
    if children:
        return (children[-1],)
    only = cast.subject()
    return None if only is None else (only,)


def _focus(cast: Cast, role: str) -> tuple[int, ...] | None:
    last = next((n for n in reversed(cast.recent) if n in cast.people), None)
    return (last,) if last is not None and cast.people[last].role == role else None


def _is_young(cast: Cast, who: int) -> bool:
    years = cast.value("age_years", who)
    born = cast.value("dob", who)
    if cast.value("age_months", who) is not None or cast.value("communication", who):
        return True
    if born:
        return cast.today.year - int(born[:4]) <= YOUNG + 1
    return years is not None and years <= YOUNG + 1


def _all_young(cast: Cast) -> bool:
    return any(_is_young(cast, who) for who in cast.children())


def _read(sentence: Sentence) -> str:
    """The words in lower case, with numbers that only look like other words blanked."""
    words = sentence.words.lower()
    for item in sentence.items:
        if item.kind in {"nhs", "phone", "upn", "email", "postcode", "name", "staff"}:
            a, b = item.start - sentence.start, item.end - sentence.start
            words = words[:a] + " " * (b - a) + words[b:]
    return words


def _near(sentence: Sentence, place: int) -> int:
    return sentence.start + place if one_in(sentence, place) else sentence.end


def one_in(sentence: Sentence, place: int) -> bool:
    """Does this place lie within the sentence's own words?"""
    return place <= len(sentence.words)


def _whole(sentence: Sentence) -> str:
    return sentence.words.strip(" *-")
