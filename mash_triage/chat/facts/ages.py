"""Ages and weeks of pregnancy, each given to the person it belongs to."""

import re

from mash_triage.chat.facts.age_lists import AgeLists
from mash_triage.chat.facts.births import NUMBER
from mash_triage.chat.words.items import Item, Sentence
from mash_triage.chat.words.seen import Seen

_M = r"<([nkbzm])(\d+)>"
_BE = (
    r"(?:'s)?,?(?: who is| who's| whos| of| just gone| just turned| nearly| roughly| is| are"
    r"| was|'s| only| just| about| now| aged| maybe"
    r"|,? (?:male|female|boy|girl|m|f)(?=,| \d| <a)| a| an"
    r"| small| little| i think| at home|,| \(|\(| -| both| called <n\d+>"
    r"| name is <n\d+>)*"
)
_NO_UNIT = (
    r"(?! again|\d|[:/%+*]|\.\d|-\d|st\b|nd\b|rd\b|th\b| ?(?:%|mins?|minutes|am|pm"
    r"|times|x\b|months|mths|weeks|wks|days|hours|hrs|boys?|girls?|kids|children"
    r"|others|of|miles|out|per|mates|phones|sisters|brothers|<b|<k))"
)
_AGE = re.compile(rf"{_M}{_BE}\s?(?:<a(\d+)>|{NUMBER}{_NO_UNIT})")
_AGE_FIRST = re.compile(
    rf"^(?:no |sorry |oh |yes )*(?:<a(\d+)>|{NUMBER}{_NO_UNIT})(?=$|[ ,.!?])"
    r"(?! (?:younger|older|little|small|half|step|other|more|young|big|grown|lovely|is )\b)"
)
_PREGNANT = re.compile(
    r"pregnan|\bdue\b|expecting|unborn|\bedd\b|pre-?birth|antenatal|hav(?:ing|in) a baby|\bbump\b"
    r"|midwife|gestation|mum to be|to be mum"
)


class Ages(AgeLists):
    """Ages and weeks of pregnancy, each given to the person it belongs to."""

    def _ages(self, sentence: Sentence, seen: Seen, used: set[int]) -> None:
        cast, tagged = self.cast, sentence.tagged
        listed = self._listed_ages(sentence, seen, used)
        at = 0
        while one := _AGE.search(tagged, at):
            at = one.end() if one.end() > one.start() + 1 else at + 1
            at = max(one.start() + 4, one.end() - 1)
            mention = int(one[2])
            who = seen.people.get(mention)
            if one[1] == "n" and mention in seen.own_name and self.about.self_refers:
                who = cast.owner
            if any(a <= one.end() - 1 < b for a, b in listed):
                continue
            if who is None or re.search(r"(?:said|says) $", tagged[: one.start()]):
                continue
            if re.match(
                r",? ?(?:in|on|next) (?:the )?<d|,? (?:next week|in a week)", tagged[one.end() :]
            ):
                continue
            if re.search(
                r"(?:nearly|almost|be|turning)\W*$", one[0][: one[0].rfind(one[4] or "<a")]
            ):
                continue
            if re.search(r"\b(?:in|of) (?:19|20)\d\d\b|years ago", tagged):
                continue
            if re.match(r" or (?:so )?<x", tagged[one.end() :]):
                continue
            mark = sentence.at(one[3]) if one[3] else None
            if mark is not None:
                used.add(int(one[3]))
            if mark is not None and self._carrying(mark, tagged[: one.start(2)]):
                self.cast.note("weeks", mark.value[1], mark.words, self._unborn())
                continue
            self._aged(who, mark, one[4], mark.words if mark else one[4])
            if cast.value("_twins") and who in cast.children():
                for other in cast.children():
                    if mark is not None and not cast.value("age_months", other):
                        self._aged(other, mark, one[4], mark.words)
        first = _AGE_FIRST.match(tagged)
        if first:
            mark = sentence.at(first[1]) if first[1] else None
            bare = len(re.sub(r"<\w\d+>", "", tagged).split()) <= 6
            if mark is None and not (bare or re.match(r"\d+, ?<|\d+ |\d+\. ", tagged)):
                return
            who = self._whose_age(int(first[2]) if first[2] and first[2].isdecimal() else None)
            wanted = bool(self.pending and self.pending.startswith("age")) or bare
            wanted = wanted or (bool(self.named) and re.match(r"\d+\. ", tagged) is not None)
            if (
                who is not None
                and wanted
                and not re.match(r".{0,4} (?:out of|percent|per cent|/)", tagged)
            ):
                if mark is not None:
                    used.add(int(first[1]))
                self._aged(who, mark, first[2], mark.words if mark else first[2])

    def _carrying(self, mark: Item, before: str) -> bool:
        """Are these the weeks of a pregnancy rather than of somebody's age?"""
        kind, value = mark.value
        if kind != "weeks" or not 4 <= value <= 42 or re.search(r"\bold\b", mark.words):
            return False
        return bool(_PREGNANT.search(self.turn.lower())) and not re.search(
            r"\bbook(?:ed|ing|er)\b[^.]*$|\bborn\b", before
        )

    def _whose_age(self, years: int | None) -> int | None:
        """Whose age a bare number is: who was spoken of last."""
        cast = self.cast
        if self.about.self_refers and cast.owner is not None and not self._has_age(cast.owner):
            return cast.owner
        last = next((n for n in reversed(cast.recent) if n in cast.people), None)
        if last is None or (cast.people[last].role == "child" and years is not None and years > 19):
            return None
        return last

    def _weeks(self, sentence: Sentence, _seen: Seen, _number: int, item: Item) -> None:
        if re.search(r"\bborn\b|postnatal|nicu|neonatal|care baby", sentence.tagged):
            return
        if re.search(
            r"pregnan|booking|edd|unborn|gestation|mum|bump|due|antenatal|clinic|scan|weeks",
            self.turn.lower(),
        ):
            self.cast.note("weeks", item.value, item.words, self._unborn())
