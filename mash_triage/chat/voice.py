"""The child's own words, and the parents': who said what, to whom and when."""

import re

from mash_triage.chat.consents import PARENTS, Consents
from mash_triage.chat.items import Sentence
from mash_triage.chat.part import raw_at
from mash_triage.chat.seen import Seen

_SPEECH = (
    r"(?:told|said|says|say|tells|telling|tell|whispered|shouted|asked|wrote|words"
    r"|goes|quote|disclosed|stated|used the board|to say|reckons)"
)

_TO = re.compile(
    r"(?:told|tells|said to|says to|whispered to|disclosed to|board with"
    r"|spoke to) (?P<to>.+?)(?= to say| last| on | yesterday| today| this | at | in "
    r"| quote|,|:|;| <q| <d| that| it was| she | he | i |$)"
)


class Voice(Consents):
    """Gives each quotation to the one who said it."""

    def _voice(self, sentence: Sentence, seen: Seen) -> None:
        cast, tagged = self.cast, sentence.tagged
        for number, item in enumerate(sentence.items):
            if item.kind != "quote":
                continue
            at = tagged.find(f"<q{number}>")
            before, after = tagged[:at], tagged[at:]
            who = self._speaker(sentence, seen, number, before, after)
            if who is None:
                continue
            if cast.people[who].role == "child":
                cast.note("said", item.value, item.words, who)
                to = _TO.search(before) or re.search(
                    r"(?:said to|told) (?P<to><z\d+>|<k\d+>|<n\d+>|<m\d+>)", after
                )
                if to:
                    said = _part(
                        sentence,
                        to.start("to") if to.string is before else at + to.start("to"),
                        to.end("to") if to.string is before else at + to.end("to"),
                    )
                    cast.note("said_to", said, said, who)
                elif re.search(r"tells <z|to me\b", before + after):
                    cast.note("said_to", "me", "me", who)
                for other in sentence.items:
                    if other.kind == "date" and other.value.exact:
                        day = (
                            other.value.day
                            if other.value.day <= cast.today
                            else other.value.day.replace(year=other.value.day.year - 1)
                        )
                        cast.note("said_when", day.isoformat(), other.words, who)
            elif cast.people[who].kin in PARENTS:
                cast.note("parents_view", item.value, item.words)
                cast.note("view", item.value, item.words, who)

    def _speaker(
        self, sentence: Sentence, seen: Seen, number: int, before: str, after: str
    ) -> int | None:
        cast = self.cast
        item = sentence.items[number]
        verb = [*re.finditer(rf"\b{_SPEECH}\b(?! to be)", before)]
        if re.search(
            r"\b(?:reads|text|texted|sent us|sends|has just sent|posted|note|letter"
            r"|message)\b[^<]*(?:<[^q]\d+>[^<]*)*$",
            before,
        ):
            return None
        if re.search(
            r"\bwants?\b|to be|says (?:<z\d+> is|going)|called|means|meaning", before[-30:]
        ) and not re.search(rf"{_SPEECH}[^<]{{0,12}}$", before):
            return None
        if len(str(item.value).split()) < 2 and not verb:
            return None
        place = sentence.start + _place(sentence, verb[-1].start()) if verb else item.start
        mentioned = [
            n
            for n in seen.people
            if sentence.items[n].end <= place + 1 and sentence.items[n].value != "i"
        ]
        if verb and re.search(r"asked <n\d+>|asked <z\d+>|asked <k\d+>", before):
            mentioned = [
                n
                for n in seen.people
                if sentence.items[n].end <= item.start and sentence.items[n].value != "i"
            ]
        subjects = [
            n for n in mentioned if sentence.items[n].kind in {"name", "kin", "young", "pronoun"}
        ]
        if verb and subjects:
            who = seen.people[max(subjects)]
            gap = before[before.rfind(f"{max(subjects)}>") :]
            words = re.search(r"his words|her words|their words", _raw_before(sentence, item.start))
            if words and cast.people[who].role == "adult" and not verb:
                return who
            if "." in gap:
                return cast.subject()
            return who
        if re.match(
            r"<q\d+>,? ?(?:is |was |that's |thats )?(?:what )?<z(\d+)> (?:said|told|says)", after
        ) or re.match(r"<q\d+>,? ?thats what <z", after):
            return cast.subject()
        if subjects and (re.search(r"[:,-] ?$", before) or len(before) < 30):
            return seen.people[max(subjects)]
        if verb:
            last = next((n for n in reversed(cast.recent) if n in cast.people), None)
            follows = sentence.start > 0 and re.match(
                r"(?:and |but |then )?(?:says|said)\b", before
            )
            return last if last is not None and follows else cast.subject()
        if not before.strip(" .,") and self.pending and self.pending.startswith("voice"):
            return cast.subject()
        return None


def _place(sentence: Sentence, place: int) -> int:
    return raw_at(sentence, place)


def _part(sentence: Sentence, start: int, end: int) -> str:
    return sentence.words[raw_at(sentence, start) : raw_at(sentence, end)].strip()


def _raw_before(sentence: Sentence, place: int) -> str:
    return sentence.words[: place - sentence.start].lower()
