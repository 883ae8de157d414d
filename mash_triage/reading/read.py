"""Reading one worry: from free text and structured facts to proposals, and danger at hand."""

from collections.abc import Iterator, Set
from dataclasses import dataclass
from typing import Self

from mash_triage.reading.about import About
from mash_triage.reading.context import Context
from mash_triage.reading.found import Found, Proposal, Reading, SetAside
from mash_triage.reading.notation import Phrase
from mash_triage.reading.search import Hit, Hits, together
from mash_triage.reading.shapes import Why, Worry
from mash_triage.reading.weighed import Weighed, Weights
from mash_triage.reading.words import Sentence, sentences_of
from mash_triage.reading.worries import Read, Worries

DANGER = "immediate_danger"
"""The entry of the pattern data that speaks of danger in the next hours, not yet safe."""

Ways = Iterator[tuple[tuple[Hit, ...], Why | None]]


def read_text(text: str, about: About, worries: Worries, weights: Weights | None = None) -> Reading:
    """What a narrative may speak of, by the taxonomy's codes.

    With weights, all its words together must bear out what a wording finds, and may speak for a
    worry that no wording found; without them the wordings alone are heard.
    """
    told = Told.of(text, worries)
    counted, aside = findings(told, about, worries)
    by_wordings = set(counted)
    _follow(counted, about, worries)
    if weights is not None:
        kept = counted.keys() - by_wordings
        weighed = Weighed(text, told.sentences, told.context, weights)
        _weigh(weighed, counted, aside, kept, _never(about, worries))
        _follow(counted, about, worries)
    danger = counted.pop(DANGER, None)
    if _is_calm(worries, told.hits):
        for code in counted.keys() - set(worries.shared.calm_keeps):
            aside[code] = (counted.pop(code), "sent without a worry")
    return Reading(
        proposals=tuple(
            Proposal(f.sentence, f.start, f.end, f.words, code)
            for code, f in sorted(counted.items(), key=lambda item: (item[1].start, item[0]))
        ),
        set_aside=tuple(
            SetAside(f.sentence, f.start, f.end, f.words, code, why)
            for code, (f, why) in sorted(aside.items(), key=lambda item: (item[1][0].start, item))
            if code not in counted and code != DANGER
        ),
        immediate_danger=danger is not None,
        danger=() if danger is None else (danger,),
    )


@dataclass(frozen=True)
class Told:
    """A narrative taken apart: its sentences, where each idea is, and what surrounds it."""

    text: str
    sentences: tuple[Sentence, ...]
    hits: Hits
    context: Context

    @classmethod
    def of(cls, text: str, worries: Worries) -> Self:
        """A narrative, taken apart once for all that look at it."""
        sentences = sentences_of(text, worries.vocabulary)
        hits = worries.search.hits(sentences)
        return cls(text, sentences, hits, Context(worries, sentences, hits))


def _weigh(
    weighed: Weighed,
    counted: dict[str, Found],
    aside: dict[str, tuple[Found, Why]],
    kept: Set[str],
    never: Set[str],
) -> None:
    """Set aside what the other words do not bear out; add what they speak for by themselves.

    What follows from facts (any injury of a baby who cannot move) is kept in any case, and what
    cannot be of this child is never added.
    """
    for code in sorted(counted.keys() | weighed.points.keys()):
        if code in kept or weighed.speaks_for(code, with_wording=code in counted):
            found = counted.get(code) or (None if code in never else weighed.found(code))
            if found is not None:
                counted[code] = found
        elif code in counted:
            aside[code] = (counted.pop(code), "not borne out")


def _never(about: About, worries: Worries) -> Set[str]:
    """The codes that cannot be of this child, by age and what else is known."""
    return {
        each.code
        for each in worries.shared.only_for
        if not any(one.holds(about) for one in each.any_of)
    }


