"""The child's own words, and the parents': who said what, to whom, when, and whether alone."""

import re
from datetime import date

from mash_triage.chat.people.cast import PARENTS
from mash_triage.chat.sender.consents import Consents
from mash_triage.chat.words.dates import When, last_before
from mash_triage.chat.words.items import Item, Sentence
from mash_triage.chat.words.part import words_at
from mash_triage.chat.words.seen import Seen
from mash_triage.chat.words.vocabulary import FEMALE, MALE

BABY = 16
"""Months below which nobody says anything in words."""

_VERB = (
    r"(?:told|said|says|say|tells|telling|tell|whispered|shouted|asked|wrote|words|text(?:ed)?|txt"
    r"|goes|went|quote|disclosed|stated|used the board|to say|reckons|cried|screamed|mumbled|added"
    r"|replied|answered|drew|signed|explained|shown|showed)"
)
_SPEAKS = re.compile(rf"\b{_VERB}\b(?! to be)")
_TO = re.compile(
    r"\b(?:told|tells|telling|said(?: it| this| that)? to|says(?: it)? to|to say to|whispered to"
    r"|shouted to|disclosed to|board with|spoke to|was to|text(?:ed)?|txt|messaged|showed|cried to"
    r"|it to|(?:<n\d+>|<k\d+>|<z\d+>|words|text|message|note) to|drew \w+(?: \w+)? for|^to) "
    r"(?P<to>(?:the |our |a |<v\d+> )(?:[a-z]+ (?=[a-z]*<?[knbm]))?(?:<[knbm]\d+>"
    r"|[a-z]{2,}(?: (?:nurse"
    r"|worker|teacher|officer|assistant|mentor|tutor))?)|(?:[a-z]+ )?<[zknbm]\d+>|[a-z]{3,})"
)
_NO_HEARER = re.compile(
    r"^(?:the )?(?:that|how|what|about|this|when|yesterday|last|him off|lies?)\b"
)
_WHEN_ALSO = re.compile(
    r"\b(?:just now|(?:at )?\d{1,2}[.:]\d\d(?: ?(?:am|pm))?(?: this (?:morning|afternoon|evening))?"
    r"|(?:at )?\d{1,2} ?(?:am|pm)\b)"
)
_ALONE = re.compile(
    r"\b(?:on (?:<z\d+>|\w+|his|her|their) own|alone|just (?:the two of (?:us|them|<z\d+>)|us two"
    r"|me and <z\d+>|<z\d+> and (?:<[zn]\d+>|me))|only (?:me|<z\d+>) there|one[- ]to[- ]one|1[:-]1"
    r"|in private|(?:nobody|no ?one) else (?:there|about|around|present|(?:was )?in the room"
    r"|with us"
    r"|could hear)|(?:out of|not in|out of the) (?:earshot|room)|away from (?:the others"
    r"|<k\d+>))\b"
)
_NOT_ALONE = re.compile(
    r"\bnot (?:seen )?(?:alone|on <z\d+> own)|(?:was|were)n'?t alone|n[o']t alone"
)
_SEEN = re.compile(
    rf"\b(?:saw|seen|spoke|spoken|talked|with|{_VERB})\b|exact words|just the two|just us"
    r"|only (?:me|<z\d+>) there|alone|earshot|(?:nobody|no ?one) else|out of the room|^just <z"
)
_LATER = re.compile(
    r"\b(?:that|this|it) was\b|\bthat was,|<z\d+> said (?:it|this|that)\b|^to <|^to \w+,"
)
_NO_VOICE = re.compile(
    r"(?:reads|posted|note from|letter from|message from|called|known as|nickname\w*|means|meaning"
    r"|so[- ]called|says on|labelled|titled|marked|wants (?:to be|it)|want \w+ to|the word"
    r"|using|going to be|<z\d+> is|(?:sent|sends) (?:us|me)|has just sent) ?:?$"
)
_FROM_ADULT = re.compile(
    r"\b(?:reads|texted|text (?:from|off)|sent us|posted|note|letter|message)\b"
)


