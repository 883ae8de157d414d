"""Whether a child moves about alone: "not rolling yet", "walks fine", "a non mobile baby"."""

import re

from mash_triage.chat.words.items import Sentence
from mash_triage.chat.words.part import Part, raw_at, said_in
from mash_triage.chat.words.seen import Seen

_MOVES = r"(?:roll|crawl|walk|cruis|shuffl|toddl|mobile|sit(?:ting)? up|on the move)"
_NOT_ALONE = re.compile(
    r"\b(?:(?:not|isn'?t|aint|ain't|hasn'?t|doesn'?t|does not|can'?t|cannot|can not|never"
    r"|nowhere near)"
    r"(?: (?:even|yet|yet able to|able to|started|started to|be|been|really|near|close to))*"
    rf" {_MOVES}\w*|(?:non|pre|im)[- ]?mobile|no (?:rolling|crawling|walking)"
    r"|too (?:young|small|little) to (?:roll|crawl|walk|move))\b"
)
_ALONE = re.compile(
    r"\b(?:(?:can|could|is|are|already|now|up and|started|just started|'s|be)"
    r"(?: (?:just|now|already|up and))* (?:walk(?:ing)?(?: and run)?|crawl(?:ing)?"
    r"|run(?:ning)? (?:about|around|round)"
    r"|toddling|cruising|rolling|fully mobile|very mobile|mobile|on the move)"
    r"|(?:walks?|runs?|moves?|gets? about|crawls?|toddles)(?: about| around| everywhere| round)?"
    r"(?: (?:fine|well|ok|okay|alone|independently|by (?:him|her|them|it)self|unaided"
    r"|no problem|normally))"
    r"|crawls|independently mobile|fully mobile|climber|climbs everything)\b"
)
_OTHERS = re.compile(
    r"\b(?:walk(?:ing|s)? (?:to|home|from|out|past|in|into|up|off|the|down|along|back|on|away|them"
    r"|<)|mobile (?:is|no|number|phone)|<p\d+>|dog|if\b|said|told|when <z|\?)|<p\d+>"
)


class Moving(Part):
    """Reads of a child whether it gets about alone."""

    def _moving(self, sentence: Sentence, seen: Seen) -> None:
        tagged = sentence.tagged
        for value, pattern in (("no", _NOT_ALONE), ("yes", _ALONE)):
            one = pattern.search(tagged)
            if one is None or _OTHERS.search(tagged[one.start() :]):
                continue
            adults = [n for n in seen.people if self.cast.people[seen.people[n]].role == "adult"]
            near = [n for n in seen.people if sentence.tagged.find(f"{n}>") < one.start()]
            if near and max(near) in adults:
                return
            place = sentence.start + raw_at(sentence, one.start())
            for who in self._children_meant(sentence, seen, place)[:1]:
                self.cast.note("mobile", value, said_in(sentence, one), who)
            return