def findings(
    told: Told, about: About, worries: Worries
) -> tuple[dict[str, Found], dict[str, tuple[Found, Why]]]:
    """What each worry alone finds: what counts, and what is set aside with why, by code."""
    counted: dict[str, Found] = {}
    aside: dict[str, tuple[Found, Why]] = {}
    for read in sorted(worries.read, key=lambda each: bool(each.worry.with_codes)):
        if not _may_count(read.worry, about, counted):
            continue
        if read.worry.code in counted:
            continue
        for way, why in _ways(read, told.hits, told.context):
            found = _found(told.text, way, told.sentences)
            if why is None:
                counted[read.worry.code] = found
                break
            aside.setdefault(read.worry.code, (found, why))
    return counted, aside


def _is_calm(worries: Worries, hits: Hits) -> bool:
    """Whether the sender asks for nothing: sent by a rule, by mistake or for information."""

    def there(phrases: tuple[Phrase, ...]) -> bool:
        return any(True for phrase in phrases for _way in together(phrase, hits))

    return there(worries.calm) and not there(worries.not_calm)


def _may_count(worry: Worry, about: About, counted: dict[str, Found]) -> bool:
    beside = not worry.with_codes or any(code in counted for code in worry.with_codes)
    return beside and worry.only_if.holds(about)


def _ways(read: Read, hits: Hits, context: Context) -> Ways:
    """Each way a worry is found, with why it does not count, if it does not."""
    if any(
        _why(way, read, context) is None
        for phrase in read.unless_anywhere
        for way in together(phrase, hits)
    ):
        return
    barred = {
        hit.sentence for phrase in read.unless for way in together(phrase, hits) for hit in way
    }
    for phrase in read.phrases:
        yield from _in_context(together(phrase, hits), read, context, barred)
    yield from _hinted(read, hits, context, barred)


def _in_context(
    ways: Iterator[tuple[Hit, ...]], read: Read, context: Context, barred: set[int]
) -> Ways:
    for way in ways:
        if not any(hit.sentence in barred for hit in way):
            yield way, _why(way, read, context)


def _hinted(read: Read, hits: Hits, context: Context, barred: set[int]) -> Ways:
    """The first ways of enough different hints that count, as one."""
    firsts = []
    for hint in read.hints:
        ways = _in_context(together(hint, hits), read, context, barred)
        firsts += [next((way for way, why in ways if why is None), ())]
    firsts = [way for way in firsts if way]
    if firsts and len(firsts) >= read.worry.enough:
        yield tuple(sorted({hit for way in firsts for hit in way})), None


def _why(way: tuple[Hit, ...], read: Read, context: Context) -> Why | None:
    whys = (context.why_aside(hit, read.worry.counts_even_if) for hit in way)
    why = next((why for why in whys if why is not None), None)
    if why is None and read.worry.who is not None:
        who = context.who(min(way))
        return "somebody else" if who not in (None, read.worry.who) else None
    return why


def _follow(counted: dict[str, Found], about: About, worries: Worries) -> None:
    """What follows from what was found and what is known; the stronger replaces the weaker."""
    for follows in worries.shared.follows:
        found = next((counted[code] for code in follows.any_of if code in counted), None)
        if found is not None and follows.only_if.holds(about):
            counted.setdefault(follows.code, found)
    for stronger in worries.shared.stronger:
        if stronger.code in counted and stronger.only_if.holds(about):
            place = counted[stronger.code].start
            for weaker in stronger.instead_of:
                if weaker in counted and (
                    not stronger.same_sentence or counted[weaker].start == place
                ):
                    del counted[weaker]


def _found(text: str, way: tuple[Hit, ...], sentences: tuple[Sentence, ...]) -> Found:
    """The sentence of the first words, and the place of all the words of that sentence."""
    first = min(way)
    sentence = sentences[first.sentence]
    words = tuple(_place(hit, sentences[hit.sentence]) for hit in sorted(way))
    return Found(text[sentence.start : sentence.end], sentence.start, sentence.end, words)


def _place(hit: Hit, sentence: Sentence) -> tuple[int, int]:
    return sentence.words[hit.first].start, sentence.words[hit.last - 1].end