class Voice(Consents):
    """Gives each quotation to the one who said it."""

    _named: list[int]
    _quoted: int | None = None

    def _voice(self, sentence: Sentence, seen: Seen) -> None:
        said = False
        for number, item in enumerate(sentence.items):
            if item.kind == "quote":
                who = self._speaker(sentence, seen, number)
                said = said or who is not None
                self._says(sentence, item, who)
        if not said and not any(item.kind == "quote" for item in sentence.items):
            self._reported(sentence, seen)
            if self._quoted is not None and _LATER.search(sentence.tagged):
                self._circumstances(sentence, self._quoted)
        self._alone(sentence, seen)
        self._mentioned(sentence, seen)

    def _mentioned(self, sentence: Sentence, seen: Seen) -> None:
        """Remember who was named in this turn, the last at the end."""
        for number in sorted(seen.people):
            if sentence.items[number].kind in {"name", "kin", "young"}:
                self._named.append(seen.people[number])

    def _says(self, sentence: Sentence, item: Item, who: int | None) -> None:
        cast = self.cast
        if who is None:
            return
        if cast.people[who].role == "child":
            cast.note("said", item.value, item.words, who)
            self._quoted = who
            self._circumstances(sentence, who)
        elif cast.people[who].kin in PARENTS:
            cast.note("parents_view", item.value, item.words)
            cast.note("view", item.value, item.words, who)

    def _circumstances(self, sentence: Sentence, who: int) -> None:
        """To whom it was said, and when."""
        cast = self.cast
        for one in _TO.finditer(_with_owners(sentence)):
            hearer = one["to"].strip()
            if _NO_HEARER.match(hearer) or self._is_speaker(sentence, hearer, who):
                continue
            start, end = one.start("to"), one.end("to")
            words = words_at(sentence, start, end).removesuffix("'s")
            if words:
                cast.note("said_to", words, words, who)
                break
        days: list[tuple[When, str]] = [
            (item.value, item.words) for item in sentence.items if item.kind == "date"
        ]
        if days:
            when, words = days[-1]
            cast.note("said_when", last_before(when, cast.today).isoformat(), words, who)
        elif also := _WHEN_ALSO.search(sentence.words.lower()):
            words = sentence.words[also.start() : also.end()]
            cast.note("said_when", words.removeprefix("at "), words, who)

    def _is_speaker(self, sentence: Sentence, hearer: str, who: int) -> bool:
        """Is the one after "told" the child, who told nothing but was told?"""
        one = re.search(r"<([zkn])(\d+)>$", hearer)
        if one is None:
            return False
        item = sentence.at(one[2])
        return one[1] == "z" and item.value in {"he", "she"} and not self._heard_by(item, who)

    def _heard_by(self, item: Item, who: int) -> bool:
        sex = self.cast.people[who].sex
        return bool(sex) and sex != {"he": MALE, "she": FEMALE}[str(item.value)]

    def _reported(self, sentence: Sentence, seen: Seen) -> None:
        """ "He told me that he sleeps in the car": said, though not in quotation marks."""
        one = re.search(
            r"(?:<([znb])(\d+)>)(?: has| also| then| just| only)* (?:told|said to|disclosed to"
            r"|says to"
            r"|tells|disclosed|whispered to|telling) (?P<to>(?:<z\d+>|our |the |<m\d+>|<n\d+>"
            r"|<k\d+>)"
            r"[^,]{0,30}?) ?(?:that |how |about )",
            sentence.tagged,
        )
        if one is None or sentence.at(one[2]).value == "i" or self.about.self_refers:
            return
        who = self._person_at(sentence, seen, int(one[2]))
        if who is not None and self.cast.people[who].role == "child":
            words = sentence.words.strip(" *-")
            self.cast.note("said", words, words, who)
            self._quoted = who
            self._circumstances(sentence, who)

    def _alone(self, sentence: Sentence, seen: Seen) -> None:
        """Whether the child was heard alone: only where somebody speaks with the child."""
        tagged = sentence.tagged
        one = _ALONE.search(tagged)
        if one is None or self.about.self_refers or not _SEEN.search(tagged):
            return
        if re.search(r"left|leaves|home alone|lives|sleeps|plays|walks|out alone", tagged):
            return
        spoken = self._quoted is not None or re.search(
            r"\b(?:saw|seen|spoke|spoken|talked)\b", tagged
        )
        children = [
            seen.people[n]
            for n in sorted(seen.people)
            if self.cast.people[seen.people[n]].role == "child" and sentence.items[n].kind == "name"
        ]
        who = children[-1] if children else self._quoted
        if who is None:
            who = self._child_meant()
        if spoken and who is not None:
            value = "no" if _NOT_ALONE.search(tagged) else "yes"
            self.cast.note("alone", value, words_at(sentence, one.start(), one.end()), who)
            self._quoted = who

    def _speaker(self, sentence: Sentence, seen: Seen, number: int) -> int | None:
        item = sentence.items[number]
        at = sentence.tagged.find(f"<q{number}>")
        before, after = sentence.tagged[:at], sentence.tagged[at + len(f"<q{number}>") :]
        before = re.sub(r"^.*<q\d+>", "", before)
        verbs = [*_SPEAKS.finditer(before)]
        if (
            _NO_VOICE.search(before.rstrip()) and not re.search(r"<z\d+> says <z\d+> is $", before)
        ) or (len(str(item.value).split()) < 2 and not verbs):
            return None
        if verbs and (subject := self._subject(sentence, before[: verbs[-1].start()])) is not None:
            return self._person_at(sentence, seen, subject)
        if later := re.match(
            rf"[ ,-]*(?:(?:is |was |that's |thats )*(?:what )?<([znk])(\d+)> {_VERB}\b"
            r"|(?:that's|thats|was) <([znk])(\d+)>(?=[ ,.]|$))",
            after,
        ):
            return self._person_at(sentence, seen, int(later[2] or later[4]))
        if whose := re.search(
            r"<([znk])(\d+)>(?:'s)? (?:exact |own |actual |very )*(?:words|text|message"
            r"|answer)\b[^<]*"
            r"(?:<[zdp]\d+>[^<]*)*$",
            before,
        ):
            return self._person_at(sentence, seen, int(whose[2]))
        if _FROM_ADULT.search(before):
            return None
        if (subject := self._subject(sentence, before)) is not None and (
            re.search(r"[:,-] ?$", before) or len(before) < 40 or not before.strip(" .,")
        ):
            return self._person_at(sentence, seen, subject)
        if verbs or re.search(
            r"(?:words?|word for word|verbatim|quote|said|says|:)[ ,:]*$", before
        ):
            return self._child_meant()
        voiced = self.pending == "voice" or self._quoted is not None
        return self._child_meant() if voiced and not before.strip(" .,") else None

    def _subject(self, sentence: Sentence, before: str) -> int | None:
        """The number of the person who stands before a word of saying, nearest to the subject's
        place: not one who is told, asked, or stands after a preposition.
        """
        found = [*re.finditer(r"<([nkzbm])(\d+)>", before)]
        for one in reversed(found):
            if one[1] == "z":
                word = sentence.at(one[2]).words.lower()
                if word in {"i", "we"} and one is found[-1]:
                    return int(one[2])
                if sentence.at(one[2]).value in {"i", "they"} or word in {"his", "him"}:
                    continue
            asked = one is found[-1] and before[: one.start()].endswith("asked ")
            if asked or not self._is_object(before, one):
                return int(one[2])
        return None

    def _is_object(self, before: str, one: re.Match[str]) -> bool:
        """Is somebody told, asked or spoken of here, or only the owner of a hand or a phone?"""
        lead = re.search(
            r"\b(?:to|with|for|at|from|by|of|asked|told|about|through)(?: the| our| a)? $",
            before[: one.start()],
        )
        return bool(lead or re.match(r"(?:'s)? (?:own|hand|cheek|phone)\b", before[one.end() :]))

    def _person_at(self, sentence: Sentence, seen: Seen, number: int) -> int | None:
        """Who this word means: he or she is a child named in this turn before anybody else."""
        item = sentence.items[number]
        if item.kind == "pronoun" and item.value in {"he", "she"}:
            earlier = [
                seen.people[n]
                for n in sorted(seen.people)
                if n < number and sentence.items[n].kind in {"name", "kin", "young"}
            ]
            return self._meant_by(str(item.value), [*self._named, *earlier])
        if item.kind == "pronoun" and item.value == "i":
            return self.cast.owner
        return seen.people.get(number)

    def _meant_by(self, pronoun: str, named: list[int]) -> int | None:
        cast, sex = self.cast, {"he": MALE, "she": FEMALE}[pronoun]
        may = [n for n in named if n in cast.people and cast.people[n].sex in {"", sex}]
        children = [n for n in may if cast.people[n].role == "child" and n != cast.owner]
        if children and self._speaks(children[-1]):
            return children[-1]
        if may:
            return may[-1]
        child = cast.by_pronoun(pronoun, child=True)
        if child is None:
            child = next((n for n in cast.children() if cast.people[n].sex in {"", sex}), None)
        speaks = child is not None and self._speaks(child) and self._speaks(cast.children()[0])
        return child if speaks else cast.by_pronoun(pronoun)

    def _speaks(self, who: int) -> bool:
        """May this child have said something: known by name or age, and no baby?"""
        cast = self.cast
        months, born = cast.value("age_months", who), cast.value("dob", who)
        if any(cast.value(what, who) is not None for what in ("expected", "weeks")):
            return False
        if months is not None and months < BABY:
            return False
        if born and (cast.today - date.fromisoformat(born)).days < BABY * 30:
            return False
        known = ("age_years", "dob", "year_group", "school", "said")
        return bool(cast.first_name(who) or any(cast.value(what, who) for what in known))

    def _child_meant(self) -> int | None:
        if self._quoted is not None:
            return self._quoted
        children = [n for n in self._named if self.cast.people[n].role == "child"]
        who = children[-1] if children else self.cast.subject()
        return who if who is not None and self._speaks(who) else None


def _with_owners(sentence: Sentence) -> str:
    """The tagged sentence with "my", "his", and "her" before another word of a person apart."""
    tagged = sentence.tagged
    for number, item in enumerate(sentence.items):
        if item.kind == "pronoun" and item.words.lower() in {"my", "his", "their", "her"}:
            hers = rf"<z{number}>" + (r"(?= <[kbnm])" if item.words.lower() == "her" else "")
            tagged = re.sub(hers, f"<v{number}>", tagged)
    return tagged
